// What others try to be somebody, and what is answered: nobody gets in, nothing is told, and the portal stays up.
import assert from "node:assert/strict";
import { createHmac, generateKeyPairSync } from "node:crypto";
import test from "node:test";
import { SignJWT } from "jose";
import { usePeople } from "../lib/browser.mjs";
import { agreeAtGithub, agreeAtOidc, begin, enterByGithub, signInWithGithub, startPath, whoIs } from "../lib/sign-in.mjs";
import { Visitor } from "../lib/visitor.mjs";
import { SESSION, startWorld } from "../lib/world.mjs";

const EVIL = "https://evil.example";
const person = usePeople();
let world;

test.before(async () => {
  world = await startWorld();
});

test.after(async () => {
  const isRunning = world?.portal.isRunning();
  await world?.stop();
  assert.ok(isRunning, "the portal outlived all of it");
});

/** Calls the handler with a path that is not the one that the provider gave, and expects that nobody is signed in. */
async function isRefused(visitor, path) {
  const answer = await visitor.get(path);
  assert.ok(answer.status < 500, `${answer.status}: ${answer.text}`);
  assert.equal(visitor.cookies.has(SESSION), false, "there is no session");
  assert.equal(await whoIs(visitor), undefined);
  return answer;
}

const changed = (path, name, change) => {
  const url = new URL(path, world.baseUrl);
  const value = change(url.searchParams.get(name));
  if (value === undefined) {
    url.searchParams.delete(name);
  } else {
    url.searchParams.set(name, value);
  }
  return url.pathname + url.search;
};

const flipped = (text) => (text.startsWith("A") ? "B" : "A") + text.slice(1);

for (const [provider, agree] of [["github", agreeAtGithub], ["oidc", agreeAtOidc]]) {
  test(`${provider}: a state that was changed, cut or left out is refused`, async () => {
    for (const change of [flipped, (text) => text.slice(0, -1), () => "", () => undefined, (text) => text + text]) {
      const visitor = world.visitor();
      const path = await agree(await begin(visitor, provider), "ada");
      await isRefused(visitor, changed(path, "state", change));
    }
  });

  test(`${provider}: a code is used once, in the browser that asked for it`, async () => {
    const visitor = world.visitor();
    const path = await agree(await begin(visitor, provider), "ada");
    const thief = world.visitor();
    await isRefused(thief, path);

    const again = world.visitor();
    const other = await agree(await begin(again, provider), "ada");
    await again.get(other);
    assert.equal(await whoIs(again), "user:default/ada");
    const { value } = { value: again.cookies.get(SESSION) };
    await again.get(other);
    assert.equal(again.cookies.get(SESSION), value, "the second use changed nothing");
    again.cookies.delete(SESSION);
    await isRefused(again, other);
    await isRefused(thief, other);
  });

  test(`${provider}: a code that somebody else was given is of no use`, async () => {
    // Who is led to the handler with the attacker's code would work in the attacker's account.
    const attacker = world.visitor();
    const theirs = await agree(await begin(attacker, provider), "ada");
    const victim = world.visitor();
    const own = await agree(await begin(victim, provider), "ada");
    const code = new URL(theirs, world.baseUrl).searchParams.get("code");
    await isRefused(victim, changed(own, "code", () => code));
  });
}

test("an answer of one provider is not taken by the handler of another", async () => {
  const visitor = world.visitor();
  const path = await agreeAtGithub(await begin(visitor, "github"), "ada");
  await isRefused(visitor, path.replace("/github/", "/oidc/"));
});

test("an answer that names another issuer is refused", async () => {
  const visitor = world.visitor();
  const path = await agreeAtOidc(await begin(visitor, "oidc"), "ada");
  await isRefused(visitor, changed(path, "iss", () => EVIL));
});

