/** Text to bytes and back. */
import { decode, encode } from '../../encoding.ts';
import { textRepr } from '../protocol/text.ts';
import { fail, type Raised } from '../runtime/exceptions.ts';

const NAMES: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  u8: 'utf-8',
  utf: 'utf-8',
  cp65001: 'utf-8',
  'utf-8-sig': 'utf-8-sig',
  us: 'ascii',
  'us-ascii': 'ascii',
  latin1: 'latin-1',
  latin: 'latin-1',
  'iso-8859-1': 'latin-1',
  'iso8859-1': 'latin-1',
  l1: 'latin-1',
};

function codec(name: string): string {
  const plain = name.toLowerCase().replaceAll('_', '-').replaceAll(' ', '-');
  const known = NAMES[plain] ?? plain;
  if (!['utf-8', 'utf-8-sig', 'ascii', 'latin-1', 'utf-16', 'utf-16-le', 'utf-16-be'].includes(known))
    throw fail('LookupError', `unknown encoding: ${name}`);
  return known;
}

function unencodable(name: string, text: string, at: number, limit: number): Raised {
  const raised = fail('UnicodeEncodeError', '');
  const code = text.charCodeAt(at);
  const shown = code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  raised.exc.host = { text: `'${name}' codec can't encode character '${shown}' in position ${at}: ordinal not in range(${limit})` };
  return raised;
}

export function encodeText(text: string, encoding: string, errors = 'strict'): Uint8Array {
  const name = codec(encoding);
  if (name === 'utf-8') {
    if (/[\udc80-\udcff]/.test(text) && errors === 'surrogateescape') return escapedBytes(text);
    return encode(text);
  }
  if (name === 'utf-8-sig') return Uint8Array.from([0xef, 0xbb, 0xbf, ...encode(text)]);
  if (name.startsWith('utf-16')) return utf16(text, name);
  const limit = name === 'ascii' ? 128 : 256;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < limit) bytes.push(code);
    else if (errors === 'ignore') continue;
    else if (errors === 'replace') bytes.push(63);
    else if (errors === 'xmlcharrefreplace') bytes.push(...encode(`&#${code};`));
    else if (errors === 'backslashreplace') bytes.push(...encode(textRepr(text.charAt(at)).slice(1, -1)));
    else throw unencodable(name === 'ascii' ? 'ascii' : 'latin-1', text, at, limit);
  }
  return Uint8Array.from(bytes);
}

function escapedBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (char.length === 1 && code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00);
    else bytes.push(...encode(char));
  }
  return Uint8Array.from(bytes);
}

function utf16(text: string, name: string): Uint8Array {
  const bytes: number[] = name === 'utf-16' ? [0xff, 0xfe] : [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    bytes.push(...(name === 'utf-16-be' ? [code >> 8, code & 255] : [code & 255, code >> 8]));
  }
  return Uint8Array.from(bytes);
}

/** Where bytes are no UTF-8: the place, how many bytes, and what is wrong; null if all is well. */
function wrongUtf8(bytes: Uint8Array): { readonly at: number; readonly count: number; readonly reason: string } | null {
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      at += 1;
      continue;
    }
    const more = first >= 0xc2 && first <= 0xdf ? 1 : first >= 0xe0 && first <= 0xef ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0;
    if (more === 0) return { at, count: 1, reason: 'invalid start byte' };
    for (let index = 1; index <= more; index += 1) {
      const next = bytes[at + index];
      if (next === undefined) return { at, count: index, reason: 'unexpected end of data' };
      const isLow = index === 1 && ((first === 0xe0 && next < 0xa0) || (first === 0xf0 && next < 0x90));
      const isHigh = index === 1 && ((first === 0xed && next > 0x9f) || (first === 0xf4 && next > 0x8f));
      if ((next & 0xc0) !== 0x80 || isLow || isHigh) return { at, count: index, reason: 'invalid continuation byte' };
    }
    at += more + 1;
  }
  return null;
}

function undecodable(
  name: string,
  bytes: Uint8Array,
  wrong: { readonly at: number; readonly count: number; readonly reason: string },
): Raised {
  const raised = fail('UnicodeDecodeError', '');
  const byte = `0x${(bytes[wrong.at] ?? 0).toString(16).padStart(2, '0')}`;
  const place = wrong.count > 1 ? `bytes in position ${wrong.at}-${wrong.at + wrong.count - 1}` : `byte ${byte} in position ${wrong.at}`;
  raised.exc.host = { text: `'${name}' codec can't decode ${place}: ${wrong.reason}` };
  return raised;
}

export function decodeBytes(bytes: Uint8Array, encoding: string, errors = 'strict'): string {
  const name = codec(encoding);
  if (name === 'utf-8' || name === 'utf-8-sig') {
    const body = name === 'utf-8-sig' && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
    return decodeUtf8(body, errors);
  }
  if (name.startsWith('utf-16')) return fromUtf16(bytes, name);
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (name === 'ascii' && byte > 127) {
      if (errors === 'strict') throw undecodable('ascii', bytes, { at, count: 1, reason: 'ordinal not in range(128)' });
      if (errors === 'replace') text += '\ufffd';
    } else text += String.fromCharCode(byte);
  }
  return text;
}

function decodeUtf8(bytes: Uint8Array, errors: string): string {
  let text = '';
  let rest = bytes;
  for (;;) {
    const wrong = wrongUtf8(rest);
    if (wrong === null) return text + withBom(rest);
    if (errors === 'strict') throw undecodable('utf-8', rest, wrong);
    text += withBom(rest.subarray(0, wrong.at));
    if (errors === 'replace') text += '\ufffd';
    else if (errors !== 'ignore')
      for (const byte of rest.subarray(wrong.at, wrong.at + wrong.count))
        text += errors === 'surrogateescape' ? String.fromCharCode(0xdc00 + byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
    rest = rest.subarray(wrong.at + wrong.count);
  }
}

/** The house's decoder takes a mark at the begin away; Python keeps it. */
const withBom = (bytes: Uint8Array): string => {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = decode(bytes);
  return hasMark && !text.startsWith('\ufeff') ? `\ufeff${text}` : text;
};

function fromUtf16(bytes: Uint8Array, name: string): string {
  let isBig = name === 'utf-16-be';
  let from = 0;
  if (name === 'utf-16' && bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) {
    isBig = bytes[0] === 0xfe;
    from = 2;
  }
  let text = '';
  for (let at = from; at + 1 < bytes.length; at += 2) {
    const [a = 0, b = 0] = [bytes[at], bytes[at + 1]];
    text += String.fromCharCode(isBig ? a * 256 + b : b * 256 + a);
  }
  return text;
}
