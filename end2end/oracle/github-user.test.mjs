// Holds what the GitHub of the sign-in tests answers against what GitHub publishes: its API by the description, and the
// tokens of OAuth by the answers that its documentation shows.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';

import { startGithub } from '../peers/github.mjs';
import { userRoutes } from '../stub/users.mjs';
import { describedBy } from './described.mjs';

const callbackUrl = 'http://localhost:1/api/auth/github/handler/frame';
const verifier = 'a-verifier-that-is-long-enough-to-be-a-secret-of-its-own';
const challenge = createHash('sha256').update(verifier).digest('base64url');
const json = { accept: 'application/json' };

let github;
let check;
let covered;

before(async () => {
  github = await startGithub({ callbackUrl, expiring: true });
  ({ check, covered } = describedBy(`${github.address}/api/v3`));
});

after(() => github.stop());

/** Asks for authorization and presses a button; the result is where the browser is sent. */
async function authorize(login, changes = {}) {
  const asked = {
    client_id: github.clientId, redirect_uri: callbackUrl, state: 'a state', scope: 'read:user user:email',
    code_challenge: challenge, code_challenge_method: 'S256', ...changes,
  };
  const url = `${github.address}/login/oauth/authorize?${new URLSearchParams(asked)}`;
  const body = new URLSearchParams({ login });
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? callbackUrl);
  return { status: answer.status, ...Object.fromEntries(back.searchParams) };
}

/** Asks for a token. */
async function exchange(changes, headers = json) {
  const { clientId: client_id, clientSecret: client_secret } = github;
  const sent = { client_id, client_secret, redirect_uri: callbackUrl, code_verifier: verifier, ...changes };
  const body = new URLSearchParams(Object.entries(sent).filter(([, value]) => value !== undefined));
  return fetch(`${github.address}/login/oauth/access_token`, { method: 'POST', headers, body });
}

async function tokenOf(login, changes) {
  const { code } = await authorize(login, changes);
  return (await (await exchange({ code })).json()).access_token;
}

test('who somebody is, as they and as others see it', async () => {
  const all = { authorization: `Bearer ${await tokenOf('ada')}` };
  const mine = await check('/user', '/user', all, 200);
  assert.equal(mine.headers.get('x-oauth-scopes'), 'read:user, user:email');
  await check('/user', '/user', { ...all, 'if-none-match': mine.headers.get('etag') }, 304);
  const little = { authorization: `Bearer ${await tokenOf('mallory', { scope: 'user:email' })}` };
  await check('/user', '/user', little, 200);
  await check('/user', '/user', { authorization: 'Bearer gho_wrong' }, 401);
  await check('/user', '/user', {}, 401);
});

test('the addresses are shown to who was allowed to see them', async () => {
  const all = { authorization: `Bearer ${await tokenOf('ada')}` };
  await check('/user/emails', '/user/emails', all, 200);
  const little = { authorization: `Bearer ${await tokenOf('ada', { scope: '' })}` };
  await check('/user/emails', '/user/emails', little, 404);
  await check('/user/emails', '/user/emails', {}, 401);
  github.revoke();
  await check('/user/emails', '/user/emails', all, 401);
});

test('every route about people was compared', () => {
  const served = userRoutes.map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual([...covered].sort(), served.sort());
});

test('a token comes as JSON to who asks for it, and as a form otherwise', async () => {
  const { code, state } = await authorize('ada');
  assert.equal(state, 'a state');
  const answer = await (await exchange({ code })).json();
  assert.match(answer.access_token, /^gho_/);
  assert.equal(answer.scope, 'read:user,user:email');
  assert.equal(answer.token_type, 'bearer');
  const form = await exchange({ code: (await authorize('ada')).code }, {});
  assert.match(form.headers.get('content-type'), /^application\/x-www-form-urlencoded/);
  assert.match(new URLSearchParams(await form.text()).get('access_token'), /^gho_/);
});

test('a refusal has the status of a success and names its reason', async () => {
  const fresh = async () => (await authorize('ada')).code;
  const used = await fresh();
  await exchange({ code: used });
  const cases = [
    [{ code: used }, 'bad_verification_code'],
    [{ code: 'wrong' }, 'bad_verification_code'],
    [{ code: await fresh(), code_verifier: 'another' }, 'bad_verification_code'],
    [{ code: await fresh(), code_verifier: undefined }, 'bad_verification_code'],
    [{ code: await fresh(), redirect_uri: 'http://localhost:2/' }, 'redirect_uri_mismatch'],
    [{ code: await fresh(), client_secret: 'wrong' }, 'incorrect_client_credentials'],
    [{ grant_type: 'refresh_token', refresh_token: 'wrong' }, 'bad_refresh_token'],
  ];
  for (const [changes, error] of cases) {
    const answer = await exchange(changes);
    const body = await answer.json();
    assert.equal(answer.status, 200);
    assert.equal(body.error, error, JSON.stringify(changes));
    assert.ok(body.error_description && body.error_uri);
  }
});

test('a token is renewed once', async () => {
  const { code } = await authorize('ada');
  const { refresh_token: renewal } = await (await exchange({ code })).json();
  const again = { grant_type: 'refresh_token', refresh_token: renewal };
  assert.match((await (await exchange(again)).json()).access_token, /^gho_/);
  assert.equal((await (await exchange(again)).json()).error, 'bad_refresh_token');
});

test('only an app that is known, with a way back of its own, gets to ask', async () => {
  assert.equal((await authorize('ada', { client_id: 'wrong' })).status, 404);
  assert.equal((await authorize('ada', { redirect_uri: 'https://evil.example/' })).error, 'redirect_uri_mismatch');
  assert.equal((await authorize('ada', { redirect_uri: `${callbackUrl}/../../elsewhere` })).error, 'redirect_uri_mismatch');
  assert.equal((await authorize('')).error, 'access_denied');
  assert.equal((await authorize('ada', { code_challenge_method: 'plain' })).status, 400);
});
