/** The module `buffer`, in JavaScript. */
export const SOURCE = String.raw`'use strict';
const custom = Symbol.for('nodejs.util.inspect.custom');
const known = { utf8: 'utf8', 'utf-8': 'utf8', hex: 'hex', base64: 'base64', base64url: 'base64url', ascii: 'latin1', latin1: 'latin1', binary: 'latin1', ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', 'utf-16le': 'utf16le' };
function encodingOf(encoding) {
  if (encoding === undefined || encoding === null || encoding === 'buffer') return 'utf8';
  const found = known[String(encoding).toLowerCase()];
  if (found === undefined) throw host.coded('TypeError', 'ERR_UNKNOWN_ENCODING', 'Unknown encoding: ' + encoding);
  return found;
}
function sized(size) {
  if (typeof size !== 'number') throw host.invalidArgument('size', 'of type number', size);
  if (!(size >= 0 && size <= 9007199254740991)) throw host.coded('RangeError', 'ERR_OUT_OF_RANGE', 'The value of "size" is out of range. It must be >= 0 && <= 9007199254740991. Received ' + size);
}
const proto = host.bufferPrototype;
function Buffer(value, encoding, length) {
  return typeof value === 'number' ? Buffer.alloc(value) : Buffer.from(value, encoding, length);
}
Object.defineProperty(Buffer, 'prototype', { value: proto, writable: false });
Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(proto, 'constructor', { value: Buffer, enumerable: false, writable: true, configurable: true });
const wrap = (typed) => Object.setPrototypeOf(typed, proto);
const make = (text, encoding) => wrap(host.encode(text, encodingOf(encoding)));
Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return make(value, encodingOrOffset);
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return wrap(new Uint8Array(value, encodingOrOffset, length));
  if (ArrayBuffer.isView(value)) return wrap(new Uint8Array(value));
  if (Array.isArray(value)) return wrap(Uint8Array.from(value));
  if (value !== null && typeof value === 'object') {
    if (value.type === 'Buffer' && Array.isArray(value.data)) return wrap(Uint8Array.from(value.data));
    if (typeof value.length === 'number') return wrap(Uint8Array.from(Array.from(value)));
    const primitive = value.valueOf && value.valueOf();
    if (primitive !== undefined && primitive !== value) return Buffer.from(primitive, encodingOrOffset, length);
  }
  throw host.coded('TypeError', 'ERR_INVALID_ARG_TYPE', 'The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. ' + host.received(value));
};
Buffer.alloc = function alloc(size, fill, encoding) {
  sized(size);
  const made = wrap(new Uint8Array(size));
  return fill === undefined || fill === 0 ? made : made.fill(fill, 0, size, encoding);
};
Buffer.allocUnsafe = function allocUnsafe(size) {
  return Buffer.alloc(size);
};
Buffer.allocUnsafeSlow = Buffer.allocUnsafe;
Buffer.of = (...bytes) => wrap(Uint8Array.from(bytes));
Buffer.isBuffer = (value) => value instanceof Buffer;
Buffer.isEncoding = (encoding) => typeof encoding === 'string' && known[encoding.toLowerCase()] !== undefined;
Buffer.byteLength = (value, encoding) => (typeof value === 'string' ? host.encode(value, encodingOf(encoding)).length : value.byteLength);
Buffer.concat = function concat(list, length) {
  const total = length === undefined ? list.reduce((sum, one) => sum + one.length, 0) : length;
  const made = Buffer.alloc(total);
  let at = 0;
  for (const one of list) {
    if (at >= total) break;
    made.set(at + one.length > total ? one.subarray(0, total - at) : one, at);
    at += one.length;
  }
  return made;
};
Buffer.compare = (a, b) => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
};
Buffer.poolSize = 8192;
const methods = {
  toString(encoding, start = 0, end = this.length) {
    return host.decode(start === 0 && end >= this.length ? this : this.subarray(start, end), encodingOf(encoding));
  },
  toLocaleString(...args) {
    return this.toString(...args);
  },
  toJSON() {
    return { type: 'Buffer', data: Array.from(this) };
  },
  slice(start, end) {
    return this.subarray(start, end);
  },
  equals(other) {
    return Buffer.compare(this, other) === 0;
  },
  compare(other) {
    return Buffer.compare(this, other);
  },
  copy(target, at = 0, start = 0, end = this.length) {
    const part = this.subarray(start, Math.min(end, start + target.length - at));
    target.set(part, at);
    return part.length;
  },
  write(text, offset, length, encoding) {
    if (typeof offset === 'string') [encoding, offset] = [offset, 0];
    if (typeof length === 'string') [encoding, length] = [length, undefined];
    const bytes = host.encode(text, encodingOf(encoding));
    const most = Math.min(length === undefined ? bytes.length : length, this.length - (offset || 0));
    this.set(bytes.subarray(0, most), offset || 0);
    return Math.min(most, bytes.length);
  },
  fill(value, start = 0, end = this.length, encoding) {
    if (typeof start === 'string') [encoding, start, end] = [start, 0, this.length];
    const bytes = typeof value === 'string' ? host.encode(value, encodingOf(encoding)) : typeof value === 'number' ? [value & 255] : value;
    if (bytes.length === 0) return this;
    for (let i = start, j = 0; i < end; i += 1, j += 1) this[i] = bytes[j % bytes.length];
    return this;
  },
  indexOf(value, from = 0, encoding) {
    const bytes = typeof value === 'string' ? host.encode(value, encodingOf(encoding)) : typeof value === 'number' ? [value & 255] : value;
    return host.indexOf(this, bytes, from);
  },
  includes(value, from, encoding) {
    return this.indexOf(value, from, encoding) !== -1;
  },
  swap16() {
    for (let i = 0; i + 1 < this.length; i += 2) [this[i], this[i + 1]] = [this[i + 1], this[i]];
    return this;
  },
  [custom](depth, options) {
    const shown = Array.from(this.subarray(0, 50), (one) => one.toString(16).padStart(2, '0')).join(' ');
    const more = this.length > 50 ? ' ... ' + (this.length - 50) + ' more byte' + (this.length > 51 ? 's' : '') : '';
    return '<Buffer' + (shown ? ' ' + shown : '') + more + '>';
  },
};
for (const key of Reflect.ownKeys(methods)) Object.defineProperty(proto, key, { value: methods[key], writable: true, configurable: true, enumerable: false });
const view = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
const numbers = { UInt8: ['Uint8', 1], Int8: ['Int8', 1], UInt16: ['Uint16', 2], Int16: ['Int16', 2], UInt32: ['Uint32', 4], Int32: ['Int32', 4], Float: ['Float32', 4], Double: ['Float64', 8], BigInt64: ['BigInt64', 8], BigUInt64: ['BigUint64', 8] };
function checkOffset(buffer, offset, size) {
  if (offset < 0 || offset + size > buffer.length)
    throw host.coded('RangeError', buffer.length < size ? 'ERR_BUFFER_OUT_OF_BOUNDS' : 'ERR_OUT_OF_RANGE', buffer.length < size ? 'Attempt to access memory outside buffer bounds' : 'The value of "offset" is out of range. It must be >= 0 and <= ' + (buffer.length - size) + '. Received ' + offset);
}
for (const [name, [kind, size]] of Object.entries(numbers))
  for (const [ending, little] of size === 1 ? [['', false]] : [['LE', true], ['BE', false]]) {
    const read = function (offset = 0) {
      checkOffset(this, offset, size);
      return view(this)['get' + kind](offset, little);
    };
    const write = function (value, offset = 0) {
      checkOffset(this, offset, size);
      view(this)['set' + kind](offset, value, little);
      return offset + size;
    };
    for (const alias of new Set([name, name.replace('UInt', 'Uint')])) {
      Object.defineProperty(proto, 'read' + alias + ending, { value: read, writable: true, configurable: true });
      Object.defineProperty(proto, 'write' + alias + ending, { value: write, writable: true, configurable: true });
    }
  }
proto.readUIntBE = function (offset, size) {
  let value = 0;
  for (let i = 0; i < size; i += 1) value = value * 256 + this[offset + i];
  return value;
};
Object.defineProperty(proto, 'readUIntBE', { enumerable: false });
class Blob {
  #bytes;
  constructor(parts = [], options = {}) {
    this.#bytes = Buffer.concat(parts.map((part) => (part instanceof Blob ? part.#bytes : Buffer.from(part))));
    this.type = String(options.type || '').toLowerCase();
  }
  get size() {
    return this.#bytes.length;
  }
  async text() {
    return this.#bytes.toString();
  }
  async arrayBuffer() {
    return Uint8Array.from(this.#bytes).buffer;
  }
}
module.exports = {
  Buffer,
  Blob,
  SlowBuffer: Buffer.alloc,
  kMaxLength: 9007199254740991,
  constants: { MAX_LENGTH: 9007199254740991, MAX_STRING_LENGTH: 536870888 },
  atob: (text) => host.decode(host.encode(String(text), 'base64'), 'latin1'),
  btoa: (text) => host.decode(host.encode(String(text), 'latin1'), 'base64'),
};
`;
