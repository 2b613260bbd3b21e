// Holds a running portal against answers that were recorded from Backstage:
//   node conformance.mjs BASE_URL FOLDER_OF_THE_RECORDING FOLDER_OF_ITS_EXAMPLES
// The portal has to have ingested all.yaml and acme-corp.yaml of the examples, and nothing else.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { eventually } from "./lib/portal.mjs";

const [base, folder, examples] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(folder, name)));
const { catalogCases } = await load("cases.catalog.mjs");
const { send, shape, differences } = await load("lib.mjs");
const golden = JSON.parse(readFileSync(join(folder, "golden.catalog.json"), "utf8"));

// Backstage leaves equal entities in the order of their ids, which are random: there, the order among equals is free.
const TIES = {
  "entities-order-two": { list: (body) => body, key: (entity) => entity.spec?.type },
  "query-order-missing-field": { list: (body) => body.items, key: (entity) => entity.spec?.parent },
};

// A registered file has a name made of its path, which is another one where the answers were recorded. Any such name is
// taken in the recording, and only those of our own two paths in our answers.
const RECORDED = /generated-[0-9a-f]{40}/g;
const sha1 = (text) => createHash("sha1").update(text).digest("hex");
const files = ["all.yaml", "acme-corp.yaml"].map((file) => sha1(`file:${join(examples, file)}`));
const OURS = new RegExp(`generated-(?:${files.join("|")})`, "g");

/** Gives generated names the same text on both sides, and puts unordered lists in order again. */
function unnamed(answer, names, { unordered }) {
  const same = JSON.parse(JSON.stringify(answer).replace(names, "generated-<path>"));
  if (unordered && Array.isArray(same.body)) {
    same.body.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return same;
}

/** Puts entities of equal keys that stand side by side in one order. */
function settle(name, answer) {
  const ties = TIES[name];
  const list = ties?.list(answer.body);
  if (!Array.isArray(list)) {
    return answer;
  }
  const groups = [];
  for (const item of list) {
    const last = groups.at(-1);
    if (last && ties.key(last[0]) === ties.key(item)) {
      last.push(item);
    } else {
      groups.push([item]);
    }
  }
  const text = (item) => JSON.stringify(item);
  const settled = groups.flatMap((group) => group.sort((a, b) => (text(a) < text(b) ? -1 : 1)));
  list.splice(0, list.length, ...settled);
  return answer;
}

await eventually("the whole catalog", async () => {
  const response = await fetch(`${base}/api/catalog/entities?fields=kind`);
  const count = response.ok ? (await response.json()).length : 0;
  return count >= golden["entities-all-names"].body.length ? count : undefined;
});
let passed = 0;
for (const one of catalogCases) {
  const want = settle(one.name, unnamed(golden[one.name], RECORDED, one));
  const got = settle(one.name, unnamed(shape(await send(base, {}, one), one, examples), OURS, one));
  const found = differences(want, got);
  passed += found.length === 0 ? 1 : 0;
  if (found.length > 0) {
    console.log(`${one.name}: ${one.method} ${one.path}\n  ${found.join("\n  ")}`);
  }
}
console.log(`${passed} passed, ${catalogCases.length - passed} failed`);
process.exit(passed === catalogCases.length ? 0 : 1);
