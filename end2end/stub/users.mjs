// The routes of GitHub's API that tell who somebody is, for the tokens that signing in gives.
import { error, json } from './answers.mjs';
import { privateUser, publicUser } from './schemas.mjs';

/** Every route, with the path as GitHub's description writes it. */
export const userRoutes = [
  { method: 'GET', path: '/user', answer: user },
  { method: 'GET', path: '/user/emails', answer: emails },
];

function user({ stub, viewer }) {
  if (!viewer.login) return error(401, 'Requires authentication');
  const known = stub.state.users[viewer.login];
  const shape = isAllowed(viewer, 'read:user') ? privateUser : publicUser;
  return withScopes(viewer, json(200, shape(stub.api, viewer.login, known)));
}

function emails({ stub, viewer }) {
  if (!viewer.login) return error(401, 'Requires authentication');
  // GitHub does not tell that the scope is missing: what may not be seen is not there.
  if (!isAllowed(viewer, 'user:email')) return withScopes(viewer, error(404, 'Not Found'));
  const known = stub.state.users[viewer.login].emails ?? [];
  return withScopes(viewer, json(200, known));
}

function isAllowed({ scopes }, scope) {
  return scopes.includes(scope) || scopes.includes('user');
}

function withScopes({ scopes }, answer) {
  return { ...answer, headers: { ...answer.headers, 'x-oauth-scopes': scopes.join(', ') } };
}
