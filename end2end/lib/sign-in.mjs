// How people sign in: in the browser by links and buttons, and without one by the same requests.
import assert from "node:assert/strict";
import { Visitor } from "./visitor.mjs";

/** From the sign-in page to GitHub, through it, and back. */
export async function signInWithGithub(page, login) {
  await page.getByRole("link", { name: "Sign in with GitHub" }).click();
  await page.getByRole("button", { name: `Authorize ${login}` }).click();
  await page.waitForURL((url) => url.hostname === "localhost");
}

/** From the sign-in page to the OpenID provider, through it, and back. */
export async function signInWithOidc(page, login, title = "OpenID Connect") {
  await page.getByRole("link", { name: `Sign in with ${title}` }).click();
  await passOidc(page, login);
  await page.waitForURL((url) => url.hostname === "localhost");
}

/** Fills in the pages of the OpenID provider, of which those that were filled in before do not come again. */
export async function passOidc(page, login) {
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

/** The path at which signing in begins. */
export function startPath(provider, { back, flow = "redirect", origin, scope } = {}) {
  const query = new URLSearchParams({ env: "development", flow });
  for (const [name, value] of Object.entries({ redirectUrl: back, origin, scope })) {
    if (value !== undefined) {
      query.set(name, value);
    }
  }
  return `/api/auth/${provider}/start?${query}`;
}

/** Begins at the portal; the result is where GitHub or the OpenID provider is asked. */
export async function begin(visitor, provider, options = {}) {
  const back = options.flow === "popup" ? undefined : `${visitor.baseUrl}/`;
  const answer = await visitor.get(startPath(provider, { back, ...options }));
  assert.ok([302, 303].includes(answer.status), `${answer.status}: ${answer.text}`);
  return answer.headers.location;
}

/** Agrees at GitHub; the result is the path of the handler to which it sends the browser, with code and state. */
export async function agreeAtGithub(url, login) {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams({ login }), redirect: "manual" });
  const back = new URL(answer.headers.get("location"));
  return back.pathname + back.search;
}

/** Signs in and agrees at the OpenID provider; the result is the path of the handler. */
export async function agreeAtOidc(url, login) {
  const { origin } = new URL(url);
  const browser = new Visitor(origin);
  let answer = await browser.get(url.slice(origin.length));
  for (let step = 0; step < 12; step += 1) {
    const to = answer.headers.location && new URL(answer.headers.location, origin);
    if (to && to.origin !== origin) {
      return to.pathname + to.search;
    }
    const action = /action="([^"]+)"/.exec(answer.text)?.[1];
    const prompt = /name="prompt" value="(\w+)"/.exec(answer.text)?.[1];
    assert.ok(to ?? action, `${answer.status}: ${answer.text}`);
    answer = to
      ? await browser.get(to.pathname + to.search)
      : await browser.post(new URL(action).pathname, { prompt, login, password: "any" });
  }
  throw new Error("the OpenID provider leads nowhere");
}

/** Signs a visitor in with GitHub. */
export async function enterByGithub(visitor, login) {
  return visitor.get(await agreeAtGithub(await begin(visitor, "github"), login));
}

/** Signs a visitor in with the OpenID provider. */
export async function enterByOidc(visitor, login) {
  return visitor.get(await agreeAtOidc(await begin(visitor, "oidc"), login));
}

/** The reference of the user that the settings page shows; undefined for a visitor who is sent to sign in. */
export async function whoIs(visitor, headers = {}) {
  const answer = await visitor.get("/settings", headers);
  if (answer.status !== 200) {
    assert.ok([302, 303, 401, 403].includes(answer.status), `${answer.status}: ${answer.text}`);
    return undefined;
  }
  return /user:[a-z0-9-]+\/[\w.-]+/.exec(answer.text)?.[0];
}
