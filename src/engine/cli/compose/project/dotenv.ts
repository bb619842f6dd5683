/** Files of variables: `.env` and `env_file`. Upstream: compose-go dotenv/parser.go. */
import { ProjectError } from './errors.ts';
import { type Substitution, substitute } from './interpolate.ts';

/** What is left to read, and where that is. */
interface Reading {
  readonly text: string;
  readonly file: string;
  at: number;
  line: number;
}

const isBlank = (c: string): boolean => /[\t\v\f\r \u0085\u00a0]/.test(c);

/**
 * Reads the file's variables in order, into those that were found before. A value may use variables from outside and from above; a name
 * alone has its value from outside, and is not set without one.
 */
export function readDotenv(
  text: string,
  file: string,
  outer: Substitution,
  found: Map<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const reading: Reading = { text: text.replace(/^\ufeff/, ''), file, at: 0, line: 1 };
  const inner: Substitution = { lookup: (name) => outer.lookup(name) ?? found.get(name), unset: outer.unset };
  while (toStatement(reading)) {
    const { name, isAlone } = readName(reading);
    if (name.includes(' ')) throw wrong(reading, 'key cannot contain a space');
    const value = isAlone ? outer.lookup(name) : readValue(reading, inner);
    if (value !== undefined) found.set(name, value);
  }
  return found;
}

const wrong = ({ file, line }: Reading, why: string): ProjectError => new ProjectError(`failed to read ${file}: line ${line}: ${why}`);

/** Goes on to the next statement, if there is one. */
function toStatement(reading: Reading): boolean {
  const { text } = reading;
  for (; reading.at < text.length; reading.at++) {
    const c = text[reading.at] ?? '';
    if (c === '\n') reading.line++;
    if (/\s/.test(c)) continue;
    if (c !== '#') return true;
    const end = text.indexOf('\n', reading.at);
    if (end === -1) return false;
    reading.at = end - 1;
  }
  return false;
}

function readName(reading: Reading): { readonly name: string; readonly isAlone: boolean } {
  const { text } = reading;
  const exported = /^export\s+/.exec(text.slice(reading.at))?.[0];
  if (exported !== undefined) reading.at += exported.length;
  const from = reading.at;
  let end = from;
  while (end < text.length && !/[=:\n]/.test(text[end] ?? '')) {
    const c = text[end] ?? '';
    if (!isBlank(c) && !/[\p{L}\p{N}_.\-[\]]/u.test(c)) throw wrong(reading, unexpected(c, text.slice(from).split('\n')[0] ?? ''));
    end++;
  }
  const isAlone = end >= text.length || text[end] === '\n';
  const name = text.slice(from, end);
  if (isAlone && !name.includes(' ')) reading.line++;
  reading.at = Math.min(end + 1, text.length);
  while (isBlank(text[reading.at] ?? '')) reading.at++;
  return { name: name.trimEnd(), isAlone };
}

const unexpected = (c: string, line: string): string =>
  `unexpected character ${JSON.stringify(c)} in variable name ${JSON.stringify(line)}`;

function readValue(reading: Reading, to: Substitution): string {
  const rest = reading.text.slice(reading.at);
  const quote = rest[0];
  if (quote === '"' || quote === "'") return readQuoted(reading, { rest, quote }, to);
  const line = rest.split('\n')[0] ?? '';
  reading.at += line.length + 1;
  reading.line++;
  return expand((line.split(' #')[0] ?? '').trimEnd(), to);
}

function readQuoted(reading: Reading, { rest, quote }: { readonly rest: string; readonly quote: string }, to: Substitution): string {
  const inside = new RegExp(`^${quote}((?:[^${quote}\\\\]|\\\\.)*)${quote}`, 's').exec(rest)?.[1];
  reading.line += (inside ?? rest).split('\n').length - 1;
  if (inside === undefined) throw wrong(reading, `unterminated quoted value ${rest.split('\n')[0] ?? ''}`);
  reading.at += inside.length + 2;
  const text = inside.replaceAll(`\\${quote}`, quote);
  return quote === "'" ? text : expand(unescaped(text), to);
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
  $: '$$',
};
const unescaped = (text: string): string => text.replace(/\\([abcfnrtv$"\\])/g, (whole, c: string) => ESCAPES[c] ?? whole);

const expand = (text: string, to: Substitution): string => (text.includes('$') ? substitute(text, to) : text);
