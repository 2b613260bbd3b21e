// Every page of the portal with an address that shows something, held against the server's own table of routes.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { base } from "./browser.mjs";

const TABLE = fileURLToPath(new URL("../../src/server/door/table.rs", import.meta.url));

/** Pages whose path has no parameter, where the path alone shows little, with what shows more. */
const MORE = {
  "/catalog": ["/catalog", "/catalog?kind=component&q=zzzzzzzz", "/catalog?kind=user", "/catalog?page=-1&foo=1"],
  "/catalog-graph": ["/catalog-graph", "/catalog-graph?rootEntityRefs[]={ref}&maxDepth=3"],
  "/catalog-import": ["/catalog-import", "/catalog-import?url=nonsense"],
  "/catalog/compare": ["/catalog/compare?ref={ref}&ref={other}"],
  "/search": ["/search", "/search?q=ferry", "/search?q=zzzzzzzz"],
  "/problems": ["/problems", "/problems?group=owner"],
  "/admin/policy": ["/admin/policy", "/admin/policy?user={user}&permission=catalog.entity.read"],
};

/** Routes that answer with a file or lead elsewhere, and have no page to look at. */
const NO_PAGE = [/^\/pkg\//, /\/raw$/, /\/download$/, /^\/catalog\/export$/, /^\/api-docs$/];

/** The paths of the pages, as the router has them. */
export function pageRoutes() {
  const text = readFileSync(TABLE, "utf8");
  const pages = text.slice(text.indexOf("pub const PAGES"), text.indexOf("pub const FUNCTIONS"));
  const paths = [...pages.matchAll(/"GET",\s*"([^"]+)"/g)].map(([, path]) => path);
  return paths.filter((path) => !NO_PAGE.some((pattern) => pattern.test(path)));
}

/** One entity of each kind that the catalog has, those with a definition and with relations first. */
export async function entities() {
  const all = await (await fetch(`${base}/api/catalog/entities`)).json();
  const weight = ({ spec, relations }) => (spec?.definition ? 1000 : 0) + (relations?.length ?? 0);
  all.sort((a, b) => weight(a) - weight(b));
  const byKind = new Map(all.map((entity) => [entity.kind.toLowerCase(), entity]));
  return [...byKind].map(([kind, { metadata }]) => {
    const [namespace, name] = [metadata.namespace ?? "default", metadata.name.toLowerCase()];
    return { kind, ref: `${kind}:${namespace}/${name}`, path: `/catalog/${namespace}/${kind}/${name}` };
  });
}

/** Every address to look at: each page, and each tab of one entity of each kind. */
export async function addresses() {
  const known = await entities();
  const of = (kind) => known.find((one) => one.kind === kind) ?? known[0];
  const fill = (path) =>
    path.replace("{ref}", of("system").ref).replace("{other}", of("component").ref).replace("{user}", of("user").ref);
  const found = pageRoutes().flatMap((route) => {
    const tab = route.match(/^\/catalog\/\{namespace\}\/\{kind\}\/\{name\}(.*)$/);
    if (tab) return known.map(({ path }) => path + tab[1]);
    return (MORE[route] ?? [route]).map(fill);
  });
  return [...found, "/no/such/page"];
}
