// What people may see and do is what the policy says, at every door, and what they did is in the audit log.
import assert from "node:assert/strict";
import test from "node:test";
import { isAccessible } from "../lib/axe.mjs";
import { usePeople } from "../lib/browser.mjs";
import { eventually } from "../lib/portal.mjs";
import { enterByGithub, enterByOidc, signInWithGithub } from "../lib/sign-in.mjs";
import { POLICY, SESSION, startWorld } from "../lib/world.mjs";

const SECRET = "component:default/payroll";
const NO_LOCATION = "/api/catalog/locations/00000000-0000-0000-0000-000000000000";
const person = usePeople();
let world;
let ada;
let ken;

test.before(async () => {
  world = await startWorld();
  [ada, ken] = [world.visitor(), world.visitor()];
  await enterByGithub(ada, "ada");
  await enterByGithub(ken, "ken");
});

test.after(() => world?.stop());

/** A browser in which somebody is signed in, on a page. */
async function signedIn(login, path) {
  const { context, open, close } = await person();
  const opened = await open(`${world.baseUrl}${path}`);
  await signInWithGithub(opened.page, login);
  return { ...opened, context, close, open: (path) => open(world.baseUrl + path) };
}

/** Asks for a decision as Backstage's permission client does. */
async function authorize(visitor, name, attributes, resource = {}) {
  const { resourceType, resourceRef } = resource;
  const type = resourceType ? "resource" : "basic";
  const items = [{ id: "1", permission: { type, name, attributes, resourceType }, resourceRef }];
  const answer = await visitor.request("POST", "/api/permission/authorize", {
    headers: { "content-type": "application/json", origin: world.baseUrl },
    body: JSON.stringify({ items }),
  });
  return answer.status === 200 ? answer.json().items[0].result : answer.status;
}

/** A policy with one role, whose members may do one thing. */
const policyOf = (permission) => `apiVersion: callboard.dev/v1
kind: Policy
roles:
  - name: visitor
    members: [everyone]
    rules:
      - allow: ${permission}
`;

const onEntity = (resourceRef) => ({ resourceType: "catalog-entity", resourceRef });

test("what may not be read is in no list, no count and no facet", async () => {
  const path = "/api/catalog/entities/by-query?filter=kind=component&limit=1&orderField=metadata.name,asc";
  const [some, all] = [(await ada.get(path)).json(), (await ken.get(path)).json()];
  assert.deepEqual([some.totalItems, all.totalItems], [2, 3]);
  const next = (await ada.get(`/api/catalog/entities/by-query?limit=2&cursor=${some.pageInfo.nextCursor}`)).json();
  assert.deepEqual(next.items.map(({ metadata }) => metadata.name), ["web"]);
  assert.equal(next.pageInfo.nextCursor, undefined, "no page is cut short");
  const owners = async (visitor) => {
    const answer = await visitor.get("/api/catalog/entity-facets?facet=spec.owner&filter=kind=component");
    return answer.json().facets["spec.owner"].map(({ value }) => value).sort();
  };
  assert.deepEqual(await owners(ada), ["engineering"]);
  assert.deepEqual(await owners(ken), ["engineering", "sales"]);
});

test("what may not be read looks like what is not there", async () => {
  const rest = async (visitor, name) => visitor.get(`/api/catalog/entities/by-name/component/default/${name}`);
  const [hidden, missing] = [await rest(ada, "payroll"), await rest(ada, "missing")];
  assert.deepEqual([hidden.status, missing.status, (await rest(ken, "payroll")).status], [404, 404, 200]);
  assert.equal(hidden.text.replaceAll("payroll", "missing"), missing.text.replaceAll("payroll", "missing"));
  const page = async (visitor, name) => visitor.get(`/catalog/default/component/${name}`);
  assert.deepEqual([(await page(ada, "payroll")).status, (await page(ken, "payroll")).status], [404, 200]);
  const body = JSON.stringify({ entityRefs: [SECRET, "component:default/web"], fields: ["metadata.name"] });
  const headers = { "content-type": "application/json", origin: world.baseUrl };
  const refs = await ada.request("POST", "/api/catalog/entities/by-refs", { headers, body });
  assert.deepEqual(refs.json().items, [null, { metadata: { name: "web" } }]);
  for (const path of ["/", "/catalog", "/catalog?q=pay", "/problems"]) {
    const shown = await ada.get(path);
    assert.equal(shown.status, 200, path);
    assert.ok(!/component\/payroll|>payroll</.test(shown.text), `${path} tells of what is hidden`);
  }
});

