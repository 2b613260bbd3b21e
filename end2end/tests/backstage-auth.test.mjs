// Clients of Backstage sign in, get a token and use it, as Backstage's own frontend and programs do.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import test from "node:test";
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { usePeople } from "../lib/browser.mjs";
import { eventually } from "../lib/portal.mjs";
import { agreeAtGithub, begin, enterByGithub, enterByOidc, passOidc, startPath, whoIs } from "../lib/sign-in.mjs";
import { SESSION, startWorld } from "../lib/world.mjs";
import { stopServer } from "../peers/github.mjs";
import { listen } from "../stub/github.mjs";

const { CatalogClient } = createRequire(import.meta.url)("@backstage/catalog-client");

const AJAX = { "x-requested-with": "XMLHttpRequest" };
const person = usePeople();
let frontend;
let origin;
let world;

// A frontend that lives at an address of its own: it opens the popup and keeps what the popup posts to it.
const FRONTEND = `<!doctype html><html lang="en"><title>Frontend</title><button>Sign in</button><script>
  window.messages = [];
  addEventListener("message", ({ data, origin }) => window.messages.push({ data, origin }));
  document.querySelector("button").onclick = () => open(new URLSearchParams(location.search).get("start"), "login", "popup");
</script></html>`;

test.before(async () => {
  frontend = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end(FRONTEND);
  });
  origin = (await listen(frontend)).replace("127.0.0.1", "localhost");
  world = await startWorld({
    change: (config) => {
      config.auth.experimentalExtraAllowedOrigins = [origin];
    },
  });
});

test.after(async () => {
  await world?.stop();
  await stopServer(frontend);
});

/** The session as Backstage's frontend asks for it. */
async function refresh(visitor, provider, query = "") {
  const answer = await visitor.get(`/api/auth/${provider}/refresh?optional&env=development${query}`, AJAX);
  assert.equal(answer.status, 200, answer.text);
  return answer.json();
}

/** What Backstage's frontend relies on. */
function isSession(session, name) {
  const { profile, providerInfo, backstageIdentity } = session;
  assert.equal(profile.email, `${name}@example.com`);
  assert.ok(profile.displayName);
  assert.equal(typeof providerInfo.accessToken, "string");
  assert.equal(typeof providerInfo.scope, "string");
  const { token, expiresInSeconds, identity } = backstageIdentity;
  assert.equal(identity.type, "user");
  assert.equal(identity.userEntityRef, `user:default/${name}`);
  assert.ok(identity.ownershipEntityRefs.includes(`user:default/${name}`));
  assert.equal(token.split(".").length, 3);
  assert.ok(expiresInSeconds > 3000 && expiresInSeconds <= 3600, String(expiresInSeconds));
}

/** Opens the popup of a provider in the frontend and passes the provider; the result is what the frontend got. */
async function throughPopup(provider, pass, { from = origin } = {}) {
  const { context, open, close } = await person();
  const start = `${world.baseUrl}${startPath(provider, { flow: "popup", origin: from, scope: "openid profile email" })}`;
  const { page } = await open(`${origin}/?start=${encodeURIComponent(start)}`);
  const [popup] = await Promise.all([context.waitForEvent("page"), page.getByRole("button").click()]);
  const complaints = [];
  popup.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await pass(popup);
  await page.waitForFunction(() => window.messages.some(({ data }) => data?.type === "authorization_response"));
  const messages = await page.evaluate(() => window.messages);
  await eventually("the end of the popup", () => popup.isClosed() || undefined);
  const cookies = await context.cookies();
  return { message: messages.find(({ data }) => data.type === "authorization_response"), cookies, complaints, close };
}

test("popup: the handler posts the session to the page that opened it, and closes itself", async () => {
  const { message, cookies, complaints, close } = await throughPopup("oidc", (popup) => passOidc(popup, "ada"));
  assert.equal(message.origin, world.baseUrl);
  isSession(message.data.response, "ada");
  assert.ok(message.data.response.providerInfo.idToken, "an OpenID provider gives one");
  assert.ok(cookies.some(({ name }) => name === SESSION));
  assert.deepEqual(complaints, [], "the page's own policy lets its script run");
  await close();
});

test("popup: GitHub, and a person who cannot be matched gets an error that tells why", async () => {
  const press = (login) => (popup) => popup.getByRole("button", { name: `Authorize ${login}` }).click();
  const good = await throughPopup("github", press("ada"));
  isSession(good.message.data.response, "ada");
  await good.close();
  const bad = await throughPopup("github", press("mallory"));
  assert.equal(bad.message.data.response, undefined);
  assert.match(bad.message.data.error.message, /usernameMatchingUserEntityName/);
  assert.ok(!bad.cookies.some(({ name }) => name === SESSION));
  await bad.close();
});

