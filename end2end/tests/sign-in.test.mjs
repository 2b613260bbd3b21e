// People sign in, see who they are, and sign out: with a GitHub and with a real OpenID provider.
import assert from "node:assert/strict";
import test from "node:test";
import { isAccessible } from "../lib/axe.mjs";
import { usePeople } from "../lib/browser.mjs";
import { eventually } from "../lib/portal.mjs";
import {
  agreeAtGithub,
  agreeAtOidc,
  begin,
  enterByGithub,
  enterByOidc,
  passOidc,
  signInWithGithub,
  signInWithOidc,
  whoIs,
} from "../lib/sign-in.mjs";
import { Visitor } from "../lib/visitor.mjs";
import { SESSION, startWorld } from "../lib/world.mjs";

const person = usePeople();
let world;

/** A second OpenID client of the same provider: it has no secret, and its id is the portal's own choice. */
function withCompany(config, { oidc }) {
  const { metadataUrl, publicClientId: clientId } = oidc;
  const signIn = { resolvers: [{ resolver: "emailMatchingUserEntityProfileEmail" }] };
  config.auth.providers.company = {
    development: { title: "Company", metadataUrl, clientId, tokenEndpointAuthMethod: "none", signIn },
  };
}

test.before(async () => {
  world = await startWorld({ change: withCompany });
});

test.after(() => world?.stop());

/** A new person with a page of the portal. */
async function visit(path, options) {
  const { context, open, close } = await person(options);
  const opened = await open(world.baseUrl + path);
  return { ...opened, context, close, open: (path) => open(world.baseUrl + path) };
}

const menu = (page, name) => page.getByRole("banner").getByTitle(`Account of ${name}`);
const session = async (context) => (await context.cookies()).find(({ name }) => name === SESSION);

test("who is nobody is led to the sign-in page, and programs are told", async () => {
  const visitor = world.visitor();
  for (const [path, to] of [
    ["/catalog", "/sign-in?back=%2Fcatalog"],
    ["/catalog?kind=component", "/sign-in?back=%2Fcatalog%3Fkind%3Dcomponent"],
    ["/", "/sign-in"],
  ]) {
    const answer = await visitor.get(path, { accept: "text/html" });
    assert.equal(answer.status, 303, path);
    assert.equal(answer.headers.location, to);
  }
  for (const path of ["/api/catalog/entities", "/api/catalog/locations", "/api/auth/v1/userinfo", "/api/audit/export"]) {
    const answer = await visitor.get(path);
    assert.equal(answer.status, 401, path);
    assert.equal(answer.json().error.name, "AuthenticationError");
  }
});

test("GitHub: a person comes back to the page that was asked for, and the portal knows the name", async () => {
  const { page, context, complaints, close } = await visit("/catalog?kind=component");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await signInWithGithub(page, "ada");
  assert.equal(page.url(), `${world.baseUrl}/catalog?kind=component`);
  await page.getByRole("heading", { level: 1, name: "Components" }).waitFor();
  assert.equal(await menu(page, "Ada Lovelace").count(), 1);
  const cookie = await session(context);
  assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.path], [true, "Lax", "/"]);
  const { state, code_challenge_method: method, scope } = world.github.asked.at(-1);
  assert.ok(state.length >= 22, "the state cannot be guessed");
  assert.equal(method, "S256");
  assert.match(scope, /user:email/, "Ada's address is not public");
  assert.deepEqual(complaints, []);
  await close();
});

test("OpenID: a person signs in, and everything is checked that the protocol offers", async () => {
  const { page, context, complaints, close } = await visit("/");
  await signInWithOidc(page, "ada");
  assert.equal(page.url(), `${world.baseUrl}/`);
  assert.equal(await menu(page, "Ada Lovelace").count(), 1);
  assert.ok(await session(context));
  const { state, nonce, code_challenge_method: method, response_type: type } = world.oidc.asked.at(-1);
  assert.ok(state.length >= 22 && nonce.length >= 22, "state and nonce cannot be guessed");
  assert.deepEqual([method, type], ["S256", "code"]);
  assert.deepEqual(complaints, []);
  assert.deepEqual(world.oidc.failures, []);
  await close();
});

test("OpenID: a client without a secret, under a name of the portal's own", async () => {
  const { page, close } = await visit("/settings");
  await signInWithOidc(page, "ada", "Company");
  assert.equal(page.url(), `${world.baseUrl}/settings`);
  await page.getByRole("main").getByText("user:default/ada").first().waitFor();
  assert.deepEqual(world.oidc.failures, []);
  await close();
});

test("signing in works without JavaScript", async () => {
  const { page, close } = await visit("/problems", { javaScriptEnabled: false });
  await page.getByRole("link", { name: "Sign in with GitHub" }).click();
  await page.getByRole("button", { name: "Authorize ada" }).click();
  assert.equal(page.url(), `${world.baseUrl}/problems`);
  await close();
});

