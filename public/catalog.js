// The catalog's rows: selecting, starring in place, the menu of a row, and the keys. The page is complete without it.

const $ = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const boxes = () => all("tbody input[name=ref]");
const refOf = (row) => $("input[name=ref]", row).value;
const menu = $("#row-menu");

/* Selecting */

function count() {
  const chosen = boxes().filter((box) => box.checked).length;
  const whole = $("[data-all]");
  if (whole) {
    whole.checked = chosen > 0 && chosen === boxes().length;
    whole.indeterminate = chosen > 0 && !whole.checked;
  }
  const told = $("[data-count]");
  if (told) told.textContent = `${chosen} selected`;
  const compare = $("#bulk [formaction$=compare]");
  if (compare) compare.disabled = chosen < 2 || chosen > 4;
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-all]")) for (const box of boxes()) box.checked = target.checked;
  if (target.matches("[data-all], tbody input[name=ref]")) count();
});

// A browser may bring back what was selected before one went away.
if (boxes().some((box) => box.checked)) count();

/* Starring without leaving the page */

function post(form, pairs) {
  const headers = { accept: "application/json" };
  return fetch(form, { method: "POST", headers, body: new URLSearchParams(pairs) });
}

async function star(button) {
  const on = button.getAttribute("form") === "star";
  const pairs = [["ref", button.value], ["on", on ? "1" : ""]];
  const { action } = button.form;
  const { ok } = await post(action, pairs).catch(() => ({}));
  if (!ok) return button.form.requestSubmit(button);
  const name = button.ariaLabel.replace(/^\S+ /, "");
  button.setAttribute("form", on ? "unstar" : "star");
  button.ariaLabel = `${on ? "Unstar" : "Star"} ${name}`;
}

/* The menu of a row */

function openMenu(row) {
  const dots = $(".dots", row);
  const { href } = $("a.el", row);
  const [, kind] = new URL(href).pathname.split("/").slice(2);
  for (const link of all("a", menu)) {
    const { tab, url } = link.dataset;
    const to = url ? dots.dataset[url] : href + tab;
    link.hidden = !to || (link.dataset.kind ?? kind) !== kind;
    if (to) link.href = to;
  }
  $("[data-ref]", menu).value = refOf(row);
  menu.showPopover();
  const { bottom, right } = dots.getBoundingClientRect();
  const { offsetHeight, offsetWidth } = menu;
  const below = bottom + offsetHeight < innerHeight;
  menu.style.top = `${below ? bottom + 4 : bottom - offsetHeight - 32}px`;
  menu.style.left = `${Math.max(8, right - offsetWidth)}px`;
  $("a", menu).focus();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button");
  if (!button) return;
  if (button.matches(".st")) {
    event.preventDefault();
    star(button);
  } else if (button.matches(".dots")) openMenu(button.closest("tr"));
  else if (button.matches("[data-ref], [data-copy-refs]")) {
    const chosen = boxes().filter((box) => box.checked);
    const refs = button.value ? [button.value] : chosen.map((box) => box.value);
    await navigator.clipboard.writeText(refs.join("\n"));
    if (menu.matches(":popover-open")) menu.hidePopover();
    else $("[data-count]").textContent = `${refs.length} references copied`;
  }
});

/* Searching within a facet */

let waiting = 0;
let asked = 0;

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("form[data-facet]");
  if (!form) return;
  clearTimeout(waiting);
  const number = ++asked;
  waiting = setTimeout(async () => {
    const query = new URLSearchParams(new FormData(form));
    const answer = await fetch(`${form.action}?${query}`).catch(() => null);
    if (!answer?.ok || !form.isConnected) return;
    const text = await answer.text();
    // A newer question may be under way.
    if (number !== asked) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const found = $(`form[data-facet="${form.dataset.facet}"]`, page)?.parentElement;
    const group = form.parentElement;
    for (const part of all(":scope > :not(summary, form)", group)) part.remove();
    if (found) group.append(...all(":scope > :not(summary, form)", found));
  }, 200);
});

/* Which density is on; the page of everybody is the same until the style sheet looks at it */

for (const button of all("button[name=density]")) {
  button.ariaPressed = `${button.value === (document.documentElement.dataset.density ?? "default")}`;
}

/* Keys */

let at = null;

function go(step) {
  const rows = all(".list tbody tr");
  const next = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(at) + step))];
  at?.classList.remove("at");
  at = next ?? null;
  at?.classList.add("at");
  const link = at && $("a.el", at);
  link?.focus();
  at?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const typing = target.closest?.("input:not([type=checkbox]), select, textarea, dialog, #row-menu");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (localStorage.getItem("callboard-keys-off")) return;
  at = target.closest?.(".list tbody tr") ?? (at?.isConnected ? at : null);
  if (key === "j") go(1);
  else if (key === "k") go(at ? -1 : 1);
  else if (!at) return;
  else if (key === "x") $("input[name=ref]", at).click();
  else if (key === "o") $("a.el", at).click();
  else if (key === ".") openMenu(at);
  else if (key === "s") $(".st", at).click();
  else return;
  event.preventDefault();
});
