// Measures pages in Chromium as somebody meets them for the first time: nothing cached, a processor that is four times
// slower and a fast mobile network. Prints one JSON object with the medians of all runs.
//
// Environment: BASE_URL is the portal, PAGES a JSON list of {name, path, filter?, text?}, where `filter` is the selector
// of a text box that `text` is typed into; RUNS says how often each page is opened.
import { chromium } from "playwright-core";

const base = process.env.BASE_URL;
const pages = JSON.parse(process.env.PAGES);
const runs = Number(process.env.RUNS ?? 5);

const SLOWDOWN = 4;
// What Chromium's developer tools call Fast 4G: bytes per second and milliseconds.
const NETWORK = { offline: false, latency: 165, downloadThroughput: 1_012_500, uploadThroughput: 168_750 };
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"];

/** Runs in the page before anything else: keeps what the browser reports. */
function watch() {
  const seen = { lcp: 0, cls: 0, inp: 0 };
  globalThis.measured = seen;
  const observe = (type, take, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
  observe("largest-contentful-paint", (entry) => (seen.lcp = entry.startTime));
  observe("layout-shift", (entry) => (seen.cls += entry.hadRecentInput ? 0 : entry.value));
  observe("event", (entry) => entry.interactionId && (seen.inp = Math.max(seen.inp, entry.duration)), { durationThreshold: 16 });
}

/** Adds up what came over the wire, by kind of file. */
function count(devtools) {
  const bytes = { html: 0, css: 0, script: 0, other: 0 };
  const kinds = new Map();
  const sort = (type, url) => {
    if (type === "Document") return "html";
    if (type === "Stylesheet") return "css";
    return type === "Script" || url.endsWith(".wasm") ? "script" : "other";
  };
  devtools.on("Network.responseReceived", ({ requestId, type, response }) => kinds.set(requestId, sort(type, response.url)));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes[kinds.get(requestId) ?? "other"] += encodedDataLength;
  });
  return bytes;
}

async function once(browser, { path, filter, text }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", NETWORK);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const bytes = count(devtools);
  await page.addInitScript(watch);
  await page.goto(base + path, { waitUntil: "networkidle" });
  const first = await page.evaluate(() => ({
    ...globalThis.measured,
    fcp: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  }));
  let inp;
  if (filter) {
    await page.locator(filter).first().click();
    await page.keyboard.type(text, { delay: 120 });
    await page.waitForTimeout(1500);
    inp = await page.evaluate(() => globalThis.measured.inp);
  }
  await context.close();
  return { ...bytes, fcp: first.fcp, lcp: first.lcp, cls: first.cls, inp };
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: FLAGS });
const result = {};
for (const wanted of pages) {
  const all = [];
  for (let run = 0; run < runs; run += 1) all.push(await once(browser, wanted));
  const of = (key) => (all[0][key] === undefined ? null : median(all.map((one) => one[key])));
  const keys = ["html", "css", "script", "other", "fcp", "lcp", "cls", "inp"];
  result[wanted.name] = Object.fromEntries(keys.map((key) => [key, of(key)]));
}
await browser.close();
console.log(JSON.stringify(result));
