/** Words that are not just what is written, in the order of POSIX 2.6: tilde, parameters, commands and arithmetic; fields; paths; quotes. */

import { later } from '../later.ts';
import type { Shell } from '../shell.ts';
import type { List, Part, Word } from '../syntax/ast.ts';
import type { MaybePromise } from './expand.ts';
import { FieldBuilder } from './fields.ts';
import { glob } from './glob.ts';
import { parameterValue } from './parameter-value.ts';
import { expandParameter } from './parameters.ts';
import { expandTilde } from './tilde.ts';

const substitute = later(async () => (await import('../run/substitution.ts')).substitute);

type Evaluate = typeof import('./evaluate.ts').evaluateArithmetic;
/** What sums up `$((…))`, once somebody needed it. */
let evaluateArithmetic: Evaluate | undefined;

/** Code that has to be fetched before the expansion can go on. */
class Missing {}

/** The value of a sum, to be asked for inside of an expansion alone. */
export function sum(shell: Shell, text: string): ReturnType<Evaluate> {
  if (evaluateArithmetic === undefined) throw new Missing();
  return evaluateArithmetic(shell, text);
}

async function fetchSums(shell: Shell): Promise<void> {
  evaluateArithmetic = (await shell.sys.stall(() => import('./evaluate.ts'))).evaluateArithmetic;
}

/** A command substitution that has to be run before the expansion can go on. */
class Pending {
  readonly body: List;
  /** Where its result is noted. */
  readonly at: number;

  constructor(body: List, at: number) {
    this.body = body;
    this.at = at;
  }
}

const DEFAULT_IFS = ' \t\n';
/** Text that is neither split by the usual IFS nor a pattern, and not empty. */
const PLAIN = /^[A-Za-z0-9_./:@%+=,-]+$/;

function pend(body: List, at: number): never {
  throw new Pending(body, at);
}

/** What is known already of an expansion: the value at a step, and which step follows (a sum has steps of its own inside it). */
type Memo = { readonly value: string; readonly next: number }[];

export interface ExpandOptions {
  /** Split into fields; otherwise everything stays together, as in an assignment. */
  readonly splits: boolean;
  readonly isAssignment?: boolean;
}

/**
 * One expansion of one word. It never waits: a command substitution is thrown to the caller, who runs it, notes its result in
 * `memo` and begins again. Whatever has an effect goes through `remember`, and so happens once.
 */
export class Expansion {
  readonly shell: Shell;
  readonly fields: FieldBuilder;
  readonly options: ExpandOptions;
  readonly #memo: Memo;
  /** The expansion of the word that this one's word is in: it counts the steps. */
  readonly #outer: Expansion | null;
  #step = 0;

  constructor(shell: Shell, options: ExpandOptions, memo: Memo, outer: Expansion | null = null) {
    this.shell = shell;
    this.#outer = outer;
    this.options = options;
    this.#memo = memo;
    this.fields = new FieldBuilder(options.splits ? shell.ifs : '');
  }

  remember(make: (at: number) => string): string {
    if (this.#outer !== null) return this.#outer.remember(make);
    const at = this.#step;
    const known = this.#memo[at];
    if (known !== undefined) {
      this.#step = known.next;
      return known.value;
    }
    this.#step = at + 1;
    const value = make(at);
    this.#memo[at] = { value, next: this.#step };
    return value;
  }

  word(word: Word, isNested = false): void {
    const { parts } = word;
    parts.forEach((part, i) => {
      this.#part(part, { isFirst: i === 0, isLast: i === parts.length - 1, isNested });
    });
  }

  #part(part: Part, place: { isFirst: boolean; isLast: boolean; isNested: boolean }): void {
    if (part.kind === 'text') this.#text(part, place);
    else if (part.kind === 'parameter') expandParameter(this, part);
    else if (part.kind === 'own') part.expand(this);
    else this.value(this.remember(part.kind === 'arithmetic' ? () => this.#sum(part.word) : (at) => pend(part.body, at)), part.quoted);
  }

  #sum(word: Word): string {
    return String(sum(this.shell, this.string(word)));
  }

  #text(part: { text: string; quoted: boolean }, place: { isFirst: boolean; isLast: boolean; isNested: boolean }): void {
    if (part.quoted) {
      this.fields.addQuoted(part.text);
      return;
    }
    const isAssignment = this.options.isAssignment === true;
    const text = expandTilde(this.shell, part.text, { ...place, isAssignment });
    if (place.isNested && this.options.splits) this.fields.addSplit(text);
    else this.fields.addLiteral(text);
  }

