// The choice of colours: at once, remembered, and right in the first paint.
import assert from "node:assert/strict";
import test from "node:test";
import { base, useBrowser } from "../lib/browser.mjs";

const browser = useBrowser({ colorScheme: "light" });

const button = (page, name) => page.getByRole("form", { name: "Theme" }).getByRole("button", { name });
const ground = (page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

// What was chosen is kept for the person too, who is the same for all tests.
const reset = () => fetch(`${base}/theme`, { method: "POST", headers: { origin: base }, body: new URLSearchParams({ theme: "system" }) });
test.before(reset);
test.afterEach(async () => {
  await reset();
  await browser.context.clearCookies();
});

test("a chosen theme applies at once and without leaving the page", async () => {
  const { page, complaints } = await browser.open("/");
  await page.locator("leptos-island[data-live] .theme").waitFor();
  const light = await ground(page);
  await page.evaluate(() => (window.stayed = true));
  await button(page, "Dark").click();
  assert.notEqual(await ground(page), light);
  assert.equal(await button(page, "Dark").getAttribute("aria-pressed"), "true");
  assert.equal(await page.evaluate(() => window.stayed), true);
  assert.deepEqual(complaints, []);
});

test("the server sends the remembered theme with the first byte", async () => {
  const { page } = await browser.open("/");
  await page.locator("leptos-island[data-live] .theme").waitFor();
  await button(page, "Dark").click();
  const cookies = await browser.context.cookies(base);
  const theme = cookies.find((cookie) => cookie.name === "callboard-theme");
  assert.equal(theme?.value, "dark");
  const html = await (await page.reload()).text();
  assert.match(html, /<html[^>]*data-theme="dark"/);
  await page.locator("leptos-island[data-live] .theme").waitFor();
  await button(page, "As the system").click();
  assert.match(await (await page.reload()).text(), /<html[^>]*data-theme="system"/);
});

test("the form works without JavaScript and comes back to the page", async () => {
  const response = await fetch(`${base}/theme`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: base },
    body: new URLSearchParams({ theme: "dark", back: "/catalog?kind=api" }),
    redirect: "manual",
  });
  assert.ok(response.status >= 300 && response.status < 400, `status ${response.status}`);
  assert.match(response.headers.get("set-cookie") ?? "", /callboard-theme=dark/);
  assert.equal(response.headers.get("location"), "/catalog?kind=api");
});
