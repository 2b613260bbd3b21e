// Starts Chromium for the specs and watches what a page says on its console.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { chromium } from "playwright-core";

/** The address of the server under test, without a slash at its end. */
export const base = (process.env.BASE_URL ?? "http://localhost:7007").replace(/\/$/, "");

// A container has neither a user namespace nor a graphics card, and a test must not ask the network for updates.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Gives the specs of one file a browser of their own, started before the first and closed after the last.
 * Options are those of Playwright's browser context, such as `javaScriptEnabled` or `colorScheme`.
 */
export function useBrowser(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), "callboard-e2e-"));
  let context;
  test.before(async () => {
    context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      headless: true,
      args: FLAGS,
      ...options,
    });
  });
  test.after(async () => {
    await context?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    /** The browser's context, for cookies and the like. */
    get context() {
      return context;
    },
    /** Opens a path in a new tab. The result has the page, the server's response, and the console's complaints. */
    open: (path) => open(context, path),
  };
}

const OWN = ["localhost", "127.0.0.1"];

/**
 * Gives the specs of one file a browser in which each person has cookies of their own.
 * `person()` makes one; its `open` takes a whole address and does as `open` above.
 */
export function usePeople() {
  let browser;
  test.before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      headless: true,
      args: FLAGS,
    });
  });
  test.after(() => browser?.close());
  return async (options = {}) => {
    const context = await browser.newContext(options);
    // The pages of the OpenID provider ask for a font of another host, and no test needs the network.
    await context.route(({ hostname }) => !OWN.includes(hostname), (route) => route.fulfill({ status: 204 }));
    return { context, open: (url) => openAt(context, url), close: () => context.close() };
  };
}

function open(context, path) {
  return openAt(context, base + path);
}

async function openAt(context, url) {
  const page = await context.newPage();
  const complaints = [];
  // What the pages of others complain about, while one passes them, is not ours.
  const { origin } = new URL(url);
  const complain = (text) => page.url().startsWith(origin) && complaints.push(text);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      complain(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => {
    // So the browser says that a page was there before its transition from the last one could begin.
    if (error.message !== "Transition was skipped") {
      complain(`uncaught: ${error.message}`);
    }
  });
  page.on("requestfailed", (request) => {
    // A request is given up when the page is left before its answer.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") {
      complain(`failed: ${request.url()}`);
    }
  });
  const response = await page.goto(url, { waitUntil: "load" });
  return { page, response, complaints };
}
