// The JSON of GitHub's answers, with every field that its description requires.
import { sha, textOf } from './objects.mjs';

/** An error. */
export function basicError(status, message) {
  return { message, documentation_url: 'https://docs.github.com/rest', status: String(status) };
}

/** A file with its content. */
export function contentFile(api, owner, repo, path, file) {
  const text = textOf(file);
  const url = `${api}/repos/${owner}/${repo}/contents/${path}`;
  const html = `https://github.com/${owner}/${repo}/blob/main/${path}`;
  const git = `${api}/repos/${owner}/${repo}/git/blobs/${sha(file)}`;
  return {
    type: 'file', encoding: 'base64', content: Buffer.from(text).toString('base64'), size: Buffer.byteLength(text),
    name: path.split('/').at(-1), path, sha: sha(file), url, git_url: git, html_url: html,
    download_url: `https://raw.githubusercontent.com/${owner}/${repo}/main/${path}`,
    _links: { git, html, self: url },
  };
}

/** A file by its hash. */
export function blob(api, owner, repo, file) {
  const text = textOf(file);
  return {
    sha: sha(file), node_id: `B_${sha(file)}`, size: Buffer.byteLength(text),
    url: `${api}/repos/${owner}/${repo}/git/blobs/${sha(file)}`,
    content: Buffer.from(text).toString('base64'), encoding: 'base64',
  };
}

/** An installation of an app. */
export function installation(api, app, owner) {
  const id = app.installations[owner];
  const time = '2026-01-01T00:00:00Z';
  return {
    id, account: simpleUser(api, owner, id), repository_selection: 'all',
    access_tokens_url: `${api}/app/installations/${id}/access_tokens`,
    repositories_url: `${api}/installation/repositories`,
    html_url: `https://github.com/organizations/${owner}/settings/installations/${id}`,
    app_id: app.id, app_slug: 'callboard', target_id: id, target_type: 'Organization',
    permissions: { contents: 'read', metadata: 'read' }, events: [], created_at: time, updated_at: time,
    single_file_name: null, suspended_by: null, suspended_at: null,
  };
}

/** A person, as everybody sees them: with the address that is public, if there is one. */
export function publicUser(api, login, { id, name = null, email = null }) {
  const time = '2026-01-01T00:00:00Z';
  return {
    ...simpleUser(api, login, id, 'User'), node_id: `U_${id}`, user_view_type: 'public', name, email,
    company: null, blog: '', location: null, hireable: null, bio: null, twitter_username: null,
    public_repos: 0, public_gists: 0, followers: 0, following: 0, created_at: time, updated_at: time,
  };
}

/** A person, as they see themselves. */
export function privateUser(api, login, user) {
  return {
    ...publicUser(api, login, user), user_view_type: 'private', private_gists: 0, total_private_repos: 0,
    owned_private_repos: 0, disk_usage: 0, collaborators: 0, two_factor_authentication: true,
  };
}

const LINKS = ['archive', 'assignees', 'blobs', 'branches', 'collaborators', 'comments', 'commits', 'compare', 'contents',
  'contributors', 'deployments', 'downloads', 'events', 'forks', 'git_commits', 'git_refs', 'git_tags', 'hooks',
  'issue_comment', 'issue_events', 'issues', 'keys', 'labels', 'languages', 'merges', 'milestones', 'notifications',
  'pulls', 'releases', 'stargazers', 'statuses', 'subscribers', 'subscription', 'tags', 'teams', 'trees'];

/** A repository. */
export function repositoryOf(api, owner, repo, known) {
  const time = '2026-01-01T00:00:00Z';
  const url = `${api}/repos/${owner}/${repo}`;
  const html = `https://github.com/${owner}/${repo}`;
  return {
    id: 1, node_id: 'R_1', name: repo, full_name: `${owner}/${repo}`, owner: simpleUser(api, owner, 1), private: known.private === true,
    html_url: html, description: null, fork: false, url, ...Object.fromEntries(LINKS.map(name => [`${name}_url`, `${url}/${name}`])),
    clone_url: `${html}.git`, git_url: `git://github.com/${owner}/${repo}.git`, ssh_url: `git@github.com:${owner}/${repo}.git`,
    svn_url: html, mirror_url: null, homepage: null, language: null, default_branch: known.default ?? Object.keys(known.branches)[0] ?? 'main',
    forks: 0, forks_count: 0, stargazers_count: 0, watchers: 0, watchers_count: 0, open_issues: 0, open_issues_count: 0, size: 1,
    network_count: 0, subscribers_count: 0, has_issues: true, has_projects: true, has_wiki: true, has_pages: false, has_downloads: true,
    has_discussions: false, archived: known.archived === true, disabled: false, license: null, pushed_at: time, created_at: time, updated_at: time,
  };
}

/** A branch or tag by its name. */
export function gitRef(api, owner, repo, ref, commit) {
  const url = `${api}/repos/${owner}/${repo}/git`;
  return { ref: `refs/${ref}`, node_id: 'REF_1', url: `${url}/refs/${ref}`, object: { type: 'commit', sha: commit, url: `${url}/commits/${commit}` } };
}

/** A pull request. */
export function pullRequest(api, owner, repo, known, { number, title, body, head, base }) {
  const time = '2026-01-01T00:00:00Z';
  const url = `${api}/repos/${owner}/${repo}/pulls/${number}`;
  const html = `https://github.com/${owner}/${repo}/pull/${number}`;
  const user = simpleUser(api, owner, 1);
  const end = ref => ({ label: `${owner}:${ref}`, ref, sha: '0'.repeat(40), user, repo: repositoryOf(api, owner, repo, known) });
  const links = ['comments', 'commits', 'statuses', 'html', 'issue', 'review_comments', 'review_comment', 'self'];
  return {
    id: number, node_id: `PR_${number}`, number, title, body, state: 'open', locked: false, url, html_url: html,
    diff_url: `${html}.diff`, patch_url: `${html}.patch`, issue_url: url, comments_url: url, commits_url: url,
    review_comment_url: url, review_comments_url: url, statuses_url: url, head: end(head), base: end(base), user,
    assignee: null, labels: [], milestone: null, auto_merge: null, author_association: 'MEMBER', created_at: time, updated_at: time,
    closed_at: null, merged_at: null, merge_commit_sha: null, merged: false, merged_by: null, mergeable: null, mergeable_state: 'unknown',
    maintainer_can_modify: false, additions: 1, deletions: 0, changed_files: 1, commits: 1, comments: 0, review_comments: 0,
    _links: Object.fromEntries(links.map(name => [name, { href: name === 'html' ? html : url }])),
  };
}

function simpleUser(api, login, id, type = 'Organization') {
  const user = `${api}/users/${login}`;
  return {
    login, id, node_id: `O_${id}`, gravatar_id: '', type, site_admin: false, url: user,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}`, html_url: `https://github.com/${login}`,
    followers_url: `${user}/followers`, following_url: `${user}/following{/other_user}`,
    gists_url: `${user}/gists{/gist_id}`, starred_url: `${user}/starred{/owner}{/repo}`,
    subscriptions_url: `${user}/subscriptions`, organizations_url: `${user}/orgs`, repos_url: `${user}/repos`,
    events_url: `${user}/events{/privacy}`, received_events_url: `${user}/received_events`,
  };
}
