// The texts on which our YAML reader is compared with npm `yaml`.

/** Plain scalars, each read as the value of a key. */
const scalars = [
  '', '~', 'null', 'Null', 'NULL', 'nULL', 'true', 'True', 'TRUE', 'tRUE', 'false', 'False', 'FALSE',
  'yes', 'Yes', 'no', 'NO', 'on', 'off', 'y', 'n', '0', '-0', '+0', '00', '012', '0777', '-012', '+7', '7',
  '1_000', '1,000', '0b1', '-0x1', '+0x1', '0x', '0x1F', '0xff', '0XFF', '0o17', '0o', '0o8', '-0o17',
  '1e3', '1E3', '1e+3', '1e-3', '1.5e3', '.5e1', '5.', '5.0', '0.0', '-0.0', '.5', '-.5', '+.5', '.', '-', '+', '..',
  '1.2.3', '1e', 'e3', '1e3.5', '0.1', '1e21', '1e22', '1e-7', '1e400', '-1e400', '123456789012345678901234567890',
  '9007199254740991', '9007199254740993', '18446744073709551615', '12345678901234567890', '-9223372036854775809',
  '.inf', '-.inf', '+.inf', '.Inf', '.INF', '.iNF', '.nan', '.NaN', '.NAN', '-.nan', 'inf', 'nan', 'Infinity',
  '2026-01-02', '2026-01-02T03:04:05Z', '12:30:45', '1:2', '0.1.0', 'v1', 'a b', 'a#b', 'a #b', 'a:b', 'http://x.y/z',
  '"0777"', "'0777'", '"true"', "'it''s'", '"a\\nb\\u00e9\\x41\\t"', '"\\/"', '"a\\\n   b"', '!!str 5', '!!str true', '!!int "5"',
  '!!int 5', '!!float 5.5', '!!float 5', '!!bool "true"', '!!bool yes', '!!null ""', '! 5', '!foo 5', '!foo x',
  '=', '?a', ':a', '-a', '@a', '`a', '%a', '!', '&a', '*a', 'é😀', '\u00a0x',
].map((text) => `v: ${text}\n`);

/** Keys that are not text. */
const keys = [
  '1: a', '1.50: a', '0x10: a', '1e3: a', '1e21: a', '1e-7: a', 'true: a', 'True: a', 'null: a', '~: a', ': a', '"": a',
  '.inf: a', '.nan: a', '? a\n: b', '? a', '? [a, b]\n: c', '? {a: 1}\n: c', '[a, b]: c', '{a: 1}: c', "'q': a", '!!str 1: a',
  'a b: c', 'a-b.c/d: e', '<<: {a: 1}\nb: 2', 'x: &x {a: 1}\n<<: *x', '"<<": 1', 'a : b', '-0: a', '? - a\n: b',
  '"a"   : b', 'é: ü', '2026-01-02: a', '? ""\n: b', '__proto__: 1', 'constructor: 1',
];

/** Maps, lists, block text, comments and anchors. */
const structures = [
  'a:\n  b: 1\n  c: [1, 2, {d: e}]\n', 'a:\n- 1\n- 2\nb: 3\n', 'a:\n  - 1\n  - b: 2\n    c: 3\n', '- - a\n  - b\n- c\n', '-\n  a: 1\n-\n  - b\n',
  'a: {}\nb: []\n', '{a: 1, b, c: , "d":2}', '[a, , b]', '[a, b,]', '[a: b, c]', '{a: [1, 2], b: {c: d}}', '{"a":1}', '[\n1,\n2\n]\n',
  'a: [\n  1,\n  2\n]\n', 'a: |\n  x\n   y\n  z\n', 'a: |-\n  x\n\nb: 1', 'a: |+\n  x\n\nb: 1', 'a: >\n  x\n  y\n\n  z\n    i\n', 'a: >-\n  x\n  y\n',
  'a: |2\n    x\n', 'a: |\n\n  x\n', 'a: |\nb: 1', 'a: |  # note\n  x\n', 'a: |x\n  y\n', 'a: |\n  x\n y\n', '|\n x\n', '--- |\n  x\n', '--- >\nx\ny\n',
  'a: "x\n  y\n\n  z"\n', "a: 'x\n  y'\n", 'a: x\n  y\n  z\nb: 1\n', 'a: x # c\n# d\nb: 2 # e\n', '# only a comment\n', '\n\n', '---\n', '---\n---\n', '--- ~\n',
  'a: 1\n---\nb: 2\n', 'a: 1\n...\nb: 2\n', 'a: 1\n---\n---\nb: 2\n', '---\na: 1\n...\n---\nb: 2\n...\n', '--- a\n--- b\n', '--- {a: 1}\n', '--- # c\na: 1\n',
  '%YAML 1.2\n---\na: 1\n', '%TAG !e! tag:e.com,2000:\n---\na: !e!x b\n', '# c\n---\na: 1\n', 'a: 1\n# ---\nb: 2\n', 'a: |\n  ---\n  ...\nb: 1\n', 'a: |\n  x\n---\nb: 1\n',
  'a: &x 1\nb: *x\n', 'a: &x {p: 1}\nb: *x\nc: [*x, *x]\n', 'a: &x 1\nb: &x 2\nc: *x\n', 'a: &x\nb: *x\n', '&r\na: 1\n', '&k a: 1\nb: *k\n', '&k a: 1\n*k : 2\n',
  '!!map {a: 1}', '!!seq [a]', '!foo {a: 1}', '!foo [a]', 'a: !!str\n', 'a: !!set {x, y}', '"text"', 'text', '5', '[]', '{}', '- a', 'true',
  '\uFEFFa: 1\n', 'a: 1\r\nb: 2\r\n', 'a: 1\r\n---\r\nb: 2\r\n', 'a:   1   \n', 'a:\tb\n', 'a: b\t# c\n', 'a: [1,\t2]\n', 'a:\n  b: 1\n\t\nc: 2\n', 'a: b\n  \t c\n', 'a: |\n  x\n\ty\n',
  'owner: group:default/team-a\nurl: https://x.y:80/z?a=b&c=d#e\n', 'spec:\n  definition: |\n    openapi: 3.0.0\n    info:\n      title: x\n', '{{ a }}', 'a: {{ b }}\n', 'a: ${{ b.c }}\n', 'a: "${{ b }}"\n',
  '- key: value\n  list:\n  - x\n  - y\n-  z: 1\n', 'a:\n  - b\n  -\n  - c\n', 'a: \'\'\nb: ""\n', 'a: - b\n', 'key: value # c: d\n', 'x: a, b\n', 'x: [a b, c d]\n', 'a: b: c\n', 'a: x:\n', 'a: "b": c\n',
];

