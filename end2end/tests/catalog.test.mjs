// The catalog's filters: by links, by a form, and live while one types.
import assert from "node:assert/strict";
import test from "node:test";
import { base, useBrowser } from "../lib/browser.mjs";

const browser = useBrowser();

const filter = (page) => page.getByRole("searchbox", { name: "Filter by text" });
const rows = (page) => page.getByRole("table", { name: "Entities" }).getByRole("row");
const query = (page) => new URL(page.url()).searchParams;

/** The first component, as the page shows it. */
async function firstName(page) {
  return (await rows(page).nth(1).getByRole("link").first().innerText()).trim();
}

/** Presses `g` and a letter until the page is there: on a busy machine the two may come too far apart. */
async function goes(page, letter, url) {
  for (let attempt = 0; attempt < 5 && page.url() !== url; attempt += 1) {
    await page.keyboard.press("g");
    await page.keyboard.press(letter);
    await page.waitForURL(url, { timeout: 3000 }).catch(() => {});
  }
  assert.equal(page.url(), url);
}

async function openLive(path) {
  const opened = await browser.open(path);
  await opened.page.locator("[data-live]", { has: filter(opened.page) }).waitFor();
  return opened;
}

test("results follow the typing, and the address keeps in step", async () => {
  const { page, complaints } = await openLive("/catalog?kind=component");
  const before = await rows(page).count();
  const name = await firstName(page);
  const line = `"${name}"`;
  await filter(page).pressSequentially(line, { delay: 20 });
  await page.waitForFunction((text) => new URL(location.href).searchParams.get("q") === text, line);
  await page.getByRole("list", { name: "Active filters" }).getByText(name, { exact: false }).waitFor();
  assert.equal(query(page).get("kind"), "component");
  assert.ok((await rows(page).count()) <= before);
  assert.equal(await firstName(page), name);
  assert.match(await page.getByRole("status").first().innerText(), /\d/);
  assert.deepEqual(complaints, []);
});

test("a live answer and a reloaded page show the same", async () => {
  const { page } = await openLive("/catalog");
  const name = await firstName(page);
  await filter(page).fill(`"${name}"`);
  await page.getByRole("status").filter({ hasText: "match" }).waitFor({ state: "attached" });
  const live = await page.getByRole("table", { name: "Entities" }).innerText();
  await page.reload();
  assert.equal(await page.getByRole("table", { name: "Entities" }).innerText(), live);
  assert.equal(await filter(page).inputValue(), `"${name}"`);
});

test("a text that nothing has says which filters to take off", async () => {
  const { page } = await openLive("/catalog?kind=component");
  await filter(page).fill("zzzzzzzz");
  await page.getByRole("link", { name: "Remove text: zzzzzzzz" }).click();
  await page.getByRole("heading", { level: 1, name: "Components" }).waitFor();
  assert.equal(query(page).get("q"), null);
  assert.equal(query(page).get("kind"), "component");
});

test("when the portal does not answer, the page says so and keeps what it has", async () => {
  const { page } = await openLive("/catalog");
  const count = await rows(page).count();
  await browser.context.setOffline(true);
  await filter(page).fill("anything");
  await page.getByRole("alert").waitFor();
  assert.equal(await rows(page).count(), count);
  await browser.context.setOffline(false);
  await filter(page).fill("");
  await page.getByRole("alert").waitFor({ state: "detached" });
});

test("a facet is switched on and off by its link", async () => {
  const { page } = await browser.open("/catalog?kind=component");
  const facets = page.getByRole("navigation", { name: "Filters" });
  const value = facets.getByRole("link", { name: /production/ });
  const count = (await value.innerText()).match(/\d+/)[0];
  await value.click();
  assert.equal(query(page).get("lifecycle"), "production");
  assert.match(await page.getByRole("main").innerText(), new RegExp(`^${count} of`, "m"));
  await page.getByRole("link", { name: "Remove filter Lifecycle: production" }).click();
  assert.equal(query(page).get("lifecycle"), null);
});

