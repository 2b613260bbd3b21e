// Takes the pictures of the book and of the README: `SCREENSHOTS` names the folder, `target/screenshots` when it does not.
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { base, useBrowser } from "../lib/browser.mjs";
import { entities } from "../lib/routes.mjs";

const browser = useBrowser({ reducedMotion: "reduce" });
const folder = process.env.SCREENSHOTS ?? fileURLToPath(new URL("../../target/screenshots", import.meta.url));

/** Name, path, and what is done before the picture is taken. */
async function pictures() {
  const known = await entities();
  const of = (kind) => known.find((one) => one.kind === kind).path;
  return [
    ["home", "/"],
    ["catalog", "/catalog?kind=component"],
    ["entity", of("system")],
    ["graph", `${of("system")}/relations?view=graph&depth=2`],
    ["api", `${of("api")}/api`],
    ["search", "/search?q=ferry"],
    ["problems", "/problems"],
    ["palette", "/", async (page) => {
      await page.locator("leptos-island[data-live] #palette").waitFor({ state: "attached" });
      await page.keyboard.press("Control+k");
      const palette = page.getByRole("dialog", { name: "Search or run a command" });
      await palette.getByRole("combobox").fill("tide");
      await palette.getByRole("option").first().waitFor();
    }],
  ];
}

test("every main page has its picture in light and dark", async (t) => {
  mkdirSync(folder, { recursive: true });
  // Other specs choose colours for the guest, whom all of them share; a cookie counts more.
  const cookie = (name, value) => ({ name, value, url: base });
  await browser.context.addCookies([cookie("callboard-theme", "system"), cookie("callboard-density", "default")]);
  for (const [name, path, before] of await pictures()) {
    for (const colorScheme of ["light", "dark"]) {
      await t.test(`${name}, ${colorScheme}`, async () => {
        const { page, response } = await browser.open(path);
        assert.equal(response.status(), 200);
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.waitForLoadState("networkidle");
        await before?.(page);
        const file = join(folder, `${name}-${colorScheme}.png`);
        await page.screenshot({ path: file });
        assert.ok(statSync(file).size > 10_000, "the picture is empty");
        await page.close();
      });
    }
  }
});
