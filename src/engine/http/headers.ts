import { HttpError, malformed } from './errors.ts';
import type { Reader } from './reader.ts';
import type { Headers } from './types.ts';

/** As Go's net/http: a head of more than a megabyte is refused. */
export const MAX_HEAD_BYTES = 1 << 20;
const MAX_HEADERS = 1000;
/** RFC 9110, section 5.6.2: what a name may consist of. */
export const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these may not stand in a value.
const BAD_VALUE = /[\0-\x08\x0a-\x1f\x7f]/;

/** Headers out of name and value pairs; names in any case. */
export function headersFrom(pairs: Iterable<readonly [string, string]>): Headers {
  const headers = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    const values = headers.get(key);
    if (values) values.push(value);
    else headers.set(key, [value]);
  }
  return headers;
}

/** The first value of a header, undefined if it is not there. */
export const header = (headers: Headers, name: string): string | undefined => headers.get(name.toLowerCase())?.[0];

/** All values of a header that is a list (`Connection: keep-alive, Upgrade`), in lower case. */
export const headerWords = (headers: Headers, name: string): readonly string[] =>
  (headers.get(name.toLowerCase()) ?? [])
    .flatMap((value) => value.split(','))
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');

/** Reads headers up to the empty line. Throws HttpError. */
export const readHeaders = async (reader: Reader): Promise<Headers> => headersFrom(await readHeaderLines(reader));

/** The same as they come. */
export async function readHeaderLines(reader: Reader): Promise<readonly (readonly [string, string])[]> {
  const pairs: [string, string][] = [];
  let left = MAX_HEAD_BYTES;
  for (;;) {
    const line = await reader.line(left);
    if (line === null) throw malformed('unexpected EOF');
    if (line === '') return pairs;
    left -= line.length;
    if (pairs.length === MAX_HEADERS || left <= 0) throw new HttpError(431, 'too many headers');
    pairs.push(parseHeader(line));
  }
}

function parseHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon);
  const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');
  if (colon < 1 || !TOKEN.test(name) || BAD_VALUE.test(value)) throw malformed(`malformed MIME header line: ${line}`);
  return [name, value];
}

/** A message's head as text. A name or value that would end its line is a bug of ours: it throws. */
export function headText(firstLine: string, pairs: Iterable<readonly [string, string]>): Uint8Array {
  let text = `${firstLine}\r\n`;
  for (const [name, value] of pairs) {
    if (!TOKEN.test(name) || BAD_VALUE.test(value)) throw new TypeError(`not a header: ${JSON.stringify([name, value])}`);
    text += `${name}: ${value}\r\n`;
  }
  return new TextEncoder().encode(`${text}\r\n`);
}
