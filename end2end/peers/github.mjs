// A GitHub for tests of signing in: the pages and routes of OAuth, and the API that tells who somebody is.
//
// It is a GitHub Enterprise by its paths: everything is below one address, the API below /api/v3. The API is the stub
// of `stub/github.mjs`, and `oracle/github-user.test.mjs` holds it and the answers of OAuth against what GitHub
// publishes. Who signs in is a person at a browser, who presses a button of the page of authorization.
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { handle, listen, newStub, read } from "../stub/github.mjs";

const TROUBLE = "/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/";
const CODE_LIFE = 10 * 60 * 1000;

/** The people that GitHub knows. Ada shows nobody her address, so that it has to be asked for. */
export const PEOPLE = {
  ada: {
    id: 1815,
    name: "Ada Lovelace",
    emails: [
      { email: "ada@elsewhere.example", primary: false, verified: true, visibility: null },
      { email: "ada@example.com", primary: true, verified: true, visibility: "private" },
    ],
  },
  ken: { id: 1943, name: "Ken Thompson", email: "ken@example.com", emails: [] },
  mallory: {
    id: 666,
    name: "Mallory",
    email: "mallory@example.com",
    emails: [{ email: "mallory@example.com", primary: true, verified: true, visibility: "public" }],
  },
};

/**
 * Starts it with one OAuth app. The result has its address, the app's id and secret, and `asked`: what each request for
 * authorization said. `callbackUrl` is the address that the app registered; one below it is allowed too.
 * With `expiring`, its tokens end after eight hours and can be renewed, as those of GitHub Apps do.
 */
export async function startGithub({ callbackUrl, users = PEOPLE, expiring = false }) {
  const stub = newStub({ users });
  const clientId = `Iv1.${randomBytes(8).toString("hex")}`;
  const clientSecret = randomBytes(20).toString("hex");
  const app = { callbackUrl, clientId, clientSecret, expiring };
  const github = { ...app, stub, users, codes: new Map(), renewals: new Map(), asked: [] };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://github");
    const answer = ROUTES[`${request.method} ${url.pathname}`];
    if (!answer) {
      await handle(stub, "api", request, response);
      return;
    }
    const { status, headers, body } = answer(github, { request, query: url.searchParams, body: await read(request) });
    response.writeHead(status, headers);
    response.end(body);
  });
  const address = await listen(server);
  stub.api = `${address}/api/v3`;
  return {
    address,
    clientId,
    clientSecret,
    asked: github.asked,
    requests: stub.requests,
    /** Ends all tokens, as when a person takes the authorization back. */
    revoke: () => stub.people.clear(),
    stop: () => stopServer(server),
  };
}

/** Stops a server and whoever is connected to it. */
export function stopServer(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

const ROUTES = {
  "GET /login/oauth/authorize": authorizePage,
  "POST /login/oauth/authorize": authorized,
  "POST /login/oauth/access_token": accessToken,
};

// The page on which a person agrees.

function authorizePage(github, { query }) {
  const refused = unlessRegistered(github, query);
  if (refused) {
    return refused;
  }
  github.asked.push(Object.fromEntries(query));
  const buttons = Object.keys(github.users).map(
    (login) => `<button name="login" value="${login}">Authorize ${login}</button>`,
  );
  return html(
    200,
    `<h1>Authorize Callboard</h1><form method="post" action="?${escape(query)}">${buttons.join(" ")}
     <button name="login" value="">Cancel</button></form>`,
  );
}

/** Answers a request of an app that is not registered, or of one that names a way back that is not its own. */
function unlessRegistered({ clientId, callbackUrl }, query) {
  if (query.get("client_id") !== clientId) {
    return html(404, "<h1>Not Found</h1>");
  }
  if (query.has("code_challenge") && query.get("code_challenge_method") !== "S256") {
    return html(400, "<h1>code_challenge_method must be S256</h1>");
  }
  if (isOwn(callbackUrl, query.get("redirect_uri"))) {
    return undefined;
  }
  const text = "The redirect_uri MUST match the registered callback URL for this application.";
  return back(callbackUrl, { error: "redirect_uri_mismatch", error_description: text, state: query.get("state") });
}

/** A way back must have the host and port of the registered one, and its path must not lead elsewhere. */
function isOwn(registered, asked) {
  if (!asked || asked === registered) {
    return true;
  }
  const [a, b] = [new URL(registered), new URL(asked)];
  return a.origin === b.origin && b.pathname.startsWith(a.pathname.replace(/\/?$/, "/"));
}

function authorized(github, { query, body }) {
  const refused = unlessRegistered(github, query);
  if (refused) {
    return refused;
  }
  const state = query.get("state");
  const to = query.get("redirect_uri") ?? github.callbackUrl;
  const login = new URLSearchParams(body).get("login");
  if (!github.users[login]) {
    const text = "The user has denied your application access.";
    return back(to, { error: "access_denied", error_description: text, state });
  }
  const code = randomBytes(10).toString("hex");
  github.codes.set(code, {
    login,
    redirectUri: query.get("redirect_uri"),
    challenge: query.get("code_challenge"),
    scopes: (query.get("scope") ?? "").split(/[\s,]+/).filter(Boolean),
    expires: Date.now() + CODE_LIFE,
  });
  return back(to, { code, state });
}

function back(to, parameters) {
  const url = new URL(to);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null) {
      url.searchParams.set(name, value);
    }
  }
  return { status: 302, headers: { location: url.href } };
}

