// A portal with people to sign in: its configuration, catalog and policy, and the two providers that know the people.
import { startGithub } from "../peers/github.mjs";
import { startOidc } from "../peers/oidc.mjs";
import { eventually, freePort, makeFolder, startPortal } from "./portal.mjs";
import { Visitor } from "./visitor.mjs";

/** Name of the cookie that holds a session where the portal is reached by plain HTTP. */
export const SESSION = "callboard-session";

/** What marks the entities that only their owners may see. */
const SECRET = "example.com/confidential";

const entity = (kind, name, spec, metadata = {}) => ({
  apiVersion: "backstage.io/v1alpha1",
  kind,
  metadata: { name, ...metadata },
  spec,
});
const user = (name, displayName, memberOf) =>
  entity("User", name, { profile: { displayName, email: `${name}@example.com` }, memberOf });
const group = (name, title) => entity("Group", name, { type: "team", children: [] }, { title });
const component = (name, owner, metadata) =>
  entity("Component", name, { type: "service", lifecycle: "production", owner, system: "shop" }, metadata);

/** Two teams, three people of them, and one component that is not for everybody. */
export const CATALOG = [
  group("engineering", "Engineering"),
  group("sales", "Sales"),
  user("ada", "Ada Lovelace", ["engineering"]),
  user("ken", "Ken Thompson", ["engineering"]),
  user("sam", "Sam of Sales", ["sales"]),
  entity("System", "shop", { owner: "engineering" }),
  component("web", "engineering"),
  component("search", "engineering"),
  component("payroll", "sales", { labels: { [SECRET]: "yes" } }),
];

/** Everybody reads what is not confidential, engineers register locations, owners remove, and Ken may do all. */
export const POLICY = `apiVersion: callboard.dev/v1
kind: Policy
roles:
  - name: reader
    description: Everybody who signs in.
    members: [everyone]
    rules:
      - allow: catalog.entity.read
        when:
          anyOf:
            - not: { rule: HAS_LABEL, params: { label: ${SECRET} } }
            - { rule: IS_ENTITY_OWNER, params: { claims: [$ownerRefs] } }
      - allow: catalog.location.read
  - name: developer
    members: [group:default/engineering]
    rules:
      - allow: [catalog.location.create, catalog.location.analyze, catalog.entity.refresh]
      - allow: catalog.entity.delete
        when: { rule: IS_ENTITY_OWNER, params: { claims: [$ownerRefs] } }
  - name: administrator
    members: [user:default/ken]
    rules:
      - allow: "*"
`;

/** The configuration in Backstage's keys. */
function configuration(baseUrl, github, oidc) {
  const app = (peer) => ({ clientId: peer.clientId, clientSecret: peer.clientSecret });
  const byEmail = { resolvers: [{ resolver: "emailMatchingUserEntityProfileEmail" }], autoProvision: true };
  const byName = { resolvers: [{ resolver: "usernameMatchingUserEntityName" }] };
  return {
    app: { title: "Test portal", baseUrl },
    backend: { baseUrl, trustProxy: ["127.0.0.1"] },
    auth: {
      environment: "development",
      providers: {
        github: { development: { ...app(github), enterpriseInstanceUrl: github.address, signIn: byName } },
        oidc: { development: { ...app(oidc), metadataUrl: oidc.metadataUrl, signIn: byEmail } },
      },
    },
    permission: { enabled: true },
    callboard: { policy: { files: ["./policy.yaml"] } },
    catalog: {
      locations: [
        { type: "file", target: "./catalog.yaml", rules: [{ allow: ["User", "Group", "Component", "System", "API"] }] },
      ],
    },
  };
}

/**
 * Starts the providers and a portal that uses them, and waits for its catalog.
 *
 * `change(config, {github, oidc, baseUrl})` may change the configuration in place. `baseUrl(port)` is the address that
 * the portal takes itself to have; `github` and `oidc` are more options of the providers.
 */
export async function startWorld(options = {}) {
  const { change = () => {}, baseUrl: address, policy = POLICY, env, github: forGithub, oidc: forOidc } = options;
  const port = await freePort();
  const baseUrl = address?.(port) ?? `http://localhost:${port}`;
  const handler = (id) => `${baseUrl}/api/auth/${id}/handler/frame`;
  const github = await startGithub({ callbackUrl: handler("github"), ...forGithub });
  const oidc = await startOidc({ redirectUris: [handler("oidc"), handler("company")], ...forOidc });
  const folder = makeFolder();
  const config = configuration(baseUrl, github, oidc);
  change(config, { github, oidc, baseUrl });
  folder.write("policy.yaml", policy);
  folder.write("catalog.yaml", CATALOG.map((one) => JSON.stringify(one)).join("\n---\n"));
  const file = folder.write("app-config.yaml", JSON.stringify(config));
  const start = async () => {
    const portal = await startPortal(file, folder.path, { port, env });
    await ready(portal);
    return portal;
  };
  const stopPeers = async () => {
    await Promise.all([github.stop(), oidc.stop()]);
    folder.remove();
  };
  let visitors = 0;
  let portal = await start().catch(async (error) => {
    // What still listens would keep the test runner from ending.
    await stopPeers();
    throw error;
  });
  return {
    baseUrl,
    folder,
    github,
    oidc,
    get portal() {
      return portal;
    },
    /** Stops the portal and starts it again on the same data. */
    async restart() {
      await portal.stop();
      portal = await start();
    },
    /** A visitor without a browser, from an address of their own. */
    visitor: () => new Visitor(portal.address, baseUrl, `203.0.113.${(visitors += 1)}`),
    /** Stops everything that was started here. */
    async stop() {
      await portal.stop();
      await stopPeers();
    },
  };
}

/** Waits until the portal says that it is ready, and until it has read its catalog once. */
async function ready(portal) {
  await eventually("the first catalog", () => {
    const isRead = portal.log.some((line) => line.includes("ingestion complete"));
    return isRead ? true : undefined;
  });
  await eventually("the portal's readiness", async () => {
    const answer = await fetch(`${portal.address}/.backstage/health/v1/readiness`);
    return answer.ok ? true : undefined;
  });
}
