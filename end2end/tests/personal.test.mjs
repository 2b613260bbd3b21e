// What is one's own: stars, views and looks, without JavaScript as well.
import assert from "node:assert/strict";
import test from "node:test";
import { base, useBrowser } from "../lib/browser.mjs";

const browser = useBrowser({ javaScriptEnabled: false });
const live = useBrowser();

/** Posts a form as a page of the portal does. */
async function post(path, form) {
  const body = new URLSearchParams(form);
  return fetch(`${base}${path}`, { method: "POST", headers: { origin: base }, body, redirect: "manual" });
}

/** Some component of the catalog. */
async function aComponent() {
  const response = await fetch(`${base}/api/catalog/entities?filter=kind=component&limit=1`);
  const [{ metadata }] = await response.json();
  const { name, namespace = "default", title = name } = metadata;
  return { title, ref: `component:${namespace}/${name}`.toLowerCase(), path: `/catalog/${namespace}/component/${name}` };
}

const card = (page, name) => page.getByRole("region", { name });

test.after(async () => {
  await post("/preferences", { theme: "system", density: "default" });
});

test("a starred entity stands on the home page, where its star can be taken off", async () => {
  const { title, ref } = await aComponent();
  const answer = await post("/stars", { ref, on: "1", back: "/catalog" });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), "/catalog");
  const { page } = await browser.open("/");
  await card(page, "Starred").getByRole("link", { name: title }).waitFor();
  await card(page, "Starred").getByRole("button", { name: `Unstar ${title}` }).click();
  await page.getByRole("heading", { name: "Starred" }).waitFor();
  assert.equal(await card(page, "Starred").getByRole("link", { name: title }).count(), 0);
});

test("an entity that was looked at stands on the home page", async () => {
  const { title, path } = await aComponent();
  await browser.open(path);
  const { page } = await browser.open("/");
  const links = card(page, "Recently viewed").getByRole("link");
  assert.equal((await links.first().innerText()).trim(), title);
});

test("colours and density chosen in the settings hold in a new browser", async () => {
  const { page } = await browser.open("/settings");
  await page.getByRole("radio", { name: "Dark" }).check();
  await page.getByRole("radio", { name: "Compact" }).check();
  await card(page, "Appearance").getByRole("button", { name: "Save" }).click();
  assert.equal(await page.getByRole("radio", { name: "Compact" }).isChecked(), true);
  await browser.context.clearCookies();
  const again = await browser.open("/catalog");
  const root = again.page.locator("html");
  assert.equal(await root.getAttribute("data-theme"), "dark");
  assert.equal(await root.getAttribute("data-density"), "compact");
  // A row with a long text is higher than its least height.
  const least = await root.evaluate((html) => getComputedStyle(html).getPropertyValue("--row"));
  assert.equal(least, "32px");
});

test("a saved view is listed in the settings, leads to the catalog and can be deleted", async () => {
  const name = "APIs <of> ours";
  const saved = await post("/views", { name, query: "kind=api" });
  assert.equal(saved.headers.get("location"), "/catalog?kind=api");
  const { page } = await browser.open("/settings");
  const view = card(page, "Saved views").getByRole("row").filter({ hasText: name });
  await view.getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name: "APIs" }).waitFor();
  await page.goBack();
  await view.getByRole("button", { name: `Delete the view ${name}` }).click();
  await page.getByRole("heading", { name: "Saved views" }).waitFor();
  assert.equal(await card(page, "Saved views").getByText(name).count(), 0);
});

test("the switch at the top is kept for the person as well", async () => {
  const { page, complaints } = await live.open("/settings");
  await page.locator("leptos-island[data-live] .theme").waitFor();
  const kept = page.waitForResponse((response) => response.url().endsWith("/theme"));
  await page.getByRole("form", { name: "Theme" }).getByRole("button", { name: "Light" }).click();
  await kept;
  await live.context.clearCookies();
  const again = await live.open("/problems");
  assert.equal(await again.page.locator("html").getAttribute("data-theme"), "light");
  assert.deepEqual(complaints, []);
});

test("single keys are switched off in the settings as in the list of keys", async () => {
  const { page } = await live.open("/settings");
  const box = card(page, "Keyboard").getByRole("checkbox");
  await box.uncheck();
  await page.keyboard.press("?");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await box.check();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
});
