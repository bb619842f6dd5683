/** What requests and answers have beside what node gives them. */
export const RESPONSE = String.raw`'use strict';
const http = require('http');
const path = require('path');
const crypto = require('crypto');
const cookie = require('cookie');
const mime = require('mime-types');
const send = require('send');
const vary = require('vary');
const request = Object.create(http.IncomingMessage.prototype);
const response = Object.create(http.ServerResponse.prototype);
const define = (name, get) => Object.defineProperty(request, name, { get, configurable: true, enumerable: true });
request.get = request.header = function (name) { const key = name.toLowerCase(); return key === 'referrer' || key === 'referer' ? this.headers.referrer || this.headers.referer : this.headers[key]; };
request.is = function (...types) { const own = String(this.headers['content-type'] || '').split(';')[0]; return types.flat().find((type) => own === type || own === mime.lookup(type) || own.endsWith('/' + type)) || false; };
request.accepts = function (...types) {
  const accepted = String(this.headers.accept || '*/*').split(',').map((one) => one.trim().split(';')[0]);
  return types.flat().find((type) => { const full = type.includes('/') ? type : mime.lookup(type); return accepted.some((one) => one === '*/*' || one === full || (one.endsWith('/*') && full.startsWith(one.slice(0, -1)))); }) || false;
};
request.param = function (name) { return this.params[name] ?? (this.body || {})[name] ?? this.query[name]; };
define('path', function () { return this.url.split('?')[0]; });
define('ip', function () { const proxied = this.app.get('trust proxy') && this.headers['x-forwarded-for']; return proxied ? proxied.split(',')[0].trim() : this.socket.remoteAddress; });
define('protocol', function () { return (this.app.get('trust proxy') && this.headers['x-forwarded-proto']) || 'http'; });
define('secure', function () { return this.protocol === 'https'; });
define('hostname', function () { return String(this.headers.host || '').replace(/:\d+$/, ''); });
define('host', function () { return this.headers.host; });
define('xhr', function () { return String(this.headers['x-requested-with'] || '').toLowerCase() === 'xmlhttprequest'; });
define('subdomains', function () { return this.hostname.split('.').slice(0, -2).reverse(); });
define('fresh', function () { const tag = this.res.getHeader('ETag'); return (this.method === 'GET' || this.method === 'HEAD') && tag !== undefined && String(this.headers['if-none-match'] || '').split(/ *, */).includes(tag); });

response.status = function (code) { this.statusCode = code; return this; };
response.set = response.header = function (name, value) {
  if (typeof name === 'object') { for (const [key, one] of Object.entries(name)) this.set(key, one); return this; }
  let text = Array.isArray(value) ? value.map(String) : String(value);
  if (name.toLowerCase() === 'content-type' && !/;\s*charset/.test(text)) text = mime.contentType(text) || text;
  this.setHeader(name, text);
  return this;
};
response.get = function (name) { return this.getHeader(name); };
response.append = function (name, value) { const known = this.get(name); return this.set(name, known === undefined ? value : [].concat(known, value)); };
response.type = response.contentType = function (type) { return this.set('Content-Type', type.includes('/') ? type : mime.contentType(type) || 'application/octet-stream'); };
response.vary = function (field) { vary(this, field); return this; };
response.location = function (url) { return this.set('Location', encodeURI(url)); };
response.links = function (links) { return this.set('Link', Object.entries(links).map(([rel, url]) => '<' + url + '>; rel="' + rel + '"').join(', ')); };
response.send = function (body) {
  let chunk = body;
  if (typeof chunk === 'number' || typeof chunk === 'boolean' || (chunk !== null && typeof chunk === 'object' && !ArrayBuffer.isView(chunk))) return this.json(chunk);
  if (typeof chunk === 'string') { if (!this.get('Content-Type')) this.type('html'); chunk = Buffer.from(chunk); }
  else if (chunk && !this.get('Content-Type')) this.type('bin');
  if (chunk !== undefined && chunk !== null) {
    this.set('Content-Length', chunk.length);
    if (!this.get('ETag') && this.app.get('etag')) this.set('ETag', 'W/"' + chunk.length.toString(16) + '-' + crypto.createHash('sha1').update(chunk).digest('base64').slice(0, 27) + '"');
  }
  if (this.req.fresh) this.statusCode = 304;
  if (this.statusCode === 204 || this.statusCode === 304) {
    for (const name of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) this.removeHeader(name);
    chunk = '';
  }
  if (this.req.method === 'HEAD' || chunk === undefined || chunk === null) this.end();
  else this.end(chunk);
  return this;
};
response.json = function (value) {
  const text = JSON.stringify(value, this.app.get('json replacer'), this.app.get('json spaces'));
  if (!this.get('Content-Type')) this.set('Content-Type', 'application/json');
  return this.send(text === undefined ? '' : text);
};
response.jsonp = response.json;
response.sendStatus = function (code) { this.statusCode = code; this.type('txt'); return this.send(http.STATUS_CODES[code] || String(code)); };
response.redirect = function (status, url) {
  if (url === undefined) [status, url] = [302, status];
  this.location(url);
  const text = http.STATUS_CODES[status] + '. Redirecting to ' + this.get('Location');
  this.statusCode = status;
  if (this.req.accepts('html') && this.req.headers.accept && /html/.test(this.req.headers.accept)) { this.type('html'); this.set('Content-Length', Buffer.byteLength('<p>' + text + '</p>')); return this.end('<p>' + text + '</p>'); }
  this.type('txt');
  this.vary('Accept');
  this.set('Content-Length', Buffer.byteLength(text));
  return this.req.method === 'HEAD' ? this.end() : this.end(text);
};
response.cookie = function (name, value, options = {}) {
  const own = { path: '/', ...options };
  if (own.maxAge !== undefined) { own.expires = new Date(Date.now() + own.maxAge); own.maxAge = own.maxAge / 1000; }
  return this.append('Set-Cookie', cookie.serialize(name, typeof value === 'object' ? 'j:' + JSON.stringify(value) : String(value), own));
};
response.clearCookie = function (name, options) { return this.cookie(name, '', { expires: new Date(1), ...options }); };
response.sendFile = function (file, options, callback) {
  if (typeof options === 'function') [callback, options] = [options, {}];
  const own = options || {};
  if (!own.root && !path.isAbsolute(file)) throw new TypeError('path must be absolute or specify root to res.sendFile');
  send(this.req, this, own.root ? path.join(own.root, file) : file, own, (error) => (callback ? callback(error) : this.req.next ? this.req.next(error) : this.status(404).end()));
  if (callback) this.on('finish', () => callback());
};
response.attachment = function (name) { if (name) this.type(path.extname(name)); return this.set('Content-Disposition', name ? 'attachment; filename="' + path.basename(name) + '"' : 'attachment'); };
response.download = function (file, name, ...rest) { this.attachment(typeof name === 'string' ? name : file); return this.sendFile(path.resolve(file), ...rest); };
response.format = function (table) { const type = this.req.accepts(Object.keys(table).filter((one) => one !== 'default')); this.vary('Accept'); if (type) { this.type(type); table[type](this.req, this); } else if (table.default) table.default(this.req, this); else this.sendStatus(406); return this; };
response.render = function (view) { throw new Error('This miniature of express has no view engines: ' + view); };
module.exports = { request, response };
`;
