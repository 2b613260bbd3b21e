// Every page is visited in light and dark, wide and narrow: it has its landmarks, axe finds nothing, the console is
// silent, and nothing is fetched from elsewhere.
import assert from "node:assert/strict";
import test from "node:test";
import { isAccessible } from "../lib/axe.mjs";
import { base, useBrowser } from "../lib/browser.mjs";
import { addresses } from "../lib/routes.mjs";

const browser = useBrowser({ reducedMotion: "reduce" });

/** What somebody who hears the page has to find on it. */
async function hasItsParts(page) {
  const tree = await page.locator("body").ariaSnapshot();
  assert.match(tree, /^\s*- main/m, "there is no main part");
  const headings = tree.match(/- heading .*\[level=1\]/g) ?? [];
  assert.equal(headings.length, 1, `headings of level 1: ${headings.join(" ")}`);
  assert.notEqual(await page.title(), "");
}

test("every page is whole, accessible and at peace", async (t) => {
  for (const path of await addresses()) {
    await t.test(path, async () => {
      const foreign = [];
      const watch = (request) => new URL(request.url()).origin === base || foreign.push(request.url());
      browser.context.on("request", watch);
      const { page, response, complaints } = await browser.open(path);
      assert.ok(response.status() < 500, `status ${response.status()}`);
      await page.waitForLoadState("networkidle");
      await hasItsParts(page);
      await isAccessible(page);
      const refused = (text) => response.status() >= 400 && text.includes("Failed to load resource");
      assert.deepEqual(complaints.filter((text) => !refused(text)), []);
      assert.deepEqual(foreign, []);
      browser.context.off("request", watch);
      await page.close();
    });
  }
});
