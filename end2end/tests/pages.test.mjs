// Every page is whole without JavaScript, has its status, and leads on.
import assert from "node:assert/strict";
import test from "node:test";
import { base, useBrowser } from "../lib/browser.mjs";

const browser = useBrowser({ javaScriptEnabled: false });

/** One entity of a kind, as the REST API tells it. */
async function anEntity(kind) {
  const response = await fetch(`${base}/api/catalog/entities?filter=kind=${kind}`);
  const entities = await response.json();
  const entity = entities.find((one) => one.kind.toLowerCase() === kind);
  assert.ok(entity, `the catalog has no ${kind}`);
  const { name, namespace = "default", title } = entity.metadata;
  return { entity, title: title ?? name, path: `/catalog/${namespace}/${kind}/${name.toLowerCase()}` };
}

test("the home page counts every kind and its tiles lead to their tables", async () => {
  const { page, response } = await browser.open("/");
  assert.equal(response.status(), 200);
  const tiles = page.getByRole("list", { name: "Catalog by kind" });
  const tile = tiles.getByRole("link", { name: /component/i });
  const count = (await tile.innerText()).match(/[\d,]+/)[0];
  await tile.click();
  await page.getByRole("heading", { level: 1, name: "Components" }).waitFor();
  assert.match(await page.getByRole("main").innerText(), new RegExp(`^${count}\\s`, "m"));
});

test("an owner can be chosen without JavaScript and is remembered", async () => {
  const { page } = await browser.open("/");
  const owners = page.getByLabel("Owner");
  const [name] = await owners.locator("optgroup option").allInnerTexts();
  await owners.selectOption({ label: name });
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByRole("heading", { name: `Owned by ${name}` }).waitFor();
  const again = await browser.open("/");
  await again.page.getByRole("heading", { name: `Owned by ${name}` }).waitFor();
  await browser.context.clearCookies();
});

test("an entity's page shows its name, and its YAML on a tab", async () => {
  const { path, entity } = await anEntity("component");
  const { page, response } = await browser.open(path);
  assert.equal(response.status(), 200);
  const title = entity.metadata.title ?? entity.metadata.name;
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await page.getByRole("link", { name: "YAML" }).click();
  await page.waitForURL("**/yaml");
  const yaml = await page.getByRole("group", { name: "The entity as YAML" }).innerText();
  assert.match(yaml, /^kind: Component$/m);
  assert.match(yaml, new RegExp(`name: ['"]?${entity.metadata.name}`));
});

test("an API's page shows its definition", async () => {
  const { path } = await anEntity("api");
  const { page } = await browser.open(`${path}/api?raw=1`);
  const definition = page.getByRole("group", { name: "Definition of the API" });
  assert.ok((await definition.textContent()).trim().length > 0);
});

test("an entity that is not there is a 404 that offers to search for it", async () => {
  const { page, response } = await browser.open("/catalog/default/component/surely-not-here");
  assert.equal(response.status(), 404);
  await page.getByRole("heading", { level: 1, name: "Entity not found" }).waitFor();
  assert.match(await page.getByRole("main").innerText(), /component:default\/surely-not-here/);
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  assert.equal(new URL(page.url()).searchParams.get("q"), "surely-not-here");
});

test("an unknown address is a 404 that leads on", async () => {
  const { page, response } = await browser.open("/no/such/page");
  assert.equal(response.status(), 404);
  await page.getByRole("main").getByRole("link", { name: "Catalog" }).click();
  await page.getByRole("heading", { level: 1, name: "Catalog" }).waitFor();
});

test("problems can be narrowed by severity and by code, and the address keeps it", async () => {
  const { page, response } = await browser.open("/problems");
  assert.equal(response.status(), 200);
  const severities = page.getByRole("navigation", { name: "Severity" });
  const warnings = severities.getByRole("link", { name: /Warning/ });
  const count = Number((await warnings.innerText()).match(/\d+/)[0]);
  assert.ok(count > 0, "the sample organisation has warnings");
  await warnings.click();
  assert.equal(new URL(page.url()).searchParams.get("severity"), "warning");
  const code = page.getByRole("main").getByRole("link", { name: /^CAT\d+$/ }).first();
  const name = await code.innerText();
  await code.click();
  assert.equal(new URL(page.url()).searchParams.get("code"), name);
  await page.getByRole("link", { name: `Remove filter Code: ${name}` }).waitFor();
});

test("the skip link is the first stop and leads to the content", async () => {
  const { page } = await browser.open("/catalog");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  assert.ok(await skip.isVisible());
  await page.keyboard.press("Enter");
  assert.equal(new URL(page.url()).hash, "#main");
});

for (const path of ["/", "/catalog", "/problems"]) {
  test(`${path} fits a screen of 320 pixels`, async () => {
    const { page } = await browser.open(path);
    await page.setViewportSize({ width: 320, height: 640 });
    const main = await page.getByRole("main").boundingBox();
    assert.ok(main.width <= 320, `the content is ${main.width} wide`);
  });
}
