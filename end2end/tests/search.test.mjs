// The search page: words, slips of the keyboard and filters, all in the address, with and without JavaScript.
import assert from "node:assert/strict";
import test from "node:test";
import { useBrowser } from "../lib/browser.mjs";

const browser = useBrowser({ javaScriptEnabled: false });

const results = (page) => page.getByRole("main").locator("mark");

test("the box finds an entity, marks what matched and leads to it", async () => {
  const { page } = await browser.open("/search");
  await page.getByRole("main").getByRole("searchbox").fill("booking");
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  assert.equal(new URL(page.url()).searchParams.get("q"), "booking");
  assert.match((await results(page).first().innerText()).toLowerCase(), /booking/);
  await page.getByRole("main").getByRole("link", { name: /Booking service/ }).first().click();
  await page.getByRole("heading", { level: 1, name: "Booking service" }).waitFor();
});

test("a slip of the keyboard is forgiven and said", async () => {
  const { page } = await browser.open("/search?q=bokking");
  await page.getByText("Did you mean").waitFor();
  assert.match((await results(page).first().innerText()).toLowerCase(), /booking/);
});

test("a filter narrows the results and its link takes it off again", async () => {
  const { page } = await browser.open("/search?q=booking");
  const filters = page.getByRole("navigation", { name: "Filters" });
  await filters.getByRole("link", { name: /^APIs/ }).click();
  assert.match(new URL(page.url()).searchParams.get("kind"), /api/i);
  await page.getByRole("navigation", { name: "Filters" }).getByRole("link", { name: /^APIs/ }).click();
  assert.equal(new URL(page.url()).searchParams.get("kind"), null);
});

test("what nothing has is said, with a way on", async () => {
  const { page, response } = await browser.open("/search?q=zzzzzzzzzzzz&page=-1");
  assert.equal(response.status(), 200);
  await page.getByRole("main").getByText("Nothing").first().waitFor();
});
