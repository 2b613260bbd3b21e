// Records what Backstage's source host integrations make of URLs, for crates/scm/tests/fixtures/integration.json.
//
// Run it in a folder where `@backstage/integration` and `@backstage/config` are installed:
//   npm install --ignore-scripts @backstage/integration @backstage/config
//   node integration.mjs > integration.json
// `resolved` is the URL that stands in the file `base`, resolved; `edit` is the page where `target` is edited. Both
// are null where Backstage refuses.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const { ConfigReader } = require('@backstage/config');
const { ScmIntegrations } = require('@backstage/integration');
const { version } = require('@backstage/integration/package.json');

const integrations = {
  github: [{ host: 'ghe.example.com:8443', apiBaseUrl: 'https://ghe.example.com:8443/api/v3' }],
  gitlab: [
    { host: 'gl.example.com', baseUrl: 'https://gl.example.com/git', apiBaseUrl: 'https://gl.example.com/git/api/v4' },
  ],
  gitea: [{ host: 'gitea.com' }, { host: 'fj.example.com', baseUrl: 'https://fj.example.com/git' }],
};

const github = 'https://github.com/o/r';
const gitlab = 'https://gitlab.com/g/s/r';
const own = 'https://gl.example.com/git/g/r';
const gitea = 'https://gitea.com/o/r/src';
const forgejo = 'https://fj.example.com/git/o/r/src';
const bitbucket = 'https://bitbucket.org/w/r';

const resolves = [
  // GitHub.
  ['./x.yaml', `${github}/blob/main/a/b.yaml`],
  ['x.yaml', `${github}/blob/main/a/b.yaml`],
  ['../x.yaml', `${github}/blob/main/a/b.yaml`],
  ['../../../../x', `${github}/blob/main/a/b.yaml`],
  ['./', `${github}/blob/main/a/b.yaml`],
  ['.', `${github}/blob/main/a/b.yaml`],
  ['..', `${github}/tree/main/a/b/`],
  ['', `${github}/blob/main/a/b.yaml`],
  ['#part', `${github}/blob/main/a/b.yaml`],
  ['./x.yaml', `${github}/blob/main/a/b.yaml#L3`],
  ['./x.yaml', `${github}/edit/main/a/b.yaml`],
  ['./x.yaml', `${github}/raw/main/a/b.yaml`],
  ['./x.yaml', `${github}/blob/main/*/b.yaml`],
  ['/x.yaml', `${github}/blob/main/a/b.yaml`],
  ['/x.yaml', `${github}/blob/main/a/b.yaml#L3`],
  ['/a/x.yaml', `${github}/tree/main/`],
  ['/x.yaml', `${github}/tree/main`],
  ['/x.yaml', `${github}/blob/main/a/tree/b.yaml`],
  ['/x.yaml', 'https://github.com/o/src/tree/main/a/b.yaml'],
  ['/x.yaml', 'https://ghe.example.com:8443/o/r/blob/main/a/b.yaml'],
  ['/../../../../e/f', `${github}/blob/main/a/b.yaml`],
  ['//other.example.com/x', `${github}/blob/main/a/b.yaml`],
  ['/a b.yaml', `${github}/blob/main/c.yaml`],
  ['a b/c%2f.yaml', `${github}/blob/main/a/b.yaml`],
  ['/x.yaml', `${github}/blob/main/a%20b/c.yaml`],
  ['https://other.example.com/x', `${github}/blob/main/a/b.yaml`],
  ['HTTPS://Other.example.com/x', `${github}/blob/main/a/b.yaml`],
  ['javascript:alert(1)', `${github}/blob/main/a/b.yaml`],
  // GitLab.
  ['./x.yaml', `${gitlab}/-/blob/main/a/b.yaml`],
  ['/x.yaml', `${gitlab}/-/blob/main/a/b.yaml`],
  ['/x.yaml', `${gitlab}/-/blob/main/a/b.yaml?ref_type=heads`],
  ['../x.yaml?y=1', `${gitlab}/-/blob/main/a/b.yaml?ref_type=heads`],
  ['/x.yaml', `${gitlab}/blob/main/a/b.yaml`],
  ['/x.yaml', `${gitlab}/-/tree/main/a/`],
  ['/x.yaml', `${own}/-/blob/main/a/b.yaml`],
  ['../x.yaml', `${own}/-/blob/main/a/b.yaml`],
  // Gitea and Forgejo.
  ['./x.yaml', `${gitea}/branch/main/a/b.yaml`],
  ['../x.yaml', `${forgejo}/tag/v1/a/b.yaml`],
  ['/x.yaml', `${gitea}/branch/main/a/b.yaml`],
  // Bitbucket Cloud.
  ['./x.yaml', `${bitbucket}/src/main/a/b.yaml`],
  ['/x.yaml', `${bitbucket}/src/main/a/b.yaml`],
  ['/x.yaml', `${bitbucket}/src/main/a/b.yaml?at=main`],
  // Plain web servers.
  ['x.yaml', 'https://example.com/a/b.yaml?token=1'],
  ['../x.yaml', 'https://example.com/a/b/c.yaml'],
  ['/x.yaml', 'https://example.com/a/b/c.yaml'],
];

const edits = [
  `${github}/blob/main/a/b.yaml`,
  `${github}/tree/main/a/b.yaml`,
  `${github}/raw/main/a/b.yaml`,
  `${github}/blob/main/a/b.yaml#L3`,
  github,
  'https://ghe.example.com:8443/o/r/blob/main/a/b.yaml',
  `${gitlab}/-/blob/main/a/b.yaml`,
  `${gitlab}/-/tree/main/a/b.yaml?ref_type=heads`,
  `${gitlab}/blob/main/a/b.yaml`,
  `${own}/-/blob/main/a/b.yaml`,
  `${gitea}/branch/main/a/b.yaml`,
  `${forgejo}/branch/main/a/b.yaml`,
  `${bitbucket}/src/main/a/b.yaml`,
  'https://example.com/a/b.yaml',
];

const scm = ScmIntegrations.fromConfig(new ConfigReader({ integrations }));
const tried = (read) => {
  try {
    return read();
  } catch {
    return null;
  }
};
const answers = {
  header: `npm @backstage/integration ${version}, recorded by end2end/oracle/integration.mjs`,
  resolves: resolves.map(([url, base]) => ({ url, base, resolved: tried(() => scm.resolveUrl({ url, base })) })),
  edits: edits.map((target) => ({ target, edit: tried(() => scm.resolveEditUrl(target)) })),
};
process.stdout.write(`${JSON.stringify(answers, null, 1)}\n`);
