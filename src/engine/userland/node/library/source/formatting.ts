/** The module `util`, in JavaScript. */
export const SOURCE = String.raw`'use strict';
const { inspect, format, formatWithOptions } = require('internal/util');
const custom = Symbol.for('nodejs.util.promisify.custom');
function promisify(original) {
  if (typeof original !== 'function') throw host.invalidArgument('original', 'of type function', original);
  if (original[custom]) return original[custom];
  function fn(...args) {
    return new Promise((resolve, reject) => {
      original.call(this, ...args, (error, ...values) => (error ? reject(error) : resolve(values[0])));
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  return Object.defineProperties(fn, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = custom;
const callbackify = (original) =>
  function (...args) {
    const callback = args.pop();
    original.apply(this, args).then((value) => process.nextTick(callback, null, value), (error) => process.nextTick(callback, error));
  };
const isDeepStrictEqual = (a, b) => host.deepEqual(a, b, true);
const styles = { reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], inverse: [7, 27], black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39], white: [37, 39], gray: [90, 39], grey: [90, 39] };
inspect.colors = styles;
inspect.styles = { special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'grey', null: 'bold', string: 'green', symbol: 'green', date: 'magenta', regexp: 'red', module: 'underline' };
const types = {
  isPromise: (value) => Object.prototype.toString.call(value) === '[object Promise]' && value instanceof Promise,
  isDate: (value) => value instanceof Date,
  isRegExp: (value) => value instanceof RegExp,
  isNativeError: (value) => value instanceof Error,
  isMap: (value) => value instanceof Map,
  isSet: (value) => value instanceof Set,
  isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: (value) => value instanceof Uint8Array,
  isArrayBuffer: (value) => value instanceof ArrayBuffer,
  isAnyArrayBuffer: (value) => value instanceof ArrayBuffer || value instanceof SharedArrayBuffer,
  isAsyncFunction: (value) => typeof value === 'function' && value.constructor.name === 'AsyncFunction',
  isGeneratorFunction: (value) => typeof value === 'function' && /GeneratorFunction$/.test(value.constructor.name),
  isProxy: (value) => host.isProxy(value),
};
module.exports = {
  inspect,
  format,
  formatWithOptions,
  promisify,
  callbackify,
  isDeepStrictEqual,
  types,
  inherits(child, parent) {
    Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true });
    Object.setPrototypeOf(child.prototype, parent.prototype);
  },
  deprecate(fn, message, code) {
    let warned = false;
    return function (...args) {
      if (!warned) {
        warned = true;
        process.emitWarning(message, 'DeprecationWarning', code);
      }
      return new.target ? new fn(...args) : fn.apply(this, args);
    };
  },
  styleText: (style, text) => [].concat(style).reduceRight((made, name) => '\u001b[' + styles[name][0] + 'm' + made + '\u001b[' + styles[name][1] + 'm', text),
  stripVTControlCharacters: (text) => text.replace(/\u001b\[[\d;]*[A-Za-z]/g, ''),
  toUSVString: (text) => String(text).toWellFormed(),
  debuglog: () => Object.assign(() => {}, { enabled: false }),
  debug: () => Object.assign(() => {}, { enabled: false }),
  isArray: Array.isArray,
  get TextEncoder() { return TextEncoder; },
  get TextDecoder() { return TextDecoder; },
  parseArgs({ args = process.argv.slice(2), options = {}, allowPositionals = false, strict = true } = {}) {
    const values = { __proto__: null };
    const positionals = [];
    for (const [name, { default: fallback }] of Object.entries(options)) if (fallback !== undefined) values[name] = fallback;
    for (let i = 0; i < args.length; i += 1) {
      const arg = args[i];
      const long = /^--([^=]+)(?:=([^]*))?$/.exec(arg);
      const short = /^-(\w)$/.exec(arg);
      const name = long ? long[1] : short ? Object.keys(options).find((one) => options[one].short === short[1]) : undefined;
      if (!long && !short) {
        if (!allowPositionals && strict) throw host.coded('TypeError', 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', "Unexpected argument '" + arg + "'. This command does not take positional arguments");
        positionals.push(arg);
        continue;
      }
      const option = options[name];
      if (option === undefined && strict) throw host.coded('TypeError', 'ERR_PARSE_ARGS_UNKNOWN_OPTION', "Unknown option '" + arg + "'");
      const value = option && option.type === 'string' ? (long && long[2] !== undefined ? long[2] : args[(i += 1)]) : true;
      if (option && option.multiple) (values[name] = values[name] || []).push(value);
      else values[name] = value;
    }
    return { values, positionals };
  },
};
`;
