/** What node has of the web: URLs, events, abort signals, fetch. */
export const URLS = String.raw`'use strict';
const special = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21', 'file:': '' };
const coded = (text, keep) => text.replace(/[^\x21-\x7e]| /gu, (one) => encodeURIComponent(one)).replace(keep, (one) => '%' + one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0'));
const PATH = /[<>"{}^\x60]/g;
const QUERY = /[<>"']/g;
const USER = /[<>"\x60{}\/:;=@\[\]^|]/g;
function normalize(path) {
  const out = [];
  const parts = path.split('/').slice(1);
  parts.forEach((part, i) => {
    const plain = part.replace(/%2e/gi, '.');
    const isLast = i === parts.length - 1;
    if (plain === '..') { out.pop(); if (isLast) out.push(''); }
    else if (plain === '.') { if (isLast) out.push(''); }
    else out.push(part);
  });
  return '/' + out.join('/');
}
function invalid(input, base) {
  const error = host.coded('TypeError', 'ERR_INVALID_URL', 'Invalid URL');
  error.input = input;
  if (base !== undefined) error.base = base;
  return error;
}
const encodeForm = (text) => encodeURIComponent(String(text)).replace(/%20/g, '+').replace(/[!'()~]/g, (one) => '%' + one.charCodeAt(0).toString(16).toUpperCase());
const decodeForm = (text) => { try { return decodeURIComponent(text.replace(/\+/g, ' ')); } catch { return text; } };
class URLSearchParams {
  #list = [];
  #changed = () => {};
  constructor(init = '', changed) {
    if (typeof changed === 'function') this.#changed = changed;
    if (typeof init === 'string') {
      for (const part of init.replace(/^\?/, '').split('&')) {
        if (part === '') continue;
        const at = part.indexOf('=');
        this.#list.push([decodeForm(at < 0 ? part : part.slice(0, at)), at < 0 ? '' : decodeForm(part.slice(at + 1))]);
      }
    } else if (init && typeof init[Symbol.iterator] === 'function') for (const [key, value] of init) this.#list.push([String(key), String(value)]);
    else if (init) for (const key of Object.keys(init)) this.#list.push([key, String(init[key])]);
  }
  append(key, value) { this.#list.push([String(key), String(value)]); this.#changed(this); }
  delete(key) { this.#list = this.#list.filter(([own]) => own !== key); this.#changed(this); }
  get(key) { const found = this.#list.find(([own]) => own === String(key)); return found ? found[1] : null; }
  getAll(key) { return this.#list.filter(([own]) => own === key).map(([, value]) => value); }
  has(key) { return this.#list.some(([own]) => own === key); }
  set(key, value) {
    const at = this.#list.findIndex(([own]) => own === key);
    if (at < 0) this.#list.push([String(key), String(value)]);
    else this.#list = this.#list.filter(([own], i) => own !== key || i === at).map(([own, old]) => (own === key ? [own, String(value)] : [own, old]));
    this.#changed(this);
  }
  sort() { this.#list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)); this.#changed(this); }
  forEach(fn, self) { for (const [key, value] of this.#list) fn.call(self, value, key, this); }
  *entries() { for (const [key, value] of this.#list) yield [key, value]; }
  *keys() { for (const [key] of this.#list) yield key; }
  *values() { for (const [, value] of this.#list) yield value; }
  [Symbol.iterator]() { return this.entries(); }
  get size() { return this.#list.length; }
  toString() { return this.#list.map(([key, value]) => encodeForm(key) + '=' + encodeForm(value)).join('&'); }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    const parts = this.#list.map(([key, value]) => inspect(key, options) + ' => ' + inspect(value, options));
    return parts.length === 0 ? 'URLSearchParams {}' : 'URLSearchParams { ' + parts.join(', ') + ' }';
  }
}
class URL {
  #parts;
  #params;
  constructor(input, base) {
    input = String(input).trim();
    let found = /^([a-zA-Z][a-zA-Z\d+.-]*:)([^]*)$/.exec(input);
    if (!found) {
      if (base === undefined) throw invalid(input);
      let from;
      try { from = new URL(base); } catch { throw invalid(input, String(base)); }
      const origin = from.protocol + '//' + (from.username ? from.username + (from.password ? ':' + from.password : '') + '@' : '') + from.host;
      if (input.startsWith('//')) input = from.protocol + input;
      else if (input.startsWith('/')) input = origin + input;
      else if (input.startsWith('?')) input = origin + from.pathname + input;
      else if (input.startsWith('#')) input = origin + from.pathname + from.search + input;
      else input = input === '' ? origin + from.pathname + from.search : origin + from.pathname.replace(/[^/]*$/, '') + input;
      found = /^([a-zA-Z][a-zA-Z\d+.-]*:)([^]*)$/.exec(input);
    }
    const protocol = found[1].toLowerCase();
    let [, rest, hash = ''] = /^([^#]*)(#[^]*)?$/.exec(found[2]);
    let search = '';
    const mark = rest.indexOf('?');
    if (mark >= 0) [search, rest] = [rest.slice(mark), rest.slice(0, mark)];
    const parts = { protocol, username: '', password: '', hostname: '', port: '', pathname: rest, search: search === '?' ? '' : coded(search, QUERY), hash: hash === '#' ? '' : coded(hash, /[<>"\x60]/g), hasHost: false };
    if (protocol in special || rest.startsWith('//')) {
      const [, authority, path] = /^[/\\]*([^/\\]*)([^]*)$/.exec(rest);
      const [, user, host_] = /^(?:([^]*)@)?([^@]*)$/.exec(protocol === 'file:' ? '' : authority);
      if (user !== undefined) [parts.username, parts.password = ''] = [user.split(':')[0], user.split(':').slice(1).join(':')].map((one) => coded(one, USER));
      const own = /^(\[[\da-fA-F:.]+\]|[^:]*)(?::(\d*))?$/.exec(host_);
      if (!own || (own[1] === '' && protocol in special && protocol !== 'file:') || /[ <>^|%#]/.test(own[1]) || Number(own[2] || 0) > 65535) throw invalid(input);
      parts.hostname = protocol in special ? own[1].toLowerCase() : own[1];
      parts.port = own[2] && String(Number(own[2])) !== special[protocol] ? String(Number(own[2])) : '';
      parts.hasHost = true;
      const whole = protocol === 'file:' ? '/' + (authority ? authority + path : path.replace(/^\//, '')) : path;
      parts.pathname = coded(normalize((protocol in special ? whole.replace(/\\/g, '/') : whole) || '/'), PATH);
    }
    this.#parts = parts;
  }
  static canParse(input, base) { try { return Boolean(new URL(input, base)); } catch { return false; } }
  static parse(input, base) { try { return new URL(input, base); } catch { return null; } }
  get protocol() { return this.#parts.protocol; }
  set protocol(value) { this.#parts.protocol = value.replace(/:?$/, ':'); }
  get username() { return this.#parts.username; }
  set username(value) { this.#parts.username = coded(String(value), USER); }
  get password() { return this.#parts.password; }
  set password(value) { this.#parts.password = coded(String(value), USER); }
  get hostname() { return this.#parts.hostname; }
  set hostname(value) { this.#parts.hostname = String(value).toLowerCase(); }
  get port() { return this.#parts.port; }
  set port(value) { this.#parts.port = String(value) === special[this.protocol] ? '' : String(value); }
  get host() { return this.hostname + (this.port ? ':' + this.port : ''); }
  set host(value) { [this.#parts.hostname, this.#parts.port = ''] = String(value).split(':'); }
  get origin() { return this.protocol in special && this.protocol !== 'file:' ? this.protocol + '//' + this.host : 'null'; }
  get pathname() { return this.#parts.pathname; }
  set pathname(value) { this.#parts.pathname = coded(normalize(String(value).replace(/^(?!\/)/, '/')), PATH); }
  get search() { return this.#parts.search; }
  set search(value) {
    value = String(value);
    this.#parts.search = value === '' || value === '?' ? '' : coded(value.startsWith('?') ? value : '?' + value, QUERY);
    this.#params = undefined;
  }
  get hash() { return this.#parts.hash; }
  set hash(value) { value = String(value); this.#parts.hash = value === '' ? '' : value.startsWith('#') ? value : '#' + value; }
  get searchParams() {
    if (!this.#params) this.#params = new URLSearchParams(this.search, (params) => { const text = params.toString(); this.#parts.search = text === '' ? '' : '?' + text; });
    return this.#params;
  }
  get href() {
    const { username, password, hasHost } = this.#parts;
    const user = username || password ? username + (password ? ':' + password : '') + '@' : '';
    return this.protocol + (hasHost ? '//' + user + this.host : '') + this.pathname + this.search + this.hash;
  }
  toString() { return this.href; }
  toJSON() { return this.href; }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    if (depth < 0) return '[URL]';
    const shown = {};
    for (const key of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash']) shown[key] = this[key];
    return 'URL ' + inspect(shown, options);
  }
}
for (const key of ['href', 'origin', 'protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash', 'username', 'password']) Object.defineProperty(URL.prototype, key, { enumerable: true });
function parse(text, query) {
  const found = /^(?:([a-zA-Z][\w+.-]*:)?(\/\/)?(?:([^@/?#]*)@)?([^:/?#]*)(?::(\d+))?)?([^?#]*)(\?[^#]*)?(#.*)?$/.exec(text.startsWith('/') && !text.startsWith('//') ? 'x://y' + text : text) || [];
  const isPath = text.startsWith('/') && !text.startsWith('//');
  const search = found[7] || null;
  const made = { protocol: isPath ? null : found[1] || null, slashes: isPath ? null : found[2] ? true : null, auth: found[3] || null, host: isPath ? null : found[4] ? found[4] + (found[5] ? ':' + found[5] : '') : null, port: found[5] || null, hostname: isPath ? null : found[4] || null, hash: found[8] || null, search, query: search === null ? (query ? Object.create(null) : null) : query ? require('querystring').parse(search.slice(1)) : search.slice(1), pathname: found[6] || (found[4] && !isPath ? '/' : null), path: null, href: text };
  made.path = (made.pathname || '') + (search || '') || null;
  return made;
}
module.exports = {
  URL,
  URLSearchParams,
  parse,
  format: (url) => (typeof url === 'string' ? url : url instanceof URL ? url.href : (url.protocol ? url.protocol.replace(/:?$/, ':') : '') + (url.slashes || /^https?:?$/.test(url.protocol || '') ? '//' : '') + (url.auth ? url.auth + '@' : '') + (url.host || (url.hostname ? url.hostname + (url.port ? ':' + url.port : '') : '')) + (url.pathname || '') + (url.search || (url.query && Object.keys(url.query).length > 0 ? '?' + require('querystring').stringify(url.query) : '')) + (url.hash || '')),
  resolve: (from, to) => { const at = new URL(to, new URL(from, 'resolve://x')); return at.protocol === 'resolve:' ? at.pathname + at.search + at.hash : at.href; },
  fileURLToPath: (url) => { const at = typeof url === 'string' ? new URL(url) : url; if (at.protocol !== 'file:') throw host.coded('TypeError', 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file'); return decodeURIComponent(at.pathname); },
  pathToFileURL: (path) => new URL('file://' + require('path').resolve(path).split('/').map(encodeURIComponent).join('/')),
};
`;
export const EVENTS = String.raw`'use strict';
class Event {
  constructor(type, options = {}) {
    this.type = String(type);
    this.cancelable = Boolean(options.cancelable);
    this.defaultPrevented = false;
    this.target = null;
  }
  preventDefault() { if (this.cancelable) this.defaultPrevented = true; }
  stopPropagation() {}
  stopImmediatePropagation() { this.stopped = true; }
}
class CustomEvent extends Event {
  constructor(type, options = {}) { super(type, options); this.detail = options.detail ?? null; }
}
class EventTarget {
  #listeners = new Map();
  addEventListener(type, listener, options = {}) {
    const list = this.#listeners.get(type) || [];
    this.#listeners.set(type, list);
    if (listener && !list.some((one) => one.listener === listener)) list.push({ listener, once: Boolean(options && options.once) });
  }
  removeEventListener(type, listener) {
    this.#listeners.set(type, (this.#listeners.get(type) || []).filter((one) => one.listener !== listener));
  }
  dispatchEvent(event) {
    event.target = event.currentTarget = this;
    for (const { listener, once } of [...(this.#listeners.get(event.type) || [])]) {
      if (once) this.removeEventListener(event.type, listener);
      if (typeof listener === 'function') listener.call(this, event);
      else listener.handleEvent(event);
      if (event.stopped) break;
    }
    return !event.defaultPrevented;
  }
}
class DOMException extends Error {
  #name;
  constructor(message = '', name = 'Error') { super(message); this.#name = typeof name === 'string' ? name : name.name; this.code = this.#name === 'AbortError' ? 20 : this.#name === 'TimeoutError' ? 23 : 0; Object.defineProperty(this, 'code', { enumerable: false }); }
  get name() { return this.#name; }
}
class AbortSignal extends EventTarget {
  aborted = false;
  reason = undefined;
  onabort = null;
  _abort(reason) {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
    const event = new Event('abort');
    if (this.onabort) this.onabort(event);
    this.dispatchEvent(event);
  }
  throwIfAborted() { if (this.aborted) throw this.reason; }
  static abort(reason) { const signal = new AbortSignal(); signal._abort(reason); return signal; }
  static timeout(ms) {
    const signal = new AbortSignal();
    setTimeout(() => signal._abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms).unref();
    return signal;
  }
  static any(signals) {
    const signal = new AbortSignal();
    for (const one of signals) if (one.aborted) signal._abort(one.reason); else one.addEventListener('abort', () => signal._abort(one.reason));
    return signal;
  }
}
class AbortController {
  signal = new AbortSignal();
  abort(reason) { this.signal._abort(reason); }
}
class TextEncoder {
  encoding = 'utf-8';
  encode(text = '') { return Uint8Array.from(Buffer.from(String(text))); }
}
class TextDecoder {
  constructor(encoding = 'utf-8') { this.encoding = encoding; const { StringDecoder } = require('string_decoder'); Object.defineProperty(this, 'decoder', { value: new StringDecoder(/^utf-?8$/i.test(encoding) ? 'utf8' : encoding) }); }
  decode(bytes, options = {}) {
    const buffer = bytes === undefined ? Buffer.alloc(0) : bytes instanceof ArrayBuffer ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return options.stream ? this.decoder.write(buffer) : this.decoder.write(buffer) + this.decoder.end();
  }
}
function structuredClone(value, options) {
  const seen = new Map();
  const copy = (one) => {
    if (typeof one === 'function' || typeof one === 'symbol') throw new DOMException((typeof one === 'symbol' ? String(one) : String(one)) + ' could not be cloned.', 'DataCloneError');
    if (one === null || typeof one !== 'object') return one;
    if (seen.has(one)) return seen.get(one);
    const keep = (made) => { seen.set(one, made); return made; };
    if (one instanceof Date) return keep(new Date(one.getTime()));
    if (one instanceof RegExp) return keep(new RegExp(one.source, one.flags));
    if (one instanceof Map) { const made = keep(new Map()); for (const [key, item] of one) made.set(copy(key), copy(item)); return made; }
    if (one instanceof Set) { const made = keep(new Set()); for (const item of one) made.add(copy(item)); return made; }
    if (one instanceof ArrayBuffer) return keep(one.slice(0));
    if (ArrayBuffer.isView(one)) return keep(Uint8Array.from(one));
    if (one instanceof Error) { const made = keep(Object.create(Object.getPrototypeOf(one))); made.message = one.message; made.stack = one.stack; return made; }
    const made = keep(Array.isArray(one) ? [] : {});
    for (const key of Object.keys(one)) made[key] = copy(one[key]);
    return made;
  };
  return copy(value);
}
module.exports = { Event, CustomEvent, EventTarget, DOMException, AbortController, AbortSignal, TextEncoder, TextDecoder, structuredClone };
`;
export const FETCH = String.raw`'use strict';
class Headers {
  #map = new Map();
  constructor(init) {
    if (!init) return;
    const list = init instanceof Headers ? [...init] : typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init);
    for (const [name, value] of list) this.append(name, value);
  }
  append(name, value) { const key = name.toLowerCase(); this.#map.set(key, this.#map.has(key) ? this.#map.get(key) + ', ' + value : String(value)); }
  set(name, value) { this.#map.set(name.toLowerCase(), String(value)); }
  get(name) { return this.#map.get(name.toLowerCase()) ?? null; }
  has(name) { return this.#map.has(name.toLowerCase()); }
  delete(name) { this.#map.delete(name.toLowerCase()); }
  forEach(fn) { for (const [name, value] of this) fn(value, name, this); }
  *entries() { yield* [...this.#map].sort(([a], [b]) => (a < b ? -1 : 1)); }
  *keys() { for (const [name] of this.entries()) yield name; }
  *values() { for (const [, value] of this.entries()) yield value; }
  [Symbol.iterator]() { return this.entries(); }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) { return 'Headers ' + inspect(Object.fromEntries(this), options); }
}
class Body {
  bodyUsed = false;
  async bytes_() {
    if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
    this.bodyUsed = true;
    if (this.stream_) { const pieces = []; for await (const piece of this.stream_) pieces.push(piece); return Buffer.concat(pieces); }
    return this.data_ === undefined || this.data_ === null ? Buffer.alloc(0) : Buffer.from(this.data_);
  }
  async text() { return (await this.bytes_()).toString(); }
  async json() { return JSON.parse(await this.text()); }
  async arrayBuffer() { return Uint8Array.from(await this.bytes_()).buffer; }
  async bytes() { return Uint8Array.from(await this.bytes_()); }
  async blob() { return new Blob([await this.bytes_()]); }
  get body() { return this.stream_ || null; }
}
class Response extends Body {
  constructor(data, init = {}) {
    super();
    Object.defineProperty(this, 'data_', { value: data });
    this.status = init.status ?? 200;
    this.statusText = init.statusText ?? '';
    this.headers = new Headers(init.headers);
    this.ok = this.status >= 200 && this.status < 300;
    this.redirected = Boolean(init.redirected);
    this.type = 'default';
    this.url = init.url ?? '';
  }
  static json(value, init = {}) { return new Response(JSON.stringify(value), { ...init, headers: { 'content-type': 'application/json', ...init.headers } }); }
  clone() { return new Response(this.data_, this); }
}
class Request extends Body {
  constructor(input, init = {}) {
    super();
    this.url = input instanceof Request ? input.url : new URL(input).href;
    this.method = (init.method || (input instanceof Request ? input.method : 'GET')).toUpperCase();
    this.headers = new Headers(init.headers || (input instanceof Request ? input.headers : undefined));
    Object.defineProperty(this, 'data_', { value: init.body ?? (input instanceof Request ? input.data_ : undefined) });
    this.signal = init.signal;
    this.redirect = init.redirect || 'follow';
  }
}
async function fetch(input, init) {
  let request;
  try { request = new Request(input, init); } catch (error) { throw new TypeError('Failed to parse URL from ' + input, { cause: error }); }
  let { url, method } = request;
  for (let hops = 0; ; hops += 1) {
    const answer = await ask(request, url, method);
    const where = answer.headers.location;
    if (request.redirect !== 'follow' || !where || ![301, 302, 303, 307, 308].includes(answer.statusCode)) {
      const response = new Response(undefined, { status: answer.statusCode, statusText: answer.statusMessage, url, redirected: hops > 0 });
      for (let i = 0; i < answer.rawHeaders.length; i += 2) response.headers.append(answer.rawHeaders[i], answer.rawHeaders[i + 1]);
      Object.defineProperty(response, 'stream_', { value: answer });
      return response;
    }
    if (hops >= 20) throw new TypeError('fetch failed', { cause: new Error('redirect count exceeded') });
    answer.resume();
    url = new URL(where, url).href;
    if (answer.statusCode === 303 || (answer.statusCode < 303 && method === 'POST')) method = 'GET';
  }
}
const ask = (request, url, method) => new Promise((resolve, reject) => {
  const { data_: data } = request;
  const headers = Object.fromEntries(request.headers);
  const isForm = data instanceof URLSearchParams;
  if (data !== undefined && data !== null && method !== 'GET' && headers['content-type'] === undefined && (typeof data === 'string' || isForm)) headers['content-type'] = isForm ? 'application/x-www-form-urlencoded;charset=UTF-8' : 'text/plain;charset=UTF-8';
  const all = { accept: '*/*', 'accept-language': '*', 'sec-fetch-mode': 'cors', 'user-agent': 'node', ...headers };
  const { signal } = request;
  if (signal && signal.aborted) return reject(signal.reason);
  const made = require(url.startsWith('https:') ? 'https' : 'http').request(url, { method, headers: all });
  made.on('response', resolve);
  made.on('error', (cause) => reject(new TypeError('fetch failed', { cause })));
  if (signal) signal.addEventListener('abort', () => { made.destroy(); reject(signal.reason); });
  return method === 'GET' || method === 'HEAD' || data === undefined || data === null ? made.end() : made.end(isForm ? String(data) : data);
});
module.exports = { Headers, Request, Response, fetch };
`;
