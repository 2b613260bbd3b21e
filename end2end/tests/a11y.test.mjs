// axe finds nothing on any page, in light and dark, on a wide and on a narrow screen.
import test from "node:test";
import { isAccessible } from "../lib/axe.mjs";
import { base, useBrowser } from "../lib/browser.mjs";

const browser = useBrowser({ reducedMotion: "reduce" });

/** Paths of one entity of each kind the catalog has. */
async function entityPaths() {
  const entities = await (await fetch(`${base}/api/catalog/entities`)).json();
  const byKind = new Map(entities.map((entity) => [entity.kind.toLowerCase(), entity]));
  return [...byKind].map(([kind, { metadata }]) => {
    return `/catalog/${metadata.namespace ?? "default"}/${kind}/${metadata.name.toLowerCase()}`;
  });
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
      await isAccessible(page);
      await page.close();
    });
  }
});
