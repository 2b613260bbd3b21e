// axe finds nothing on any page, in light and dark, on a wide and on a narrow screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import { base, useBrowser } from "../lib/browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = useBrowser({ reducedMotion: "reduce" });

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCREENS = [
  { colorScheme: "light", width: 1440, height: 900 },
  { colorScheme: "dark", width: 1440, height: 900 },
  { colorScheme: "light", width: 800, height: 900 },
  { colorScheme: "dark", width: 390, height: 844 },
];

/** Paths of one entity of each kind the catalog has. */
async function entityPaths() {
  const entities = await (await fetch(`${base}/api/catalog/entities`)).json();
  const byKind = new Map(entities.map((entity) => [entity.kind.toLowerCase(), entity]));
  return [...byKind].map(([kind, { metadata }]) => {
    return `/catalog/${metadata.namespace ?? "default"}/${kind}/${metadata.name.toLowerCase()}`;
  });
}

async function violations(page) {
  // Through the debugger, which the page's security policy does not concern.
  await page.evaluate(`${axe};0`);
  return page.evaluate(async (rules) => {
    const result = await axe.run(document, { runOnly: rules, preload: false });
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0].target.join(" ")}`);
  }, RULES);
}

test("axe has nothing to say on any page", async (t) => {
  const paths = [
    "/",
    "/catalog",
    "/catalog?q=zzzzzzzz",
    "/problems",
    "/problems?group=owner",
    "/no/such/page",
    ...(await entityPaths()),
  ];
  for (const path of paths) {
    await t.test(path, async () => {
      const { page } = await browser.open(path);
      await page.locator("[data-live]").first().waitFor();
      for (const { colorScheme, width, height } of SCREENS) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height });
        assert.deepEqual(await violations(page), [], `${colorScheme}, ${width} wide`);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(overflow, 0, `${width} wide: the page scrolls sideways`);
      }
      await page.close();
    });
  }
});