test("what may not be read is not told of by what is related to it", async () => {
  // Both relations come from the hidden entity itself: nothing else names it.
  const telling = [["/catalog/default/system/shop", /payroll/], ["/catalog/default/group/sales", /payroll|class="tile"/]];
  for (const [path, tells] of telling) {
    const shown = await ada.get(path);
    assert.equal(shown.status, 200, path);
    assert.doesNotMatch(shown.text, tells, path);
    assert.match((await ken.get(path)).text, tells, path);
  }
});

test("the catalog's page counts what its reader may see", async () => {
  const { page, close } = await signedIn("ada", "/catalog?kind=component");
  const rows = page.getByRole("table", { name: "Entities" }).getByRole("row");
  assert.equal(await rows.count(), 3, "a head and two components");
  assert.match(await page.getByRole("main").innerText(), /^2\s/m);
  await close();
});

test("programs ask for decisions as in Backstage", async () => {
  const read = { action: "read" };
  assert.equal(await authorize(ada, "catalog.location.create", { action: "create" }), "ALLOW");
  assert.equal(await authorize(ada, "catalog.location.delete", { action: "delete" }), "DENY");
  assert.equal(await authorize(ken, "catalog.location.delete", { action: "delete" }), "ALLOW");
  assert.equal(await authorize(ada, "catalog.entity.read", read, onEntity("component:default/web")), "ALLOW");
  assert.equal(await authorize(ada, "catalog.entity.read", read, onEntity(SECRET)), "DENY");
  const remove = (ref) => authorize(ada, "catalog.entity.delete", { action: "delete" }, onEntity(ref));
  assert.deepEqual([await remove("component:default/web"), await remove("user:default/sam")], ["ALLOW", "DENY"]);
  assert.equal(await authorize(ada, "catalog.entity.read", read, { resourceType: "catalog-entity" }), 400);
  assert.equal(await authorize(world.visitor(), "catalog.location.create", { action: "create" }), "DENY");
  const metadata = (await ada.get("/api/catalog/.well-known/backstage/permissions/metadata")).json();
  assert.ok(metadata.permissions.some(({ name }) => name === "catalog.entity.read"));
  assert.ok(metadata.rules.some(({ name, paramsSchema }) => name === "IS_ENTITY_OWNER" && paramsSchema));
});

test("a write that is not allowed is refused and says so", async () => {
  const headers = { "content-type": "application/json", origin: world.baseUrl };
  const remove = (visitor) => visitor.request("DELETE", NO_LOCATION, { headers });
  const refused = await remove(ada);
  assert.equal(refused.status, 403);
  assert.equal(refused.json().error.name, "NotAllowedError");
  assert.equal((await remove(ken)).status, 404, "Ken may, and there is nothing");
});

for (const path of ["/admin/audit", "/admin/policy", "/admin/policy/simulate"]) {
  test(`${path} is closed to who may not see it, and says why`, async () => {
    const { page, open, close } = await signedIn("ada", "/");
    const { page: closed, response, complaints } = await open(path);
    assert.equal(response.status(), 403);
    await closed.getByRole("heading", { level: 1, name: "You may not see this" }).waitFor();
    const text = await closed.getByRole("main").innerText();
    assert.match(text, path.includes("audit") ? /callboard\.audit\.read/ : /policy\.entity\.read/);
    assert.match(text, /Ada Lovelace|user:default\/ada/);
    assert.ok((await closed.getByRole("main").getByRole("link").count()) > 0, "there is a way on");
    assert.equal(await page.getByRole("link", { name: "Audit log" }).count(), 0, "nothing leads there");
    // The browser itself tells the console of the status.
    assert.deepEqual(complaints.filter((text) => !text.includes("403")), []);
    await isAccessible(closed);
    await close();
  });
}

