/** Express in small: routers, parameters, answers, what parses bodies and serves files; and the packages that it stands on. */
import { type RegistryPackage, single } from '../package.ts';
import { APPLICATION } from './express-application.ts';
import { RESPONSE } from './express-response.ts';

const FUNDING = 'https://opencollective.com/express';

const BODY_PARSER = String.raw`'use strict';
const bytes = (limit) => { const found = /^(\d+(?:\.\d+)?)\s*(b|kb|mb|gb)?$/i.exec(String(limit)); return found ? Number(found[1]) * { b: 1, kb: 1024, mb: 1048576, gb: 1073741824 }[(found[2] || 'b').toLowerCase()] : 102400; };
function failure(status, type, message, more) { return Object.assign(new Error(message), { status, statusCode: status, expose: true, type, ...more }); }
function parser(types, parse, fallback) {
  return (options = {}) => function bodyParser(req, res, next) {
    if (req._body) return next();
    if (req.body === undefined) req.body = fallback;
    const type = String(req.headers['content-type'] || '').split(';')[0].trim();
    const wanted = options.type ? [].concat(options.type) : types;
    const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length']) > 0;
    if (!hasBody || !wanted.some((one) => one === type || one === '*/*' || (one.startsWith('+') && type.endsWith(one)) || type.endsWith('/' + one))) return next();
    const limit = bytes(options.limit || '100kb');
    const pieces = [];
    let length = 0;
    req.on('data', (piece) => { length += piece.length; if (length <= limit) pieces.push(piece); });
    req.on('end', () => {
      if (length > limit) return next(failure(413, 'entity.too.large', 'request entity too large', { length, limit }));
      req._body = true;
      try {
        req.body = parse(Buffer.concat(pieces), options);
      } catch (error) {
        return next(failure(400, 'entity.parse.failed', error.message, { name: 'SyntaxError', body: Buffer.concat(pieces).toString(), stack: error.stack }));
      }
      return next();
    });
  };
}
const json = parser(['application/json', '+json'], (body, { strict = true }) => {
  const text = body.toString();
  if (text.trim() === '') return {};
  if (strict && !/^\s*[[{]/.test(text)) { JSON.parse(text[0] === '"' ? '#' : text.trim()[0] + '#'); }
  return JSON.parse(text);
});
const qs = require('qs');
const urlencoded = parser(['application/x-www-form-urlencoded'], (body, options) => qs.parse(body.toString(), options));
const text = parser(['text/plain'], (body) => body.toString());
const raw = parser(['application/octet-stream'], (body) => body);
module.exports = { json, urlencoded, text, raw };
`;
const QS = String.raw`'use strict';
const decode = (text) => { try { return decodeURIComponent(text.replace(/\+/g, ' ')); } catch { return text; } };
function put(object, keys, value) {
  let at = object;
  keys.forEach((key, i) => {
    const isLast = i === keys.length - 1;
    const name = key === '' ? at.length : key;
    if (name === '__proto__') return;
    if (isLast) at[name] = at[name] === undefined ? value : [].concat(at[name], value);
    else at = at[name] = at[name] !== undefined && typeof at[name] === 'object' ? at[name] : keys[i + 1] === '' || /^\d+$/.test(keys[i + 1]) ? [] : {};
  });
}
function parse(text) {
  const made = {};
  for (const part of String(text).replace(/^\?/, '').split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const key = decode(at < 0 ? part : part.slice(0, at));
    const keys = [key.replace(/\[.*/, ''), ...[...key.matchAll(/\[([^\]]*)\]/g)].map((one) => one[1])];
    put(made, keys, at < 0 ? '' : decode(part.slice(at + 1)));
  }
  return made;
}
const stringify = (object, prefix) => Object.entries(object).map(([key, value]) => { const name = prefix === undefined ? key : prefix + '[' + key + ']'; return value !== null && typeof value === 'object' ? stringify(value, name) : encodeURIComponent(name) + '=' + encodeURIComponent(value === null ? '' : value); }).join('&');
module.exports = { parse, stringify };
`;
const PATTERNS = String.raw`'use strict';
// '/users/:id', '/files/*', '/a{/:b}', '/(x|y)' as a regular expression, with the names of its parts.
function pathToRegexp(path, { end = true, sensitive = false, strict = false } = {}) {
  if (path instanceof RegExp) return { regexp: path, keys: [] };
  if (Array.isArray(path)) {
    const all = path.map((one) => pathToRegexp(one, { end, sensitive, strict }));
    return { regexp: new RegExp(all.map((one) => '(?:' + one.regexp.source + ')').join('|'), 'i'), keys: all.flatMap((one) => one.keys) };
  }
  const keys = [];
  let source = '';
  let count = 0;
  const text = strict || path === '/' ? path : path.replace(/\/$/, '');
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    const name = char === ':' && /^[A-Za-z_]\w*/.exec(text.slice(i + 1));
    if (name) {
      i += name[0].length;
      keys.push(name[0]);
      let pattern = '[^/]+?';
      if (text[i + 1] === '(') { const to = text.indexOf(')', i); pattern = text.slice(i + 2, to); i = to; }
      if (text[i + 1] === '?') { i += 1; if (source.endsWith('\\/')) source = source.slice(0, -2) + '(?:\\/(' + pattern + '))?'; else source += '(' + pattern + ')?'; }
      else source += '(' + pattern + ')';
    } else if (char === '*') {
      const star = /^[A-Za-z_]\w*/.exec(text.slice(i + 1));
      if (star) i += star[0].length;
      keys.push(star ? star[0] : String(count));
      count += 1;
      source += '(.*)';
    } else if (char === '{') source += '(?:';
    else if (char === '}') source += ')?';
    else if (char === '(' || char === ')' || char === '|' || char === '?') source += char === '(' ? '(?:' : char;
    else source += /[\\^$.+[\]\/]/.test(char) ? '\\' + char : char;
  }
  const tail = end ? (strict ? '$' : '\\/?$') : '(?=\\/|$)';
  return { regexp: new RegExp('^' + (source === '\\/' && !end ? '' : source) + (source === '\\/' && !end ? '' : tail), sensitive ? '' : 'i'), keys };
}
module.exports = { pathToRegexp, match: (path, options) => { const { regexp, keys } = pathToRegexp(path, options); return (text) => { const found = regexp.exec(text); return found ? { path: found[0], params: Object.fromEntries(keys.map((key, i) => [key, found[i + 1]])) } : false; }; } };
`;
const SEND = String.raw`'use strict';
const fs = require('fs');
const path = require('path');
const mime = require('mime-types');
// Sends a file; 'next' is told if there is none.
module.exports = function send(req, res, file, options, next) {
  let stat;
  try { stat = fs.statSync(file); } catch (error) { return next(Object.assign(error, { status: 404, statusCode: 404 })); }
  if (stat.isDirectory()) {
    if (options.index === false) return next(Object.assign(new Error('Not Found'), { status: 404, statusCode: 404 }));
    return module.exports(req, res, path.join(file, options.index || 'index.html'), { ...options, index: false }, next);
  }
  const tag = 'W/"' + stat.size.toString(16) + '-' + Math.floor(stat.mtimeMs).toString(16) + '"';
  if (!res.hasHeader('Accept-Ranges')) res.setHeader('Accept-Ranges', 'bytes');
  if (!res.hasHeader('Cache-Control')) res.setHeader('Cache-Control', 'public, max-age=' + Math.floor((options.maxAge || 0) / 1000));
  res.setHeader('Last-Modified', stat.mtime.toUTCString());
  res.setHeader('ETag', tag);
  if (req.headers['if-none-match'] === tag) { res.statusCode = 304; return res.end(); }
  if (!res.hasHeader('Content-Type')) res.setHeader('Content-Type', mime.contentType(path.extname(file)) || 'application/octet-stream');
  res.setHeader('Content-Length', stat.size);
  if (req.method === 'HEAD') return res.end();
  return fs.createReadStream(file).on('error', next).pipe(res);
};
`;
const SERVE_STATIC = String.raw`'use strict';
const path = require('path');
const fs = require('fs');
const send = require('send');
module.exports = function serveStatic(root, options = {}) {
  if (!root) throw new TypeError('root path required');
  const folder = path.resolve(root);
  return function serveStatic(req, res, next) {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    let name;
    try { name = decodeURIComponent(req.path); } catch { return next(); }
    const file = path.join(folder, path.normalize('/' + name));
    if (fs.existsSync(file) && fs.statSync(file).isDirectory() && !name.endsWith('/')) { res.redirect(301, req.baseUrl + req.path + '/'); return undefined; }
    return send(req, res, file, options, () => next());
  };
};
`;
const MIME = String.raw`'use strict';
const types = { html: 'text/html', htm: 'text/html', css: 'text/css', js: 'text/javascript', mjs: 'text/javascript', json: 'application/json', txt: 'text/plain', text: 'text/plain', md: 'text/markdown', xml: 'application/xml', svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', ico: 'image/vnd.microsoft.icon', webp: 'image/webp', pdf: 'application/pdf', zip: 'application/zip', gz: 'application/gzip', wasm: 'application/wasm', woff2: 'font/woff2', bin: 'application/octet-stream', csv: 'text/csv' };
const lookup = (name) => types[String(name).toLowerCase().replace(/^.*[./\\]/, '')] || false;
const contentType = (name) => { const type = String(name).includes('/') ? name : lookup(name); return type && !/charset/.test(type) && /^text\/|javascript|json$/.test(type) ? type + '; charset=' + (type === 'application/json' || /^text\//.test(type) ? 'utf-8' : 'utf-8') : type; };
module.exports = { lookup, contentType, types };
`;
const COOKIE = String.raw`'use strict';
const parse = (text) => Object.fromEntries(String(text || '').split(/; */).filter(Boolean).map((part) => { const at = part.indexOf('='); return [part.slice(0, at).trim(), decodeURIComponent(part.slice(at + 1).replace(/^"|"$/g, ''))]; }));
function serialize(name, value, options = {}) {
  let text = name + '=' + encodeURIComponent(value);
  if (options.maxAge !== undefined) text += '; Max-Age=' + Math.floor(options.maxAge);
  if (options.domain) text += '; Domain=' + options.domain;
  if (options.path) text += '; Path=' + options.path;
  if (options.expires) text += '; Expires=' + options.expires.toUTCString();
  if (options.httpOnly) text += '; HttpOnly';
  if (options.secure) text += '; Secure';
  if (options.sameSite) text += '; SameSite=' + (options.sameSite === true ? 'Strict' : options.sameSite[0].toUpperCase() + options.sameSite.slice(1));
  return text;
}
module.exports = { parse, serialize };
`;
const FINAL = String.raw`'use strict';
const http = require('http');
const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
const page = (text) => '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>' + escape(text).replace(/\n/g, '<br>').replace(/ {2}/g, ' &nbsp;') + '</pre>\n</body>\n</html>\n';
module.exports = function finalhandler(req, res, options = {}) {
  const env = options.env || process.env.NODE_ENV || 'development';
  return (error) => {
    let status = 404;
    let text = 'Cannot ' + req.method + ' ' + (req.originalUrl || req.url || '').split('?')[0];
    if (error) {
      status = error.status >= 400 && error.status < 600 ? error.status : error.statusCode >= 400 && error.statusCode < 600 ? error.statusCode : res.statusCode >= 400 ? res.statusCode : 500;
      text = env === 'production' ? http.STATUS_CODES[status] : error.stack || String(error);
      if (options.onerror) setImmediate(options.onerror, error, req, res);
    }
    if (res.headersSent) { req.socket.destroy(); return; }
    const body = page(text);
    res.statusCode = status;
    for (const name of res.getHeaderNames()) if (/^content-/.test(name)) res.removeHeader(name);
    res.setHeader('Content-Security-Policy', "default-src 'none'");
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.setHeader('Content-Length', Buffer.byteLength(body));
    if (req.method === 'HEAD') res.end();
    else res.end(body);
  };
};
`;
const FINISHED = String.raw`'use strict';
module.exports = (message, listener) => { message.on('finish', () => listener(null, message)); message.on('error', (error) => listener(error, message)); return message; };
`;
const VARY = String.raw`'use strict';
module.exports = (res, field) => { const known = String(res.getHeader('Vary') || ''); if (!known.toLowerCase().split(/ *, */).includes(field.toLowerCase())) res.setHeader('Vary', known === '' ? field : known + ', ' + field); };
`;

