/** awk's own functions. */

import { strftime, zoneOf } from '../dates.ts';
import { formatFloat, formatInteger, formatString, parseFormat } from '../format.ts';
import type { Expression, Lvalue } from './ast.ts';
import { evaluate, needsMath, regexSource, type Steps, store, textValue } from './evaluate.ts';
import { splitByRegex, splitText } from './record.ts';
import type { AwkState } from './state.ts';
import { fromInput, regexOf, toNumber, type Value } from './values.ts';

type Builtin = (state: AwkState, args: readonly Expression[]) => Steps<Value>;

const NS_PER_SECOND = 1_000_000_000n;
const NOTHING: Expression = { kind: 'string', value: '' };
const RECORD: Lvalue = { kind: 'field', index: { kind: 'number', value: 0 } };

const numeric = (work: (...values: number[]) => number): Builtin =>
  function* (state, args) {
    const values: number[] = [];
    for (const argument of args) values.push(toNumber(yield* evaluate(state, argument)));
    return work(...values);
  };

/** What the library of mathematics does. */
const library = (work: (...values: number[]) => number): Builtin =>
  function* (state, args) {
    needsMath(state);
    return yield* numeric(work)(state, args);
  };

const textual = (work: (text: string) => Value): Builtin =>
  function* (state, args) {
    return work(yield* textValue(state, args[0] ?? RECORD));
  };

function* length(state: AwkState, args: readonly Expression[]): Steps<Value> {
  const [of] = args;
  if (of?.kind === 'name' || (of?.kind === 'group' && of.list[0]?.kind === 'name')) {
    const name = of.kind === 'name' ? of.name : of.list[0]?.kind === 'name' ? of.list[0].name : '';
    const cell = state.cell(name);
    if (cell.array !== null || cell.origin?.array) return state.arrayOf(cell).size;
  }
  return (yield* textValue(state, of ?? RECORD)).length;
}

function* substr(state: AwkState, args: readonly Expression[]): Steps<Value> {
  const text = yield* textValue(state, args[0] ?? NOTHING);
  const start = Math.max(0, round(toNumber(yield* evaluate(state, args[1] ?? NOTHING))) - 1);
  const count = args[2] === undefined ? text.length : round(toNumber(yield* evaluate(state, args[2])));
  return count <= 0 ? '' : text.slice(start, start + count);
}

const round = (number: number): number => (Number.isNaN(number) ? 0 : Math.abs(number) > 1e9 ? number : Math.round(number));

function* index(state: AwkState, args: readonly Expression[]): Steps<Value> {
  const text = yield* textValue(state, args[0] ?? NOTHING);
  return text.indexOf(yield* textValue(state, args[1] ?? NOTHING)) + 1;
}

function* split(state: AwkState, args: readonly Expression[]): Steps<Value> {
  const text = yield* textValue(state, args[0] ?? NOTHING);
  const [, name, separator] = args;
  let pieces: readonly string[];
  if (separator?.kind === 'regex') pieces = splitByRegex(text, separator.source);
  else pieces = splitText(text, separator === undefined ? state.textOf('FS') : yield* textValue(state, separator));
  if (name?.kind !== 'name') return pieces.length;
  const array = state.arrayOf(state.cell(name.name));
  array.clear();
  for (const [at, piece] of pieces.entries()) array.set(String(at + 1), fromInput(piece));
  return pieces.length;
}

/** `&` is what was found, `\&` itself. */
const replaced = (replacement: string, found: string): string =>
  replacement.replace(/\\\\&|\\&|\\\\|&/g, (mark) =>
    mark === '&' ? found : mark === '\\&' ? '&' : mark === '\\\\&' ? `\\${found}` : mark,
  );

const substitute = (all: boolean): Builtin =>
  function* (state, args) {
    const regex = regexOf(yield* regexSource(state, args[0] ?? NOTHING));
    const replacement = yield* textValue(state, args[1] ?? NOTHING);
    const target = args[2] ?? RECORD;
    const text = yield* textValue(state, target);
    let [result, from, count] = ['', 0, 0];
    let lastEnd = -1;
    for (const match of text.matchAll(regex)) {
      // Right after a match an empty one is none.
      if (match[0] === '' && match.index === lastEnd) continue;
      result += text.slice(from, match.index) + replaced(replacement, match[0]);
      from = match.index + match[0].length;
      lastEnd = from;
      count += 1;
      if (!all) break;
    }
    const place = target.kind === 'group' ? target.list[0] : target;
    if (count > 0 && (place?.kind === 'name' || place?.kind === 'index' || place?.kind === 'field'))
      yield* store(state, place, result + text.slice(from));
    return count;
  };

function* match(state: AwkState, args: readonly Expression[]): Steps<Value> {
  const text = yield* textValue(state, args[0] ?? NOTHING);
  const regex = regexOf(yield* regexSource(state, args[1] ?? NOTHING));
  regex.lastIndex = 0;
  const found = regex.exec(text);
  state.set('RSTART', found === null ? 0 : found.index + 1);
  state.set('RLENGTH', found === null ? -1 : found[0].length);
  return state.get('RSTART');
}

function* sprintf(state: AwkState, args: readonly Expression[]): Steps<Value> {
  const values: Value[] = [];
  for (const argument of args) values.push(yield* evaluate(state, argument));
  return format(state, values);
}

