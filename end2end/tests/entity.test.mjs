// The page of an entity: what it shows, its menu and tabs by keyboard, without JavaScript, and for everybody.
import assert from "node:assert/strict";
import test from "node:test";
import { isAccessible } from "../lib/axe.mjs";
import { base, useBrowser } from "../lib/browser.mjs";

const browser = useBrowser({ reducedMotion: "reduce" });
const COMPONENT = "/catalog/default/component/booking-service";
const GROUP = "/catalog/default/group/passenger-services";

test("the owner of a service is found at a glance", async () => {
  const { page, complaints } = await browser.open(COMPONENT);
  const owner = page.locator("dl.facts").getByRole("link", { name: "Booking" }).first();
  await owner.click();
  await page.waitForURL("**/group/booking-team");
  await page.getByRole("heading", { name: "Members" }).waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test("a dependency is followed from table to table", async () => {
  const { page } = await browser.open(COMPONENT);
  const card = page.getByRole("region", { name: "Depends on resources" });
  await card.getByRole("link", { name: "Booking database" }).click();
  await page.waitForURL("**/resource/booking-db");
  const needed = page.getByRole("region", { name: "Needed by" });
  await needed.getByRole("link", { name: "Booking service" }).waitFor();
  await page.close();
});

test("tabs are links, and keys go from one to the next", async () => {
  const { page } = await browser.open(COMPONENT);
  const tabs = page.getByRole("navigation", { name: "About this entity" });
  await tabs.getByRole("link", { name: "Overview" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.activeElement.textContent.startsWith("Relations"));
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(() => document.activeElement.textContent.startsWith("YAML"));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/yaml");
  await page.keyboard.press("]");
  await page.waitForURL(`**${COMPONENT}`);
  await page.keyboard.press("[");
  await page.waitForURL("**/yaml");
  await page.close();
});

test("the menu opens by keyboard and Escape gives the focus back", async () => {
  const { page } = await browser.open(COMPONENT);
  const summary = page.locator(".entity-menu summary");
  await summary.focus();
  await page.keyboard.press("Enter");
  const inspect = page.locator(".entity-menu").getByRole("link", { name: "Inspect" });
  await inspect.waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await inspect.waitFor({ state: "hidden" });
  assert.equal(await summary.evaluate((node) => node === document.activeElement), true);
  await page.close();
});

test("a link to the page and its reference can be copied", async () => {
  const { page } = await browser.open(COMPONENT);
  await browser.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: base });
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.locator(".entity-menu summary").click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.waitForFunction(() => document.querySelector("[data-copy=''][data-done]"));
  assert.equal(await copied(), base + COMPONENT);
  await page.close();
});

test("members of the groups below are one link away", async () => {
  const { page } = await browser.open(GROUP);
  const members = page.getByRole("region", { name: "Members" });
  await members.getByRole("link", { name: /Direct/ }).click();
  await page.waitForURL("**?members=direct*");
  await members.getByRole("link", { name: /With groups below/ }).click();
  await page.waitForURL("**?members=all*");
  assert.ok((await members.locator(".people li").count()) > 0);
  const tree = page.getByRole("region", { name: "Organisation" });
  assert.equal(await tree.locator("[aria-current]").count(), 1);
  await page.close();
});

test("the text can be had as YAML, JSON and as the file has it", async () => {
  const { page } = await browser.open(`${COMPONENT}/yaml`);
  const forms = page.getByRole("navigation", { name: "Form of the text" });
  await forms.getByRole("link", { name: "JSON" }).click();
  await page.waitForURL("**?format=json");
  assert.match(await page.locator("#yaml-text").textContent(), /"kind": "Component"/);
  await forms.getByRole("link", { name: "As the file has it" }).click();
  await page.waitForURL("**?format=file");
  assert.doesNotMatch(await page.locator("#yaml-text").textContent(), /managed-by-location/);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /Download YAML/ }).click();
  assert.equal((await download).suggestedFilename(), "component-booking-service.yaml");
  await page.close();
});

test("a name that is nearly right leads on", async () => {
  const { page } = await browser.open("/catalog/default/component/bookin-service");
  await page.getByText("Did you mean").waitFor();
  await page.getByRole("link", { name: "Booking service" }).click();
  await page.waitForURL(`**${COMPONENT}`);
  await page.close();
});

test("axe has nothing to say", async (t) => {
  const paths = [
    COMPONENT,
    `${COMPONENT}/yaml`,
    `${COMPONENT}/yaml?format=file`,
    GROUP,
    `${GROUP}?members=all&owned=all`,
    "/catalog/default/user/amara.okafor",
    "/catalog/default/location/merrow-ferries",
    "/catalog/default/template/new-service",
    "/catalog/default/component/bookin-service",
    ...(await withProblems()),
  ];
  for (const path of paths) {
    await t.test(path, async () => {
      const { page } = await browser.open(path);
      const menu = page.locator(".entity-menu summary");
      if (await menu.count()) {
        await menu.focus();
        await page.keyboard.press("Enter");
      }
      await isAccessible(page);
      await page.close();
    });
  }
});

/** Pages of the first entity of the catalog that has a problem. */
async function withProblems() {
  const html = await (await fetch(`${base}/problems`)).text();
  const first = html.match(/class="el[^>]*href="(\/catalog\/[^"]+)"|href="(\/catalog\/[^"?]+)" class="el/);
  const path = first?.[1] ?? first?.[2];
  assert.ok(path, "the sample organisation has problems");
  return [path, `${path}/problems`];
}

const plain = useBrowser({ javaScriptEnabled: false });

test("everything is there without JavaScript", async () => {
  const { page } = await plain.open(COMPONENT);
  await page.locator(".entity-menu summary").click();
  await page.locator(".entity-menu").getByRole("link", { name: "Inspect" }).click();
  await page.waitForURL("**/yaml");
  await page.getByRole("link", { name: "JSON", exact: true }).click();
  await page.waitForURL("**?format=json");
  await page.close();
});
