/** Small packages that first programs use. */
import { type RegistryPackage, single } from '../package.ts';

const MS = String.raw`'use strict';
const units = { ms: 1, s: 1000, m: 60000, h: 3600000, d: 86400000, w: 604800000, y: 31557600000 };
const names = [['d', 'day'], ['h', 'hour'], ['m', 'minute'], ['s', 'second']];
module.exports = function ms(value, options) {
  if (typeof value === 'string') {
    const found = /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i.exec(value);
    if (!found) return undefined;
    const unit = (found[2] || 'ms').toLowerCase();
    return Number(found[1]) * (/^(ms|milli|msec)/.test(unit) ? 1 : units[unit[0]]);
  }
  for (const [unit, word] of names)
    if (Math.abs(value) >= units[unit]) {
      const count = Math.round(value / units[unit]);
      return options && options.long ? count + ' ' + word + (Math.abs(value) >= units[unit] * 1.5 ? 's' : '') : count + unit;
    }
  return value + (options && options.long ? ' ms' : 'ms');
};
`;
const DEBUG = String.raw`'use strict';
const ms = require('ms');
const util = require('util');
const patterns = (process.env.DEBUG || '').split(/[\s,]+/).filter(Boolean);
const fits = (name) => patterns.some((one) => !one.startsWith('-') && new RegExp('^' + one.replace(/\*/g, '.*?') + '$').test(name)) && !patterns.some((one) => one.startsWith('-') && new RegExp('^' + one.slice(1).replace(/\*/g, '.*?') + '$').test(name));
function debug(name) {
  let last = Date.now();
  const log = (...args) => {
    if (!log.enabled) return;
    const now = Date.now();
    const text = util.format(...args);
    process.stderr.write(process.stderr.isTTY ? '  ' + name + ' ' + text + ' +' + ms(now - last) + '\n' : new Date(now).toISOString() + ' ' + name + ' ' + text + '\n');
    last = now;
  };
  log.enabled = fits(name);
  log.namespace = name;
  log.extend = (more) => debug(name + ':' + more);
  return log;
}
debug.enabled = fits;
debug.default = debug;
debug.debug = debug;
module.exports = debug;
`;
const DOTENV = String.raw`'use strict';
const fs = require('fs');
const path = require('path');
function parse(text) {
  const made = {};
  for (const line of String(text).split(/\r?\n/)) {
    const found = /^\s*(?:export\s+)?([\w.-]+)\s*[=:]\s*("(?:\\"|[^"])*"|'[^']*'|[^#\r\n]*)?/.exec(line);
    if (!found) continue;
    let value = (found[2] || '').trim();
    if (/^".*"$/.test(value)) value = value.slice(1, -1).replace(/\\n/g, '\n').replace(/\\r/g, '\r');
    else if (/^'.*'$/.test(value)) value = value.slice(1, -1);
    made[found[1]] = value;
  }
  return made;
}
function config(options = {}) {
  const file = path.resolve(process.cwd(), options.path || '.env');
  try {
    const parsed = parse(fs.readFileSync(file, options.encoding || 'utf8'));
    for (const key of Object.keys(parsed)) if (options.override || process.env[key] === undefined) process.env[key] = parsed[key];
    return { parsed };
  } catch (error) {
    return { parsed: {}, error };
  }
}
module.exports = { config, parse, configDotenv: config };
`;
const CORS = String.raw`'use strict';
module.exports = function cors(options = {}) {
  return function corsMiddleware(req, res, next) {
    const { origin = '*', methods = 'GET,HEAD,PUT,PATCH,POST,DELETE', credentials } = options;
    const asked = req.headers.origin;
    const allowed = origin === true ? asked : Array.isArray(origin) ? (origin.includes(asked) ? asked : false) : origin;
    if (allowed) res.setHeader('Access-Control-Allow-Origin', allowed);
    if (allowed !== '*') res.setHeader('Vary', 'Origin');
    if (credentials) res.setHeader('Access-Control-Allow-Credentials', 'true');
    if (req.method !== 'OPTIONS') return next();
    res.setHeader('Access-Control-Allow-Methods', [].concat(methods).join(','));
    const headers = options.allowedHeaders || req.headers['access-control-request-headers'];
    if (headers) res.setHeader('Access-Control-Allow-Headers', [].concat(headers).join(','));
    res.statusCode = options.optionsSuccessStatus || 204;
    res.setHeader('Content-Length', '0');
    return res.end();
  };
};
`;
const MORGAN = String.raw`'use strict';
const two = (value) => String(value).padStart(2, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const clf = (date) => two(date.getUTCDate()) + '/' + months[date.getUTCMonth()] + '/' + date.getUTCFullYear() + ':' + two(date.getUTCHours()) + ':' + two(date.getUTCMinutes()) + ':' + two(date.getUTCSeconds()) + ' +0000';
const formats = {
  tiny: ':method :url :status :res[content-length] - :response-time ms',
  dev: ':method :url :status :response-time ms - :res[content-length]',
  short: ':remote-addr :remote-user :method :url HTTP/:http-version :status :res[content-length] - :response-time ms',
  common: ':remote-addr - :remote-user [:date[clf]] ":method :url HTTP/:http-version" :status :res[content-length]',
  combined: ':remote-addr - :remote-user [:date[clf]] ":method :url HTTP/:http-version" :status :res[content-length] ":referrer" ":user-agent"',
};
const tokens = {
  method: (req) => req.method, url: (req) => req.originalUrl || req.url, status: (req, res) => res.statusCode, 'http-version': (req) => req.httpVersion,
  'remote-addr': (req) => req.ip || req.socket.remoteAddress, 'remote-user': () => undefined, referrer: (req) => req.headers.referer, 'user-agent': (req) => req.headers['user-agent'],
  'response-time': (req, res) => res._ms.toFixed(3), date: (req, res, how) => (how === 'iso' ? new Date().toISOString() : how === 'clf' ? clf(new Date()) : new Date().toUTCString()), res: (req, res, name) => res.getHeader(name), req: (req, res, name) => req.headers[name.toLowerCase()],
};
function morgan(format = 'default', options = {}) {
  const text = formats[format] || format;
  return function logger(req, res, next) {
    const begun = process.hrtime.bigint();
    res.on('finish', () => {
      if (options.skip && options.skip(req, res)) return;
      res._ms = Number(process.hrtime.bigint() - begun) / 1e6;
      const line = typeof text === 'function' ? text(morgan, req, res) : text.replace(/:([-\w]+)(?:\[([^\]]+)\])?/g, (said, name, argument) => { const value = tokens[name] && tokens[name](req, res, argument); return value === undefined || value === null ? '-' : String(value); });
      (options.stream || process.stdout).write(line + '\n');
    });
    next();
  };
}
morgan.token = (name, fn) => { tokens[name] = fn; return morgan; };
morgan.format = (name, text) => { formats[name] = text; return morgan; };
module.exports = morgan;
`;
const UUID = String.raw`'use strict';
const crypto = require('crypto');
const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
module.exports = { v4: () => crypto.randomUUID(), validate: (text) => pattern.test(text), version: (text) => parseInt(text[14], 16), NIL: '00000000-0000-0000-0000-000000000000' };
`;
const CHALK = String.raw`'use strict';
const codes = { bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], inverse: [7, 27], black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39], white: [37, 39], gray: [90, 39], grey: [90, 39], redBright: [91, 39], greenBright: [92, 39], bgRed: [41, 49], bgGreen: [42, 49], bgBlue: [44, 49], bgYellow: [43, 49] };
const isOn = () => (process.env.FORCE_COLOR !== undefined ? process.env.FORCE_COLOR !== '0' : Boolean(process.stdout.isTTY) && !('NO_COLOR' in process.env));
function build(styles) {
  const chalk = (...args) => { const text = args.map(String).join(' '); return isOn() ? styles.reduceRight((made, [open, close]) => '\u001b[' + open + 'm' + made + '\u001b[' + close + 'm', text) : text; };
  for (const name of Object.keys(codes)) Object.defineProperty(chalk, name, { get: () => build([...styles, codes[name]]) });
  return chalk;
}
module.exports = build([]);
`;
const LODASH = String.raw`'use strict';
const pathOf = (path) => (Array.isArray(path) ? path : String(path).replace(/\[(\w+)\]/g, '.$1').split('.').filter(Boolean));
const by = (fn) => (typeof fn === 'function' ? fn : fn === undefined ? (value) => value : typeof fn === 'object' ? (value) => Object.keys(fn).every((key) => value[key] === fn[key]) : (value) => _.get(value, fn));
const list = (value) => (Array.isArray(value) ? value : Object.values(value || {}));
const _ = {
  VERSION: '4.17.21',
  get(object, path, fallback) { let at = object; for (const key of pathOf(path)) { if (at === undefined || at === null) return fallback; at = at[key]; } return at === undefined ? fallback : at; },
  set(object, path, value) { const keys = pathOf(path); let at = object; keys.forEach((key, i) => { if (i === keys.length - 1) at[key] = value; else at = at[key] = Object(at[key]) === at[key] ? at[key] : /^\d+$/.test(keys[i + 1]) ? [] : {}; }); return object; },
  has: (object, path) => _.get(object, path) !== undefined,
  chunk: (values, size = 1) => Array.from({ length: Math.ceil(values.length / size) }, (one, i) => values.slice(i * size, i * size + size)),
  compact: (values) => values.filter(Boolean), uniq: (values) => [...new Set(values)], uniqBy: (values, fn) => { const seen = new Set(); return values.filter((one) => { const key = by(fn)(one); if (seen.has(key)) return false; seen.add(key); return true; }); },
  flatten: (values) => values.flat(), flattenDeep: (values) => values.flat(Infinity), difference: (a, ...rest) => a.filter((one) => !rest.flat().includes(one)), intersection: (a, ...rest) => _.uniq(a.filter((one) => rest.every((other) => other.includes(one)))), union: (...all) => _.uniq(all.flat()), zip: (...all) => all[0].map((one, i) => all.map((row) => row[i])),
  map: (values, fn) => list(values).map((one, i) => by(fn)(one, i)), filter: (values, fn) => list(values).filter(by(fn)), find: (values, fn) => list(values).find(by(fn)), reject: (values, fn) => list(values).filter((one) => !by(fn)(one)), some: (values, fn) => list(values).some(by(fn)), every: (values, fn) => list(values).every(by(fn)), reduce: (values, fn, from) => list(values).reduce(fn, from), forEach: (values, fn) => { for (const [key, value] of Object.entries(values)) fn(value, Array.isArray(values) ? Number(key) : key); return values; },
  groupBy: (values, fn) => list(values).reduce((made, one) => { (made[by(fn)(one)] ??= []).push(one); return made; }, {}), keyBy: (values, fn) => Object.fromEntries(list(values).map((one) => [by(fn)(one), one])), countBy: (values, fn) => list(values).reduce((made, one) => { const key = by(fn)(one); made[key] = (made[key] || 0) + 1; return made; }, {}),
  sortBy: (values, ...fns) => [...list(values)].sort((a, b) => { for (const fn of fns.flat()) { const [x, y] = [by(fn)(a), by(fn)(b)]; if (x < y) return -1; if (x > y) return 1; } return 0; }), orderBy: (values, fns, orders = []) => [...list(values)].sort((a, b) => { for (const [i, fn] of [].concat(fns).entries()) { const [x, y] = [by(fn)(a), by(fn)(b)]; if (x !== y) return (x < y ? -1 : 1) * (orders[i] === 'desc' ? -1 : 1); } return 0; }),
  sum: (values) => values.reduce((a, b) => a + b, 0), sumBy: (values, fn) => _.sum(values.map(by(fn))), mean: (values) => _.sum(values) / values.length, max: (values) => (values.length ? values.reduce((a, b) => (b > a ? b : a)) : undefined), min: (values) => (values.length ? values.reduce((a, b) => (b < a ? b : a)) : undefined), maxBy: (values, fn) => values.reduce((a, b) => (a === undefined || by(fn)(b) > by(fn)(a) ? b : a), undefined), minBy: (values, fn) => values.reduce((a, b) => (a === undefined || by(fn)(b) < by(fn)(a) ? b : a), undefined), range: (from, to, step = 1) => { if (to === undefined) [from, to] = [0, from]; const made = []; for (let i = from; step > 0 ? i < to : i > to; i += step) made.push(i); return made; }, random: (min = 0, max = 1) => min + Math.floor(Math.random() * (max - min + 1)), clamp: (value, low, high) => Math.min(Math.max(value, low), high),
  pick: (object, ...keys) => Object.fromEntries(keys.flat().filter((key) => key in object).map((key) => [key, object[key]])), omit: (object, ...keys) => Object.fromEntries(Object.entries(object).filter(([key]) => !keys.flat().includes(key))), merge: (into, ...all) => { for (const from of all) for (const [key, value] of Object.entries(from || {})) if (value && typeof value === 'object' && !Array.isArray(value)) into[key] = _.merge(into[key] && typeof into[key] === 'object' ? into[key] : {}, value); else if (value !== undefined) into[key] = value; return into; }, defaults: (into, ...all) => { for (const from of all) for (const key of Object.keys(from)) if (into[key] === undefined) into[key] = from[key]; return into; }, mapValues: (object, fn) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, by(fn)(value, key)])), invert: (object) => Object.fromEntries(Object.entries(object).map(([key, value]) => [value, key])), cloneDeep: (value) => structuredClone(value), isEqual: (a, b) => require('util').isDeepStrictEqual(a, b), isEmpty: (value) => value === null || value === undefined || (value instanceof Map || value instanceof Set ? value.size === 0 : Object.keys(value).length === 0),
  capitalize: (text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(), upperFirst: (text) => text.charAt(0).toUpperCase() + text.slice(1), words: (text) => text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) || [], camelCase: (text) => _.words(text).map((word, i) => (i ? _.capitalize(word) : word.toLowerCase())).join(''), kebabCase: (text) => _.words(text).map((word) => word.toLowerCase()).join('-'), snakeCase: (text) => _.words(text).map((word) => word.toLowerCase()).join('_'), startCase: (text) => _.words(text).map(_.upperFirst).join(' '), truncate: (text, { length = 30 } = {}) => (text.length > length ? text.slice(0, length - 3) + '...' : text),
  debounce: (fn, ms) => { let timer; return (...args) => { clearTimeout(timer); timer = setTimeout(() => fn(...args), ms); }; }, throttle: (fn, ms) => { let last = -Infinity; return (...args) => { if (Date.now() - last >= ms) { last = Date.now(); return fn(...args); } return undefined; }; }, memoize: (fn) => { const seen = new Map(); return (key) => { if (!seen.has(key)) seen.set(key, fn(key)); return seen.get(key); }; }, once: (fn) => { let done = false; let value; return (...args) => { if (!done) { done = true; value = fn(...args); } return value; }; }, times: (count, fn) => Array.from({ length: count }, (one, i) => fn(i)), identity: (value) => value, noop() {}, first: (values) => values[0], head: (values) => values[0], last: (values) => values[values.length - 1], take: (values, count = 1) => values.slice(0, count), shuffle: (values) => { const made = [...values]; for (let i = made.length - 1; i > 0; i -= 1) { const j = Math.floor(Math.random() * (i + 1)); [made[i], made[j]] = [made[j], made[i]]; } return made; }, sample: (values) => values[Math.floor(Math.random() * values.length)],
};
module.exports = _;
`;
const NODEMON = String.raw`#!/usr/bin/env node
'use strict';
const fs = require('fs');
const path = require('path');
const { spawn } = require('child_process');
const version = require('../package.json').version;
const say = (text) => console.log('[nodemon] ' + text);
const args = process.argv.slice(2);
if (args[0] === '--version' || args[0] === '-v') {
  console.log(version);
  process.exit(0);
}
let exec = 'node';
let delay = 0;
const watched = [];
const rest = [];
for (let i = 0; i < args.length; i += 1)
  if (args[i] === '--exec' || args[i] === '-x') exec = args[(i += 1)];
  else if (args[i] === '--watch' || args[i] === '-w') watched.push(args[(i += 1)]);
  else if (args[i] === '--ext' || args[i] === '-e' || args[i] === '--ignore' || args[i] === '-i') i += 1;
  else if (args[i] === '--delay') delay = Number(args[(i += 1)]);
  else if (args[i] !== '-L' && args[i] !== '--legacy-watch') rest.push(args[i]);
if (rest.length === 0) {
  try {
    rest.push(JSON.parse(fs.readFileSync('package.json', 'utf8')).main || 'index.js');
  } catch {
    rest.push('index.js');
  }
}
const roots = watched.length > 0 ? watched : ['.'];
const stamps = (folder, found = new Map()) => {
  const stat = fs.statSync(folder, { throwIfNoEntry: false });
  if (!stat.isDirectory()) return found.set(folder, stat.mtimeMs);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) stamps(name, found);
    else if (/\.(js|mjs|cjs|json)$/.test(name)) found.set(name, fs.statSync(name).mtimeMs + ':' + fs.statSync(name).size);
  }
  return found;
};
const all = () => { const found = new Map(); for (const root of roots) if (fs.existsSync(root)) stamps(root, found); return found; };
let child = null;
let restarting = false;
function begin() {
  const [file, ...more] = exec.split(/\s+/);
  say('starting ' + String.fromCharCode(96) + [exec, ...rest].join(' ') + String.fromCharCode(96));
  child = spawn(file, [...more, ...rest], { stdio: 'inherit' });
  child.on('exit', (code, signal) => {
    child = null;
    if (restarting) {
      restarting = false;
      begin();
    } else if (code === 0) say('clean exit - waiting for changes before restart');
    else say('app crashed - waiting for file changes before starting...');
  });
}
function restart(reason) {
  say(reason);
  if (child) {
    restarting = true;
    child.kill('SIGUSR2');
  } else begin();
}
say(version);
say('to restart at any time, enter ' + String.fromCharCode(96) + 'rs' + String.fromCharCode(96));
say('watching path(s): ' + (watched.length > 0 ? watched.join(' ') : '*.*'));
say('watching extensions: js,mjs,cjs,json');
let before = all();
begin();
setInterval(() => {
  const now = all();
  let changed = now.size !== before.size;
  for (const [name, stamp] of now) if (before.get(name) !== stamp) changed = true;
  before = now;
  if (changed) setTimeout(() => restart('restarting due to changes...'), delay * 1000);
}, 1000);
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    if (child) child.kill(signal);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  });
`;

