// The routes of GitHub's API that a pull request with a new file needs. Only tokens of `state.writers`, and those of
// installations when `state.app.writes` is true, may write.
import { error, json } from './answers.mjs';
import { basicError, contentFile, gitRef, pullRequest, repositoryOf } from './schemas.mjs';
import { commitOf, sha } from './objects.mjs';

/** Every route, with the path as GitHub's description writes it. */
export const writeRoutes = [
  { method: 'GET', path: '/repos/{owner}/{repo}', answer: repository },
  { method: 'GET', path: '/repos/{owner}/{repo}/git/ref/{ref}', answer: ref },
  { method: 'POST', path: '/repos/{owner}/{repo}/git/refs', answer: makeRef },
  { method: 'DELETE', path: '/repos/{owner}/{repo}/git/refs/{ref}', answer: removeRef },
  { method: 'PUT', path: '/repos/{owner}/{repo}/contents/{path}', answer: putContents },
  { method: 'POST', path: '/repos/{owner}/{repo}/pulls', answer: openPull },
];

function found({ stub, viewer, owner, repo }) {
  const known = stub.state.repos[`${owner}/${repo}`];
  return known && (!known.private || viewer.owners.includes(owner)) ? known : undefined;
}

function writes({ stub, request, viewer }) {
  const secret = /^(?:Bearer|token) (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const isOfApp = stub.issued.has(secret);
  return viewer.owners.length > 0 && (isOfApp ? stub.state.app.writes === true : (stub.state.writers ?? []).includes(secret));
}

/** Refuses whoever may not write; otherwise nothing. */
function refusal(asked) {
  if (!found(asked)) return error(404, 'Not Found');
  return writes(asked) ? undefined : error(403, 'Resource not accessible by personal access token');
}

function invalid(message, errors) {
  return json(422, { ...basicError(422, message), ...(errors && { errors }) });
}

function repository(asked) {
  const known = found(asked);
  if (!known) return error(404, 'Not Found');
  const { stub, owner, repo, request } = asked;
  const shape = repositoryOf(stub.api, owner, repo, known);
  // What somebody may do is told to whoever says who they are, and not to installations.
  const secret = request.headers.authorization?.split(' ')[1];
  if (secret && !stub.issued.has(secret)) shape.permissions = { admin: false, maintain: false, push: writes(asked), triage: false, pull: true };
  return json(200, shape);
}

function ref(asked) {
  const known = found(asked);
  if (!known) return error(404, 'Not Found');
  if (Object.keys(known.branches).length === 0) return error(409, 'Git Repository is empty.');
  const files = known.branches[asked.ref.replace(/^heads\//, '')];
  return files ? json(200, gitRef(asked.stub.api, asked.owner, asked.repo, asked.ref, commitOf(files))) : error(404, 'Not Found');
}

function makeRef(asked) {
  const refused = refusal(asked);
  if (refused) return refused;
  const { ref: name, sha: commit } = JSON.parse(asked.body);
  const { branches } = found(asked);
  const branch = name.replace(/^refs\/heads\//, '');
  if (branches[branch]) return invalid('Reference already exists');
  const files = Object.values(branches).find(files => commitOf(files) === commit);
  if (!files) return invalid('Object does not exist');
  branches[branch] = { ...files };
  return json(201, gitRef(asked.stub.api, asked.owner, asked.repo, `heads/${branch}`, commit));
}

function removeRef(asked) {
  const refused = refusal(asked);
  if (refused) return refused;
  const { branches } = found(asked);
  const branch = asked.ref.replace(/^heads\//, '');
  if (!branches[branch]) return invalid('Reference does not exist');
  delete branches[branch];
  return { status: 204 };
}

function putContents(asked) {
  const refused = refusal(asked);
  if (refused) return refused;
  const { message, content, branch, sha: known } = JSON.parse(asked.body);
  const files = found(asked).branches[branch];
  if (!files) return error(404, `Branch ${branch} not found`);
  const { path, owner, repo, stub } = asked;
  if (files[path] !== undefined && known !== sha(files[path])) return invalid('Invalid request.\n\n"sha" wasn\'t supplied.');
  const status = files[path] === undefined ? 201 : 200;
  files[path] = Buffer.from(content, 'base64').toString();
  const { content: _, encoding, ...file } = contentFile(stub.api, owner, repo, path, files[path]);
  const commit = commitOf(files);
  const url = `${stub.api}/repos/${owner}/${repo}/git/commits/${commit}`;
  return json(status, { content: file, commit: { sha: commit, url, message } });
}

function openPull(asked) {
  const refused = refusal(asked);
  if (refused) return refused;
  if (asked.stub.state.noPulls) return error(403, 'Resource not accessible by integration');
  const { title, body, head, base } = JSON.parse(asked.body);
  const known = found(asked);
  known.pulls ??= [];
  if (known.pulls.some(pull => pull.head === head)) {
    const message = `A pull request already exists for ${asked.owner}:${head}.`;
    return invalid('Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }]);
  }
  const pull = { number: known.pulls.length + 1, title, body, head, base };
  known.pulls.push(pull);
  return json(201, pullRequest(asked.stub.api, asked.owner, asked.repo, known, pull));
}
