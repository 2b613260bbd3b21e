// A real OpenID provider for tests of signing in: the certified one of npm, with its own pages to sign in and to agree.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { listen } from "../stub/github.mjs";
import { stopServer } from "./github.mjs";

/** The people it knows, with what it says of them. Everything but `sub` comes from its userinfo endpoint only. */
export const PEOPLE = {
  ada: { name: "Ada Lovelace", email: "ada@example.com", email_verified: true, groups: ["engineering", "admins"] },
  grace: { name: "Grace Hopper", email: "grace@example.com", email_verified: true, groups: ["engineering"] },
  eve: { name: "Eve", email: "ada@example.com", email_verified: false, groups: [] },
};

const LIFETIMES = { IdToken: 3600, Session: 3600, Interaction: 600, Grant: 3600, RefreshToken: 3600 };
const PROFILE = ["preferred_username", "name", "groups"];

/**
 * Starts it. It has one client with a secret, whose tokens are signed with RS256, and one without, whose are signed with
 * ES256. Both must use PKCE. A refresh token can be used once, and using it again ends all that came of the sign-in.
 * The result's `asked` has what each request for authorization said, `failures` what went wrong inside.
 */
export async function startOidc({ redirectUris, users = PEOPLE, accessTokenSeconds = 3600 }) {
  const server = createServer();
  const issuer = await listen(server);
  const clientSecret = randomBytes(24).toString("base64url");
  const known = new Map(Object.entries(users));
  const provider = await newProvider(issuer, configuration({ redirectUris, known, clientSecret, accessTokenSeconds }));
  const failures = [];
  for (const event of ["server_error", "authorization.error", "grant.error", "userinfo.error"]) {
    provider.on(event, (_, error) => failures.push(`${event}: ${error.message} ${error.error_description ?? ""}`.trim()));
  }
  const asked = [];
  const answer = provider.callback();
  server.on("request", (request, response) => {
    const url = new URL(request.url, issuer);
    if (url.pathname === "/auth") {
      asked.push(Object.fromEntries(url.searchParams));
    }
    answer(request, response);
  });
  return {
    issuer,
    metadataUrl: `${issuer}/.well-known/openid-configuration`,
    clientId: "callboard",
    clientSecret,
    publicClientId: "callboard-public",
    asked,
    failures,
    /** Lets go of a person, as when somebody leaves the company. */
    forget: (login) => known.delete(login),
    stop: () => stopServer(server),
  };
}

function configuration({ redirectUris, known, clientSecret, accessTokenSeconds }) {
  const client = {
    redirect_uris: redirectUris,
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
  };
  return {
    clients: [
      { ...client, client_id: "callboard", client_secret: clientSecret, token_endpoint_auth_method: "client_secret_basic" },
      {
        ...client,
        client_id: "callboard-public",
        token_endpoint_auth_method: "none",
        id_token_signed_response_alg: "ES256",
      },
    ],
    claims: { openid: ["sub"], profile: PROFILE, email: ["email", "email_verified"] },
    scopes: ["openid", "offline_access", "profile", "email"],
    findAccount: (_, id) =>
      known.has(id) ? { accountId: id, claims: () => ({ sub: id, preferred_username: id, ...known.get(id) }) } : undefined,
    pkce: { required: () => true },
    issueRefreshToken: (_, one) => one.grantTypeAllowed("refresh_token"),
    rotateRefreshToken: true,
    ttl: { ...LIFETIMES, AccessToken: accessTokenSeconds },
    cookies: { keys: [randomBytes(32).toString("hex")] },
    jwks: { keys: [key("rsa", { modulusLength: 2048 }, "RS256"), key("ec", { namedCurve: "P-256" }, "ES256")] },
  };
}

function key(kind, options, alg) {
  const { privateKey } = generateKeyPairSync(kind, options);
  return { ...privateKey.export({ format: "jwk" }), alg, use: "sig", kid: randomBytes(6).toString("hex") };
}

/** Makes the provider. It warns of all that must be otherwise in earnest, also later on, which is noise in a test. */
async function newProvider(issuer, settings) {
  for (const name of ["info", "warn"]) {
    const print = console[name];
    console[name] = (text, ...rest) => {
      if (!String(text).includes("oidc-provider")) {
        print(text, ...rest);
      }
    };
  }
  const { default: Provider } = await import("oidc-provider");
  return new Provider(issuer, settings);
}
