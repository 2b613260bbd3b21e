// A small GitHub for tests: the routes of its API that reading sources needs, over repositories given as JSON.
//
// `oracle/github-openapi.test.mjs` holds every route and answer against GitHub's published description, so what
// passes here passes there. Two servers are started, because GitHub also has two kinds of hosts: `api` with the
// routes below (also under /api/v3, as GitHub Enterprise has them), and `files` with raw files and archives.
// `files` also has routes for the test itself: PATCH /_stub/state changes the state, DELETE /_stub/tokens revokes the
// tokens of installations, GET /_stub/requests tells what both servers were asked.
//
// Run it as `node github.mjs`: it prints one line of JSON with the addresses and the key of its app. State:
//   tokens: {TOKEN: [OWNER, …]}                   who sees the private repositories of whom
//   app: {id, installations: {OWNER: ID}}         a GitHub App
//   repos: {"OWNER/NAME": {private, archived, branches: {BRANCH: {PATH: TEXT or {link: PATH}}}}}
//   writers: [TOKEN, …], noPulls: BOOLEAN         who may write (`app.writes` for installations); no pull requests
//   remaining: NUMBER, secondary: NUMBER          requests left in this hour; seconds of a secondary limit
//   truncated: BOOLEAN                            whether trees are too large to be listed
//   users: {LOGIN: {id, name, email, emails}}     people, for whom `peers/github.mjs` issues tokens
import { createPublicKey, createVerify, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { RAW, error, json, raw } from './answers.mjs';
import { archive, commitOf, sha, treeOf } from './objects.mjs';
import { blob, contentFile, installation } from './schemas.mjs';
import { userRoutes } from './users.mjs';
import { writeRoutes } from './write.mjs';

const SHA = 'application/vnd.github.sha';

/** Every route of the API, with the path as GitHub's description writes it. */
export const routes = [
  { method: 'GET', path: '/repos/{owner}/{repo}/contents/{path}', answer: contents },
  { method: 'GET', path: '/repos/{owner}/{repo}/commits/{ref}', answer: commit },
  { method: 'GET', path: '/repos/{owner}/{repo}/git/trees/{tree_sha}', answer: tree },
  { method: 'GET', path: '/repos/{owner}/{repo}/git/blobs/{file_sha}', answer: blobOf },
  { method: 'GET', path: '/repos/{owner}/{repo}/tarball/{ref}', answer: tarball },
  ...writeRoutes,
  { method: 'GET', path: '/orgs/{org}/installation', answer: orgInstallation },
  { method: 'GET', path: '/users/{username}/installation', answer: userInstallation },
  { method: 'POST', path: '/app/installations/{installation_id}/access_tokens', answer: accessToken },
];

/** Starts the stub with a state; returns its addresses, the private key of the app and what to stop it with. */
export async function start(state = {}) {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const stub = newStub(state, createPublicKey(keys.publicKey));
  const api = createServer((request, response) => handle(stub, 'api', request, response));
  const files = createServer((request, response) => handle(stub, 'files', request, response));
  stub.api = await listen(api);
  stub.files = await listen(files);
  const stop = () => [api, files].forEach(server => server.close());
  return { api: stub.api, files: stub.files, privateKey: keys.privateKey, stub, stop };
}

/** Makes a stub that no server serves yet. Its `people` are the tokens of those who signed in: {login, scopes}. */
export function newStub(state, key) {
  return { state: { tokens: {}, repos: {}, users: {}, ...state }, key, requests: [], issued: new Map(), people: new Map() };
}

/** Lets a server listen on a free port; returns its address. */
export async function listen(server) {
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${server.address().port}`;
}

/** Answers a request to one of the two kinds of hosts, `api` or `files`. */
export async function handle(stub, host, request, response) {
  const body = await read(request);
  const url = new URL(request.url, 'http://stub');
  const isControl = host === 'files' && url.pathname.startsWith('/_stub/');
  const asked = { stub, request, url, body, viewer: undefined };
  let answer;
  try {
    answer = isControl ? control(asked) : host === 'api' ? fromApi(asked) : fromFiles(asked);
  } catch (error) {
    answer = { status: 500, body: String(error.stack) };
  }
  answer = unlessKnown(request, answer);
  if (!isControl) {
    const { authorization, accept } = request.headers;
    const agent = request.headers['user-agent'];
    stub.requests.push({ host, method: request.method, url: request.url, authorization, accept, agent, status: answer.status });
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body ?? '');
}

/** Reads the body of a request. */
export async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Answers 304 where the version that the asker knows is the one there is. */
function unlessKnown(request, answer) {
  const tag = answer.headers?.etag;
  if (answer.status !== 200 || !tag || request.headers['if-none-match'] !== tag) return answer;
  return { status: 304, headers: { etag: tag } };
}

function control({ stub, request, url, body }) {
  if (request.method === 'PATCH' && url.pathname === '/_stub/state') {
    Object.assign(stub.state, JSON.parse(body));
    return { status: 204 };
  }
  if (request.method === 'DELETE' && url.pathname === '/_stub/tokens') {
    stub.issued.clear();
    return { status: 204 };
  }
  return json(200, stub.requests);
}

// The API.

function fromApi(asked) {
  const { stub, request, url } = asked;
  const limited = limit(stub.state);
  if (limited) return limited;
  const path = url.pathname.replace(/^\/api\/v3(?=\/)/, '');
  for (const route of [...routes, ...userRoutes]) {
    const names = route.method === request.method && match(route.path, path);
    if (!names) continue;
    asked.viewer = viewer(asked);
    if (!asked.viewer) return error(401, 'Bad credentials');
    const answer = route.answer({ ...asked, ...names });
    return { ...answer, headers: { ...rate(stub.state), ...answer.headers } };
  }
  return { status: 501, body: 'the stub has no such route' };
}

/** Matches a path; only `{path}`, and the `{ref}` of git's own routes, cover more than one part of it. */
function match(template, path) {
  const isLong = name => name === 'path' || (name === 'ref' && template.includes('/git/ref'));
  const pattern = template.replace(/\{(\w+)\}/g, (_, name) => (isLong(name) ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`));
  const found = new RegExp(`^${pattern}$`).exec(path);
  return found && Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]));
}

