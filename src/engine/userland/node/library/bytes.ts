/** Texts and bytes: what `buffer` reaches. */

import { decode, encode } from '../../encoding.ts';
import { rawOf } from '../../program-io.ts';
import { newTyped } from '../builtins/typed.ts';
import { toInteger, toText } from '../runtime/convert.ts';
import { native } from '../runtime/functions.ts';
import { isObject, type Value } from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';
import { base64, fromBase64 } from './base64.ts';

/** The bytes of a typed array, a buffer, a view, or a text. */
export function bytesOf(value: Value): Uint8Array {
  if (typeof value === 'string') return encode(value);
  if (isObject(value)) {
    const { inner } = value;
    if (inner?.kind === 'typed' || inner?.kind === 'view')
      return new Uint8Array(inner.view.buffer as ArrayBuffer, inner.view.byteOffset, inner.view.byteLength);
    if (inner?.kind === 'buffer') return new Uint8Array(inner.bytes);
    if (value.items !== null) return Uint8Array.from(value.items.map((one) => (typeof one === 'number' ? one : 0)));
  }
  throw realm().typeError('not bytes');
}

/** Bytes as a Buffer of the script. */
export const bufferOf = (bytes: Uint8Array) =>
  newTyped('Uint8Array', bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice(), intrinsics().nodeBuffer);

function encoded(text: string, encoding: string): Uint8Array {
  switch (encoding) {
    case 'hex': {
      const pairs = /^(?:[\da-fA-F]{2})*/.exec(text)?.[0] ?? '';
      return Uint8Array.from({ length: pairs.length / 2 }, (_, at) => Number.parseInt(pairs.slice(at * 2, at * 2 + 2), 16));
    }
    case 'base64':
    case 'base64url':
      return fromBase64(text);
    case 'latin1':
      return Uint8Array.from(text, (char) => char.charCodeAt(0) & 255);
    case 'utf16le': {
      const bytes = new Uint8Array(text.length * 2);
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        bytes[at * 2] = code & 255;
        bytes[at * 2 + 1] = code >> 8;
      }
      return bytes;
    }
    default:
      return encode(text);
  }
}

export function decoded(bytes: Uint8Array, encoding: string): string {
  switch (encoding) {
    case 'hex':
      return [...bytes].map((one) => one.toString(16).padStart(2, '0')).join('');
    case 'base64':
      return base64(bytes);
    case 'base64url':
      return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    case 'latin1':
      return rawOf(bytes);
    case 'utf16le': {
      let text = '';
      for (let at = 0; at + 1 < bytes.length; at += 2) text += String.fromCharCode((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
      return text;
    }
    default:
      return decode(bytes);
  }
}

function indexOf(bytes: Uint8Array, part: Uint8Array, from: number): number {
  for (let at = from < 0 ? Math.max(0, bytes.length + from) : from; at + part.length <= bytes.length; at += 1) {
    let same = 0;
    while (same < part.length && bytes[at + same] === part[same]) same += 1;
    if (same === part.length) return at;
  }
  return -1;
}

export const bufferBinding = (): Readonly<Record<string, Value>> => ({
  bufferPrototype: intrinsics().nodeBuffer,
  encode: native('encode', 2, ([text, encoding]) => {
    const bytes = encoded(toText(text), toText(encoding));
    realm().memory.take(bytes.length);
    return newTyped('Uint8Array', bytes);
  }),
  decode: native('decode', 2, ([bytes, encoding]) => {
    const text = decoded(bytesOf(bytes), toText(encoding));
    realm().memory.take(text.length);
    return text;
  }),
  indexOf: native('indexOf', 3, ([bytes, part, from]) => indexOf(bytesOf(bytes), bytesOf(part), toInteger(from))),
});