export const SMALL: readonly RegistryPackage[] = [
  {
    name: 'ms',
    description: 'Durations as text, and back',
    versions: [
      { version: '2.0.0', files: { 'index.js': MS } },
      { version: '2.1.3', files: { 'index.js': MS } },
    ],
  },
  {
    name: 'debug',
    description: 'Messages for those who look for them',
    versions: [
      { version: '2.6.9', dependencies: { ms: '2.0.0' }, files: { 'index.js': DEBUG } },
      { version: '4.4.3', dependencies: { ms: '^2.1.3' }, files: { 'index.js': DEBUG } },
    ],
  },
  {
    name: 'dotenv',
    description: 'Variables from a file',
    license: 'BSD-2-Clause',
    versions: [
      {
        version: '16.6.1',
        files: { 'index.js': DOTENV, 'config.js': "require('./index.js').config();\n" },
        funding: 'https://dotenvx.com',
      },
      {
        version: '17.2.3',
        files: { 'index.js': DOTENV, 'config.js': "require('./index.js').config();\n" },
        funding: 'https://dotenvx.com',
      },
    ],
  },
  single('cors', 'Which origins may ask', '2.8.5', CORS, { dependencies: { vary: '^1' } }),
  single('morgan', 'A log of requests', '1.10.1', MORGAN, { dependencies: { debug: '2.6.9', 'on-finished': '~2.4.1' } }),
  single('uuid', 'Identifiers that nobody else has', '11.1.0', UUID, { funding: 'https://github.com/sponsors/broofa' }),
  {
    name: 'chalk',
    description: 'Colours on a terminal',
    versions: [
      { version: '4.1.2', files: { 'index.js': CHALK } },
      {
        version: '5.6.2',
        type: 'module',
        files: { 'chalk.cjs': CHALK, 'index.js': "import chalk from './chalk.cjs';\nexport default chalk;\n" },
      },
    ],
  },
  single('lodash', 'Functions for lists and objects', '4.17.21', LODASH),
  {
    name: 'nodemon',
    description: 'Starts a program again when its files change',
    versions: [
      {
        version: '3.1.11',
        bin: { nodemon: './bin/nodemon.js' },
        main: './bin/nodemon.js',
        dependencies: { debug: '^4' },
        files: { 'bin/nodemon.js': NODEMON },
      },
    ],
  },
];