test("the audit log shows sign-ins, writes and refused reads, can be searched, and is exported", async () => {
  await ada.get("/admin/audit");
  const { page, complaints, close } = await signedIn("ken", "/admin/audit");
  assert.equal(new URL(page.url()).pathname, "/admin/audit");
  const rows = page.getByRole("table", { name: "Entries of the audit log" }).getByRole("row");
  await rows.filter({ hasText: "user:default/ada" }).first().waitFor();
  await isAccessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("main").getByLabel("Decision").selectOption("deny");
  await page.getByRole("main").getByRole("button", { name: "Filter" }).click();
  assert.equal(new URL(page.url()).searchParams.get("decision"), "deny");
  const denied = rows.filter({ hasText: "callboard.audit.read" });
  await denied.first().waitFor();
  assert.equal(await rows.filter({ hasText: "Allowed" }).count(), 0);
  assert.deepEqual(complaints, []);
  await close();

  const csv = await ken.get("/api/audit/export?format=csv&decision=deny");
  assert.match(csv.headers["content-type"], /csv/);
  assert.match(csv.headers["content-disposition"], /attachment/);
  assert.match(csv.text, /user:default\/ada/);
  const json = await ken.get("/api/audit/export?format=json&actor=user:default/ada");
  assert.match(json.text, /user:default\/ada/);
  assert.equal((await ada.get("/api/audit/export?format=csv")).status, 403);
  assert.equal((await world.visitor().get("/api/audit/export?format=csv")).status, 401);
});

test("a cell of the export is no formula", async () => {
  const failed = world.visitor();
  await failed.get(`/api/auth/github/handler/frame?error=${encodeURIComponent("=cmd|' /C calc'!A0")}&state=x`);
  const { text } = await ken.get("/api/audit/export?format=csv");
  assert.doesNotMatch(text, /(^|,)"?[=+@]/m);
});

test("the policy's page explains a decision by the rule and its place", async () => {
  const { page, complaints, close } = await signedIn("ken", "/admin/policy");
  const main = page.getByRole("main");
  await main.getByRole("table", { name: "Roles" }).getByText("role:default/developer").waitFor();
  await isAccessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await main.getByLabel("User", { exact: true }).fill("user:default/ada");
  await main.getByLabel("Permission", { exact: true }).fill("catalog.entity.read");
  await main.getByLabel("Entity (may be left out)").fill(SECRET);
  await main.getByRole("button", { name: "Explain" }).click();
  const text = await main.innerText();
  assert.match(text, /Denied/);
  assert.match(text, /policy\.yaml:\d+/);
  assert.match(text, /role:default\/reader/);
  await isAccessible(page);
  assert.deepEqual(complaints, []);
  await close();
});

test("the simulator says what a changed policy would answer otherwise", async () => {
  const headers = { "content-type": "application/json", origin: world.baseUrl };
  const body = JSON.stringify({ entityRef: "component:default/web" });
  assert.equal((await ada.request("POST", "/api/catalog/refresh", { headers, body })).status, 200);
  const { page, complaints, close } = await signedIn("ken", "/admin/policy/simulate");
  const main = page.getByRole("main");
  const without = POLICY.replace(", catalog.entity.refresh", "");
  const changed = without.replace("allow: catalog.entity.read", "deny: catalog.entity.read");
  await main.getByRole("textbox", { name: "Policy" }).fill(changed);
  await main.getByRole("button", { name: "Simulate" }).click();
  await main.getByText(/would be answered otherwise/).first().waitFor();
  assert.match(await main.innerText(), /user:default\/ada/);
  assert.equal(await main.getByRole("textbox", { name: "Policy" }).inputValue(), changed);
  await isAccessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await main.getByRole("textbox", { name: "Policy" }).fill(policyOf("catalog.entity.raed"));
  await main.getByRole("button", { name: "Simulate" }).click();
  await main.getByText(/catalog\.entity\.raed/).first().waitFor();
  assert.match(await main.innerText(), /POL\d{3}/);
  assert.deepEqual(complaints, []);
  await close();
});

test("a changed policy file holds without a restart, and a broken one does not", async () => {
  const mayRead = () => authorize(ada, "catalog.entity.read", { action: "read" }, onEntity(SECRET));
  const wait = (what, wanted) => eventually(what, async () => ((await mayRead()) === wanted ? true : undefined), 20);
  try {
    world.folder.write("policy.yaml", POLICY.replace("label: example.com/confidential", "label: example.com/other"));
    await wait("the changed policy", "ALLOW");
    assert.equal((await ada.get("/api/catalog/entities/by-name/component/default/payroll")).status, 200);
    world.folder.write("policy.yaml", policyOf("nothing.of.that"));
    await eventually("the problem on the page", async () => {
      const { text } = await ken.get("/admin/policy");
      return text.includes("nothing.of.that") ? true : undefined;
    }, 20);
    assert.equal(await mayRead(), "ALLOW", "the policy of before holds");
  } finally {
    world.folder.write("policy.yaml", POLICY);
  }
  await wait("the policy of before", "DENY");
});

// Personal access tokens.

test("a token made on the settings page reads, does not write, and ends when it is revoked", async () => {
  const { page, complaints, close } = await signedIn("ada", "/settings");
  const tokens = page.getByRole("region", { name: "Access tokens" });
  await tokens.getByLabel("Name", { exact: true }).fill("Nightly report");
  await tokens.getByLabel("It may").selectOption("read");
  await tokens.getByLabel("It lasts").selectOption("7");
  await tokens.getByRole("button", { name: "Make token" }).click();
  const fresh = (await page.getByRole("main").innerText()).match(/cbp_[A-Za-z0-9]+/)?.[0];
  assert.ok(fresh, "the token is shown");
  await isAccessible(page);
  const authorization = `Bearer ${fresh}`;
  const program = world.visitor();
  const read = () => program.get("/api/catalog/entities/by-query?filter=kind=component", { authorization });
  assert.equal((await read()).json().totalItems, 2, "a token sees what its owner sees");
  const write = await program.request("POST", "/api/catalog/locations", {
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ type: "url", target: "https://git.example/a/b/blob/main/catalog-info.yaml" }),
  });
  assert.equal(write.status, 403);
  for (const [method, path] of [["POST", "/settings/tokens"], ["GET", "/api/auth/github/refresh"], ["GET", "/admin/audit"]]) {
    const answer = await program.request(method, path, {
      headers: { authorization, "x-requested-with": "XMLHttpRequest", "content-type": "application/x-www-form-urlencoded" },
      body: method === "POST" ? "name=more&scope=all&days=365" : undefined,
    });
    assert.ok([401, 403].includes(answer.status), `${method} ${path}: ${answer.status}`);
  }
  await page.goto(`${world.baseUrl}/settings`);
  assert.ok(!(await page.content()).includes(fresh), "the token is shown once");
  const row = page.getByRole("region", { name: "Access tokens" }).getByRole("row").filter({ hasText: "Nightly report" });
  await row.getByRole("button", { name: /Revoke/ }).click();
  await eventually("the end of the row", async () => ((await row.count()) === 0 ? true : undefined));
  assert.equal((await read()).status, 401);
  assert.deepEqual(complaints, []);
  await close();
});

