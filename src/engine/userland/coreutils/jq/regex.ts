/** Regular expressions in jq: Oniguruma's as JavaScript's. */
import type { Json } from './syntax.ts';
import { brief, isArray, JqError, typeOf } from './values.ts';

interface Found {
  readonly offset: number;
  readonly length: number;
  readonly string: string;
  readonly captures: readonly { readonly offset: number; readonly length: number; readonly string: Json; readonly name: Json }[];
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`\\{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};

function compile(pattern: Json, flags: string): RegExp {
  if (typeof pattern !== 'string') throw new JqError(`${typeOf(pattern)} (${brief(pattern)}) cannot be matched, as it is not a string`);
  const source = pattern
    .replace(/\[:(\w+):\]/g, (all, name: string) => CLASSES[name] ?? all)
    .replace(/\\h/g, '[0-9a-fA-F]')
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$');
  const extended = flags.includes('x') ? source.replace(/(?<!\\)\s+|(?<!\\)#.*/g, '') : source;
  try {
    return new RegExp(extended, `dg${flags.includes('i') ? 'i' : ''}${flags.includes('s') || flags.includes('p') ? 's' : ''}u`);
  } catch {
    throw new JqError(`${pattern} (at offset 0) is not a valid regex`);
  }
}

function matches(input: Json, pattern: Json, flags: Json): readonly Found[] {
  if (typeof input !== 'string') throw new JqError(`${typeOf(input)} (${brief(input)}) cannot be matched, as it is not a string`);
  const letters = flags === null ? '' : String(flags);
  const regex = compile(pattern, letters);
  const all = letters.includes('g') ? [...input.matchAll(regex)] : [regex.exec(input)].filter((one) => one !== null);
  const place = (at: number): number => [...input.slice(0, at)].length;
  const kept = letters.includes('n') ? all.filter(([text]) => text !== '') : all;
  return kept.map((match) => {
    const names = new Map(Object.entries(match.indices?.groups ?? {}).map(([name, range]) => [String(range), name]));
    const captures = match.slice(1).map((text: string | undefined, i) => {
      const range = match.indices?.[i + 1];
      return {
        offset: range === undefined ? -1 : place(range[0]),
        length: text === undefined ? 0 : [...text].length,
        string: text ?? null,
        name: names.get(String(range)) ?? null,
      };
    });
    return { offset: place(match.index), length: [...match[0]].length, string: match[0], captures };
  });
}

/** `re`, `re; flags`, or `[re, flags]`. */
function taken(args: readonly Json[]): readonly [Json, Json] {
  const [first = null, second = null] = args;
  return isArray(first) ? [first[0] ?? null, first[1] ?? null] : [first, second];
}

const captured = (found: Found): Json =>
  Object.fromEntries(found.captures.filter(({ name }) => name !== null).map(({ name, string }) => [String(name), string]));

type Native = (input: Json, args: readonly Json[]) => Json;
const global = ([pattern, flags]: readonly [Json, Json]): readonly [Json, Json] => [pattern, `g${flags === null ? '' : String(flags)}`];

const test: Native = (input, args) => matches(input, ...taken(args)).length > 0;
const splitBy: Native = (input, args) => {
  const pieces: string[] = [];
  let at = 0;
  const chars = [...String(input)];
  for (const found of matches(input, ...global(taken(args)))) {
    pieces.push(chars.slice(at, found.offset).join(''));
    at = found.offset + found.length;
  }
  return [...pieces, chars.slice(at).join('')];
};

/** Those with one answer; `match`, `capture`, `scan`, `splits` and `sub` are streams made of these. */
export const REGEX_FUNCTIONS: Readonly<Record<string, Native>> = {
  'test/1': test,
  'test/2': test,
  'split/2': splitBy,
  '_matches/2': (input, args) => matches(input, ...taken(args)) as unknown as Json,
  '_captures/0': (found) => captured(found as unknown as Found),
};