  /** What an expansion gave. */
  value(text: string, quoted: boolean): void {
    if (quoted) this.fields.addQuoted(text);
    else if (this.options.splits) this.fields.addSplit(text);
    else if (text !== '') this.fields.addLiteral(text);
  }

  /** A word inside this one as plain text. */
  string(word: Word): string {
    return word.literal ?? this.#whole(word).text;
  }

  /** A word inside this one as a pattern. */
  pattern(word: Word): string {
    return this.#whole(word).pattern;
  }

  #whole(word: Word): { text: string; pattern: string } {
    const inner = new Expansion(this.shell, { splits: false }, this.#memo, this);
    inner.word(word);
    inner.fields.end();
    return inner.fields.fields[0] ?? { text: '', pattern: '' };
  }
}

/** Runs `make` until it needs no more commands. Synchronous as long as there are none. */
function complete<T>(shell: Shell, make: (memo: Memo) => T): MaybePromise<T> {
  const memo: Memo = [];
  try {
    return make(memo);
  } catch (error) {
    if (!(error instanceof Pending || error instanceof Missing)) throw error;
    return completeLater(shell, { make, memo, first: error });
  }
}

async function completeLater<T>(shell: Shell, work: { make: (memo: Memo) => T; memo: Memo; first: Pending | Missing }): Promise<T> {
  let pending = work.first;
  for (;;) {
    if (pending instanceof Pending) work.memo[pending.at] = { value: await substitute(shell, pending.body), next: pending.at + 1 };
    else await fetchSums(shell);
    try {
      return work.make(work.memo);
    } catch (error) {
      if (!(error instanceof Pending || error instanceof Missing)) throw error;
      pending = error;
    }
  }
}

/** What nearly every word in a loop is: one parameter or sum by itself. Undefined: the word needs the whole procedure. */
function simpleValue(shell: Shell, word: Word): string | undefined {
  const [part] = word.parts;
  if (part === undefined || word.parts.length !== 1) return undefined;
  if (part.kind === 'arithmetic')
    return part.word.literal === undefined ? undefined : evaluateArithmetic && String(evaluateArithmetic(shell, part.word.literal));
  if (part.kind !== 'parameter' || part.operator !== undefined || part.extension !== undefined || part.bad !== undefined) return undefined;
  return part.name === '@' || part.name === '*' ? undefined : parameterValue(shell, part.name);
}

const needsNoSplitting = (shell: Shell, text: string): boolean => PLAIN.test(text) && shell.ifs === DEFAULT_IFS;

export function expandFields(shell: Shell, word: Word): MaybePromise<string[]> {
  if (word.isAssignment === true) return expandAssignment(shell, word);
  const value = simpleValue(shell, word);
  if (value !== undefined && (word.parts[0]?.quoted === true || needsNoSplitting(shell, value))) return [value];
  if (value !== undefined && word.parts[0]?.kind === 'arithmetic') return splitValue(shell, value);
  return complete(shell, (memo) => {
    const expansion = new Expansion(shell, { splits: true }, memo);
    expansion.word(word);
    expansion.fields.end();
    return expansion.fields.fields.flatMap((field) => {
      if (!field.hasGlob || shell.options.noglob) return [field.text];
      const paths = shell.dialect.own?.glob(shell, field.pattern) ?? glob(shell.sys, field.pattern);
      return paths.length > 0 ? paths : (shell.dialect.own?.noMatch(shell, field.text) ?? [field.text]);
    });
  });
}

async function expandAssignment(shell: Shell, word: Word): Promise<string[]> {
  return [await expandText(shell, word, { isAssignment: true })];
}

/** A sum that IFS cuts. */
function splitValue(shell: Shell, value: string): string[] {
  const fields = new FieldBuilder(shell.ifs);
  fields.addSplit(value);
  fields.end();
  return fields.fields.map((field) => field.text);
}

/** A word that stays one piece of text: an assignment's value, a file's name, a `case` subject. */
export function expandText(shell: Shell, word: Word, options: Omit<ExpandOptions, 'splits'> = {}): MaybePromise<string> {
  const value = simpleValue(shell, word);
  if (value !== undefined) return value;
  return complete(shell, (memo) => {
    const expansion = new Expansion(shell, { splits: false, ...options }, memo);
    expansion.word(word);
    expansion.fields.end();
    return expansion.fields.fields[0]?.text ?? '';
  });
}

/** A word as a pattern, for `case`. */
export function expandPattern(shell: Shell, word: Word): MaybePromise<string> {
  return complete(shell, (memo) => new Expansion(shell, { splits: false }, memo).pattern(word));
}