test("the settings show who I am, what counts as mine and where I am signed in", async () => {
  const { page, complaints, close } = await visit("/settings");
  await signInWithGithub(page, "ada");
  const main = page.getByRole("main");
  const text = await main.innerText();
  for (const part of ["Ada Lovelace", "user:default/ada", "ada@example.com", "Engineering", "GitHub"]) {
    assert.ok(text.includes(part), `${part} in:\n${text}`);
  }
  const sessions = page.getByRole("region", { name: "Where I am signed in" }).getByRole("row");
  await sessions.filter({ hasText: "127.0.0.1" }).first().waitFor();
  await isAccessible(page);
  assert.deepEqual(complaints, []);
  await close();
});

test("a person whom the catalog does not have is made from what the provider says", async () => {
  const { page, open, close } = await visit("/");
  await signInWithOidc(page, "grace");
  const path = "/catalog/default/user/grace";
  const { page: own } = await eventually("the page of the new user", async () => {
    const opened = await open(path);
    return opened.response.status() === 200 ? opened : undefined;
  });
  await own.getByRole("heading", { level: 1, name: "Grace Hopper" }).waitFor();
  assert.equal(await menu(own, "Grace Hopper").count(), 1);
  await close();

  const visitor = world.visitor();
  await enterByOidc(visitor, "grace");
  assert.equal(await whoIs(visitor), "user:default/grace");
  const entity = (await visitor.get("/api/catalog/entities/by-name/user/default/grace")).json();
  assert.equal(entity.spec.profile.email, "grace@example.com");
});

test("an address that the provider did not verify makes nobody somebody else, however often", async () => {
  for (const attempt of [1, 2]) {
    const visitor = world.visitor();
    await enterByOidc(visitor, "eve");
    assert.equal(await whoIs(visitor), "user:default/eve", `attempt ${attempt}`);
    await eventually("the new user in the catalog", async () => {
      const { status } = await visitor.get("/api/catalog/entities/by-name/user/default/eve");
      return status === 200 ? true : undefined;
    });
  }
});

test("who cannot be matched is told what was looked for, what was found and how to mend it", async () => {
  const { page, context, complaints, close } = await visit("/catalog");
  await signInWithGithub(page, "mallory");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  const alert = page.getByRole("alert");
  await alert.getByText("You could not be signed in").waitFor();
  const text = await page.getByRole("main").innerText();
  for (const part of ["usernameMatchingUserEntityName", "mallory", "metadata"]) {
    assert.ok(text.includes(part), `${part} in:\n${text}`);
  }
  assert.equal(await session(context), undefined, "nobody is signed in");
  await isAccessible(page);
  // The way back is kept for the next attempt.
  await signInWithGithub(page, "ada");
  assert.equal(page.url(), `${world.baseUrl}/catalog`);
  assert.deepEqual(complaints, []);
  await close();
});

test("who does not agree at the provider comes back and may try again", async () => {
  for (const [provider, refuse] of [
    ["GitHub", (page) => page.getByRole("button", { name: "Cancel" }).click()],
    ["OpenID Connect", (page) => page.getByRole("link", { name: /Cancel/ }).click()],
  ]) {
    const { page, close } = await visit("/catalog");
    await page.getByRole("link", { name: `Sign in with ${provider}` }).click();
    await refuse(page);
    await page.waitForURL((url) => url.hostname === "localhost");
    await page.getByRole("alert").getByText("You could not be signed in").waitFor();
    await page.getByRole("link", { name: "Sign in with GitHub" }).waitFor();
    await close();
  }
});

test("a provider that is not there is the portal's fault and is said", async () => {
  const visitor = world.visitor();
  const answer = await visitor.get("/api/auth/nothing/start?env=development&flow=redirect");
  assert.equal(answer.status, 404);
  const other = await visitor.get("/api/auth/github/start?env=production&flow=redirect");
  assert.ok([400, 404].includes(other.status), String(other.status));
});

test("the sign-in page is accessible and says who is signed in already", async () => {
  const { page, open, close } = await visit("/sign-in");
  await isAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await signInWithGithub(page, "ada");
  const { page: again } = await open("/sign-in");
  await again.getByRole("main").getByText("Ada Lovelace").waitFor();
  await close();
});

test("signing out ends the session, also for who has kept the cookie", async () => {
  const { page, context, open, close } = await visit("/");
  await signInWithGithub(page, "ada");
  const kept = await session(context);
  await menu(page, "Ada Lovelace").click();
  await page.getByRole("banner").getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/\/sign-in/);
  assert.equal(await session(context), undefined);
  await context.addCookies([kept]);
  const { page: again } = await open("/catalog");
  assert.equal(new URL(again.url()).pathname, "/sign-in");
  await close();
});

test("signing out everywhere ends the sessions of all browsers, and of nobody else", async () => {
  const other = world.visitor();
  await enterByGithub(other, "ken");
  const [first, second] = [await visit("/settings"), await visit("/settings")];
  await signInWithGithub(first.page, "ada");
  await signInWithGithub(second.page, "ada");
  await first.page.getByRole("button", { name: "Sign out everywhere" }).click();
  await first.page.waitForURL(/\/sign-in/);
  await second.page.reload();
  assert.equal(new URL(second.page.url()).pathname, "/sign-in");
  assert.equal(await whoIs(other), "user:default/ken");
  await Promise.all([first.close(), second.close()]);
});

