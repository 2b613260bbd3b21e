// Holds the stub of GitHub against the description that GitHub publishes, so that it cannot drift from the real one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { describedBy } from './described.mjs';
import { routes, start } from '../stub/github.mjs';
import { commitOf, sha } from '../stub/objects.mjs';

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
let check;
let covered;
let jwt;

before(async () => {
  stub = await start(state);
  jwt = { authorization: `Bearer ${await appToken(7, stub.privateKey)}` };
  ({ check, covered } = describedBy(stub.api));
});

after(() => stub.stop());

async function appToken(id, key) {
  const { createSign } = await import('node:crypto');
  const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss: id, iat: now - 30, exp: now + 300 })}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
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

test('a pull request with a new file', async () => {
  const site = '/repos/acme/site';
  const refs = '/repos/{owner}/{repo}/git/refs';
  const contents = '/repos/{owner}/{repo}/contents/{path}';
  const branch = { ref: 'refs/heads/new', sha: commit };
  await check('/repos/{owner}/{repo}', site, json, 404);
  await check('/repos/{owner}/{repo}', site, { ...token, ...json }, 200);
  await check(refs, `${site}/git/refs`, { ...token, ...json }, 403, 'POST', branch);
  stub.stub.state.writers = ['ghp_acme'];
  await check('/repos/{owner}/{repo}/git/ref/{ref}', `${site}/git/ref/heads/main`, { ...token, ...json }, 200);
  await check('/repos/{owner}/{repo}/git/ref/{ref}', `${site}/git/ref/heads/none`, { ...token, ...json }, 404);
  await check(refs, `${site}/git/refs`, { ...token, ...json }, 201, 'POST', branch);
  await check(refs, `${site}/git/refs`, { ...token, ...json }, 422, 'POST', branch);
  const put = { message: 'Add', content: Buffer.from('a: 1\n').toString('base64'), branch: 'new' };
  await check(contents, `${site}/contents/a.yaml`, { ...token, ...json }, 201, 'PUT', put);
  await check(contents, `${site}/contents/a.yaml`, { ...token, ...json }, 422, 'PUT', put);
  const pull = { title: 'Add', body: 'Why', head: 'new', base: 'main' };
  await check('/repos/{owner}/{repo}/pulls', `${site}/pulls`, { ...token, ...json }, 201, 'POST', pull);
  await check('/repos/{owner}/{repo}/pulls', `${site}/pulls`, { ...token, ...json }, 422, 'POST', pull);
  const one = '/repos/{owner}/{repo}/git/refs/{ref}';
  await check(one, `${site}/git/refs/heads/new`, { ...token, ...json }, 204, 'DELETE');
  delete stub.stub.state.writers;
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
