// Backstage's own client drives every one of its methods against a portal.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import test from "node:test";
import { eventually, makeFolder, startPortal } from "../lib/portal.mjs";

const require = createRequire(import.meta.url);
const { CatalogClient, CATALOG_FILTER_EXISTS } = require("@backstage/catalog-client");

const component = (name, spec = {}) => ({
  apiVersion: "backstage.io/v1alpha1",
  kind: "Component",
  metadata: { name },
  spec: { type: "service", lifecycle: "production", owner: "team-a", ...spec },
});

const local = [
  component("api-server"),
  component("billing", { lifecycle: "experimental" }),
  component("web", { type: "website", dependsOn: ["component:api-server"] }),
  { apiVersion: "backstage.io/v1alpha1", kind: "Group", metadata: { name: "team-a" }, spec: { type: "team", children: [] } },
];

const folder = makeFolder();
const called = new Set();
let web;
let portal;
let client;

/** Where the web server of this spec serves a file. */
const at = (name) => `http://127.0.0.1:${web.address().port}/${name}`;

/** Names of all functions of the client, also of those that are meant for itself. */
const methods = Object.getOwnPropertyNames(CatalogClient.prototype).filter(
  (name) => name !== "constructor" && typeof CatalogClient.prototype[name] === "function",
);

test.before(async () => {
  web = createServer((request, response) => {
    const name = request.url.split("/").at(-1).replace(/\.yaml$/, "");
    const known = ["remote", "second", "third"].includes(name);
    response.writeHead(known ? 200 : 404, { "content-type": "text/yaml" });
    response.end(known ? JSON.stringify(component(name)) : "");
  });
  await new Promise((resolve) => web.listen(0, "127.0.0.1", resolve));
  folder.write("catalog.yaml", local.map((entity) => JSON.stringify(entity)).join("\n---\n"));
  const config = {
    app: { title: "Callboard" },
    backend: { reading: { allow: [{ host: `127.0.0.1:${web.address().port}` }] } },
    catalog: {
      rules: [{ allow: ["Component", "Group", "Location"] }],
      locations: [{ type: "file", target: "./catalog.yaml" }],
    },
  };
  portal = await startPortal(folder.write("app-config.yaml", JSON.stringify(config)), folder.path);
  for (const name of methods) {
    const method = CatalogClient.prototype[name];
    CatalogClient.prototype[name] = function recorded(...args) {
      called.add(name);
      return method.apply(this, args);
    };
  }
  client = new CatalogClient({ discoveryApi: { getBaseUrl: async (id) => `${portal.address}/api/${id}` } });
  await eventually("the catalog", () => client.getEntityByRef("component:web"));
});

test.after(async () => {
  await portal?.stop();
  web?.close();
  folder.remove();
});

const names = (items) => items.map((item) => item?.metadata.name);

test("getEntities lists, filters, orders, cuts and pages", async () => {
  const all = await client.getEntities({ filter: { kind: "component" } });
  assert.deepEqual(names(all.items), ["api-server", "billing", "web"]);
  const some = await client.getEntities({
    filter: [{ "spec.type": "website" }, { "spec.lifecycle": ["experimental", "deprecated"] }],
    order: { field: "metadata.name", order: "desc" },
    fields: ["metadata.name"],
  });
  assert.deepEqual(some.items, [{ metadata: { name: "web" } }, { metadata: { name: "billing" } }]);
  const exists = await client.getEntities({ filter: { "spec.dependsOn": CATALOG_FILTER_EXISTS } });
  assert.deepEqual(names(exists.items), ["web"]);
  const page = await client.getEntities({ filter: { kind: "component" }, offset: 1, limit: 1 });
  assert.deepEqual(names(page.items), ["billing"]);
});