test("popup: the page of the handler names one origin, and lets in no script but its own", async () => {
  const visitor = world.visitor();
  const url = await begin(visitor, "github", { flow: "popup", origin });
  const answer = await visitor.get(await agreeAtGithub(url, "ada"));
  assert.equal(answer.status, 200);
  assert.match(answer.headers["content-type"], /^text\/html/);
  const policy = answer.headers["content-security-policy"];
  assert.match(policy, /script-src [^;]*'(?:sha256|nonce)-/);
  assert.doesNotMatch(policy.match(/script-src [^;]*/)[0], /unsafe-inline|\*/);
  assert.ok(answer.text.includes(origin) || answer.text.includes(encodeURIComponent(origin)));
  assert.doesNotMatch(answer.text, /authorization_response[^\n]*["']\*["']/, "not for whoever listens");
  assert.match(answer.headers["cache-control"], /no-store/);
});

for (const [provider, enter] of [["oidc", enterByOidc], ["github", enterByGithub]]) {
  test(`${provider}: the session is asked for again by its cookie`, async () => {
    const visitor = world.visitor();
    await enter(visitor, "ada");
    isSession(await refresh(visitor, provider), "ada");
    isSession(await refresh(visitor, provider), "ada");
    const { identity } = (await refresh(visitor, provider)).backstageIdentity;
    assert.deepEqual(identity.ownershipEntityRefs.toSorted(), ["group:default/engineering", "user:default/ada"]);
    assert.deepEqual(world.oidc.failures, []);
  });
}

test("tokens of the provider that end are renewed, once for all tabs that ask at the same time", async () => {
  // What ends within a minute is renewed with each request, and a refresh token that is used twice ends everything.
  const other = await startWorld({ oidc: { accessTokenSeconds: 30 } });
  try {
    const visitor = other.visitor();
    await enterByOidc(visitor, "ada");
    const first = await refresh(visitor, "oidc");
    const second = await refresh(visitor, "oidc");
    assert.notEqual(second.providerInfo.accessToken, first.providerInfo.accessToken);
    assert.ok(second.providerInfo.expiresInSeconds > 20);
    const all = await Promise.all(Array.from({ length: 8 }, () => refresh(visitor, "oidc")));
    for (const one of all) {
      isSession(one, "ada");
    }
    isSession(await refresh(visitor, "oidc"), "ada");
    assert.deepEqual(other.oidc.failures, [], "no refresh token was used twice");
  } finally {
    await other.stop();
  }
});

test("who is not known to the provider any more has no session", async () => {
  const other = await startWorld({ oidc: { accessTokenSeconds: 30 } });
  try {
    const visitor = other.visitor();
    await enterByOidc(visitor, "grace");
    isSession(await refresh(visitor, "oidc"), "grace");
    other.oidc.forget("grace");
    assert.equal((await visitor.get("/api/auth/oidc/refresh", AJAX)).status, 401);
    assert.equal(await whoIs(visitor), undefined);
  } finally {
    await other.stop();
  }
});

test("a refresh needs the header that no form of another site can send, and a session of that provider", async () => {
  const visitor = world.visitor();
  await enterByOidc(visitor, "ada");
  for (const headers of [{}, { "x-requested-with": "other" }]) {
    const answer = await visitor.get("/api/auth/oidc/refresh?env=development", headers);
    assert.equal(answer.status, 401);
    assert.equal(answer.json().error.name, "AuthenticationError");
  }
  const other = await visitor.get("/api/auth/github/refresh?env=development", AJAX);
  assert.equal(other.status, 401, "signed in with another provider");
  const nobody = await world.visitor().get("/api/auth/oidc/refresh?env=development", AJAX);
  assert.equal(nobody.status, 401);
  const answer = await visitor.get("/api/auth/oidc/refresh?env=development", AJAX);
  assert.match(answer.headers["cache-control"], /no-store/);
});

test("POST logout ends the session", async () => {
  const visitor = world.visitor();
  await enterByOidc(visitor, "ada");
  const kept = visitor.cookies.get(SESSION);
  const refused = await visitor.post("/api/auth/oidc/logout?env=development");
  assert.equal(refused.status, 401, "without the header");
  assert.equal(await whoIs(visitor), "user:default/ada");
  const answer = await visitor.post("/api/auth/oidc/logout?env=development", {}, AJAX);
  assert.ok([200, 204].includes(answer.status), String(answer.status));
  visitor.cookies.set(SESSION, kept);
  assert.equal(await whoIs(visitor), undefined);
  assert.equal((await visitor.get("/api/auth/oidc/refresh", AJAX)).status, 401);
});

/** The token of a person. */
async function tokenOf(name, enter = enterByGithub) {
  const visitor = world.visitor();
  await enter(visitor, name);
  return (await refresh(visitor, enter === enterByGithub ? "github" : "oidc")).backstageIdentity.token;
}

test("the token is what Backstage's own backends take", async () => {
  const token = await tokenOf("ada");
  const header = decodeProtectedHeader(token);
  assert.deepEqual([header.typ, header.alg, typeof header.kid], ["vnd.backstage.user", "ES256", "string"]);
  const keys = createRemoteJWKSet(new URL(`${world.portal.address}/api/auth/.well-known/jwks.json`));
  const issuer = `${world.baseUrl}/api/auth`;
  const expected = { issuer, audience: "backstage", typ: "vnd.backstage.user", algorithms: ["ES256"] };
  const { payload } = await jwtVerify(token, keys, expected);
  assert.equal(payload.sub, "user:default/ada");
  assert.equal(payload.exp - payload.iat, 3600);
  assert.equal(payload.ent, undefined, "what belongs to the user is asked for");

  // The limited token, which cookies carry, is made of parts of the user's token.
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const limited = [
    encode({ typ: "vnd.backstage.limited-user", alg: header.alg, kid: header.kid }),
    encode({ sub: payload.sub, iat: payload.iat, exp: payload.exp }),
    payload.uip,
  ].join(".");
  const checked = await jwtVerify(limited, keys, { typ: "vnd.backstage.limited-user", algorithms: ["ES256"] });
  assert.equal(checked.payload.sub, "user:default/ada");
});

test("the keys are public, of one kind, and tell nothing secret", async () => {
  const { keys } = (await world.visitor().get("/api/auth/.well-known/jwks.json")).json();
  assert.ok(keys.length > 0);
  for (const key of keys) {
    assert.deepEqual([key.kty, key.crv, key.alg, key.use, key.d], ["EC", "P-256", "ES256", "sig", undefined]);
  }
  const description = (await world.visitor().get("/api/auth/.well-known/openid-configuration")).json();
  assert.equal(description.issuer, `${world.baseUrl}/api/auth`);
  assert.equal(description.jwks_uri, `${world.baseUrl}/api/auth/.well-known/jwks.json`);
  assert.equal(description.userinfo_endpoint, `${world.baseUrl}/api/auth/v1/userinfo`);
});

test("userinfo tells what belongs to the user, to who has the user's token", async () => {
  const token = await tokenOf("ada");
  const visitor = world.visitor();
  const answer = await visitor.get("/api/auth/v1/userinfo", { authorization: `Bearer ${token}` });
  assert.equal(answer.status, 200);
  const { claims } = answer.json();
  assert.equal(claims.sub, "user:default/ada");
  assert.deepEqual(claims.ent.toSorted(), ["group:default/engineering", "user:default/ada"]);
  assert.equal((await visitor.get("/api/auth/v1/userinfo")).status, 401);
  assert.equal((await visitor.get("/api/auth/v1/userinfo", { authorization: "Bearer x" })).status, 401);
});

test("Backstage's catalog client works with the token, sees what its user may see, and is refused without", async () => {
  const discoveryApi = { getBaseUrl: async (id) => `${world.portal.address}/api/${id}` };
  const client = new CatalogClient({ discoveryApi });
  const names = async (token) => {
    const { items } = await client.getEntities({ filter: { kind: "component" }, fields: ["metadata.name"] }, { token });
    return items.map(({ metadata }) => metadata.name).sort();
  };
  assert.deepEqual(await names(await tokenOf("ada")), ["search", "web"]);
  assert.deepEqual(await names(await tokenOf("ken")), ["payroll", "search", "web"]);
  await assert.rejects(client.getEntities({}, {}), { name: "ResponseError", statusCode: 401 });
});

test("tokens of a session's user end at the time they say", async () => {
  const { iat, exp } = decodeJwt(await tokenOf("ada"));
  assert.ok(Math.abs(iat - Date.now() / 1000) < 30);
  assert.ok(exp > iat);
});

test("the cookie for a plugin's files is made of a token", async () => {
  const visitor = world.visitor();
  const authorization = `Bearer ${await tokenOf("ada")}`;
  const answer = await visitor.get("/api/catalog/.backstage/auth/v1/cookie", { authorization });
  assert.equal(answer.status, 200);
  assert.ok(new Date(answer.json().expiresAt) > new Date());
  assert.ok(visitor.cookies.has("backstage-auth"));
  const gone = await visitor.request("DELETE", "/api/catalog/.backstage/auth/v1/cookie", {
    headers: { origin: world.baseUrl, "sec-fetch-site": "same-origin" },
  });
  assert.equal(gone.status, 204);
  assert.equal(visitor.cookies.has("backstage-auth"), false);
});