/** printf's work; the first value is the format. */
export function format(state: AwkState, [pattern, ...values]: readonly Value[]): string {
  let at = 0;
  const next = (): Value => values[at++];
  let text = '';
  for (const piece of parseFormat(state.text(pattern))) {
    if (piece.kind === 'text') {
      text += piece.text;
      continue;
    }
    const number = (word: string | undefined): number | undefined =>
      word === undefined ? undefined : word === '*' ? toNumber(next()) : Number(word);
    const [width = 0, precision] = [number(piece.width), number(piece.precision)];
    const conversion = { flags: width < 0 ? `${piece.flags}-` : piece.flags, width: Math.abs(width), precision, letter: piece.letter };
    text += converted(state, conversion, { next, source: piece.source });
  }
  return text;
}

type Conversion = Parameters<typeof formatInteger>[1];

function converted(state: AwkState, conversion: Conversion, { next, source }: { next: () => Value; source: string }): string {
  const { letter } = conversion;
  if ('diouxX'.includes(letter) && letter !== '') return integer(toNumber(next()), conversion);
  if ('eEfFgGaA'.includes(letter) && letter !== '') return formatFloat(toNumber(next()), conversion);
  if (letter === 'c') {
    const value = next();
    return formatString(
      typeof value === 'string' || value === undefined
        ? (value ?? '').slice(0, 1)
        : typeof value === 'number'
          ? String.fromCharCode(Math.trunc(value) & 0xff)
          : value.text.slice(0, 1),
      { ...conversion, precision: undefined },
    );
  }
  return letter === 's' ? formatString(state.text(next()), conversion) : source;
}

function integer(number: number, conversion: Conversion): string {
  if (!Number.isFinite(number)) return formatFloat(number, { ...conversion, letter: 'f' });
  return formatInteger(BigInt(Math.trunc(number)), conversion);
}

const MULTIPLIER = 1_103_515_245;
const INCREMENT = 12_345;

/** The C library's plain generator: the same seed, the same numbers. */
// biome-ignore lint/correctness/useYield: it never waits, and is called as the others are.
function* rand(state: AwkState): Steps<Value> {
  state.random = (Math.imul(state.random, MULTIPLIER) + INCREMENT) >>> 0;
  return (state.random >>> 1) / 2 ** 31;
}

function* srand(state: AwkState, args: readonly Expression[]): Steps<Value> {
  const before = state.seed;
  state.seed = args[0] === undefined ? Number(state.tool.sys.clock.nowNs() / NS_PER_SECOND) : toNumber(yield* evaluate(state, args[0]));
  state.random = Math.imul(Math.trunc(state.seed) | 0, 2_654_435_761) >>> 0;
  return before;
}

function* close(state: AwkState, args: readonly Expression[]): Steps<Value> {
  const name = yield* textValue(state, args[0] ?? NOTHING);
  return yield () => state.streams.close(name);
}

function* system(state: AwkState, args: readonly Expression[]): Steps<Value> {
  const command = yield* textValue(state, args[0] ?? NOTHING);
  return yield () => state.streams.system(command);
}

function* fflush(state: AwkState): Steps<Value> {
  return yield async () => {
    await state.streams.flush();
    return 0;
  };
}

// biome-ignore lint/correctness/useYield: it never waits, and is called as the others are.
function* systime(state: AwkState): Steps<Value> {
  return Number(state.tool.sys.clock.nowNs() / NS_PER_SECOND);
}

function* time(state: AwkState, args: readonly Expression[]): Steps<Value> {
  const pattern = args[0] === undefined ? '%c' : yield* textValue(state, args[0]);
  const ns =
    args[1] === undefined ? state.tool.sys.clock.nowNs() : BigInt(Math.trunc(toNumber(yield* evaluate(state, args[1])))) * NS_PER_SECOND;
  return strftime(pattern, ns, zoneOf(state.tool.sys.env.get('TZ')));
}

const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const upper = (text: string): string => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());

const TABLE: Readonly<Record<string, Builtin>> = {
  length,
  substr,
  index,
  split,
  match,
  sprintf,
  rand,
  srand,
  close,
  system,
  fflush,
  systime,
  strftime: time,
  sub: substitute(false),
  gsub: substitute(true),
  tolower: textual(lower),
  toupper: textual(upper),
  sin: library((x = 0) => Math.sin(x)),
  cos: library((x = 0) => Math.cos(x)),
  atan2: library((y = 0, x = 0) => Math.atan2(y, x)),
  exp: library((x = 0) => Math.exp(x)),
  log: library((x = 0) => Math.log(x)),
  sqrt: library((x = 0) => Math.sqrt(x)),
  int: numeric((x = 0) => Math.trunc(x)),
  and: numeric((x = 0, y = 0) => Number(BigInt(x) & BigInt(y))),
  or: numeric((x = 0, y = 0) => Number(BigInt(x) | BigInt(y))),
  xor: numeric((x = 0, y = 0) => Number(BigInt(x) ^ BigInt(y))),
  lshift: numeric((x = 0, y = 0) => Number(BigInt(x) << BigInt(y))),
  rshift: numeric((x = 0, y = 0) => Number(BigInt(x) >> BigInt(y))),
  compl: numeric((x = 0) => Number(BigInt.asUintN(32, ~BigInt(x)))),
};

export function* callBuiltin(state: AwkState, { name, args }: Extract<Expression, { kind: 'builtin' }>): Steps<Value> {
  const builtin = TABLE[name];
  return builtin === undefined ? undefined : yield* builtin(state, args);
}