test("the browser shows a replay as a failure with the way to sign in", async () => {
  const { context, open, close } = await person();
  const { page } = await open(`${world.baseUrl}/catalog`);
  let handler;
  page.on("request", (request) => {
    if (request.url().includes("/handler/frame")) {
      handler = request.url();
    }
  });
  await signInWithGithub(page, "ada");
  assert.ok(handler, "the browser passed the handler");
  await context.clearCookies();
  const stranger = await person();
  for (const one of [open, stranger.open]) {
    const { page: again } = await one(handler);
    await again.getByRole("alert").getByText("You could not be signed in").waitFor();
    await again.getByRole("link", { name: "Sign in with GitHub" }).waitFor();
  }
  await Promise.all([close(), stranger.close()]);
});

test("nobody is sent to another site", async () => {
  const { host } = new URL(world.baseUrl);
  for (const target of [
    `${EVIL}/`,
    "//evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    `${world.baseUrl}@evil.example/`,
    `${world.baseUrl}.evil.example/`,
    `http://evil.example/#${host}`,
    "javascript:alert(1)",
    "data:text/html,x",
  ]) {
    const visitor = world.visitor();
    const answer = await visitor.get(startPath("github", { back: target }));
    if (answer.status >= 400) {
      continue;
    }
    const done = await visitor.get(await agreeAtGithub(answer.headers.location, "ada"));
    const to = new URL(done.headers.location ?? "/", world.baseUrl);
    assert.equal(to.origin, world.baseUrl, `${target} led to ${to}`);
  }
});

test("nor by the sign-in page, the theme or the sign-out", async () => {
  const { open, close } = await person();
  for (const back of [`${EVIL}/`, "//evil.example/", "/\\evil.example", "\t//evil.example"]) {
    const { page } = await open(`${world.baseUrl}/sign-in?back=${encodeURIComponent(back)}`);
    const links = await page.getByRole("link").evaluateAll((all) => all.map((link) => link.href));
    assert.ok(links.length > 0);
    for (const link of links) {
      const url = new URL(link);
      assert.equal(url.origin, world.baseUrl);
      const way = url.searchParams.get("redirectUrl");
      assert.ok(way === null || new URL(way, world.baseUrl).origin === world.baseUrl, link);
    }
    await page.close();
    for (const path of ["/theme", "/sign-out"]) {
      const answer = await world.visitor().post(path, { theme: "dark", back });
      const to = new URL(answer.headers.location ?? "/", world.baseUrl);
      assert.equal(to.origin, world.baseUrl, `${path} ${back}`);
    }
  }
  await close();
});

test("a page of another origin gets no answer of the popup", async () => {
  const answer = await world.visitor().get(startPath("github", { flow: "popup", origin: EVIL }));
  assert.ok([400, 403].includes(answer.status), String(answer.status));
});

test("a session that was planted before the sign-in is neither kept nor made valid", async () => {
  const planted = "A".repeat(43);
  const { context, open, close } = await person();
  await context.addCookies([{ name: SESSION, value: planted, url: world.baseUrl }]);
  const { page } = await open(`${world.baseUrl}/catalog`);
  await signInWithGithub(page, "ada");
  const cookie = (await context.cookies()).find(({ name }) => name === SESSION);
  assert.notEqual(cookie.value, planted);
  const attacker = world.visitor();
  attacker.cookies.set(SESSION, planted);
  assert.equal(await whoIs(attacker), undefined);
  await close();
});

test("signing in again gives another session and ends the one before", async () => {
  const visitor = world.visitor();
  await enterByGithub(visitor, "ada");
  const before = visitor.cookies.get(SESSION);
  await enterByGithub(visitor, "ken");
  assert.notEqual(visitor.cookies.get(SESSION), before);
  const old = world.visitor();
  old.cookies.set(SESSION, before);
  assert.equal(await whoIs(old), undefined, "the session before would be forgotten but alive");
});

test("a cookie or a token of another portal is nobody's", async () => {
  const other = await startWorld();
  try {
    const there = other.visitor();
    await enterByGithub(there, "ada");
    const visitor = world.visitor();
    visitor.cookies.set(SESSION, there.cookies.get(SESSION));
    assert.equal(await whoIs(visitor), undefined);
    const answer = await there.get("/api/auth/github/refresh", { "x-requested-with": "XMLHttpRequest" });
    const { token } = answer.json().backstageIdentity;
    const authorization = `Bearer ${token}`;
    assert.equal((await other.visitor().get("/api/catalog/entities", { authorization })).status, 200);
    assert.equal((await world.visitor().get("/api/catalog/entities", { authorization })).status, 401);
  } finally {
    await other.stop();
  }
});