test("a column is sorted by its head, and the head says how", async () => {
  const { page } = await browser.open("/catalog?kind=component");
  const head = () => page.getByRole("columnheader", { name: "Name" });
  assert.equal(await head().getAttribute("aria-sort"), "ascending");
  const first = await firstName(page);
  await head().getByRole("link").click();
  assert.equal(await head().getAttribute("aria-sort"), "descending");
  assert.notEqual(await firstName(page), first);
});

test("a page beyond the end leads back to the last one", async () => {
  const { page, response } = await browser.open("/catalog?page=9999");
  assert.ok(response.ok());
  const back = page.getByRole("link", { name: "Go to the last page" });
  if (await back.count()) await back.click();
  assert.ok((await rows(page).count()) > 1);
});

test("the slash goes to the filter, and escape leaves it", async () => {
  const { page } = await openLive("/catalog");
  await page.keyboard.press("/");
  assert.ok(await filter(page).evaluate((box) => box === document.activeElement));
  await page.keyboard.press("Escape");
  assert.ok(await filter(page).evaluate((box) => box !== document.activeElement));
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await page.keyboard.press("Escape");
  await goes(page, "p", `${base}/problems`);
});

test("single keys can be switched off", async () => {
  const { page } = await openLive("/catalog");
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  assert.ok(await filter(page).evaluate((box) => box !== document.activeElement));
  await page.evaluate(() => localStorage.clear());
});

test("a mistake in the filter says what was meant, and a link writes that", async () => {
  const { page } = await browser.open("/catalog?q=lifecicle:production");
  const told = page.getByRole("list", { name: "Not understood" });
  await told.getByRole("link", { name: "lifecycle:production" }).click();
  assert.equal(query(page).get("q"), "lifecycle:production");
  assert.equal(await page.getByRole("list", { name: "Not understood" }).count(), 0);
  assert.ok((await rows(page).count()) > 1);
});

test("the columns are chosen in a menu and stay in the address", async () => {
  const { page } = await browser.open("/catalog?kind=component");
  await page.getByText("Columns", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Description" }).uncheck();
  await page.getByRole("checkbox", { name: "Reference" }).check();
  await page.getByRole("button", { name: "Show columns" }).click();
  await page.getByRole("columnheader", { name: "Reference" }).waitFor();
  assert.equal(await page.getByRole("columnheader", { name: "Description" }).count(), 0);
  assert.equal(query(page).get("kind"), "component");
});

test("selected rows are counted, compared and exported", async () => {
  const { page } = await browser.open("/catalog?kind=component");
  const bar = page.getByRole("form", { name: "Selected entities" });
  assert.equal(await bar.isVisible(), false);
  await rows(page).nth(1).getByRole("checkbox").check();
  await rows(page).nth(2).getByRole("checkbox").check();
  await bar.getByText("2 selected").waitFor();
  await bar.getByRole("button", { name: "Compare" }).click();
  const table = page.getByRole("table", { name: "Comparison" });
  assert.equal(await table.getByRole("columnheader").count(), 3);
  await page.goBack();
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  const download = page.waitForEvent("download");
  await bar.getByRole("button", { name: "Export" }).click();
  assert.equal((await download).suggestedFilename(), "catalog.csv");
});

test("rows are walked through, selected and opened by keys", async () => {
  const { page } = await openLive("/catalog?kind=component");
  const name = await rows(page).nth(2).getByRole("link").first().innerText();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  assert.ok(await rows(page).nth(2).getByRole("checkbox").isChecked());
  await page.keyboard.press(".");
  const menu = page.getByRole("group", { name: "Actions" });
  await menu.getByRole("link", { name: "Relations" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await menu.isVisible(), false);
  await page.keyboard.press("k");
  await page.keyboard.press("j");
  await page.keyboard.press("o");
  await page.getByRole("heading", { level: 1, name: name.trim() }).waitFor();
});

test("the page after the first is there again after going back and after reloading", async () => {
  const { page } = await browser.open("/catalog?page=2");
  const name = await firstName(page);
  await page.reload();
  assert.equal(await firstName(page), name);
  await rows(page).nth(1).getByRole("link").first().click();
  await page.goBack();
  assert.equal(await firstName(page), name);
  assert.equal(query(page).get("page"), "2");
});