/** Texts that npm `yaml` refuses, alone and beside good documents. */
const broken = [
  'a: 1\na: 2\n', '{a: 1, a: 2}', 'a: 1\n"a": 2\n', 'a:\n  b: 1\n  b: 2\n', '1: a\n1: b\n', 'a:\n\tb: 1\n', 'a:\n  b: 1\n\tc: 2\n', '\ta: 1\n', 'a: [1, 2\n', 'a: {b: 1\n', 'a: ]\n', 'a: "x\n',
  "a: 'x\n", 'a: *nope\n', 'a: "\\q"\n', 'a: 1\n  b: 2\n', 'a:\n    b: 1\n  c: 2\n', 'a: 1\n b: 2\n', 'text\nb: 1\n', '- a\nb: 1\n', 'a: 1\n- b\n', 'a: "x" y\n', "'a':b\n", 'a: @b\n', 'a: b\n}\n', '[a] b\n',
  'good: 1\n---\na: [\n---\nlast: 3\n', 'good: 1\n---\na: 1\na: 2\n---\nlast: 3\n', 'good: 1\n---\n\ta: 1\n---\nlast: 3\n', 'a: &x [*x]\n', 'a: 1\nb\nc: 2\n', 'a: b\n%YAML 1.2\n---\nc: 1\n', 'a: | x\n', '? a\nb: c\n d: e\n', 'a: [b\nc: d\n', 'a: [b]c\n', 'a: {b: c}}\n', 'a:b\nc: d\n', '-a\n-b\n', 'a: 1\nb:2\n',
];

/** Brackets over several lines, and where they may close. */
const brackets = [
  "x:\n  a: [\n    1\n  ]\n", "x:\n  a: [\n    'r'\n  ]\n", "a: [\n  'r'\n]\n", "x:\n  a: {\n  b: 1\n  }\n", "a: {\nb: 1\n}\n",
  "a: [\n'b'\n]\n", "a: [\nb\n]\n", "x:\n  a: [\n 'b'\n ]\n", "x:\n  a: [\n    'b'\n]\n", "x:\n  a: {\n    'b': 'c'\n }\n", "- [\n  'a'\n]\n",
  "- [\n  a\n]\n", "x:\n  - [\n    'a'\n  ]\n", "a: [\n  'r' # c\n]\n", "a: [\n  'r'\n  # é ]\n]\nb: \"#\"\n", "a: [\n  'r'\n\n]\n", "a: [\n]\n",
  "a: {\n  'b': [\n    'c'\n  ]\n}\n", "a: {\n  \"b\": {\n    \"c\": [\n      \"d\"\n    ]\n  }\n}\nb: [\n  'é'\n]\nc: 1\n", "a: [\n  'r'\n]b\n", "a: [\n  'r'\n], c\n",
  "[\n'a'\n]\n", "{\n'a': 'b'\n}\n", "a:\n  [\n  'b'\n]\n", "a: [\n  'r'\r\n]\r\nb: 1", "a: [\n  'r'\n]:\n  b\n", "a: [\n  'r',\n\t'x'\n]\n",
  "a: {{ b | c }}\n", "a: {{ b + \"/\" + c }}\n", "a:\tb\nc:\t-d\ne:\t\tf # g\nh: |\n  i:\tj\n", "a: [b:\tc]\n", "k:\t[\n  'a'\n]\n",
];

export const cases = [...scalars, ...keys, ...structures, ...broken, ...brackets];
