/** Files of variables: `.env` and `env_file`. Upstream: compose-go dotenv. */
import { ProjectError } from './errors.ts';
import { type Substitution, substitute } from './interpolate.ts';

/** Reads the file's variables in order. A value may use variables from outside and from above. */
export function readDotenv(text: string, file: string, outer: Substitution): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>();
  const inner: Substitution = { lookup: (name) => outer.lookup(name) ?? found.get(name) ?? undefined, unset: outer.unset };
  const lines = text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim();
    if (line === '' || line.startsWith('#')) continue;
    const parts = /^(?:export\s+)?([A-Za-z_.-][\w.\-[\]]*)\s*(?:[=:]\s?(.*))?$/s.exec(line);
    if (parts === null)
      throw new ProjectError(
        `failed to read ${file}: line ${at + 1}: unexpected character ${unexpected(line)} in variable name ${JSON.stringify(line)}`,
      );
    const [, name = '', value] = parts;
    if (value === undefined) {
      found.set(name, outer.lookup(name) ?? null);
      continue;
    }
    const quote = /^\s*(['"])/.exec(value)?.[1];
    let raw = value.trimStart();
    while (quote !== undefined && !isClosed(raw, quote) && at + 1 < lines.length) raw += `\n${lines[++at] ?? ''}`;
    found.set(name, readValue(raw, quote, inner, file));
  }
  return found;
}

const unexpected = (line: string): string => JSON.stringify(/[^\w.\-[\]]/.exec(line)?.[0] ?? '');
const isClosed = (raw: string, quote: string): boolean => new RegExp(`^${quote}(?:[^${quote}\\\\]|\\\\.)*${quote}`, 's').test(raw);

function readValue(raw: string, quote: string | undefined, to: Substitution, file: string): string {
  if (quote === undefined) return expand(raw.replace(/(^|\s)#.*$/, '').trim(), to);
  const inside = new RegExp(`^${quote}((?:[^${quote}\\\\]|\\\\.)*)${quote}`, 's').exec(raw)?.[1];
  if (inside === undefined) throw new ProjectError(`failed to read ${file}: line 1: unterminated quoted value ${raw}`);
  if (quote === "'") return inside.replaceAll("\\'", "'");
  const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  return expand(
    inside.replace(/\\([nrt"\\])/g, (_, c: string) => ESCAPES[c] ?? c),
    to,
  );
}

const expand = (text: string, to: Substitution): string => (text.includes('$') ? substitute(text.replaceAll('\\$', '$$$$'), to) : text);
