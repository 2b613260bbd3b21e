// Holds what `callboard check --format sarif` prints against the JSON schema of SARIF 2.1.0.
//
// The program is `target/debug/callboard`, or the one that the environment variable CALLBOARD names.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const program = process.env.CALLBOARD ?? fileURLToPath(new URL('../../target/debug/callboard', import.meta.url));
const schema = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

const broken = `# Every level, a repair, and signs that need care.
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: Ünïcode and spaces
  title: "\u202Eabc"
  tags: [Spring Boot]
spec:
  type: service
  lifecycle: prod
  owner: team
  dependson: []
--- # not YAML
a: [
`;

let folder;
let validate;

before(() => {
  assert.ok(existsSync(program), `there is no ${program}; build it, or name it with CALLBOARD`);
  folder = mkdtempSync(join(tmpdir(), 'callboard-sarif-'));
  writeFileSync(join(folder, 'catalog-info.yaml'), broken);
  writeFileSync(join(folder, 'with space & ü.yaml'), broken);
  // The schema is of draft 4, which differs only in the name of its identifier as far as it is used here.
  const { $schema, id, ...rest } = schema;
  // One of its patterns is not a Unicode pattern.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  validate = ajv.compile({ $id: id, ...rest });
});

after(() => rmSync(folder, { recursive: true, force: true }));

function sarif(...paths) {
  const ran = spawnSync(program, ['check', ...paths, '--format', 'sarif'], { cwd: folder, encoding: 'utf8' });
  assert.equal(ran.error, undefined);
  return JSON.parse(ran.stdout);
}

test('the log is valid SARIF', () => {
  for (const paths of [['catalog-info.yaml'], ['.', 'with space & ü.yaml'], ['no-such-file.yaml'], [folder]]) {
    const log = sarif(...paths);
    assert.ok(validate(log), JSON.stringify(validate.errors, null, 2));
  }
});

test('the schema refuses what is not SARIF, so the test above can fail', () => {
  const log = sarif('catalog-info.yaml');
  log.runs[0].results[0].level = 'loud';
  assert.equal(validate(log), false);
});

test('rules, levels, places and repairs are in the log', () => {
  const { tool, results } = sarif('catalog-info.yaml').runs[0];
  for (const rule of tool.driver.rules) {
    assert.match(rule.id, /^[A-Z]{3}\d{3}$/);
    assert.ok(rule.shortDescription.text);
    assert.match(rule.helpUri, /^https:/);
  }
  const levels = new Set(results.map(result => result.level));
  assert.deepEqual([...levels].sort(), ['error', 'note', 'warning']);
  for (const result of results) {
    assert.equal(tool.driver.rules[result.ruleIndex].id, result.ruleId);
    assert.ok(result.locations[0].physicalLocation.region.startLine > 0);
  }
  const tag = results.find(result => result.ruleId === 'CAT019');
  const [change] = tag.fixes[0].artifactChanges;
  assert.equal(change.replacements[0].insertedContent.text, 'spring-boot');
  assert.deepEqual(change.replacements[0].deletedRegion, tag.locations[0].physicalLocation.region);
});
