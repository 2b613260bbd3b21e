// The accessibility check that every page has to pass.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCREENS = [
  { colorScheme: "light", width: 1440, height: 900 },
  { colorScheme: "dark", width: 1440, height: 900 },
  { colorScheme: "light", width: 800, height: 900 },
  { colorScheme: "light", width: 390, height: 844 },
  { colorScheme: "dark", width: 390, height: 844 },
];

/** Fails if axe has something to say of a page, in light or dark, on a wide or a narrow screen. */
export async function isAccessible(page) {
  for (const { colorScheme, width, height } of SCREENS) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height });
    assert.deepEqual(await violations(page), [], `${colorScheme}, ${width} wide`);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0, `${width} wide: the page scrolls sideways`);
  }
}

async function violations(page) {
  // Through the debugger, which the page's security policy does not concern.
  await page.evaluate(`${axe};0`);
  return page.evaluate(async (rules) => {
    const result = await axe.run(document, { runOnly: rules, preload: false });
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0].target.join(" ")}`);
  }, RULES);
}