function limit(state) {
  if (state.secondary !== undefined) {
    return error(403, 'You have exceeded a secondary rate limit.', { 'retry-after': String(state.secondary) });
  }
  if (state.remaining === undefined) return undefined;
  if (state.remaining <= 0) return error(403, 'API rate limit exceeded', rate(state));
  state.remaining -= 1;
  return undefined;
}

function rate(state) {
  const remaining = state.remaining ?? 5000;
  const reset = Math.floor(Date.now() / 1000) + 600;
  return {
    'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset), 'x-ratelimit-resource': 'core',
  };
}

/** Finds out who asks: nobody, the owner of a token, an app or an installation of it. */
function viewer({ stub, request }) {
  const header = request.headers.authorization;
  if (!header) return { owners: [] };
  const secret = /^(?:Bearer|token) (.+)$/.exec(header)?.[1] ?? '';
  if (stub.state.tokens[secret]) return { owners: stub.state.tokens[secret] };
  if (stub.issued.has(secret)) return { owners: [stub.issued.get(secret)] };
  if (stub.people.has(secret)) return { owners: [], ...stub.people.get(secret) };
  return isOfApp(stub, secret) ? { owners: [], isApp: true } : undefined;
}

function isOfApp(stub, jwt) {
  const [head, claims, signature] = jwt.split('.');
  if (!signature || !stub.state.app) return false;
  const { iss, exp, iat } = JSON.parse(Buffer.from(claims, 'base64url'));
  const now = Date.now() / 1000;
  const isTimely = iat <= now + 60 && exp > now && exp - iat <= 11 * 60;
  const verify = createVerify('RSA-SHA256').update(`${head}.${claims}`);
  return Number(iss) === stub.state.app.id && isTimely && verify.verify(stub.key, signature, 'base64url');
}

function repository({ stub, viewer, owner, repo }) {
  const found = stub.state.repos[`${owner}/${repo}`];
  return found && (!found.private || viewer.owners.includes(owner)) ? found : undefined;
}

/** Finds the files of a branch or a commit. */
function filesOf(asked, ref) {
  const found = repository(asked);
  if (!found) return undefined;
  const branches = Object.entries(found.branches);
  if (ref === 'HEAD') return branches.find(([name]) => name === (found.default ?? branches[0][0]))?.[1];
  return branches.find(([name, files]) => name === ref || commitOf(files) === ref)?.[1];
}