test("getEntitiesByRefs keeps the order and leaves holes, with a filter and with a query", async () => {
  const entityRefs = ["component:default/web", "component:default/nothing", "group:default/team-a"];
  const all = await client.getEntitiesByRefs({ entityRefs, fields: ["metadata.name"] });
  assert.deepEqual(names(all.items), ["web", undefined, "team-a"]);
  const filtered = await client.getEntitiesByRefs({ entityRefs, filter: { kind: "group" } });
  assert.deepEqual(names(filtered.items), [undefined, undefined, "team-a"]);
  const queried = await client.getEntitiesByRefs({ entityRefs, query: { kind: { $in: ["component"] } } });
  assert.deepEqual(names(queried.items), ["web", undefined, undefined]);
});

for (const [how, selection] of [
  ["a filter", { filter: { kind: "component" } }],
  ["a query", { query: { kind: "component", "metadata.name": { $exists: true } } }],
]) {
  test(`queryEntities walks pages forward and back with ${how}`, async () => {
    const request = { ...selection, limit: 2, orderFields: { field: "metadata.name", order: "asc" } };
    const first = await client.queryEntities(request);
    assert.deepEqual(names(first.items), ["api-server", "billing"]);
    assert.equal(first.totalItems, 3);
    assert.equal(first.pageInfo.prevCursor, undefined);
    const second = await client.queryEntities({ cursor: first.pageInfo.nextCursor, limit: 2 });
    assert.deepEqual(names(second.items), ["web"]);
    assert.equal(second.totalItems, 3);
    assert.equal(second.pageInfo.nextCursor, undefined);
    const back = await client.queryEntities({ cursor: second.pageInfo.prevCursor, limit: 2, fields: ["kind"] });
    assert.deepEqual(back.items, [{ kind: "Component" }, { kind: "Component" }]);
  });
}

test("queryEntities looks for text and need not count", async () => {
  const found = await client.queryEntities({
    fullTextFilter: { term: "ERV", fields: ["metadata.name"] },
    totalItems: "exclude",
  });
  assert.deepEqual(names(found.items), ["api-server"]);
  assert.equal(found.totalItems, 0);
});

test("streamEntities gives all pages", async () => {
  const pages = [];
  for await (const page of client.streamEntities({ filter: { kind: "component" }, pageSize: 2 })) {
    pages.push(names(page));
  }
  assert.deepEqual(pages, [["api-server", "billing"], ["web"]]);
});

test("one entity is found by reference and by name, and undefined stands for none", async () => {
  const entity = await client.getEntityByRef("component:default/web");
  assert.deepEqual(await client.getEntityByName({ kind: "Component", name: "web" }), entity);
  assert.deepEqual(entity.spec.dependsOn, ["component:api-server"]);
  assert.equal(await client.getEntityByRef({ kind: "component", namespace: "default", name: "nothing" }), undefined);
});

test("getEntityAncestors tells where an entity comes from", async () => {
  const ancestry = await client.getEntityAncestors({ entityRef: "component:default/web" });
  assert.equal(ancestry.rootEntityRef, "component:default/web");
  assert.equal(ancestry.items[0].entity.metadata.name, "web");
  assert.equal(ancestry.items[0].parentEntityRefs.length, 1);
  assert.match(ancestry.items[0].parentEntityRefs[0], /^location:default\/generated-[0-9a-f]{40}$/);
  await assert.rejects(client.getEntityAncestors({ entityRef: "component:default/nothing" }), { name: "ResponseError" });
});

test("getEntityFacets counts with a filter and with a query", async () => {
  const want = { facets: { "spec.type": [{ value: "service", count: 2 }, { value: "website", count: 1 }] } };
  assert.deepEqual(await client.getEntityFacets({ facets: ["spec.type"], filter: { kind: "component" } }), want);
  assert.deepEqual(await client.getEntityFacets({ facets: ["spec.type"], query: { kind: "component" } }), want);
});

test("refreshEntity is taken", async () => {
  await client.refreshEntity("component:default/web");
});

test("validateEntity says what is wrong", async () => {
  const location = "url:https://git.example.com/catalog-info.yaml";
  assert.deepEqual(await client.validateEntity(component("x"), location), { valid: true });
  const { valid, errors } = await client.validateEntity(component("not a name"), location);
  assert.equal(valid, false);
  assert.ok(errors[0].message.includes("metadata"), errors[0].message);
});

