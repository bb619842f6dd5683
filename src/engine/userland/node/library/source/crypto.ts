/** The module `crypto`, in JavaScript. */
export const SOURCE = String.raw`'use strict';
const { Buffer } = require('buffer');
const { Transform } = require('stream');
const names = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];
const coded = (bytes, encoding) => (encoding && encoding !== 'buffer' ? bytes.toString(encoding) : bytes);
const bytesOf = (data, encoding, name = 'data') => {
  if (typeof data === 'string') return Buffer.from(data, encoding);
  if (ArrayBuffer.isView(data)) return data;
  throw host.invalidArgument(name, 'of type string or an instance of Buffer, TypedArray, or DataView', data);
};
class Hash extends Transform {
  #pieces = [];
  #digest;
  #done = false;
  constructor(digest) {
    super();
    this.#digest = digest;
  }
  update(data, encoding) {
    if (this.#done) throw host.coded('Error', 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#pieces.push(Buffer.from(bytesOf(data, encoding)));
    return this;
  }
  digest(encoding) {
    if (this.#done) throw host.coded('Error', 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#done = true;
    return coded(this.#digest(Buffer.concat(this.#pieces)), encoding);
  }
  copy() {
    const made = new Hash(this.#digest);
    for (const piece of this.#pieces) made.update(piece);
    return made;
  }
  _transform(chunk, encoding, callback) {
    this.update(chunk);
    callback();
  }
  _flush(callback) {
    this.push(this.digest());
    callback();
  }
}
const check = (name) => host.hash(name, '') && name;
const randomBytes = (size, callback) => {
  const bytes = host.random(size);
  if (!callback) return bytes;
  process.nextTick(callback, null, bytes);
  return undefined;
};
function randomUUID() {
  const bytes = host.random(16);
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
function randomInt(min, max, callback) {
  if (max === undefined || typeof max === 'function') [min, max, callback] = [0, min, max];
  const value = min + Math.floor((host.random(6).readUIntBE(0, 6) / 2 ** 48) * (max - min));
  if (callback) process.nextTick(callback, null, value);
  return callback ? undefined : value;
}
const later = (sync) => (...args) => {
  const callback = args.pop();
  const made = sync(...args);
  process.nextTick(() => callback(null, made));
};
const pbkdf2Sync = (password, salt, rounds, length, digest) => host.pbkdf2(bytesOf(password), bytesOf(salt), rounds, length, digest);
const scryptSync = (password, salt, length, { N = 16384, cost = N, r = 8, blockSize = r, p = 1, parallelization = p } = {}) => host.scrypt(bytesOf(password), bytesOf(salt), length, cost, blockSize, parallelization);
module.exports = {
  Hash,
  createHash: (name) => { check(name); return new Hash((bytes) => host.hash(name, bytes)); },
  createHmac: (name, key) => { check(name); const own = bytesOf(key, undefined, 'key'); return new Hash((bytes) => host.hmac(name, own, bytes)); },
  hash: (name, data, encoding = 'hex') => coded(host.hash(name, bytesOf(data)), encoding),
  getHashes: () => names,
  randomBytes,
  pseudoRandomBytes: randomBytes,
  randomFillSync: (buffer) => { buffer.set(host.random(buffer.length)); return buffer; },
  getRandomValues: (buffer) => { new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).set(host.random(buffer.byteLength)); return buffer; },
  randomUUID,
  randomInt,
  timingSafeEqual: (a, b) => {
    if (a.byteLength !== b.byteLength) throw host.coded('RangeError', 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
    return Buffer.compare(a, b) === 0;
  },
  pbkdf2Sync,
  pbkdf2: later(pbkdf2Sync),
  scryptSync,
  scrypt: (password, salt, length, options, callback) => (typeof options === 'function' ? later(scryptSync)(password, salt, length, options) : later(scryptSync)(password, salt, length, options, callback)),
  webcrypto: { getRandomValues: (buffer) => module.exports.getRandomValues(buffer), randomUUID },
  constants: {},
};
`;
