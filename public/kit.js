// What pieces of the kit do beyond HTML: toasts that go, tooltips that Escape hides, logs that filter and follow.
// A page that has them loads it; everything is there without it.

/* Toasts: they go after their seconds, but wait while somebody points at them or has the focus in them */

const box = document.querySelector(".toasts");

function age(toast) {
  let left = Number(toast.dataset.toast) * 1000;
  if (!left) return;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    if (!toast.matches(":hover, :focus-within")) left -= now - last;
    last = now;
    if (left <= 0) toast.remove();
    if (!toast.isConnected) clearInterval(timer);
  }, 250);
}

for (const toast of box?.querySelectorAll("[data-toast]") ?? []) age(toast);

document.addEventListener("click", ({ target }) => {
  const from = target.closest?.("[data-toast-from]");
  if (from && box) {
    box.append(document.getElementById(from.dataset.toastFrom).content.cloneNode(true));
    age(box.lastElementChild);
  }
  target.closest?.("[data-dismiss]")?.closest(".toast")?.remove();
});

/* Dialogs close where one clicks beside them, also in browsers that do not know `closedby` */

document.addEventListener("click", ({ target, clientX: x, clientY: y }) => {
  if (target.localName !== "dialog" || target.getAttribute("closedby") !== "any") return;
  const { left, right, top, bottom } = target.getBoundingClientRect();
  if (x < left || x > right || y < top || y > bottom) target.close();
});

/* Tooltips: Escape hides them until one points elsewhere */

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const tip of document.querySelectorAll(".tip:is(:hover, :focus-within)")) {
    tip.dataset.hushed = "";
    const shown = () => delete tip.dataset.hushed;
    tip.addEventListener("pointerleave", shown, { once: true });
    tip.addEventListener("focusout", shown, { once: true });
  }
});

/* Logs: only lines with a text, and the end as long as one follows it */

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-log-filter]")) return;
  const wanted = target.value.toLowerCase();
  for (const line of target.closest("[data-log]").querySelectorAll("ol > li")) {
    line.hidden = !line.textContent.toLowerCase().includes(wanted);
  }
});

for (const log of document.querySelectorAll("[data-log]")) {
  const lines = log.querySelector("ol");
  const follow = log.querySelector("[data-log-follow]");
  if (!follow) continue;
  const toEnd = () => follow.checked && (lines.scrollTop = lines.scrollHeight);
  follow.addEventListener("change", toEnd);
  new MutationObserver(toEnd).observe(lines, { childList: true });
  toEnd();
}
