// Relations as a table and as a drawing: followed, filtered, moved, zoomed, and left by keyboard.
import assert from "node:assert/strict";
import test from "node:test";
import { useBrowser } from "../lib/browser.mjs";

const TAB = "/catalog/default/component/booking-service/relations";
const browser = useBrowser({ viewport: { width: 1280, height: 900 } });

/** Opens a drawing and waits until it can be moved. */
async function drawing(path = `${TAB}?view=graph&depth=2`) {
  const { page, complaints } = await browser.open(path);
  await page.locator("[data-graph][data-live]").waitFor();
  const svg = page.locator("svg.graph");
  const view = async () => (await svg.getAttribute("viewBox")).split(" ").map(Number);
  return { page, svg, view, complaints };
}

test("the table comes first, and leads to the drawing and back", async () => {
  const { page, complaints } = await browser.open(TAB);
  await page.getByRole("table", { name: "Owned by" }).waitFor();
  await page.getByRole("navigation", { name: "Shown as" }).getByRole("link", { name: "Graph" }).click();
  await page.locator("svg.graph").waitFor();
  assert.equal(new URL(page.url()).searchParams.get("view"), "graph");
  await page.getByRole("link", { name: "The same as a table" }).click();
  await page.getByRole("table", { name: "Owned by" }).waitFor();
  assert.deepEqual(complaints, []);
});

test("depth, direction and filters are in the address and change what is listed", async () => {
  const { page } = await browser.open(TAB);
  await page.getByRole("navigation", { name: "Depth" }).getByRole("link", { name: "3" }).click();
  await page.getByRole("navigation", { name: "Direction" }).getByRole("link", { name: "What it needs" }).click();
  const address = new URL(page.url()).searchParams;
  assert.deepEqual([address.get("depth"), address.get("direction")], ["3", "out"]);
  await page.getByRole("columnheader", { name: "Through" }).first().waitFor();
  await page.getByRole("navigation", { name: "Filters" }).getByRole("link", { name: /^Depends on/ }).click();
  assert.equal(new URL(page.url()).searchParams.get("relation"), "dependsOn");
  assert.equal(await page.getByRole("table", { name: "Owned by" }).count(), 0);
  await page.getByRole("link", { name: "Remove filter Relation: dependsOn" }).click();
  await page.getByRole("table", { name: "Owned by" }).waitFor();
});

test("the drawing is zoomed and moved by buttons, keys and dragging", async () => {
  const { page, view, complaints } = await drawing();
  const changes = async (what, act) => {
    const before = (await view()).join(" ");
    await act();
    await page.waitForFunction((old) => document.querySelector("svg.graph").getAttribute("viewBox") !== old, before);
    return what;
  };
  await changes("in", () => page.getByRole("button", { name: "Zoom in" }).click());
  await changes("left", () => page.getByRole("button", { name: "Move left" }).click());
  await changes("all", () => page.getByRole("button", { name: "Show all" }).click());
  const box = page.getByRole("group", { name: /^Relations: / });
  await box.focus();
  await changes("key", () => page.keyboard.press("+"));
  await changes("arrow", () => page.keyboard.press("ArrowRight"));
  const { x, y } = await box.boundingBox();
  const url = page.url();
  await page.mouse.move(x + 30, y + 30);
  await page.mouse.down();
  await changes("drag", () => page.mouse.move(x + 130, y + 90, { steps: 4 }));
  await page.mouse.up();
  assert.equal(page.url(), url);
  assert.deepEqual(complaints, []);
});

test("arrow keys lead from node to node, and Enter opens one", async () => {
  const { page } = await drawing(`${TAB}?view=graph`);
  await page.locator("a.node.root").focus();
  await page.keyboard.press("ArrowRight");
  const title = await page.evaluate(() => document.activeElement.querySelector("title").textContent);
  assert.doesNotMatch(title, /booking-service/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/catalog\/[^/]+\/[^/]+\/[^/?]+$/);
  assert.doesNotMatch(page.url(), /booking-service/);
});

test("an entity to begin with can be looked for", async () => {
  const { page, complaints } = await browser.open("/catalog-graph");
  await page.getByRole("searchbox", { name: "Search for an entity to begin with" }).fill("booking-service");
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  const found = page.getByRole("main").getByRole("listitem").getByRole("link").first();
  await found.click();
  await page.getByRole("heading", { level: 1, name: /^Relations of / }).waitFor();
  assert.deepEqual(complaints, []);
});
