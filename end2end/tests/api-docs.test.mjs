// The API tab: operations, types and search, with and without JavaScript, accessible on wide and narrow screens.
import assert from "node:assert/strict";
import test from "node:test";
import { isAccessible } from "../lib/axe.mjs";
import { base, useBrowser } from "../lib/browser.mjs";

const browser = useBrowser({ reducedMotion: "reduce" });

/** Paths of the API tab of one API of each type. */
async function tabs() {
  const entities = await (await fetch(`${base}/api/catalog/entities?filter=kind=api`)).json();
  const byType = new Map(entities.map((entity) => [entity.spec.type, entity]));
  return new Map(
    [...byType].map(([type, { metadata }]) => [type, `/catalog/${metadata.namespace}/api/${metadata.name}/api`]),
  );
}

test("an operation is found, read and left again", async () => {
  const path = (await tabs()).get("openapi");
  const { page, complaints } = await browser.open(path);
  const list = page.getByRole("navigation", { name: "Operations and types" });
  await list.getByRole("link").nth(1).click();
  await page.getByRole("heading", { name: "Responses" }).waitFor();
  assert.match(page.url(), /\?op=/);
  assert.equal(await list.locator("[aria-current=page]").count(), 1);
  await page.getByRole("searchbox", { name: "Search this definition" }).fill("id");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Found for "id"/ }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Responses" }).waitFor();
  await page.getByRole("link", { name: "Text", exact: true }).click();
  await page.getByRole("group", { name: "Definition of the API" }).waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test("the definition is a file that does not open in the browser", async () => {
  const path = (await tabs()).get("openapi");
  const { page } = await browser.open(path);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  assert.match(download.suggestedFilename(), /\.(yaml|json)$/);
  await page.close();
});

test("every type of API is accessible, and no page is wider than a phone", async (t) => {
  for (const [type, path] of await tabs()) {
    await t.test(type, async () => {
      const { page } = await browser.open(path);
      assert.equal(await page.locator('link[href*="/pkg/api."]').count(), 1, "its style sheet");
      await isAccessible(page);
      const first = page.locator(".api-side li a").first();
      if (await first.count()) {
        await page.goto(base + path + (await first.getAttribute("href")));
        await isAccessible(page);
      }
      await page.setViewportSize({ width: 390, height: 844 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} pixels too wide`);
      await page.close();
    });
  }
});
