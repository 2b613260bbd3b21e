// The command palette: opened by keys, filled while one types, used without a mouse, and still a search without WASM.
import assert from "node:assert/strict";
import test from "node:test";
import { isAccessible } from "../lib/axe.mjs";
import { base, useBrowser } from "../lib/browser.mjs";

const browser = useBrowser({ colorScheme: "light" });

const palette = (page) => page.getByRole("dialog", { name: "Search or run a command" });
const box = (page) => palette(page).getByRole("combobox");
const chosen = (page) => palette(page).locator("[aria-selected=true]");

async function openPalette(path = "/") {
  const opened = await browser.open(path);
  const { page } = opened;
  await page.locator("leptos-island[data-live] #palette").waitFor({ state: "attached" });
  await page.keyboard.press("Control+k");
  await palette(page).waitFor();
  return opened;
}

/** Types and waits for the first result that has the text in it. */
async function type(page, text, wanted) {
  await box(page).fill(text);
  await palette(page).getByRole("option", { name: wanted }).first().waitFor();
}

async function anEntity() {
  const entities = await (await fetch(`${base}/api/catalog/entities?filter=kind=component`)).json();
  const { name, title } = entities[0].metadata;
  return { name: name.toLowerCase(), title: title ?? name };
}

test("a few letters and Enter lead to an entity", async () => {
  const { page, complaints } = await openPalette();
  const { name, title } = await anEntity();
  await type(page, name, new RegExp(title));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  assert.deepEqual(complaints, []);
});

test("a mistyped name is found all the same", async () => {
  const { page } = await openPalette();
  const { name, title } = await anEntity();
  const wrong = name.slice(0, 2) + name[3] + name[2] + name.slice(4);
  await type(page, wrong, new RegExp(title));
});

test("arrow keys choose, Tab shows what else can be done, Escape goes back and then closes", async () => {
  const { page } = await openPalette();
  const { name, title } = await anEntity();
  await type(page, name, new RegExp(title));
  const first = await chosen(page).innerText();
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await chosen(page).innerText(), first);
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen(page).innerText(), first);
  await page.keyboard.press("Tab");
  await palette(page).getByRole("option", { name: "Copy the reference" }).waitFor();
  await page.keyboard.press("Escape");
  await palette(page).getByRole("option", { name: new RegExp(title) }).first().waitFor();
  await page.keyboard.press("Escape");
  await palette(page).waitFor({ state: "hidden" });
});

test("commands are found by their words, and one changes the theme at once", async () => {
  const { page } = await openPalette("/catalog");
  await type(page, ">light", "Use the light theme");
  await page.keyboard.press("Enter");
  await palette(page).waitFor({ state: "hidden" });
  assert.equal(await page.locator("html").getAttribute("data-theme"), "light");
  await browser.context.clearCookies();
  await fetch(`${base}/theme`, { method: "POST", headers: { origin: base }, body: new URLSearchParams({ theme: "system" }) });
});

test("people are asked for with an at sign and tags with a hash", async () => {
  const { page } = await openPalette();
  await type(page, "@", /user:|group:/);
  const people = await palette(page).getByRole("option").allInnerTexts();
  assert.ok(people.every((text) => /user:|group:/.test(text)), people.join("; "));
  await box(page).fill("#");
  await palette(page).getByRole("group", { name: "Tags" }).waitFor();
});

test("the slash opens it where there is no filter, and the button does so everywhere", async () => {
  const { page } = await browser.open("/");
  await page.keyboard.press("/");
  await palette(page).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /Search or run a command/ }).click();
  await palette(page).waitFor();
});

test("axe has nothing to say of the open palette", async () => {
  const { page } = await openPalette();
  await type(page, "a", /./);
  await isAccessible(page);
});

test("without the WASM the palette's box is a search", async () => {
  await browser.context.route("**/*.wasm", (route) => route.abort());
  const { page } = await browser.open("/problems");
  await page.keyboard.press("Control+k");
  await box(page).fill("ferry");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=ferry/);
});
