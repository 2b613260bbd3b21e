// What git makes of files: hashes, trees and archives.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** What git keeps of a file; of a link, the path it leads to. */
export function textOf(file) {
  return isLink(file) ? file.link : file;
}

function isLink(file) {
  return typeof file !== 'string';
}

/** The hash that git gives a file. */
export function sha(file) {
  const bytes = Buffer.from(textOf(file));
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** A hash that changes when any of the files does. */
export function commitOf(files) {
  return createHash('sha1').update(JSON.stringify(files)).digest('hex');
}

/** The entries of a tree: all files and folders, or those of the root. */
export function treeOf(files, isRecursive) {
  const folders = new Set();
  for (const path of Object.keys(files)) {
    const parts = path.split('/');
    for (let count = 1; count < parts.length; count += 1) folders.add(parts.slice(0, count).join('/'));
  }
  const entries = [...folders].map(path => ({ path, mode: '040000', type: 'tree', sha: sha(path) }));
  for (const [path, file] of Object.entries(files)) {
    const size = Buffer.byteLength(textOf(file));
    entries.push({ path, mode: isLink(file) ? '120000' : '100644', type: 'blob', sha: sha(file), size });
  }
  const shown = isRecursive ? entries : entries.filter(({ path }) => !path.includes('/'));
  return shown.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A compressed archive as `git archive` writes it: a global header, then everything in one folder. */
export function archive(folder, files) {
  const comment = `52 comment=${commitOf(files)}\n`;
  const parts = [header('pax_global_header', 'g', comment.length), padded(comment), header(`${folder}/`, '5', 0)];
  for (const [path, file] of Object.entries(files)) {
    if (isLink(file)) {
      parts.push(header(`${folder}/${path}`, '2', 0, file.link));
    } else {
      parts.push(header(`${folder}/${path}`, '0', Buffer.byteLength(file)), padded(file));
    }
  }
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]));
}

function header(name, type, size, link = '') {
  const block = Buffer.alloc(512);
  const octal = (number, length) => `${number.toString(8).padStart(length - 1, '0')}\0`;
  const mode = type === '5' ? 0o775 : 0o664;
  const fields = [[0, name], [100, octal(mode, 8)], [108, octal(0, 8)], [116, octal(0, 8)], [124, octal(size, 12)],
    [136, octal(1_700_000_000, 12)], [148, '        '], [156, type], [157, link], [257, 'ustar\x0000']];
  for (const [at, text] of fields) block.write(text, at, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function padded(text) {
  const bytes = Buffer.from(text);
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}
