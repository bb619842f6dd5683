/** `_bytes`: digests, base64, packed records, compression: what `hashlib`, `base64`, `struct`, `zlib` are made of. */

import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { sha3_256, sha3_512 } from '@noble/hashes/sha3.js';
import { gunzip, gzip } from '../../../../oci/index.ts';
import { integer } from '../../protocol/arithmetic.ts';
import { numeric } from '../../protocol/compare.ts';
import { collect } from '../../protocol/iterate.ts';
import { fail, valueError } from '../../runtime/exceptions.ts';
import type { Interpreter } from '../../runtime/interpreter.ts';
import { normal, PyBytes, PyFloat, PyTuple, plain, type Value } from '../../runtime/values.ts';
import { bytesIn } from '../../types/bytes.ts';
import { fn, moduleOf, steps, textOf } from '../define.ts';

const DIGESTS = { md5, sha1, sha224, sha256, sha384, sha512, sha3_256, sha3_512, blake2b, blake2s } as const;
const NS_PER_BYTE = 3;

function digestOf(name: Value | undefined): (typeof DIGESTS)[keyof typeof DIGESTS] {
  const key = textOf(name).toLowerCase().replace('-', '') as keyof typeof DIGESTS;
  if (!Object.hasOwn(DIGESTS, key)) throw valueError(`unsupported hash type ${textOf(name)}`);
  return DIGESTS[key];
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBase64(data: Uint8Array): string {
  let text = '';
  for (let at = 0; at < data.length; at += 3) {
    const [a = 0, b, c] = [data[at], data[at + 1], data[at + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += ALPHABET.charAt(bits >> 18) + ALPHABET.charAt((bits >> 12) & 63);
    text += b === undefined ? '=' : ALPHABET.charAt((bits >> 6) & 63);
    text += c === undefined ? '=' : ALPHABET.charAt(bits & 63);
  }
  return text;
}

/** The bytes, or null if it is no base64. */
function fromBase64(text: string): Uint8Array | null {
  const digits = text.replace(/[^A-Za-z0-9+/]/g, '');
  if (digits.length % 4 === 1 || text.replace(/[^A-Za-z0-9+/=]/g, '').length % 4 !== 0) return null;
  const bytes: number[] = [];
  let [bits, count] = [0, 0];
  for (const digit of digits) {
    bits = (bits << 6) | ALPHABET.indexOf(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 255);
    }
  }
  return Uint8Array.from(bytes);
}

const SIZES: Readonly<Record<string, number>> = {
  x: 1,
  c: 1,
  b: 1,
  B: 1,
  '?': 1,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: 8,
  L: 8,
  q: 8,
  Q: 8,
  n: 8,
  N: 8,
  f: 4,
  d: 8,
  e: 2,
  s: 1,
  p: 1,
};

interface Field {
  readonly letter: string;
  readonly count: number;
  readonly offset: number;
}

function layout(format: string): {
  readonly fields: readonly Field[];
  readonly size: number;
  readonly isLittle: boolean;
  readonly isNative: boolean;
} {
  const [first = ''] = format;
  const isNative = !/[<>=!]/.test(first);
  const body = /[@<>=!]/.test(first) ? format.slice(1) : format;
  const fields: Field[] = [];
  let offset = 0;
  for (const [, count, letter = ''] of body.replace(/\s+/g, '').matchAll(/(\d*)(.)/g)) {
    const size = sizeOf(letter, isNative);
    if (isNative && size > 1 && letter !== 's') offset = Math.ceil(offset / size) * size;
    const times = count === '' || count === undefined ? 1 : Number(count);
    fields.push({ letter, count: times, offset });
    offset += size * times;
  }
  return { fields, size: offset, isLittle: !/[>!]/.test(first), isNative };
}

function sizeOf(letter: string, isNative: boolean): number {
  const size = SIZES[letter];
  if (size === undefined) throw fail('ValueError', 'bad char in struct format');
  return !isNative && /[lL]/.test(letter) ? 4 : size;
}

const problem = (message: string) => fail('ValueError', message);

function pack(format: string, values: readonly Value[]): Uint8Array {
  const { fields, size, isLittle, isNative } = layout(format);
  const data = new Uint8Array(size);
  const view = new DataView(data.buffer);
  const wanted = fields.reduce((sum, { letter, count }) => sum + (letter === 'x' ? 0 : /[sp]/.test(letter) ? 1 : count), 0);
  if (wanted !== values.length) throw problem(`pack expected ${wanted} items for packing (got ${values.length})`);
  let next = 0;
  for (const { letter, count, offset } of fields) {
    if (letter === 'x') continue;
    if (letter === 's' || letter === 'p') {
      data.set(bytesIn(values[next]).subarray(0, count), offset);
      next += 1;
      continue;
    }
    const width = sizeOf(letter, isNative);
    for (let index = 0; index < count; index += 1, next += 1)
      put(view, { letter, at: offset + index * width, width, isLittle }, values[next] as Value);
  }
  return data;
}

interface Place {
  readonly letter: string;
  readonly at: number;
  readonly width: number;
  readonly isLittle: boolean;
}

function put(view: DataView, { letter, at, width, isLittle }: Place, value: Value): void {
  if (letter === 'c') view.setUint8(at, bytesIn(value)[0] ?? 0);
  else if (letter === '?') view.setUint8(at, value === false || value === 0 || value === null ? 0 : 1);
  else if (letter === 'f' || letter === 'd') {
    const number = numeric(plain(value));
    if (number === null) throw problem('required argument is not a float');
    if (letter === 'f') view.setFloat32(at, Number(number), isLittle);
    else view.setFloat64(at, Number(number), isLittle);
  } else {
    const whole = integer(plain(value));
    if (whole === null) throw problem('required argument is not an integer');
    const isSigned = letter === letter.toLowerCase();
    const limit = 1n << BigInt(width * 8 - (isSigned ? 1 : 0));
    if (BigInt(whole) >= limit || BigInt(whole) < (isSigned ? -limit : 0n))
      throw problem(
        width === 1
          ? `${isSigned ? 'byte' : 'ubyte'} format requires ${isSigned ? -limit : 0} <= number <= ${limit - 1n}`
          : `'${letter}' format requires ${isSigned ? -limit : 0} <= number <= ${limit - 1n}`,
      );
    let rest = BigInt.asUintN(width * 8, BigInt(whole));
    for (let index = 0; index < width; index += 1, rest >>= 8n)
      view.setUint8(isLittle ? at + index : at + width - 1 - index, Number(rest & 255n));
  }
}

function take(view: DataView, { letter, at, width, isLittle }: Place): Value {
  if (letter === 'c') return new PyBytes(Uint8Array.of(view.getUint8(at)));
  if (letter === '?') return view.getUint8(at) !== 0;
  if (letter === 'f') return new PyFloat(view.getFloat32(at, isLittle));
  if (letter === 'd') return new PyFloat(view.getFloat64(at, isLittle));
  let value = 0n;
  for (let index = 0; index < width; index += 1)
    value = (value << 8n) | BigInt(view.getUint8(isLittle ? at + width - 1 - index : at + index));
  return normal(letter === letter.toLowerCase() ? BigInt.asIntN(width * 8, value) : value);
}

function unpack(format: string, data: Uint8Array, from: number): PyTuple {
  const { fields, isLittle, isNative } = layout(format);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const values: Value[] = [];
  for (const { letter, count, offset } of fields) {
    if (letter === 'x') continue;
    if (letter === 's' || letter === 'p') {
      values.push(new PyBytes(data.slice(from + offset, from + offset + count)));
      continue;
    }
    const width = sizeOf(letter, isNative);
    for (let index = 0; index < count; index += 1) values.push(take(view, { letter, at: from + offset + index * width, width, isLittle }));
  }
  return new PyTuple(values);
}

const CRC = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});
function crc32(data: Uint8Array, from: number): number {
  let value = ~from >>> 0;
  for (const byte of data) value = ((CRC[(value ^ byte) & 255] ?? 0) ^ (value >>> 8)) >>> 0;
  return ~value >>> 0;
}

