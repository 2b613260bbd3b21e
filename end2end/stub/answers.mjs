// How GitHub's API writes its answers.
import { sha, textOf } from './objects.mjs';
import { basicError } from './schemas.mjs';

/** The media type of a file's content as it is. */
export const RAW = 'application/vnd.github.raw+json';

/** An answer in JSON, with a tag by which it can be asked for again. */
export function json(status, value) {
  const body = JSON.stringify(value);
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  if (status === 200) headers.etag = `W/"${sha(body)}"`;
  return { status, headers, body };
}

/** A file's content. */
export function raw(text, type = `${RAW}; charset=utf-8`) {
  return { status: 200, headers: { 'content-type': type, etag: `"${sha(text)}"` }, body: textOf(text) };
}

/** A refusal. */
export function error(status, message, headers = {}) {
  const answer = json(status, basicError(status, message));
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
