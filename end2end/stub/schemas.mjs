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
