/** `@csv`, `@base64` and their like. */
import { bytesOf, decode, encode, rawOf } from '../../program-io.ts';
import type { Json } from './syntax.ts';
import { brief, isArray, JqError, numberText, text, typeOf } from './values.ts';

export const toText = (value: Json): string => (typeof value === 'string' ? value : text(value));

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function toBase64(value: string): string {
  const raw = rawOf(encode(value));
  let out = '';
  for (let i = 0; i < raw.length; i += 3) {
    const [a, b, c] = [raw.charCodeAt(i), raw.charCodeAt(i + 1) || 0, raw.charCodeAt(i + 2) || 0];
    const bits = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((bits >> shift) & 63));
    out += digits
      .slice(0, Math.min(4, raw.length - i + 1))
      .join('')
      .padEnd(4, '=');
  }
  return out;
}

export function fromBase64(value: string): string {
  let [bits, count, raw] = [0, 0, ''];
  for (const char of value.replace(/=+$/, '')) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) throw new JqError(`string (${brief(value)}) is not valid base64 data`);
    bits = ((bits << 6) | digit) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      raw += String.fromCharCode((bits >> count) & 255);
    }
  }
  return decode(bytesOf(raw));
}

function row(name: string, value: Json, cell: (item: string) => string): string {
  if (!isArray(value)) throw new JqError(`${typeOf(value)} (${brief(value)}) cannot be ${name}-formatted, only an array can be`);
  const cells = value.map((item) => {
    if (item === null) return '';
    if (typeof item === 'number') return numberText(item);
    if (typeof item === 'boolean') return String(item);
    if (typeof item === 'string') return cell(item);
    throw new JqError(`${typeOf(item)} (${brief(item)}) is not valid in a ${name} row`);
  });
  return cells.join(name === 'csv' ? ',' : '\t');
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&#39;', '"': '&quot;' };
const TABS: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' };

export function formatted(name: string, value: Json): string {
  switch (name) {
    case '@text':
      return toText(value);
    case '@json':
      return text(value);
    case '@csv':
      return row('csv', value, (item) => `"${item.replaceAll('"', '""')}"`);
    case '@tsv':
      return row('tsv', value, (item) => item.replace(/[\t\n\r\\]/g, (char) => TABS[char] ?? char));
    case '@html':
      return toText(value).replace(/[<>&'"]/g, (char) => ENTITIES[char] ?? char);
    case '@uri':
      return [...encode(toText(value))]
        .map((byte) =>
          /[A-Za-z0-9\-._~]/.test(String.fromCharCode(byte))
            ? String.fromCharCode(byte)
            : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
        )
        .join('');
    case '@sh':
      return (isArray(value) ? value : [value]).map(shellWord).join(' ');
    case '@base64':
      return toBase64(toText(value));
    case '@base64d':
      return fromBase64(toText(value));
    default:
      throw new JqError(`${name.slice(1)} is not a valid format`);
  }
}

function shellWord(value: Json): string {
  if (typeof value === 'object' && value !== null) throw new JqError(`${typeOf(value)} (${brief(value)}) can not be escaped for shell`);
  return typeof value === 'string' ? `'${value.replaceAll("'", "'\\''")}'` : text(value);
}
