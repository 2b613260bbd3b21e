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

async function open(context, path) {
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      complaints.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  const response = await page.goto(base + path, { waitUntil: "load" });
  return { page, response, complaints };
}
