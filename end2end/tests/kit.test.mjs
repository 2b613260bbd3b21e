// Every piece of the kit: accessible in both themes, and usable by keyboard.
import assert from "node:assert/strict";
import test from "node:test";
import { isAccessible } from "../lib/axe.mjs";
import { useBrowser } from "../lib/browser.mjs";

const browser = useBrowser({ reducedMotion: "reduce" });

/** The part of the page with this heading. */
const part = (page, name) => page.getByRole("region", { name, exact: true });
const focused = (page) => page.evaluate(() => document.activeElement.textContent.trim());

async function openKit(query = "?theme=light") {
  const { page, complaints } = await browser.open(`/dev/kit${query}`);
  await page.locator("leptos-island[data-live] .theme").waitFor();
  return { page, complaints };
}

for (const query of ["", "?theme=light&density=compact", "?theme=dark&dir=rtl&density=comfortable"]) {
  test(`axe has nothing to say of the kit${query}`, async () => {
    const { page, complaints } = await openKit(query);
    await isAccessible(page);
    assert.deepEqual(complaints, []);
    await page.close();
  });
}

test("arrow keys go through tabs, and Space opens one", async () => {
  const { page } = await openKit();
  const tabs = part(page, "Tabs").getByRole("navigation", { name: "Tabs, light", exact: true });
  await tabs.getByRole("link", { name: "Overview" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.match(await focused(page), /^Relations/);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  assert.match(await focused(page), /^Problems/, "they go round, and leave out what is disabled");
  await page.keyboard.press("Home");
  assert.match(await focused(page), /^Overview/);
  await page.keyboard.press("End");
  assert.match(await focused(page), /^Problems/);
  assert.equal(new URL(page.url()).hash, "");
  await page.keyboard.press("Space");
  assert.equal(new URL(page.url()).hash, "#tabs");
  await page.close();
});

test("where text runs from right to left, the left arrow goes on", async () => {
  const { page } = await openKit("?theme=light&dir=rtl");
  const tabs = part(page, "Tabs").getByRole("navigation", { name: "Tabs, light", exact: true });
  await tabs.getByRole("link", { name: "Overview" }).focus();
  await page.keyboard.press("ArrowLeft");
  assert.match(await focused(page), /^Relations/);
  await page.close();
});

test("a menu is opened, walked through and closed by keyboard", async () => {
  const { page } = await openKit();
  const menu = part(page, "Menu").locator("details").first();
  const button = menu.locator("summary");
  await button.focus();
  await page.keyboard.press("ArrowDown");
  assert.match(await focused(page), /^Open the repository/);
  await page.keyboard.press("ArrowUp");
  assert.match(await focused(page), /^Unregister/);
  await page.keyboard.press("Escape");
  assert.equal(await menu.evaluate((element) => element.open), false);
  assert.equal(await button.evaluate((element) => element === document.activeElement), true);
  await button.click();
  await page.getByRole("heading", { level: 1 }).click();
  assert.equal(await menu.evaluate((element) => element.open), false, "it closes where one clicks elsewhere");
  await page.close();
});

test("a dialog keeps the focus and gives it back", async () => {
  const { page } = await openKit();
  const opener = part(page, "Dialog and drawer").getByRole("button", { name: "Unregister" }).first();
  await opener.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Unregister ferry-booking?" });
  await dialog.waitFor();
  for (let presses = 0; presses < 8; presses += 1) await page.keyboard.press("Tab");
  const inside = () => dialog.evaluate((d) => d.contains(document.activeElement) || document.activeElement === document.body);
  assert.equal(await inside(), true);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await opener.evaluate((element) => element === document.activeElement), true);
  await opener.click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.close();
});

test("a drawer closes where one clicks beside it", async () => {
  const { page } = await openKit();
  await part(page, "Dialog and drawer").getByRole("button", { name: "Columns" }).click();
  const drawer = page.getByRole("dialog", { name: "Columns" });
  await drawer.waitFor();
  await page.mouse.click(40, 300);
  await drawer.waitFor({ state: "hidden" });
  await page.close();
});

test("a popover opens by keyboard and closes with Escape", async () => {
  const { page } = await openKit();
  const button = part(page, "Popover").getByRole("button", { name: "Share" });
  const popover = page.getByRole("group", { name: "Share" });
  await button.focus();
  await page.keyboard.press("Enter");
  await popover.waitFor();
  await page.keyboard.press("Escape");
  await popover.waitFor({ state: "hidden" });
  await page.close();
});

test("a tooltip comes with the focus and goes with Escape", async () => {
  const { page } = await openKit();
  const link = part(page, "Tooltip").getByRole("link", { name: "healthy" }).first();
  const words = part(page, "Tooltip").getByText("Four of four checks are green.");
  await link.focus();
  await words.waitFor();
  await page.keyboard.press("Escape");
  await words.waitFor({ state: "hidden" });
  await page.close();
});

test("a toast waits while one points at it, and goes after its time", async () => {
  const { page } = await browser.open("/about:blank");
  await page.clock.install();
  await page.goto(page.url().replace("/about:blank", "/dev/kit?theme=light"));
  await page.locator("leptos-island[data-live] .theme").waitFor();
  await part(page, "Toast").getByRole("button", { name: "Show a toast" }).click();
  const toast = page.getByRole("region", { name: "Notifications" }).locator(".toast");
  await toast.waitFor();
  await toast.hover();
  await page.clock.runFor(30_000);
  assert.equal(await toast.count(), 1, "it waits");
  await page.mouse.move(5, 5);
  await page.clock.runFor(11_000);
  assert.equal(await toast.count(), 0, "it went");
  await page.close();
});

test("undo of a toast brings back what was done, and one can be dismissed", async () => {
  const { page } = await openKit();
  await part(page, "Toast").getByRole("button", { name: "Show a toast" }).click();
  const toasts = page.getByRole("region", { name: "Notifications" });
  await toasts.getByRole("button", { name: "Undo" }).click();
  await page.getByText("It was brought back").waitFor();
  assert.equal(new URL(page.url()).searchParams.get("undone"), "1");
  await part(page, "Toast").getByRole("button", { name: "Show a toast" }).first().click();
  await toasts.getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await toasts.locator(".toast").count(), 0);
  await page.close();
});

test("a log shows only the lines one looks for", async () => {
  const { page } = await openKit();
  const log = part(page, "Log viewer");
  await log.getByRole("searchbox", { name: "Filter the lines of Template, light" }).fill("render");
  const lines = log.getByRole("list", { name: "Template, light" }).getByRole("listitem");
  assert.equal(await lines.count(), 2);
  await page.close();
});

test("colours that the system forces leave every state visible", async () => {
  const { page } = await openKit();
  await page.emulateMedia({ forcedColors: "active" });
  const box = part(page, "Checkbox").getByRole("checkbox", { checked: true }).first();
  assert.notEqual(await box.evaluate((element) => getComputedStyle(element).appearance), "none");
  const current = part(page, "Segmented").getByRole("link", { name: "Table" });
  assert.notEqual(await current.evaluate((element) => getComputedStyle(element).outlineStyle), "none");
  await page.close();
});