const GZIP_HEAD = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
/** What is deflated, through the house's gunzip. */
function inflate(data: Uint8Array): Uint8Array {
  const packed = new Uint8Array(GZIP_HEAD.length + data.length + 8);
  packed.set(GZIP_HEAD);
  packed.set(data, GZIP_HEAD.length);
  return gunzip(packed);
}

export const create = (_: Interpreter) =>
  moduleOf('_bytes', {
    functions: [
      steps('digest(name, data)', function* ([name, data], thread) {
        const bytes = bytesIn(data);
        const passed = thread.sys.charge(bytes.length * NS_PER_BYTE);
        if (passed) yield passed;
        return new PyBytes(digestOf(name)(bytes));
      }),
      fn('sizes(name)', ([name]) => new PyTuple([digestOf(name).outputLen, digestOf(name).blockLen])),
      fn('hmac(name, key, data)', ([name, key, data]) => new PyBytes(hmac(digestOf(name) as typeof sha256, bytesIn(key), bytesIn(data)))),
      fn(
        'pbkdf2(name, password, salt, rounds, length)',
        ([name, password, salt, rounds, length]) =>
          new PyBytes(
            pbkdf2(digestOf(name) as typeof sha256, bytesIn(password), bytesIn(salt), { c: Number(rounds), dkLen: Number(length) }),
          ),
      ),
      fn('to_base64(data)', ([data]) => new PyBytes(Uint8Array.from(toBase64(bytesIn(data)), (char) => char.charCodeAt(0)))),
      fn('from_base64(data)', ([data]) => {
        const bytes = fromBase64(typeof data === 'string' ? data : String.fromCharCode(...bytesIn(data)));
        return bytes === null ? null : new PyBytes(bytes);
      }),
      steps('pack(format, values)', function* ([format, values], thread) {
        return new PyBytes(pack(textOf(format), yield* collect(thread, values as Value)));
      }),
      fn('unpack(format, data, start)', ([format, data, start]) => unpack(textOf(format), bytesIn(data), Number(start))),
      fn('calcsize(format)', ([format]) => layout(textOf(format)).size),
      fn('crc32(data, value)', ([data, from]) => crc32(bytesIn(data), Number(from))),
      fn('inflate(data)', ([data]) => new PyBytes(inflate(bytesIn(data)))),
      fn('gunzip(data)', ([data]) => new PyBytes(gunzip(bytesIn(data)))),
      fn('gzip(data)', ([data]) => new PyBytes(gzip(bytesIn(data)))),
    ],
  });