const files = { 'index.js': "module.exports = require('./lib/express');\n", 'lib/express.js': APPLICATION, 'lib/response.js': RESPONSE };

export const EXPRESS: readonly RegistryPackage[] = [
  {
    name: 'express',
    description: 'Routers and answers for servers of HTTP',
    versions: [
      {
        version: '4.21.2',
        engines: '>= 0.10.0',
        funding: FUNDING,
        files,
        dependencies: {
          'body-parser': '1.20.3',
          cookie: '0.7.1',
          debug: '2.6.9',
          finalhandler: '1.3.1',
          'path-to-regexp': '0.1.12',
          qs: '6.13.0',
          send: '0.19.0',
          'serve-static': '1.16.2',
          vary: '~1.1.2',
        },
      },
      {
        version: '5.1.0',
        engines: '>= 18',
        funding: FUNDING,
        files,
        dependencies: {
          'body-parser': '^2.2.0',
          cookie: '^0.7.1',
          debug: '^4.4.0',
          finalhandler: '^2.1.0',
          'path-to-regexp': '^8.0.0',
          qs: '^6.14.0',
          send: '^1.1.0',
          'serve-static': '^2.2.0',
          vary: '^1.1.2',
        },
      },
    ],
  },
  {
    name: 'body-parser',
    description: 'Bodies of requests, read',
    versions: [
      { version: '1.20.3', files: { 'index.js': BODY_PARSER }, dependencies: { debug: '2.6.9', qs: '6.13.0' } },
      { version: '2.2.1', files: { 'index.js': BODY_PARSER }, dependencies: { debug: '^4.4.3', qs: '^6.14.0' }, funding: FUNDING },
    ],
  },
  {
    name: 'qs',
    description: 'Queries with lists and objects in them',
    license: 'BSD-3-Clause',
    versions: [
      { version: '6.13.0', files: { 'index.js': QS }, funding: 'https://github.com/sponsors/ljharb' },
      { version: '6.14.0', files: { 'index.js': QS }, funding: 'https://github.com/sponsors/ljharb' },
    ],
  },
  {
    name: 'path-to-regexp',
    description: 'Paths with names in them',
    versions: [
      { version: '0.1.12', files: { 'index.js': PATTERNS } },
      { version: '8.3.0', files: { 'index.js': PATTERNS }, funding: FUNDING },
    ],
  },
  {
    name: 'send',
    description: 'Files as answers',
    versions: [
      { version: '0.19.0', files: { 'index.js': SEND }, dependencies: { debug: '2.6.9', 'mime-types': '~2.1.34' } },
      { version: '1.2.0', files: { 'index.js': SEND }, dependencies: { debug: '^4.3.5', 'mime-types': '^3.0.1' } },
    ],
  },
  {
    name: 'serve-static',
    description: 'A folder as a site',
    versions: [
      { version: '1.16.2', files: { 'index.js': SERVE_STATIC }, dependencies: { send: '0.19.0' } },
      { version: '2.2.0', files: { 'index.js': SERVE_STATIC }, dependencies: { send: '^1.2.0' } },
    ],
  },
  {
    name: 'mime-types',
    description: 'Types of files by their names',
    versions: [
      { version: '2.1.35', files: { 'index.js': MIME } },
      { version: '3.0.2', files: { 'index.js': MIME }, funding: FUNDING },
    ],
  },
  {
    name: 'finalhandler',
    description: 'The answer when nobody has one',
    versions: [
      { version: '1.3.1', files: { 'index.js': FINAL }, dependencies: { debug: '2.6.9' } },
      { version: '2.1.1', files: { 'index.js': FINAL }, dependencies: { debug: '^4.4.0' }, funding: FUNDING },
    ],
  },
  {
    name: 'cookie',
    description: 'Cookies, read and written',
    versions: [
      { version: '0.7.1', files: { 'index.js': COOKIE } },
      { version: '0.7.2', files: { 'index.js': COOKIE } },
    ],
  },
  single('on-finished', 'When an answer has been sent', '2.4.1', FINISHED),
  single('vary', 'The header Vary', '1.1.2', VARY),
];
