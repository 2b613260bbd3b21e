// Records what Backstage's own configuration loader makes of layered cases, for crates/config/tests/oracle.json.
//
// Run it in a folder where `@backstage/config-loader` is installed, with Node 22 or newer:
//   npm install @backstage/config-loader && node config.mjs > oracle.json
// Each case is a set of files, an environment and, where `config` is given, `--config` flags; the answer is the
// merged value, or `"error"` where the loader refuses.
import { createRequire } from 'node:module';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const { ConfigSources } = require('@backstage/config-loader');

const main = 'app-config.yaml';
const local = 'app-config.local.yaml';
const one = (name, text, env = {}, more = {}) => ({ name, files: { [main]: text, ...more }, env });
const two = (name, lower, upper, env = {}) => ({ name, files: { [main]: lower, [local]: upper }, env });

const cases = [
  // Layers.
  two('maps merge key by key', 'a: {x: 1, y: 2}\nb: 1', 'a: {y: 5, z: 6}\nc: 3'),
  two('lists are replaced', 'a: [1, 2, 3]', 'a: [4]'),
  two('a scalar replaces a map', 'a: {x: 1}', 'a: text'),
  two('a map replaces a scalar', 'a: text', 'a: {x: 1}'),
  two('a map replaces a list', 'a: [1]', 'a: {x: 1}'),
  two('null unsets a map', 'a: {x: 1}\nb: 2', 'a: null'),
  two('null unsets a leaf', 'a: {x: 1, y: 2}', 'a: {x: null}'),
  two('null for a key that no layer has', 'a: 1', 'b: null\nc: {d: null}'),
  two('an empty map merges', 'a: {x: 1}', 'a: {}'),
  two('an empty text replaces', 'a: text', 'a: ""'),
  two('an empty upper layer changes nothing', 'a: 1', ''),
  two('an upper layer of comments changes nothing', 'a: 1', '# nothing\n'),
  two('null inside a list stays', 'a: 1', 'a: [null, 1, {b: null}]'),
  {
    name: 'a map laid over null hides what is below',
    files: { [main]: 'a: {x: 1}', 'app-config.p.yaml': 'a: null', [local]: 'a: {y: 2}' },
    env: { BACKSTAGE_ENV: 'p' },
  },
  {
    name: 'a map laid over a scalar hides what is below',
    files: { [main]: 'a: {x: 1}', 'app-config.p.yaml': 'a: 5', [local]: 'a: {y: 2}' },
    env: { BACKSTAGE_ENV: 'p' },
  },
  {
    name: 'BACKSTAGE_ENV names layers below local, in its order',
    files: {
      [main]: 'v: main\nmain: 1',
      'app-config.q.yaml': 'v: q\nq: 1',
      'app-config.p.yaml': 'v: p\np: 1\nw: p',
      [local]: 'v: local\nw: local\nlocal: 1',
      'app-config.q.local.yaml': 'v: q.local\nql: 1',
      'app-config.p.local.yaml': 'pl: 1',
      'app-config.r.yaml': 'v: r',
    },
    env: { BACKSTAGE_ENV: ' q , p,,absent ' },
  },
  {
    name: 'a production layer is not read by itself',
    files: { [main]: 'a: 1', 'app-config.production.yaml': 'a: 2' },
    env: {},
  },
  {
    name: '--config replaces the default layers',
    files: { [main]: 'a: 1\nm: 1', [local]: 'a: 2', 'one.yaml': 'a: 3\nb: 3', 'two.yaml': 'b: 4' },
    env: { BACKSTAGE_ENV: 'p' },
    config: ['one.yaml', 'two.yaml'],
  },
  { name: '--config of a missing file is an error', files: { [main]: 'a: 1' }, env: {}, config: ['missing.yaml'] },
  one('a list at the root is an error', '- 1'),
  one('text at the root is an error', 'text'),
  one('a duplicate key is an error', 'a: 1\na: 2'),
  one('two documents are an error', 'a: 1\n---\nb: 2'),
  one('YAML types are those of the core schema', 'a: [yes, no, on, 012, 0x1f, 1e3, .5, ~, 2020-01-01, 1_000]\nb: 0o17'),

  // Variables of the environment as a layer.
  one('APP_CONFIG_ is the highest layer', 'a: {b: 1, c: 2}', { APP_CONFIG_a_b: '3' }, { [local]: 'a: {b: 2}' }),
  one('APP_CONFIG_ values are JSON or text', 'z: 1', {
    APP_CONFIG_a: '[1, "x"]', APP_CONFIG_b: 'true', APP_CONFIG_c: '"5"', APP_CONFIG_d: '{not json', APP_CONFIG_e: '5',
  }),
  one('APP_CONFIG_ values are not substituted', 'z: 1', { APP_CONFIG_a: '${HOME2}', HOME2: 'x' }),
  one('an empty APP_CONFIG_ value does not count', 'a: 1', { APP_CONFIG_a: '' }),
  one('APP_CONFIG_ may not be null', 'a: 1', { APP_CONFIG_a: 'null' }),
  one('APP_CONFIG_ may hold null inside', 'a: {b: 1, c: 2}', { APP_CONFIG_a: '{"b": null}' }),
  one('APP_CONFIG_ parts are words', 'a: 1', { APP_CONFIG_a__b: '1' }),
  one('APP_CONFIG_ parts may hold dashes and colons', 'a: 1', { 'APP_CONFIG_a-b_c:d': '1' }),
  one('APP_CONFIG_ parts start with a letter', 'a: 1', { APP_CONFIG_1: '1' }),
  one('APP_CONFIG_ may not nest under a scalar', 'a: 1', { APP_CONFIG_a: '1', APP_CONFIG_a_b: '2' }),
  one('APP_CONFIG_ may nest under a map', 'z: 1', { APP_CONFIG_a: '{"x": 1}', APP_CONFIG_a_b: '2' }),
  one('APP_CONFIG_ may not set a key twice', 'z: 1', { APP_CONFIG_a: '{"b": 1}', APP_CONFIG_a_b: '2' }),

  // Substitution.
  one('${VAR} anywhere in a text', 'a: "http://${HOST}:${ PORT }/"', { HOST: 'h', PORT: ' 80 ' }),
  one('${VAR} is always text', 'a: ${PORT}', { PORT: '80' }),
  one('an unset ${VAR} removes the value', 'a: x${NOPE}\nb: [1, "${NOPE}", 2]\nc: {d: "${NOPE}"}'),
  two('an unset ${VAR} lets the lower layer through', 'a: lower', 'a: ${NOPE}'),
  one('an empty ${VAR} is empty text', 'a: "${EMPTY}"', { EMPTY: '' }),
  one('${VAR:-default} for unset and empty', 'a: "${NOPE:-d}"\nb: "${EMPTY:- e }"\nc: "${SET:-f}"', { EMPTY: '', SET: 's' }),
  one('an empty default removes the value', 'a: "${NOPE:-}"\nb: 1'),
  one('a default may hold :- itself', 'a: "${NOPE:-x:-y}"'),
  one('$${VAR} is an escape', 'a: "$${HOST} ${HOST} $$${HOST}"', { HOST: 'h' }),
  one('braces do not nest', 'a: "${NOPE:-${HOST}}"', { HOST: 'h' }),
  one('what is no reference stays', 'a: "$HOST ${ {x} $ {HOST}"', { HOST: 'h' }),
  one('keys are not substituted', '"${HOST}": 1', { HOST: 'h' }),
  one('a substituted text is not substituted again', 'a: "${A}"', { A: '${B}', B: 'b' }),

  // The special keys.
  one('$env', 'a: {$env: HOST}\nb: {$env: NOPE}\nc: {$env: EMPTY}', { HOST: ' h ', EMPTY: '' }),
  one('$env takes a substituted name', 'a: {$env: "${NAME}"}', { NAME: 'HOST', HOST: 'h' }),
  one('$env takes text only', 'a: {$env: 5}'),
  one('$env with an unset substitution is an error', 'a: {$env: "${NOPE}"}'),
  one('a special key with neighbours is an error', 'a: {$env: HOST, b: 1}', { HOST: 'h' }),
  one('other keys with a dollar are keys', 'a: {$not: {$in: [1]}}'),
  one('$file is text without the white space at its end', 'a: {$file: secret.txt}', {}, { 'secret.txt': '  s ${HOST}\n\n' }),
  one('$file of a missing file is an error', 'a: {$file: missing.txt}'),
  one('$file of a folder is an error', 'a: {$file: sub}', {}, { 'sub/x.txt': '' }),
  one('$include of YAML and JSON', 'a: {$include: a.yaml}\nb: {$include: b.json}', {}, { 'a.yaml': 'x: [1]', 'b.json': '{"y": 2}' }),
  one('$include of another ending is an error', 'a: {$include: a.txt}', {}, { 'a.txt': 'x: 1' }),
  one('$include with a part', 'a: {$include: "a.yaml#x.y"}', {}, { 'a.yaml': 'x: {y: [1]}' }),
  one('$include of a part that is not there', 'a: {$include: "a.yaml#x.z"}\nb: 1', {}, { 'a.yaml': 'x: {y: 1}' }),
  one('$include of a part below a scalar is an error', 'a: {$include: "a.yaml#x.y.z"}', {}, { 'a.yaml': 'x: {y: 1}' }),
  one('$include substitutes inside', 'a: {$include: a.yaml}\nb: {$include: "a.yaml#t"}', { HOST: 'h' }, { 'a.yaml': 't: "${HOST}"\nu: ["$${HOST}"]' }),
  one('$include is relative to the file that names it', 'a: {$include: sub/a.yaml}', {}, {
    'sub/a.yaml': 'x: {$include: ../b.yaml}\ny: {$file: c.txt}', 'b.yaml': 'z: 1', 'sub/c.txt': 'c',
  }),
  one('$include takes a substituted path', 'a: {$include: "${NAME}.yaml"}', { NAME: 'b' }, { 'b.yaml': 'x: 1' }),
  one('$include of a missing file is an error', 'a: {$include: missing.yaml}'),
  one('$include at the root', '$include: b.yaml', {}, { 'b.yaml': 'x: 1' }),
  one('$include merges with other layers', 'a: {$include: b.yaml}', {}, { 'b.yaml': 'x: 1\ny: 2', [local]: 'a: {y: 3}' }),
  one('a null file included', 'a: {$include: b.yaml}\nc: 1', {}, { 'b.yaml': '' }),
];

async function answer({ files, env, config }) {
  const folder = mkdtempSync(join(tmpdir(), 'config-oracle-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    const argv = (config ?? []).flatMap(name => ['--config', join(folder, name)]);
    const source = ConfigSources.default({ rootDir: folder, argv, env, watch: false, allowMissingDefaultConfig: true });
    const loaded = await ConfigSources.toConfig(source);
    return loaded.getOptional() ?? {};
  } catch {
    return 'error';
  } finally {
    for (const name of Object.keys(env)) {
      if (name in before) process.env[name] = before[name];
      else delete process.env[name];
    }
    rmSync(folder, { recursive: true });
  }
}

const recorded = [];
for (const item of cases) {
  recorded.push({ ...item, expected: await answer(item) });
}
const version = require('@backstage/config-loader/package.json').version;
process.stdout.write(`${JSON.stringify({ loader: `@backstage/config-loader ${version}`, cases: recorded }, null, 1)}\n`);