test("a location is tried, registered, found, changed and removed", async () => {
  const tried = await client.addLocation({ target: at("remote.yaml"), dryRun: true });
  assert.deepEqual(names(tried.entities.filter((entity) => entity.kind === "Component")), ["remote"]);
  assert.equal(tried.exists, false);
  assert.deepEqual((await client.getLocations()).items.filter(({ type }) => type === "url"), []);

  const { location } = await client.addLocation({ type: "url", target: at("remote.yaml") });
  assert.equal(location.target, at("remote.yaml"));
  await eventually("the entity", () => client.getEntityByRef("component:remote"));
  await assert.rejects(client.addLocation({ target: at("remote.yaml"), onConflict: "reject" }), { name: "ResponseError" });
  const again = await client.addLocation({ target: at("remote.yaml"), onConflict: "refresh" });
  assert.equal(again.location.id, location.id);

  assert.deepEqual(await client.getLocationById(location.id), location);
  assert.deepEqual(await client.getLocationByRef(`url:${at("remote.yaml")}`), location);
  assert.deepEqual(await client.getLocationByEntity("component:default/remote"), location);
  assert.equal(await client.getLocationById("00000000-0000-0000-0000-000000000000"), undefined);
  assert.ok((await client.getLocations()).items.some(({ id }) => id === location.id));

  const changed = await client.updateLocation(location.id, { target: at("second.yaml") });
  assert.equal(changed.id, location.id);
  assert.equal(changed.target, at("second.yaml"));
  await eventually("the other entity", () => client.getEntityByRef("component:second"));

  await client.removeLocationById(location.id);
  assert.equal(await client.getLocationById(location.id), undefined);
  await eventually("the end of the entity", async () => {
    const gone = (await client.getEntityByRef("component:second")) === undefined;
    return gone ? true : undefined;
  });
});

test("queryLocations and streamLocations give the registered locations page by page", async () => {
  const targets = [at("remote.yaml"), at("third.yaml")];
  const added = [];
  for (const target of targets) {
    added.push((await client.addLocation({ target })).location);
  }
  const query = { type: "url", target: { $hasPrefix: at("") } };
  const first = await client.queryLocations({ limit: 1, query });
  assert.equal(first.totalItems, 2);
  assert.equal(first.items.length, 1);
  const second = await client.queryLocations({ cursor: first.pageInfo.nextCursor });
  assert.equal(second.pageInfo.nextCursor, undefined);
  assert.deepEqual([...first.items, ...second.items].map(({ target }) => target).sort(), targets);
  const pages = [];
  for await (const page of client.streamLocations({ limit: 1, query })) {
    pages.push(page.length);
  }
  assert.deepEqual(pages, [1, 1]);
  for (const { id } of added) {
    await client.removeLocationById(id);
  }
});

test("analyzeLocation finds what a repository has, and proposes an entity where it has nothing", async () => {
  const analyze = (path) => client.analyzeLocation({ location: { type: "url", target: at(path) } });
  const nothing = await analyze("merrow/ferry");
  assert.deepEqual(nothing.existingEntityFiles, []);
  assert.equal(nothing.generateEntities[0].entity.metadata.name, "ferry");
  const file = await analyze("merrow/ferry/blob/main/third.yaml");
  assert.deepEqual(file.existingEntityFiles.map(({ entity }) => entity.metadata.name), ["third"]);
  assert.equal(file.existingEntityFiles[0].isRegistered, false);
  assert.deepEqual(file.generateEntities, []);
});

test("removeEntityByUid removes an entity", async () => {
  const { metadata } = await client.getEntityByRef("component:billing");
  await client.removeEntityByUid(metadata.uid);
  await eventually("the end of the entity", async () => {
    const now = await client.getEntityByRef("component:billing");
    return now?.metadata.uid === metadata.uid ? undefined : true;
  });
});

test("no method of the client was left out", () => {
  assert.ok(methods.length >= 20, `the client has only ${methods.length} methods`);
  const left = methods.filter((name) => !called.has(name));
  assert.deepEqual(left, []);
});
