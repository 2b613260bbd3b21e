// Starts what is live on a page: the islands (WASM), copy buttons, keyboard shortcuts.
// Pages are complete without it. It is a module, so it runs after the document was read.

const root = document.documentElement;
root.dataset.js = "";

/* Islands */

// What leptos looks for on pages that hydrate as a whole; ours have islands only, so all of it is empty.
globalThis.__RESOLVED_RESOURCES = [];
globalThis.__SERIALIZED_ERRORS = [];
globalThis.__INCOMPLETE_CHUNKS = [];

// Outer islands come first, and children within an island first tell it that they are there.
async function wake(node, module, children) {
  if (node.localName === "leptos-island") {
    const start = module[node.dataset.component];
    children?.$$on_hydrate?.();
    await start?.(node);
    node.dataset.live = "";
  }
  const inner = node.localName === "leptos-children" ? node : children;
  for (const child of [...node.children]) await wake(child, module, inner);
}

async function startIslands({ js, wasm }) {
  if (!js || !document.querySelector("leptos-island")) return;
  const module = await import(js);
  await module.default({ module_or_path: wasm });
  module.hydrate();
  await wake(document.body, module);
}

const here = document.querySelector("script[data-wasm]");
startIslands(here.dataset).catch((error) => {
  // Forms and links go on working without islands.
  console.error("Callboard's live parts could not be started.", error);
});

/* Copy buttons and forms that send themselves */

document.addEventListener("click", async ({ target }) => {
  const copy = target.closest?.("[data-copy]");
  if (copy) {
    const source = copy.dataset.copy;
    const text = source.startsWith("#") ? document.querySelector(source).textContent : source || location.href;
    await navigator.clipboard.writeText(text);
    copy.dataset.done = "";
    setTimeout(() => delete copy.dataset.done, 1500);
  }
  // The island paints at once; this keeps the choice for the person's other browsers.
  const theme = target.closest?.(".theme button")?.value;
  if (theme) {
    const body = new URLSearchParams({ theme });
    fetch("/theme", { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
  }
  const opener = target.closest?.("[data-open]");
  if (opener) show(opener.dataset.open);
  // A click beside the palette closes it.
  if (target.matches?.("dialog.palette")) target.close();
});

function show(id) {
  const dialog = document.getElementById(id);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input[type=search]")?.select();
}

/* The menu of the person closes as menus do */

function closeMenus(but) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(but)) menu.open = false;
  }
}

document.addEventListener("pointerdown", ({ target }) => closeMenus(target));

/* Arrow keys go through what belongs together: tabs, segments, menus. Space opens a link there, as Enter does */

const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function walk(event) {
  const group = event.target.closest?.("[data-arrows]");
  if (!group || event.ctrlKey || event.metaKey || event.altKey) return;
  const { key, target } = event;
  const all = [...group.querySelectorAll("a[href]:not([hidden]), button:enabled:not([hidden])")];
  const at = all.indexOf(target);
  let to;
  if (key === " " && target.href) target.click();
  else if (key === "Home") to = 0;
  else if (key === "End") to = -1;
  else if (key in steps) {
    const turned = /t$/.test(key) && getComputedStyle(group).direction === "rtl";
    const step = turned ? -steps[key] : steps[key];
    if (group.matches("details")) group.open = true;
    to = at < 0 ? (step > 0 ? 0 : -1) : (at + step) % all.length;
  } else return;
  event.preventDefault();
  all.at(to ?? at)?.focus();
}

document.addEventListener("keydown", walk);

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-submit]")) target.form.requestSubmit();
});

/* Keyboard shortcuts; single keys can be switched off (WCAG 2.1.4) */

const OFF = "callboard-keys-off";
const places = { h: "/", c: "/catalog", p: "/problems" };
const switches = [...document.querySelectorAll("[data-keys]")];
let afterG = -Infinity;

for (const box of switches) {
  box.checked = !localStorage.getItem(OFF);
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    for (const other of switches) other.checked = box.checked;
  });
}

// The filter of the page, or the palette.
function search() {
  const box = document.querySelector("[data-filter]");
  if (!box) return show("palette");
  box.focus();
  box.select();
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const typing = target.closest?.("input, select, textarea, dialog, [contenteditable]");
  const tabs = [...document.querySelectorAll("[data-tabs] a")];
  const beside = (tab, step) => tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
  if (key === "ArrowRight" && tabs.includes(target)) beside(target, 1).focus();
  if (key === "ArrowLeft" && tabs.includes(target)) beside(target, -1).focus();
  if (key === "Escape" && target.matches?.("input") && !target.value) target.blur();
  if (key === "Escape") {
    // A search box would only be emptied by it.
    if (!event.defaultPrevented) target.closest?.("dialog.palette")?.close();
    target.closest?.("details.menu")?.querySelector("summary").focus();
    closeMenus(null);
  }
  if ((event.ctrlKey || event.metaKey) && key === "k" && document.getElementById("palette")) {
    event.preventDefault();
    return show("palette");
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem(OFF)) return;
  const goes = event.timeStamp - afterG < 1200 && places[key];
  afterG = key === "g" ? event.timeStamp : -Infinity;
  if (goes) location.href = goes;
  else if (tabs[0] && (key === "[" || key === "]")) {
    beside(tabs.find((tab) => tab.hasAttribute("aria-current")), key === "]" ? 1 : -1).click();
  } else if (key === "/") search();
  else if (key === "?") show("keys");
  else return;
  event.preventDefault();
});
