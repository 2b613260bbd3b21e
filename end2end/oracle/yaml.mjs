// Records what npm `yaml`, the library Backstage reads YAML with, makes of the texts in yaml-cases.mjs.
//
//   npm ci --prefix end2end
//   node end2end/oracle/yaml.mjs > crates/diagnostics/tests/yaml_oracle.json
//
// Each answer has the input, and per document either `value` or `error` (the code of its first error).
// Empty documents are left out, as Backstage leaves them out. Numbers that JSON cannot hold become
// `{"$number": "Infinity"}`.
import { createRequire } from 'node:module';
import { cases } from './yaml-cases.mjs';

const require = createRequire(import.meta.url);
const { parseAllDocuments } = require('yaml');
const { version } = require('yaml/package.json');

/** Makes infinite numbers visible in JSON. */
function visible(value) {
  if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
  if (Array.isArray(value)) return value.map(visible);
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visible(inner)]));
  }
  return value;
}

/** Reads one document as Backstage's `parseEntityYaml` does. */
function answer(document) {
  if (document.errors.length > 0) return { error: document.errors[0].code };
  try {
    return { value: visible(document.toJS()) };
  } catch (error) {
    return { error: error.name };
  }
}

const options = { merge: false, logLevel: 'silent' };
const answers = cases.map((input) => ({
  input,
  documents: [...parseAllDocuments(input, options)].map(answer).filter((found) => found.error || found.value !== null),
}));
const header = `npm yaml ${version}, recorded by end2end/oracle/yaml.mjs`;
process.stdout.write(`${JSON.stringify({ header, answers }, null, 1)}\n`);
