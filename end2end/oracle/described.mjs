// Holds answers against the description that GitHub publishes of its REST API.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const description = createRequire(import.meta.url)('@octokit/openapi/generated/api.github.com.json');
// What every route may answer, although the description of each does not repeat it: conditional requests, credentials
// that are not valid, the limits of use, and what is not there or not shown to who asks.
const EVERYWHERE = [304, 401, 403, 404];
const RAW = 'application/vnd.github.raw+json';

/** Makes a function that asks a server and compares its answers; `covered` collects the routes that were asked for. */
export function describedBy(server) {
  const validator = new Ajv({ strict: false, allErrors: true, logger: false });
  addFormats(validator);
  validator.addSchema({ $id: 'github', components: { schemas: plain(description.components.schemas) } });
  const covered = new Set();
  const check = (...request) => compare({ server, validator, covered }, ...request);
  return { check, covered };
}

/** Writes `nullable` of OpenAPI 3.0 as JSON Schema does, and points references to the one schema that holds all. */
function plain(node) {
  if (Array.isArray(node)) return node.map(plain);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, discriminator, example, examples, ...rest } = node;
  const copy = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, plain(value)]));
  if (typeof copy.$ref === 'string') copy.$ref = copy.$ref.replace(/^#/, 'github#');
  return nullable === true ? { anyOf: [copy, { type: 'null' }] } : copy;
}

/** Follows a reference of the description. */
function resolved(node) {
  if (!node?.$ref) return node;
  return node.$ref.slice(2).split('/').reduce((found, key) => found[key], description);
}

/** Asks the server, and compares the answer with the description of the route. */
async function compare({ server, validator, covered }, template, path, headers, status, method = 'GET', sent = undefined) {
  const operation = description.paths[template]?.[method.toLowerCase()];
  assert.ok(operation, `GitHub has no route ${method} ${template}`);
  covered.add(`${method} ${template}`);
  const url = new URL(server + path);
  const names = (operation.parameters ?? []).map(resolved).filter(known => known.in === 'query').map(known => known.name);
  for (const name of url.searchParams.keys()) assert.ok(names.includes(name), `${template} knows no ?${name}`);

  const answer = await fetch(url, { method, headers, redirect: 'manual', body: sent && JSON.stringify(sent) });
  const body = await answer.text();
  assert.equal(answer.status, status, `${method} ${path}: ${body}`);
  const described = resolved(operation.responses[String(status)]);
  assert.ok(described || EVERYWHERE.includes(status), `${template} never answers ${status}`);
  if (status === 304) return assert.equal(body, '');
  checkBody(validator, operation, described, answer, body, `${method} ${path}`);
  return answer;
}

function checkBody(validator, operation, described, answer, body, what) {
  const type = (answer.headers.get('content-type') ?? '').split(';')[0];
  if (type === RAW) {
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