// The tokens.

function accessToken(github, { request, query, body }) {
  const sent = parametersOf(request, query, body);
  const isClient = sent.client_id === github.clientId && sent.client_secret === github.clientSecret;
  if (!isClient) {
    return failed(request, "incorrect_client_credentials", "The client_id and/or client_secret passed are incorrect.");
  }
  if (sent.grant_type === "refresh_token") {
    return renewed(github, request, sent.refresh_token);
  }
  const known = github.codes.get(sent.code);
  github.codes.delete(sent.code);
  if (!known || known.expires < Date.now() || !isVerified(known, sent.code_verifier)) {
    return failed(request, "bad_verification_code", "The code passed is incorrect or expired.");
  }
  if (known.redirectUri !== null && sent.redirect_uri !== known.redirectUri) {
    const text = "The redirect_uri MUST match the registered callback URL for this application.";
    return failed(request, "redirect_uri_mismatch", text);
  }
  return issued(github, request, known);
}

/** Takes the parameters from the body, a form or JSON, or from the address; the app's own also from Basic. */
function parametersOf(request, query, body) {
  const isJson = (request.headers["content-type"] ?? "").startsWith("application/json");
  const sent = isJson ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
  const [kind, secret = ""] = (request.headers.authorization ?? "").split(" ");
  if (kind === "Basic") {
    const [id, ...rest] = Buffer.from(secret, "base64").toString().split(":").map(decodeURIComponent);
    return { client_id: id, client_secret: rest.join(":"), ...Object.fromEntries(query), ...sent };
  }
  return { ...Object.fromEntries(query), ...sent };
}

function isVerified({ challenge }, verifier) {
  return challenge === null || createHash("sha256").update(verifier ?? "").digest("base64url") === challenge;
}

function renewed(github, request, token) {
  const known = github.renewals.get(token);
  github.renewals.delete(token);
  if (!known) {
    return failed(request, "bad_refresh_token", "The refresh token passed is incorrect or expired.");
  }
  return issued(github, request, known);
}

function issued({ stub, expiring, renewals }, request, { login, scopes }) {
  const token = `gho_${randomBytes(18).toString("hex")}`;
  stub.people.set(token, { login, scopes });
  const answer = { access_token: token, scope: scopes.join(","), token_type: "bearer" };
  if (expiring) {
    const renewal = `ghr_${randomBytes(38).toString("hex")}`;
    renewals.set(renewal, { login, scopes });
    Object.assign(answer, { expires_in: 28800, refresh_token: renewal, refresh_token_expires_in: 15897600 });
  }
  return said(request, answer);
}

/** GitHub's refusals have the status of a success. */
function failed(request, error, text) {
  const anchor = error.replaceAll("_", "-");
  return said(request, { error, error_description: text, error_uri: `https://docs.github.com${TROUBLE}#${anchor}` });
}

/** Answers with JSON to who asks for it, and as a form to everybody else. */
function said(request, answer) {
  const isJson = (request.headers.accept ?? "").includes("json");
  const type = isJson ? "application/json; charset=utf-8" : "application/x-www-form-urlencoded; charset=utf-8";
  const body = isJson ? JSON.stringify(answer) : new URLSearchParams(answer).toString();
  return { status: 200, headers: { "content-type": type, "cache-control": "no-store" }, body };
}

function html(status, text) {
  const page = `<!doctype html><html lang="en"><title>GitHub</title><link rel="icon" href="data:,"><main>${text}</main></html>`;
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body: page };
}

function escape(text) {
  return String(text).replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
