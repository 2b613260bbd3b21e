// The least that must hold: the home page comes, is protected, and its scripts run without a complaint.
import assert from "node:assert/strict";
import test from "node:test";
import { base, useBrowser } from "../lib/browser.mjs";

const browser = useBrowser();

test("the home page opens without a complaint on the console", async () => {
  const { page, response, complaints } = await browser.open("/");
  assert.equal(response.status(), 200);
  assert.notEqual(await page.title(), "");
  await page.waitForLoadState("networkidle");
  assert.deepEqual(complaints, []);
  await page.close();
});

test("the home page forbids scripts that are not its own", async () => {
  const { page, response } = await browser.open("/");
  const policy = response.headers()["content-security-policy"] ?? "";
  assert.match(policy, /script-src [^;]*'self'/);
  assert.doesNotMatch(policy.match(/script-src [^;]*/)[0], /'unsafe-inline'|'unsafe-eval'/);
  await page.close();
});

test("the browser's files are kept for ever and come compressed", async () => {
  const html = await (await fetch(`${base}/`)).text();
  const files = [...new Set(html.match(/\/pkg\/[^"'\s)]+\.(?:js|css|wasm)/g) ?? [])];
  assert.notEqual(files.length, 0, "the page names its files");
  for (const file of files) {
    const response = await fetch(base + file, { headers: { "accept-encoding": "br" } });
    assert.equal(response.status, 200, file);
    assert.match(response.headers.get("cache-control") ?? "", /immutable/, file);
    assert.ok(["br", null].includes(response.headers.get("content-encoding")), file);
    await response.arrayBuffer();
  }
});