test("one session is ended from another", async () => {
  const lost = world.visitor();
  await enterByOidc(lost, "ada");
  assert.equal(await whoIs(lost), "user:default/ada");
  const { page, close } = await visit("/settings");
  await signInWithGithub(page, "ada");
  const rows = page.getByRole("region", { name: "Where I am signed in" }).getByRole("row");
  const before = await rows.count();
  await rows.filter({ hasText: "OpenID" }).first().getByRole("button").click();
  await eventually("the end of the row", async () => ((await rows.count()) < before ? true : undefined));
  assert.equal(await whoIs(lost), undefined);
  await close();
});

test("by HTTPS the cookie is bound to the host and never sent without encryption", async () => {
  const secure = await startWorld({
    baseUrl: () => "https://portal.example",
    change: (config) => {
      config.backend.trustProxy = true;
    },
  });
  try {
    const proxied = { "x-forwarded-proto": "https", "x-forwarded-host": "portal.example", "x-forwarded-for": "203.0.113.9" };
    const visitor = new Visitor(secure.portal.address, secure.baseUrl);
    const start = await visitor.get("/api/auth/github/start?env=development&flow=redirect", proxied);
    const answer = await visitor.get(await agreeAtGithub(start.headers.location, "ada"), proxied);
    const cookies = [answer.headers["set-cookie"]].flat();
    const cookie = cookies.find((text) => text.startsWith(`__Host-${SESSION}=`));
    assert.ok(cookie, String(cookies));
    for (const attribute of [/; *Secure/i, /; *HttpOnly/i, /; *SameSite=Lax/i, /; *Path=\/(;|$)/i]) {
      assert.match(cookie, attribute);
    }
    assert.doesNotMatch(cookie, /Domain=/i);
    assert.equal(await whoIs(visitor, proxied), "user:default/ada");
    assert.match(answer.headers["strict-transport-security"] ?? "", /max-age=\d{7}/);
  } finally {
    await secure.stop();
  }
});

test("a session outlives a restart of the portal", async () => {
  const one = await startWorld();
  const visitor = one.visitor();
  try {
    await enterByGithub(visitor, "ada");
    await one.restart();
    assert.equal(await whoIs(visitor), "user:default/ada");
  } finally {
    await one.stop();
  }
});

test("the guest of a developer's machine enters by a link, and is refused elsewhere", async () => {
  const guest = (config) => {
    config.auth.providers = { guest: { signIn: {} } };
  };
  const own = await startWorld({ change: guest, env: { NODE_ENV: "development" } });
  const { open, close } = await person();
  try {
    const { page } = await open(`${own.baseUrl}/sign-in`);
    await page.getByRole("link", { name: "Enter as guest" }).click();
    await page.waitForURL((url) => url.pathname === "/");
  } finally {
    await close();
    await own.stop();
  }
  const far = await startWorld({ change: guest, env: { NODE_ENV: "production" } });
  try {
    // Also from the machine itself: what passes requests on may be there, and not say that it does.
    for (const visitor of [far.visitor(), new Visitor(far.portal.address, far.baseUrl)]) {
      const answer = await visitor.get("/api/auth/guest/refresh", { "x-requested-with": "XMLHttpRequest" });
      assert.ok([401, 403, 404].includes(answer.status), `${visitor.from ?? "here"}: ${answer.status}`);
    }
  } finally {
    await far.stop();
  }
});

test("the OpenID provider remembers a person who passed it before", async () => {
  const { page, context, open, close } = await visit("/");
  await page.getByRole("link", { name: "Sign in with OpenID Connect" }).click();
  await passOidc(page, "ada");
  await page.waitForURL((url) => url.hostname === "localhost");
  await context.clearCookies({ domain: "localhost" });
  const { page: again } = await open("/catalog");
  await again.getByRole("link", { name: "Sign in with OpenID Connect" }).click();
  await again.waitForURL(`${world.baseUrl}/catalog`);
  assert.ok(await session(context));
  await close();
});

test("of two attempts in one browser the later one counts, also beside one with another provider", async () => {
  const visitor = world.visitor();
  const first = await begin(visitor, "github");
  const second = await begin(visitor, "github");
  const third = await begin(visitor, "oidc");
  const late = await visitor.get(await agreeAtGithub(first, "ken"));
  assert.match(late.headers.location, /^\/sign-in\?/);
  assert.equal(await whoIs(visitor), undefined);
  await visitor.get(await agreeAtGithub(second, "ada"));
  assert.equal(await whoIs(visitor), "user:default/ada");
  await visitor.get(await agreeAtOidc(third, "grace"));
  assert.equal(await whoIs(visitor), "user:default/grace");
});