/** Pages of other sites as browsers tell of them. The last one knows a password for a proxy in front of the portal. */
const ELSEWHERE = [
  { origin: EVIL, "sec-fetch-site": "cross-site" },
  { origin: EVIL, "sec-fetch-site": undefined },
  { origin: "null", "sec-fetch-site": undefined },
  { origin: "http://localhost:1", "sec-fetch-site": "same-site" },
  { origin: undefined, "sec-fetch-site": undefined },
  { origin: EVIL, "sec-fetch-site": "cross-site", authorization: "Basic YWRhOmFkYQ==" },
];

test("a page of another site can do nothing with a person's cookie", async () => {
  const visitor = world.visitor();
  await enterByGithub(visitor, "ada");
  const posts = [
    ["/sign-out", { everywhere: "on" }],
    ["/settings/tokens", { name: "stolen", scope: "all", days: "365" }],
    ["/settings/tokens/revoke", { id: "1" }],
    ["/settings/sessions/revoke", { id: "1" }],
    ["/me", { owner: "group:default/sales" }],
    ["/theme", { theme: "dark" }],
    ["/fn/catalog/entities", {}],
    ["/api/catalog/refresh", {}],
    ["/api/auth/github/logout", {}],
    ["/admin/policy/simulate", { policy: "" }],
  ];
  for (const headers of ELSEWHERE) {
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value));
    for (const [path, fields] of posts) {
      const type = { "content-type": "application/x-www-form-urlencoded" };
      const body = new URLSearchParams(fields).toString();
      const answer = await visitor.request("POST", path, { headers: { ...type, ...sent }, body });
      assert.equal(answer.status, 403, `${path} ${JSON.stringify(sent)}`);
    }
  }
  assert.equal(await whoIs(visitor), "user:default/ada", "still signed in");
  assert.ok(!(await visitor.get("/settings")).text.includes("stolen"));
});