function contents(asked) {
  const { stub, request, url, owner, repo, path } = asked;
  const files = filesOf(asked, url.searchParams.get('ref') ?? 'main');
  const text = files?.[path];
  if (text === undefined) {
    const below = Object.keys(files ?? {}).filter(name => name.startsWith(`${path}/`));
    if (below.length === 0) return error(404, 'Not Found');
    return json(200, below.map(name => contentFile(stub.api, owner, repo, name, files[name]))
      .map(({ content, encoding, ...entry }) => entry));
  }
  if (request.headers.accept === RAW) return raw(text);
  return json(200, contentFile(stub.api, owner, repo, path, text));
}

function commit(asked) {
  const files = filesOf(asked, asked.ref);
  if (!repository(asked)) return error(404, 'Not Found');
  if (!files) return error(422, `No commit found for SHA: ${asked.ref}`);
  if (asked.request.headers.accept !== SHA) return { status: 501, body: 'the stub only tells the SHA' };
  const found = commitOf(files);
  return { status: 200, headers: { 'content-type': `${SHA}; charset=utf-8`, etag: `"${found}"` }, body: found };
}

function tree(asked) {
  const files = filesOf(asked, asked.tree_sha);
  if (!files) return error(404, 'Not Found');
  const truncated = asked.stub.state.truncated === true;
  const entries = treeOf(files, asked.url.searchParams.has('recursive'));
  const shown = truncated ? entries.slice(0, 1) : entries;
  return json(200, { sha: asked.tree_sha, url: `${asked.stub.api}${asked.url.pathname}`, tree: shown, truncated });
}

function blobOf(asked) {
  const found = repository(asked);
  const all = Object.values(found?.branches ?? {}).flatMap(files => Object.values(files));
  const text = all.find(text => sha(text) === asked.file_sha);
  if (text === undefined) return error(404, 'Not Found');
  if (asked.request.headers.accept === RAW) return raw(text);
  return json(200, blob(asked.stub.api, asked.owner, asked.repo, text));
}

function tarball(asked) {
  const { stub, owner, repo, ref } = asked;
  const files = filesOf(asked, ref);
  if (!files) return error(404, 'Not Found');
  const location = `${stub.files}/codeload/${owner}/${repo}/legacy.tar.gz/${commitOf(files)}`;
  return { status: 302, headers: { location } };
}

function orgInstallation(asked) {
  return installationOf(asked, asked.org);
}

function userInstallation(asked) {
  return installationOf(asked, asked.username);
}

function installationOf({ stub, viewer }, owner) {
  if (!viewer.isApp) return error(401, 'A JSON web token could not be decoded');
  const names = Object.keys(stub.state.app.installations ?? {});
  const name = names.find(name => name.toLowerCase() === owner.toLowerCase());
  if (!name) return error(404, 'Not Found');
  return json(200, installation(stub.api, stub.state.app, name));
}

function accessToken({ stub, viewer, installation_id: id }) {
  if (!viewer.isApp) return error(401, 'A JSON web token could not be decoded');
  const found = Object.entries(stub.state.app.installations ?? {}).find(([, known]) => String(known) === id);
  if (!found) return error(404, 'Not Found');
  const token = `ghs_${randomBytes(18).toString('hex')}`;
  stub.issued.set(token, found[0]);
  const expires = new Date(Date.now() + 3600_000).toISOString().replace(/\.\d+Z$/, 'Z');
  return json(201, { token, expires_at: expires, permissions: { contents: 'read', metadata: 'read' }, repository_selection: 'all' });
}

// Raw files and archives.

function fromFiles({ stub, request, url }) {
  const [, kind, owner, repo, ...rest] = url.pathname.split('/').map(decodeURIComponent);
  const viewer = { owners: kind === 'codeload' ? [owner] : [] };
  const asked = { stub, request, url, viewer, owner, repo };
  if (kind === 'codeload') {
    const files = filesOf(asked, rest.at(-1));
    const headers = { 'content-type': 'application/x-gzip' };
    return files ? { status: 200, headers, body: archive(`${owner}-${repo}-${rest.at(-1).slice(0, 7)}`, files) } : { status: 404 };
  }
  const text = filesOf(asked, rest[0])?.[rest.slice(1).join('/')];
  return text === undefined ? { status: 404, body: '404: Not Found' } : raw(text, 'text/plain; charset=utf-8');
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const { api, files, privateKey } = await start();
  console.log(JSON.stringify({ api, files, privateKey }));
}
