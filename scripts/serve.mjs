// A plain static server that sets no headers beyond the type and packs text, as GitHub Pages is one: what works here works there.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

const PACKED = /^text\/|json$|xml$|javascript$|wasm$/;

/** A file is packed once, as such a host does it. */
const packed = new Map();

function pack(file) {
  const { mtimeMs, size } = statSync(file);
  const known = packed.get(file);
  if (known?.mtimeMs === mtimeMs && known.size === size) return known.bytes;
  const bytes = gzipSync(readFileSync(file));
  packed.set(file, { mtimeMs, size, bytes });
  return bytes;
}

/** The file that a URL's path names below `dir`, or null. Never one outside of it. */
function fileFor(dir, pathname) {
  const file = path.join(dir, path.normalize(`/${pathname}`));
  if (!existsSync(file)) return null;
  return statSync(file).isDirectory() ? { folder: true, file: path.join(file, 'index.html') } : { folder: false, file };
}

function answer({ dir, base }, request, response) {
  let pathname;
  try {
    pathname = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  } catch {
    pathname = '/%';
  }
  const found = pathname.startsWith(base) ? fileFor(dir, pathname.slice(base.length)) : null;
  if (found?.folder && !pathname.endsWith('/')) return response.writeHead(301, { location: `${pathname}/` }).end();
  const file = found && existsSync(found.file) ? found.file : path.join(dir, '404.html');
  const status = found && existsSync(found.file) ? 200 : 404;
  if (!existsSync(file)) return response.writeHead(404).end('Not found\n');
  const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
  if (PACKED.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'])) {
    response.writeHead(status, { 'content-type': type, 'content-encoding': 'gzip', vary: 'accept-encoding' });
    return response.end(pack(file));
  }
  response.writeHead(status, { 'content-type': type, 'content-length': statSync(file).size });
  return createReadStream(file).pipe(response);
}

/** Serves `dir` under `base` (`/` or `/drydock/`) on 127.0.0.1. Rejects with EADDRINUSE when the port is taken. */
export function serve({ dir, base = '/', port }) {
  return new Promise((resolve, reject) => {
    const server = http.createServer((request, response) => answer({ dir, base }, request, response));
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => resolve({ server, port: server.address().port }));
  });
}
