// Follows a registration: fetches the page again until nothing more is waited for, and says what changed.
// Without it the page has a link that does the same by hand.

const FIRST = 1000;
const LATER = 5000;
const SOON = 30;
const MOST = 150;

const status = document.querySelector("[data-follow-status]");
let said = document.querySelector("[data-follow]")?.dataset.says;

async function look() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-follow]");
  const old = document.querySelector("[data-follow]");
  if (!fresh || !old || fresh.outerHTML === old.outerHTML) return;
  // Whoever is at a link of the old one goes on from the same link of the new one.
  const href = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
  old.replaceWith(fresh);
  if (href) fresh.querySelector(`[href="${CSS.escape(href)}"]`)?.focus();
  if (fresh.dataset.says !== said) {
    said = fresh.dataset.says;
    status.textContent = said;
  }
}

async function follow(times) {
  const box = document.querySelector("[data-follow]");
  if (!box || "done" in box.dataset || times > MOST) return;
  if (document.visibilityState === "visible") await look().catch(() => {});
  setTimeout(() => follow(times + 1), times < SOON ? FIRST : LATER);
}

setTimeout(() => follow(1), FIRST);
