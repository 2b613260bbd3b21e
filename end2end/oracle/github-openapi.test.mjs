// Holds the stub of GitHub against the description that GitHub publishes, so that it cannot drift from the real one.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import Ajv from 'ajv';
import addFormats from 'ajv-formats';

import { routes, start } from '../stub/github.mjs';
import { commitOf, sha } from '../stub/objects.mjs';

const description = createRequire(import.meta.url)('@octokit/openapi/generated/api.github.com.json');
// What every route may answer, although the description of each does not repeat it: conditional requests, credentials
// that are not valid, the limits of use, and what is not there or not shown to who asks.
const EVERYWHERE = [304, 401, 403, 404];
const file = 'kind: Component\n';
const main = { 'catalog-info.yaml': file, 'docs/index.md': '# Docs\n', 'docs/link.md': { link: 'index.md' } };
const state = {
  tokens: { ghp_acme: ['acme'] },
  app: { id: 7, installations: { acme: 70 } },
  repos: { 'acme/site': { private: true, branches: { main } }, 'open/site': { branches: { main } } },
};
const commit = commitOf(main);
const token = { authorization: 'Bearer ghp_acme' };
const json = { accept: 'application/vnd.github+json' };
const raw = { accept: 'application/vnd.github.raw+json' };
const hash = { accept: 'application/vnd.github.sha' };

let stub;
let validator;
let jwt;
const covered = new Set();

before(async () => {
  stub = await start(state);
  jwt = { authorization: `Bearer ${await appToken(7, stub.privateKey)}` };
  validator = new Ajv({ strict: false, allErrors: true, logger: false });
  addFormats(validator);
  validator.addSchema({ $id: 'github', components: { schemas: plain(description.components.schemas) } });
});

after(() => stub.stop());

/** Writes `nullable` of OpenAPI 3.0 as JSON Schema does, and points references to the one schema that holds all. */
function plain(node) {
  if (Array.isArray(node)) return node.map(plain);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, discriminator, example, examples, ...rest } = node;
  const copy = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, plain(value)]));
  if (typeof copy.$ref === 'string') copy.$ref = copy.$ref.replace(/^#/, 'github#');
  return nullable === true ? { anyOf: [copy, { type: 'null' }] } : copy;
}

async function appToken(id, key) {
  const { createSign } = await import('node:crypto');
  const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss: id, iat: now - 30, exp: now + 300 })}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
}

/** Follows a reference of the description. */
function resolved(node) {
  if (!node?.$ref) return node;
  return node.$ref.slice(2).split('/').reduce((found, key) => found[key], description);
}

/** Asks the stub, and compares the answer with the description of the route. */
async function check(template, path, headers, status, method = 'GET') {
  const operation = description.paths[template]?.[method.toLowerCase()];
  assert.ok(operation, `GitHub has no route ${method} ${template}`);
  covered.add(`${method} ${template}`);
  const url = new URL(path, stub.api);
  const names = (operation.parameters ?? []).map(resolved).filter(known => known.in === 'query').map(known => known.name);
  for (const name of url.searchParams.keys()) assert.ok(names.includes(name), `${template} knows no ?${name}`);

  const answer = await fetch(url, { method, headers, redirect: 'manual' });
  const body = await answer.text();
  assert.equal(answer.status, status, `${method} ${path}: ${body}`);
  const described = resolved(operation.responses[String(status)]);
  assert.ok(described || EVERYWHERE.includes(status), `${template} never answers ${status}`);
  if (status === 304) return assert.equal(body, '');
  checkBody(operation, described, answer, body, `${method} ${path}`);
  return answer;
}

function checkBody(operation, described, answer, body, what) {
  const type = (answer.headers.get('content-type') ?? '').split(';')[0];
  if (type === raw.accept) {
    // Raw content has no schema; the description names the media type in words.
    return assert.ok(operation.description.includes(type), `${what} has no ${type}`);
  }
  const fallback = { 'application/json': { schema: { $ref: '#/components/schemas/basic-error' } } };
  const content = described?.content ?? (answer.status >= 400 ? fallback : undefined);
  if (!content) return assert.equal(body, '', `${what} has no body in the description`);
  assert.ok(content[type], `${what} answers ${type}, but the description has ${Object.keys(content)}`);
  const validate = validator.compile(plain(content[type].schema));
  const value = type === 'application/json' ? JSON.parse(body) : body;
  return assert.ok(validate(value), `${what}: ${JSON.stringify(validate.errors, null, 1)}`);
}