test("a form of another site, sent by a real browser, does not sign anybody out", async () => {
  const { context, open, close } = await person();
  const { page } = await open(`${world.baseUrl}/settings`);
  await signInWithGithub(page, "ada");
  const evil = await context.newPage();
  await evil.route("http://127.0.0.1:9/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" action="${world.baseUrl}/sign-out"><button>Win a prize</button></form>`,
    }),
  );
  await evil.goto("http://127.0.0.1:9/");
  const [answer] = await Promise.all([
    evil.waitForResponse(`${world.baseUrl}/sign-out`),
    evil.getByRole("button").click(),
  ]);
  assert.equal(answer.status(), 403);
  await page.reload();
  assert.equal(new URL(page.url()).pathname, "/settings");
  await close();
});

/** A token of the portal's own for a person. */
async function ownToken() {
  const visitor = world.visitor();
  await enterByGithub(visitor, "ada");
  const answer = await visitor.get("/api/auth/github/refresh", { "x-requested-with": "XMLHttpRequest" });
  assert.equal(answer.status, 200, answer.text);
  return answer.json().backstageIdentity.token;
}

test("tokens that were forged, changed, outdated or made for others are refused", async () => {
  const good = await ownToken();
  const ask = (token) => world.visitor().get("/api/catalog/entities", { authorization: `Bearer ${token}` });
  assert.equal((await ask(good)).status, 200, "the token itself is good");

  const [head, body, signature] = good.split(".");
  const read = (part) => JSON.parse(Buffer.from(part, "base64url"));
  const write = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const [header, claims] = [read(head), read(body)];
  const keys = (await world.visitor().get("/api/auth/.well-known/jwks.json")).json().keys;
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const sign = (changes, key = privateKey, extra = {}) =>
    new SignJWT({ ...claims, ...changes }).setProtectedHeader({ ...header, ...extra }).sign(key);
  const hmac = (text) => createHmac("sha256", JSON.stringify(keys[0])).update(text).digest("base64url");
  const confused = `${write({ ...header, alg: "HS256" })}.${body}`;
  const now = Math.floor(Date.now() / 1000);
  const forged = {
    "no signature": `${head}.${body}.`,
    "alg none": `${write({ ...header, alg: "none" })}.${body}.`,
    "alg none with the signature": `${write({ ...header, alg: "None" })}.${body}.${signature}`,
    "another user": `${head}.${write({ ...claims, sub: "user:default/ken" })}.${signature}`,
    "a longer life": `${head}.${write({ ...claims, exp: now + 10 ** 6 })}.${signature}`,
    "another type": `${write({ ...header, typ: "vnd.backstage.plugin" })}.${body}.${signature}`,
    "the public key as a secret": `${confused}.${hmac(confused)}`,
    "a key of the attacker": await sign({}),
    "a key in the header": await sign({}, privateKey, { jwk: keys[0] }),
    "an unknown key id": await sign({}, privateKey, { kid: "../../etc/passwd" }),
    "outdated and forged": await sign({ exp: now - 10 }),
    "for somebody else": await sign({ aud: "other" }),
    "half of it": good.slice(0, good.length / 2),
    "a dot": ".",
    "nothing": "",
    "forty thousand letters": "a".repeat(40_000),
    "a personal token that never was": `cbp_${"a".repeat(49)}`,
  };
  for (const [what, token] of Object.entries(forged)) {
    const answer = await ask(token);
    // A server may also refuse a header for its length.
    assert.ok(answer.status === 401 || (token.length > 32_768 && answer.status === 431), `${what}: ${answer.status}`);
    if (answer.status === 401 && answer.headers["content-type"]?.includes("json")) {
      const { error } = answer.json();
      assert.equal(error.name, "AuthenticationError", what);
      assert.doesNotMatch(error.message, /signature|expired|algorithm|kid/i, "nothing is told of why");
    }
  }
  const basic = await world.visitor().get("/api/catalog/entities", { authorization: "Basic YWRhOmFkYQ==" });
  assert.equal(basic.status, 401);
});

test("a bad token is refused also beside a good cookie", async () => {
  const visitor = world.visitor();
  await enterByGithub(visitor, "ada");
  const answer = await visitor.get("/api/catalog/entities", { authorization: "Bearer wrong" });
  assert.equal(answer.status, 401, "the caller is who the token says, or nobody");
});

test("who says to be somebody in a header is nobody without a proxy that is trusted", async () => {
  const claims = {
    "x-forwarded-user": "ken",
    "x-forwarded-preferred-username": "ken",
    "x-forwarded-email": "ken@example.com",
    "x-forwarded-groups": "engineering",
    "x-goog-iap-jwt-assertion": "a.b.c",
    "x-amzn-oidc-data": "a.b.c",
    "cf-access-jwt-assertion": "a.b.c",
    "x-remote-user": "ken",
  };
  assert.equal(await whoIs(world.visitor(), claims), undefined);
  assert.equal((await world.visitor().get("/api/catalog/entities", claims)).status, 401);

  const resolvers = [{ resolver: "forwardedUserMatchingUserEntityName" }];
  const behind = (trustProxy) => (config) => {
    config.auth.providers = { oauth2Proxy: { development: { signIn: { resolvers } } } };
    config.backend.trustProxy = trustProxy;
  };
  const ken = "user:default/ken";
  for (const [trust, expected] of [[false, undefined], [["10.0.0.0/8"], undefined], [["127.0.0.1"], ken]]) {
    const other = await startWorld({ change: behind(trust) });
    try {
      const headers = { "x-forwarded-user": "ken", "x-forwarded-for": "203.0.113.9" };
      assert.equal(await whoIs(other.visitor(), headers), expected, `trustProxy ${JSON.stringify(trust)}`);
    } finally {
      await other.stop();
    }
  }
});

test("who tries again and again is slowed down, and nobody else is", async () => {
  const visitor = world.visitor();
  let answer;
  for (let attempt = 0; attempt < 200 && answer?.status !== 429; attempt += 1) {
    answer = await visitor.get(`/api/auth/github/handler/frame?code=${attempt}&state=${attempt}`);
  }
  assert.equal(answer.status, 429);
  assert.ok(Number(answer.headers["retry-after"]) > 0);
  const guesser = world.visitor();
  answer = undefined;
  for (let attempt = 0; attempt < 200 && answer?.status !== 429; attempt += 1) {
    answer = await guesser.get("/api/catalog/entities", { authorization: `Bearer cbp_${attempt}` });
  }
  assert.equal(answer.status, 429, "tokens cannot be guessed either");
  assert.equal((await world.visitor().get(startPath("github", { back: "/" }))).status, 302);
});

test("headers and addresses of a megabyte do not end the portal", async () => {
  const big = "a".repeat(1024 * 1024);
  const ask = (path, headers) => world.visitor().get(path, headers).then((answer) => answer.status, (error) => error.code);
  const answers = [
    await ask("/catalog", { cookie: `${SESSION}=${big}` }),
    await ask("/catalog", { authorization: `Bearer ${big}` }),
    await ask("/sign-in", { "x-forwarded-for": `${"1.1.1.1,".repeat(100_000)}` }),
    await ask(`/sign-in?back=/${big}`),
    await ask(`/api/auth/github/handler/frame?code=${big}&state=${big}`),
    await ask("/catalog", Object.fromEntries(Array.from({ length: 5000 }, (_, number) => [`x-${number}`, "a"]))),
  ];
  for (const answer of answers) {
    // The connection may be ended before all was sent.
    const isRefused = [400, 413, 414, 431].includes(answer) || ["ECONNRESET", "EPIPE"].includes(answer);
    assert.ok(isRefused, String(answer));
  }
  assert.equal((await world.visitor().get("/sign-in")).status, 200);
});

test("long, strange and repeated values are refused without a failure", async () => {
  const strange = ["%00", "%FF%FE", "%0d%0aset-cookie:%20a=b", "a".repeat(5000), "%E2%80%AE", "{}", "null", "&state=a&state=b"];
  for (const value of strange) {
    for (const path of [
      `/api/auth/github/handler/frame?code=${value}&state=${value}`,
      `/api/auth/oidc/handler/frame?error=${value}&state=${value}`,
      `/api/auth/github/start?env=${value}&flow=redirect&redirectUrl=${value}`,
      `/api/auth/github/start?env=development&flow=${value}&scope=${value}`,
      `/sign-in?back=${value}&failure=${value}`,
      `/api/auth/${value.slice(0, 100)}/refresh`,
    ]) {
      const answer = await world.visitor().get(path);
      assert.ok(answer.status < 500, `${path}: ${answer.status}`);
      assert.equal(answer.headers["set-cookie"]?.some((one) => one.startsWith("a=")) ?? false, false, path);
    }
  }
});

test("secrets of the attempts above are in no log", async () => {
  const { github, oidc } = world;
  const visitor = world.visitor();
  const url = await begin(visitor, "oidc");
  const path = await agreeAtOidc(url, "ada");
  const code = new URL(path, world.baseUrl).searchParams.get("code");
  const state = new URL(url).searchParams.get("state");
  await visitor.get(path);
  const secrets = [github.clientSecret, oidc.clientSecret, code, state, visitor.cookies.get(SESSION)];
  const log = world.portal.log.join("\n");
  for (const secret of secrets) {
    assert.ok(secret && !log.includes(secret), "a secret is in the log");
  }
});

test("a session is taken as it is by HTTP only from its own cookie", async () => {
  const visitor = world.visitor();
  await enterByGithub(visitor, "ada");
  const value = visitor.cookies.get(SESSION);
  const stranger = new Visitor(world.portal.address, world.baseUrl);
  for (const headers of [
    { authorization: `Bearer ${value}` },
    { "x-session": value },
    { cookie: `other=${value}` },
    { cookie: `__Host-${SESSION}=${value}` },
    { cookie: `${SESSION}=${flipped(value)}` },
    { cookie: `${SESSION}=${value.slice(0, -1)}` },
  ]) {
    const answer = await stranger.get("/settings", headers);
    assert.notEqual(answer.status, 200, Object.keys(headers)[0]);
  }
});
