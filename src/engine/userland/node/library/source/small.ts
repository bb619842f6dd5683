/** Small modules, in JavaScript. */
export const OS = String.raw`'use strict';
module.exports = {
  EOL: '\n', arch: () => process.arch, platform: () => 'linux', type: () => 'Linux', endianness: () => 'LE', devNull: '/dev/null',
  hostname: host.hostname, release: () => host.uname('release'), version: () => host.uname('version'), machine: () => host.uname('machine'),
  uptime: () => host.uptime(), tmpdir: () => (process.env.TMPDIR || process.env.TMP || process.env.TEMP || '/tmp').replace(/(?!^)\/$/, ''),
  homedir: () => process.env.HOME || host.user().homedir, userInfo: () => host.user(),
  loadavg: () => host.words('/proc/loadavg').slice(0, 3).map(Number),
  totalmem: () => host.memory('MemTotal'), freemem: () => host.memory('MemAvailable'),
  availableParallelism: () => host.cpus().length, cpus: () => host.cpus(), networkInterfaces: () => host.interfaces(),
  constants: { signals: host.signals },
};
`;
export const QUERYSTRING = String.raw`'use strict';
const unescape = (text) => { try { return decodeURIComponent(text.replace(/\+/g, ' ')); } catch { return text; } };
const escape = (text) => encodeURIComponent(text);
function parse(text, sep = '&', eq = '=') {
  const made = Object.create(null);
  for (const part of String(text || '').split(sep)) {
    if (part === '') continue;
    const at = part.indexOf(eq);
    const key = unescape(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? '' : unescape(part.slice(at + eq.length));
    if (key in made) made[key] = [].concat(made[key], value);
    else made[key] = value;
  }
  return made;
}
const stringify = (object, sep = '&', eq = '=') =>
  Object.entries(object || {}).flatMap(([key, value]) => [].concat(value).map((one) => escape(key) + eq + escape(one === undefined || one === null || typeof one === 'object' ? '' : String(one)))).join(sep);
module.exports = { parse, stringify, decode: parse, encode: stringify, escape, unescape };
`;
export const STRING_DECODER = String.raw`'use strict';
const { Buffer } = require('buffer');
class StringDecoder {
  constructor(encoding = 'utf8') {
    this.encoding = encoding;
    Object.defineProperty(this, 'rest', { value: Buffer.alloc(0), writable: true });
  }
  write(bytes) {
    if (typeof bytes === 'string') return bytes;
    let all = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    let keep = 0;
    if (/^utf-?8$/i.test(this.encoding)) {
      for (let i = 1; i <= Math.min(3, all.length); i += 1) {
        const byte = all[all.length - i];
        if ((byte & 0xc0) === 0x80) continue;
        if ((byte >= 0xf0 && i < 4) || (byte >= 0xe0 && byte < 0xf0 && i < 3) || (byte >= 0xc0 && byte < 0xe0 && i < 2)) keep = i;
        break;
      }
    } else if (this.encoding === 'base64') keep = all.length % 3;
    this.rest = Buffer.from(all.subarray(all.length - keep));
    if (keep > 0) all = all.subarray(0, all.length - keep);
    return Buffer.prototype.toString.call(all, this.encoding);
  }
  end(bytes) {
    const text = bytes ? this.write(bytes) : '';
    const rest = this.rest.length > 0 ? this.rest.toString(this.encoding) : '';
    this.rest = Buffer.alloc(0);
    return text + rest;
  }
}
module.exports = { StringDecoder };
`;
export const TIMERS = String.raw`'use strict';
const abortable = (signal, start) => new Promise((resolve, reject) => {
  const stop = start(resolve);
  if (signal) {
    const abort = () => { stop(); reject(Object.assign(new Error('The operation was aborted', { cause: signal.reason }), { name: 'AbortError', code: 'ABORT_ERR' })); };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  }
});
const promises = {
  setTimeout: (ms, value, options = {}) => abortable(options.signal, (resolve) => { const timer = setTimeout(resolve, ms, value); if (options.ref === false) timer.unref(); return () => clearTimeout(timer); }),
  setImmediate: (value) => new Promise((resolve) => setImmediate(resolve, value)),
  async *setInterval(ms, value) { for (;;) yield await promises.setTimeout(ms, value); },
  scheduler: { wait: (ms) => promises.setTimeout(ms), yield: () => promises.setImmediate() },
};
module.exports = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate, promises };
`;
export const HTTPS = String.raw`'use strict';
const http = require('http');
const net = require('net');
const { request, get } = http._clientOf({ protocol: 'https:', defaultPort: 443 });
module.exports = { request, get, Agent: http.Agent, globalAgent: http.globalAgent, createServer() { throw new Error('This model of Node.js has no TLS servers'); } };
`;
export const DNS = String.raw`'use strict';
const lookup = (name, options, callback = options) => host.lookup(name, (error, list) => {
  if (error) return callback(error);
  const all = list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const fit = typeof options === 'object' && options.family ? all.filter((one) => one.family === options.family) : typeof options === 'number' ? all.filter((one) => one.family === options) : all;
  if (typeof options === 'object' && options.all) return callback(null, fit);
  return callback(null, fit[0].address, fit[0].family);
});
const resolve4 = (name, callback) => host.lookup(name, (error, list) => (error ? callback(Object.assign(error, { syscall: 'queryA' })) : callback(null, list.filter((one) => !one.includes(':')))));
const promised = (fn) => (...args) => new Promise((done, fail) => fn(...args, (error, value, family) => (error ? fail(error) : done(fn === lookup && !(args[1] && args[1].all) ? { address: value, family } : value))));
module.exports = { lookup, resolve4, resolve: (name, type, callback = type) => resolve4(name, callback), promises: { lookup: promised(lookup), resolve4: promised(resolve4), resolve: promised(resolve4) }, setDefaultResultOrder() {} };
`;
export const ASSERT = String.raw`'use strict';
const { inspect } = require('internal/util');
class AssertionError extends Error {
  constructor(options) {
    super(options.message);
    this.name = 'AssertionError';
    this.generatedMessage = options.generated || false;
    this.code = 'ERR_ASSERTION';
    this.actual = options.actual;
    this.expected = options.expected;
    this.operator = options.operator;
    Error.captureStackTrace(this, options.from);
    this.stack = this.stack.replace(/^AssertionError/, 'AssertionError [ERR_ASSERTION]');
    Object.defineProperty(this, 'name', { enumerable: false });
  }
}
function fail(actual, expected, message, operator, from, generated) {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message: message === undefined ? generated : message, actual, expected, operator, from, generated: message === undefined });
}
const shown = (value) => inspect(value, { depth: 1000, sorted: true, compact: false, breakLength: Infinity });
function difference(actual, expected, head) {
  const [a, b] = [shown(actual), shown(expected)];
  if (!a.includes('\n') && !b.includes('\n') && a.length + b.length < 12 + 60) return head + '\n\n' + a + ' !== ' + b + '\n';
  const [x, y] = [a.split('\n'), b.split('\n')];
  const table = Array.from({ length: x.length + 1 }, () => Array(y.length + 1).fill(0));
  for (let i = x.length - 1; i >= 0; i -= 1) for (let j = y.length - 1; j >= 0; j -= 1) table[i][j] = x[i] === y[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
  const lines = [];
  let [i, j] = [0, 0];
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) { lines.push('  ' + x[i]); i += 1; j += 1; }
    else if (i < x.length && (j >= y.length || table[i + 1][j] >= table[i][j + 1])) { lines.push('+ ' + x[i]); i += 1; }
    else { lines.push('- ' + y[j]); j += 1; }
  }
  return head + '\n+ actual - expected\n\n' + lines.join('\n') + '\n';
}
function ok(value, message) {
  if (!value) fail(value, true, message, '==', ok, arguments.length === 0 ? 'No value argument passed to ' + String.fromCharCode(96) + 'assert.ok()' + String.fromCharCode(96) : 'The expression evaluated to a falsy value');
}
const assert = (...args) => ok(...args);
Object.assign(assert, {
  ok,
  AssertionError,
  equal(a, b, message) { if (!(a == b || (a !== a && b !== b))) fail(a, b, message, '==', assert.equal, inspect(a) + ' == ' + inspect(b)); },
  notEqual(a, b, message) { if (a == b) fail(a, b, message, '!=', assert.notEqual, inspect(a) + ' != ' + inspect(b)); },
  strictEqual(a, b, message) { if (!Object.is(a, b)) fail(a, b, message, 'strictEqual', assert.strictEqual, difference(a, b, 'Expected values to be strictly equal:')); },
  notStrictEqual(a, b, message) { if (Object.is(a, b)) fail(a, b, message, 'notStrictEqual', assert.notStrictEqual, 'Expected "actual" to be strictly unequal to: ' + inspect(b)); },
  deepEqual(a, b, message) { if (!host.deepEqual(a, b, false)) fail(a, b, message, 'deepEqual', assert.deepEqual, difference(a, b, 'Expected values to be loosely deep-equal:')); },
  deepStrictEqual(a, b, message) { if (!host.deepEqual(a, b, true)) fail(a, b, message, 'deepStrictEqual', assert.deepStrictEqual, difference(a, b, 'Expected values to be strictly deep-equal:')); },
  notDeepStrictEqual(a, b, message) { if (host.deepEqual(a, b, true)) fail(a, b, message, 'notDeepStrictEqual', assert.notDeepStrictEqual, 'Expected "actual" not to be strictly deep-equal to: ' + inspect(b)); },
  match(text, pattern, message) { if (!pattern.test(text)) fail(text, pattern, message, 'match', assert.match, 'The input did not match the regular expression ' + inspect(pattern) + '. Input:\n\n' + inspect(text) + '\n'); },
  fail(message = 'Failed') { fail(undefined, undefined, message, 'fail', assert.fail); },
  ifError(value) { if (value !== null && value !== undefined) throw value; },
  throws(fn, expected, message) {
    let thrown;
    try { fn(); } catch (error) { thrown = { error }; }
    if (!thrown) fail(undefined, expected, typeof expected === 'string' ? expected : message, 'throws', assert.throws, 'Missing expected exception' + (expected && expected.name && typeof expected === 'function' ? ' (' + expected.name + ').' : '.'));
    check(thrown.error, expected, message);
  },
  doesNotThrow(fn) { fn(); },
  async rejects(promise, expected, message) {
    let thrown;
    try { await (typeof promise === 'function' ? promise() : promise); } catch (error) { thrown = { error }; }
    if (!thrown) fail(undefined, expected, message, 'rejects', assert.rejects, 'Missing expected rejection.');
    check(thrown.error, expected, message);
  },
});
function check(error, expected, message) {
  if (expected === undefined || typeof expected === 'string') return;
  if (expected instanceof RegExp) { if (!expected.test(String(error))) fail(error, expected, message, 'throws', check, 'The input did not match the regular expression ' + inspect(expected) + '. Input:\n\n' + inspect(String(error)) + '\n'); return; }
  if (typeof expected === 'function') { if (expected.prototype !== undefined && error instanceof expected) return; if (!Error.isPrototypeOf(expected) && expected.call({}, error) === true) return; throw error; }
  for (const key of Object.keys(expected)) if (expected[key] instanceof RegExp ? !expected[key].test(error[key]) : !host.deepEqual(error[key], expected[key], true)) fail(error, expected, message, 'throws', check, 'Expected values to be strictly deep-equal');
}
assert.strict = assert;
Object.assign(assert, { strict: Object.assign((...args) => ok(...args), assert, { equal: assert.strictEqual, deepEqual: assert.deepStrictEqual, notEqual: assert.notStrictEqual }) });
module.exports = assert;
`;
export const READLINE = String.raw`'use strict';
const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
class Interface extends EventEmitter {
  constructor(input, output) {
    super();
    const options = input && input.input ? input : { input, output };
    this.input = options.input;
    this.output = options.output;
    this.prompts = options.prompt === undefined ? '> ' : options.prompt;
    this.closed = false;
    this.line = '';
    this.rest = '';
    this.asked = null;
    this.waiting = [];
    this.terminal = Boolean(options.terminal !== undefined ? options.terminal : this.output && this.output.isTTY);
    const decoder = new StringDecoder('utf8');
    this.onData = (bytes) => {
      this.rest += decoder.write(bytes);
      const lines = this.rest.split(/\r\n|\n|\r/);
      this.rest = lines.pop();
      for (const line of lines) this.take(line);
    };
    this.onEnd = () => {
      if (this.rest !== '') this.take(this.rest);
      this.rest = '';
      this.close();
    };
    this.input.on('data', this.onData);
    this.input.on('end', this.onEnd);
    this.input.resume();
  }
  take(line) {
    if (this.closed) return;
    if (this.asked) {
      const { asked } = this;
      this.asked = null;
      asked(line);
    } else this.emit('line', line);
  }
  setPrompt(text) { this.prompts = text; }
  getPrompt() { return this.prompts; }
  prompt() { if (this.output) this.output.write(this.prompts); }
  question(text, options, callback = options) {
    if (this.closed) throw host.coded('Error', 'ERR_USE_AFTER_CLOSE', 'readline was closed');
    if (this.output) this.output.write(text);
    this.asked = callback;
  }
  write(text) { if (this.output && text) this.output.write(text); }
  pause() { this.input.pause(); this.emit('pause'); return this; }
  resume() { this.input.resume(); return this; }
  close() {
    if (this.closed) return;
    this.closed = true;
    this.input.removeListener('data', this.onData);
    this.input.removeListener('end', this.onEnd);
    this.input.pause();
    this.emit('close');
  }
  [Symbol.asyncIterator]() {
    const lines = [];
    let wake = null;
    let isOver = this.closed;
    const rouse = () => { if (wake) wake(); wake = null; };
    this.on('line', (line) => { lines.push(line); rouse(); });
    this.on('close', () => { isOver = true; rouse(); });
    return {
      next: async () => {
        while (lines.length === 0 && !isOver) await new Promise((resolve) => { wake = resolve; });
        return lines.length > 0 ? { value: lines.shift(), done: false } : { value: undefined, done: true };
      },
      return: async () => { this.close(); return { value: undefined, done: true }; },
      [Symbol.asyncIterator]() { return this; },
    };
  }
}
class PromiseInterface extends Interface {
  question(text) { return new Promise((resolve) => super.question(text, resolve)); }
}
module.exports = {
  Interface,
  createInterface: (...args) => new Interface(...args),
  clearLine: (stream, direction, callback) => stream.write('\u001b[2K', callback),
  cursorTo: (stream, x, y, callback) => stream.write(typeof y === 'number' ? '\u001b[' + (y + 1) + ';' + (x + 1) + 'H' : '\u001b[' + (x + 1) + 'G', callback),
  moveCursor: (stream, dx, dy, callback) =>
    stream.write((dx < 0 ? '\u001b[' + -dx + 'D' : dx > 0 ? '\u001b[' + dx + 'C' : '') + (dy < 0 ? '\u001b[' + -dy + 'A' : dy > 0 ? '\u001b[' + dy + 'B' : ''), callback),
  promises: { Interface: PromiseInterface, createInterface: (...args) => new PromiseInterface(...args) },
};
`;
export const ZLIB = `'use strict';
const { Transform } = require('stream');
const later = (sync) => (data, options, callback = options) => process.nextTick(() => {
  let made;
  try { made = sync(data); } catch (error) { return callback(error); }
  return callback(null, made);
});
const stream = (sync) => () => {
  const pieces = [];
  return new Transform({ transform(chunk, encoding, callback) { pieces.push(chunk); callback(); }, flush(callback) { try { callback(null, sync(Buffer.concat(pieces))); } catch (error) { callback(error); } } });
};
const gzipSync = (data) => host.gzip(data);
const gunzipSync = (data) => host.gunzip(data);
module.exports = { gzipSync, gunzipSync, gzip: later(gzipSync), gunzip: later(gunzipSync), unzip: later(gunzipSync), unzipSync: gunzipSync, createGzip: stream(gzipSync), createGunzip: stream(gunzipSync), constants: {} };
`;
export const PERF_HOOKS = String.raw`'use strict';
const begun = process.hrtime.bigint();
const performance = {
  now: () => Number(process.hrtime.bigint() - begun) / 1e6 + 25,
  timeOrigin: Date.now(),
  entries: [],
  mark(name) { const entry = { name, entryType: 'mark', startTime: performance.now(), duration: 0, detail: null }; performance.entries.push(entry); return entry; },
  measure(name, from, to) {
    const at = (mark) => (mark === undefined ? 0 : performance.entries.findLast((one) => one.name === mark).startTime);
    const end = to === undefined ? performance.now() : at(to);
    const entry = { name, entryType: 'measure', startTime: at(from), duration: end - at(from), detail: null };
    performance.entries.push(entry);
    return entry;
  },
  getEntriesByName: (name) => performance.entries.filter((one) => one.name === name),
  clearMarks() { performance.entries = []; },
};
module.exports = { performance };
`;