test('the contents of files and folders', async () => {
  const route = '/repos/{owner}/{repo}/contents/{path}';
  await check(route, '/repos/acme/site/contents/catalog-info.yaml?ref=main', { ...token, ...json }, 200);
  const answer = await check(route, '/repos/acme/site/contents/catalog-info.yaml?ref=main', { ...token, ...raw }, 200);
  const known = { 'if-none-match': answer.headers.get('etag') };
  await check(route, '/repos/acme/site/contents/catalog-info.yaml?ref=main', { ...token, ...raw, ...known }, 304);
  await check(route, '/repos/acme/site/contents/docs', { ...token, ...json }, 200);
  await check(route, '/repos/acme/site/contents/nothing.yaml', { ...token, ...json }, 404);
  await check(route, '/repos/acme/site/contents/catalog-info.yaml', raw, 404);
  await check(route, '/repos/open/site/contents/catalog-info.yaml', raw, 200);
  await check(route, '/repos/open/site/contents/catalog-info.yaml', { authorization: 'Bearer wrong' }, 401);
});

test('the commit of a branch', async () => {
  const route = '/repos/{owner}/{repo}/commits/{ref}';
  await check(route, '/repos/acme/site/commits/main', { ...token, ...hash }, 200);
  await check(route, `/repos/acme/site/commits/${commit}`, { ...token, ...hash, 'if-none-match': `"${commit}"` }, 304);
  await check(route, '/repos/acme/site/commits/nothing', { ...token, ...hash }, 422);
  await check(route, '/repos/acme/site/commits/main', hash, 404);
});

test('trees, blobs and archives', async () => {
  const trees = '/repos/{owner}/{repo}/git/trees/{tree_sha}';
  await check(trees, `/repos/acme/site/git/trees/${commit}?recursive=1`, { ...token, ...json }, 200);
  await check(trees, '/repos/acme/site/git/trees/nothing', { ...token, ...json }, 404);
  const blobs = '/repos/{owner}/{repo}/git/blobs/{file_sha}';
  await check(blobs, `/repos/acme/site/git/blobs/${sha(file)}`, { ...token, ...json }, 200);
  await check(blobs, `/repos/acme/site/git/blobs/${sha(file)}`, { ...token, ...raw }, 200);
  await check(blobs, '/repos/acme/site/git/blobs/nothing', { ...token, ...json }, 404);
  const answer = await check('/repos/{owner}/{repo}/tarball/{ref}', `/repos/acme/site/tarball/${commit}`, token, 302);
  assert.ok(new URL(answer.headers.get('location')).pathname.endsWith(commit));
});

test('the installations of an app', async () => {
  await check('/orgs/{org}/installation', '/orgs/acme/installation', jwt, 200);
  await check('/orgs/{org}/installation', '/orgs/acme/installation', token, 401);
  await check('/orgs/{org}/installation', '/orgs/nobody/installation', jwt, 404);
  await check('/users/{username}/installation', '/users/acme/installation', jwt, 200);
  const tokens = '/app/installations/{installation_id}/access_tokens';
  await check(tokens, '/app/installations/70/access_tokens', jwt, 201, 'POST');
  await check(tokens, '/app/installations/71/access_tokens', jwt, 404, 'POST');
});

test('the limits of use', async () => {
  const route = '/repos/{owner}/{repo}/contents/{path}';
  stub.stub.state.remaining = 0;
  const used = await check(route, '/repos/open/site/contents/catalog-info.yaml', raw, 403);
  assert.equal(used.headers.get('x-ratelimit-remaining'), '0');
  delete stub.stub.state.remaining;
  stub.stub.state.secondary = 30;
  const slowed = await check(route, '/repos/open/site/contents/catalog-info.yaml', raw, 403);
  assert.equal(slowed.headers.get('retry-after'), '30');
  delete stub.stub.state.secondary;
});

test('every route of the stub was compared', () => {
  const served = routes.map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual([...covered].sort(), served.sort());
});