test("a token for everything writes as its owner may", async () => {
  const made = await ada.post("/settings/tokens", { name: "Bot", scope: "all", days: "30" });
  const authorization = `Bearer ${made.text.match(/cbp_[A-Za-z0-9]+/)[0]}`;
  const body = JSON.stringify({ type: "url", target: "https://git.example/a/b/blob/main/catalog-info.yaml" });
  const headers = { authorization, "content-type": "application/json" };
  const answer = await world.visitor().request("POST", "/api/catalog/locations?dryRun=true", { headers, body });
  assert.notEqual(answer.status, 403, answer.text);
  const refused = await world.visitor().request("DELETE", NO_LOCATION, { headers });
  assert.equal(refused.status, 403, "Ada may not, so her token may not");
});

test("a token without a name, of another scope or for ever is not made", async () => {
  for (const fields of [
    { name: "", scope: "read", days: "7" },
    { name: "x".repeat(101), scope: "read", days: "7" },
    { name: "a", scope: "everything", days: "7" },
    { name: "a", scope: "read", days: "100000" },
    { name: "a", scope: "read", days: "-1" },
  ]) {
    const answer = await ada.post("/settings/tokens", fields);
    assert.ok(answer.status >= 400 && answer.status < 500, `${JSON.stringify(fields)}: ${answer.status}`);
    assert.ok(!/cbp_/.test(answer.text));
  }
});

test("nobody ends what is somebody else's", async () => {
  const made = await ada.post("/settings/tokens", { name: "Mine", scope: "read", days: "7" });
  const authorization = `Bearer ${made.text.match(/cbp_[A-Za-z0-9]+/)[0]}`;
  const page = (await ada.get("/settings")).text;
  const ids = [...page.matchAll(/name="id"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="id"/g)].map(([, a, b]) => a ?? b);
  assert.ok(ids.length > 0);
  const other = world.visitor();
  await enterByOidc(other, "grace");
  for (const id of ids) {
    await other.post("/settings/tokens/revoke", { id });
    await other.post("/settings/sessions/revoke", { id });
  }
  assert.equal((await world.visitor().get("/api/catalog/entities", { authorization })).status, 200);
  assert.ok(ada.cookies.has(SESSION));
  assert.equal((await ada.get("/settings")).status, 200);
});
