// Registering by an address, following it into the catalog, and unregistering it: with and without JavaScript.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";
import { isAccessible } from "../lib/axe.mjs";
import { usePeople } from "../lib/browser.mjs";
import { makeFolder, startPortal } from "../lib/portal.mjs";
import { start as startGithub } from "../stub/github.mjs";

const person = usePeople();
const files = new Map();
const component = (name, more = "") =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}}\nspec: {type: service, lifecycle: production, owner: crew${more}}\n`;

let host;
let github;
let folder;
let portal;

const at = (path) => `http://127.0.0.1:${host.address().port}/${path}`;

test.before(async () => {
  host = createServer((request, response) => {
    const text = files.get(request.url.slice(1));
    response.writeHead(text === undefined ? 404 : 200, { "content-type": "text/yaml" });
    response.end(text ?? "");
  });
  await new Promise((ready) => host.listen(0, "127.0.0.1", ready));
  github = await startGithub({
    tokens: { ghp_acme: ["acme"] },
    writers: ["ghp_acme"],
    repos: {
      "acme/shop": { branches: { main: { "a/catalog-info.yaml": component("cart"), "b/catalog-info.yaml": component("till") } } },
      "acme/bare": { branches: { main: { "README.md": "# Bare\n" } } },
    },
  });
  folder = makeFolder();
  folder.write("catalog.yaml", `apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: crew, title: Deck Crew}\nspec: {type: team, children: []}\n---\n${component("desk", ", dependsOn: ['component:parcels']")}`);
  const config = {
    app: { title: "Register" },
    backend: { reading: { allow: [{ host: `127.0.0.1:${host.address().port}` }] } },
    integrations: { github: [{ host: "ghe.example", apiBaseUrl: `${github.api}/api/v3`, token: "ghp_acme" }] },
    catalog: {
      rules: [{ allow: ["Component", "Group", "Location"] }],
      locations: [{ type: "file", target: "./catalog.yaml" }],
    },
  };
  portal = await startPortal(folder.write("app-config.yaml", JSON.stringify(config)), folder.path);
});

test.after(async () => {
  await portal?.stop();
  github?.stop();
  host?.close();
  folder?.remove();
});

/** Gives an address and looks at what it would bring. */
async function review(page, url) {
  await page.getByRole("textbox", { name: "Address" }).fill(url);
  await page.getByRole("button", { name: "Review" }).click();
}

/** Checks again until the page says that it is done. */
async function followByHand(page) {
  for (let times = 0; times < 60; times += 1) {
    const again = page.getByRole("link", { name: "Check again" });
    if ((await again.count()) === 0) return;
    await page.waitForTimeout(250);
    await again.click();
  }
  assert.fail("the registration never ended");
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  const name = javaScriptEnabled ? "parcels" : "letters";

  test(`an address is registered, followed and unregistered, ${how} JavaScript`, async () => {
    files.set(`${name}.yaml`, component(name));
    const { open, close } = await person({ javaScriptEnabled });
    const { page, complaints } = await open(`${portal.address}/catalog-import`);
    await review(page, at(`${name}.yaml`));
    await page.getByRole("heading", { name: "1 entity in 1 file" }).waitFor();
    if (javaScriptEnabled) await isAccessible(page);
    const row = page.getByRole("row", { name: new RegExp(name) });
    await row.getByText("Is added").waitFor();
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Registration" }).waitFor();
    if (!javaScriptEnabled) await followByHand(page);
    await page.getByText("1 of 1 entity is in the catalog").first().waitFor();
    if (javaScriptEnabled) {
      assert.match(await page.getByRole("status").first().innerText(), /1 of 1 entity/);
      await isAccessible(page);
    }
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();

    await page.goto(`${portal.address}/catalog/default/component/${name}/unregister`);
    await page.getByText("1 entity leaves the catalog").waitFor();
    if (name === "parcels") await page.getByRole("row", { name: /desk.*Deck Crew.*spec\.dependsOn/ }).waitFor();
    if (javaScriptEnabled) await isAccessible(page);
    await page.getByRole("button", { name: "Unregister" }).click();
    await page.getByText("It was unregistered").waitFor();
    await page.getByRole("link", { name: "Register again" }).click();
    assert.equal(await page.getByRole("textbox", { name: "Address" }).inputValue(), at(`${name}.yaml`));
    // Without JavaScript the browser fetches scripts ahead and gives them up.
    if (javaScriptEnabled) assert.deepEqual(complaints, []);
    await close();
  });
}

test("of a repository the files are found, and those are registered that were chosen", async () => {
  const { open, close } = await person({});
  const { page } = await open(`${portal.address}/catalog-import`);
  await review(page, "https://ghe.example/acme/shop");
  await page.getByRole("heading", { name: "2 entities in 2 files" }).waitFor();
  await page.getByRole("checkbox", { name: /b\/catalog-info\.yaml/ }).uncheck();
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.getByText("1 of 1 entity is in the catalog").first().waitFor();
  await page.getByRole("link", { name: "cart", exact: true }).waitFor();
  assert.equal(await page.getByText("till").count(), 0);
  await close();
});

test("a repository without a catalog file gets its first one by a pull request", async () => {
  const { open, close } = await person({});
  const { page, complaints } = await open(`${portal.address}/catalog-import`);
  await review(page, "https://ghe.example/acme/bare");
  await page.getByText("No catalog file was found").waitFor();
  await page.getByRole("link", { name: "Make the first catalog file" }).click();
  assert.equal(await page.getByRole("textbox", { name: "Name", exact: true }).inputValue(), "bare");
  await page.getByRole("combobox", { name: "Owner" }).fill("group:default/crew");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByText("The catalog takes this file as it is").waitFor();
  await isAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download the file" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "catalog-info.yaml");
  await page.getByRole("button", { name: "Open a pull request" }).click();
  await page.getByText("The pull request is open").waitFor();
  const link = page.getByRole("link", { name: "Pull request 1" });
  assert.equal(await link.getAttribute("href"), "https://github.com/acme/bare/pull/1");
  const { branches } = github.stub.state.repos["acme/bare"];
  assert.match(branches["add-catalog-info"]["catalog-info.yaml"], /owner: group:default\/crew/);
  assert.deepEqual(complaints, []);
  await close();
});
