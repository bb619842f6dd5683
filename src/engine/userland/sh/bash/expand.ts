/** What bash's own expansions become. A list (`$@`, `${a[@]}`) has its operator applied to each of its values. */
import { evaluateArithmetic } from '../expand/evaluate.ts';
import type { Expansion } from '../expand/expansion.ts';
import { parameterValue } from '../expand/parameter-value.ts';
import { expandList, refuseUnset } from '../expand/parameters.ts';
import { trim } from '../expand/pattern.ts';
import type { Shell } from '../shell.ts';
import type { Word } from '../syntax/ast.ts';
import { elementOf, elementsOf, isArray, setElement } from './arrays.ts';
import type { Operator, OwnExpansion } from './expansion-syntax.ts';
import { changeCase, replaceText, transform } from './operators.ts';
import { madeNames } from './special.ts';
import { stateOf } from './state.ts';

/** What an expansion is about: one value, or several. */
interface Target {
  readonly name: string;
  /** The element's written subscript. */
  readonly key?: string;
  readonly values: readonly (string | undefined)[];
  readonly keys: readonly (string | number)[];
  readonly isList: boolean;
  readonly isJoined: boolean;
}

export function expandOwn(expansion: Expansion, own: OwnExpansion, written: string): void {
  const { shell } = expansion;
  if (own.wants === 'names') {
    const names = [...new Set([...shell.variables.names(), ...madeNames()])].filter((name) => name.startsWith(own.name)).sort();
    return emit(expansion, own, { name: own.name, values: names, keys: [], isList: true, isJoined: own.isJoined });
  }
  const direct = targetOf(expansion, own);
  const target = own.isIndirect ? indirect(expansion, own, direct) : direct;
  if (own.wants === 'length') return expansion.value(String(lengthOf(target)), own.quoted);
  if (own.wants === 'keys') return emit(expansion, own, { ...target, values: target.keys.map(String) });
  if (own.operator === undefined) {
    refuseIfUnset(shell, target);
    return emit(expansion, own, target);
  }
  operate(expansion, own, { target, operator: own.operator, written });
}

function refuseIfUnset(shell: Shell, target: Target): void {
  const name = target.key === undefined ? target.name : `${target.name}[${target.key}]`;
  if (shell.options.nounset && !target.isList && target.values[0] === undefined) shell.failForGood(shell.dialect.parameterNotSet(name));
}

const lengthOf = (target: Target): number => (target.isList ? target.values.length : [...(target.values[0] ?? '')].length);

function targetOf(expansion: Expansion, own: OwnExpansion): Target {
  const { shell } = expansion;
  const { name, subscript, isJoined } = own;
  if (name === '@' || name === '*') {
    const values = shell.positional;
    return { name, values, keys: values.map((_, i) => i + 1), isList: true, isJoined };
  }
  if (typeof subscript === 'string') return listOf(shell, name, isJoined);
  if (subscript === undefined) return { name, values: [parameterValue(shell, name)], keys: [], isList: false, isJoined };
  return element(shell, name, expansion.string(subscript));
}

function listOf(shell: Shell, name: string, isJoined: boolean): Target {
  const elements = elementsOf(shell, name) ?? new Map();
  return { name, values: [...elements.values()], keys: [...elements.keys()], isList: true, isJoined };
}

function element(shell: Shell, name: string, key: string): Target {
  return { name, key, values: [elementOf(shell, name, key)], keys: [], isList: false, isJoined: false };
}

/** `${!x}`: what the value of x names. */
function indirect(expansion: Expansion, own: OwnExpansion, direct: Target): Target {
  const { shell } = expansion;
  const reference = shell.variables.entry(own.name)?.own?.target;
  if (reference !== undefined && own.subscript === undefined) return { ...direct, values: [shell.variables.resolve(own.name)] };
  const [text] = direct.values;
  if (text === undefined || text === '') {
    if (own.operator !== undefined && own.operator.kind === 'choose') return { ...direct, values: [undefined] };
    return shell.fail(`${own.name}: invalid indirect expansion`);
  }
  const match = /^([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])(?:\[(.*)\])?$/s.exec(text);
  if (match === null) return shell.fail(`${text}: invalid variable name`);
  const [, name = '', key] = match;
  if (name === '@' || name === '*') return targetOf(expansion, { ...own, name, isJoined: name === '*' });
  if (key === '@' || key === '*') return listOf(shell, name, key === '*');
  return key === undefined
    ? { name, values: [parameterValue(shell, name)], keys: [], isList: false, isJoined: false }
    : element(shell, name, key);
}

function emit(expansion: Expansion, own: { readonly quoted: boolean }, target: Target): void {
  const values = target.values.map((value) => value ?? '');
  if (target.isList) expandList(expansion, { name: target.isJoined ? '*' : '@', quoted: own.quoted }, values);
  else expansion.value(values[0] ?? '', own.quoted);
}

interface Operation {
  readonly target: Target;
  readonly operator: Operator;
  readonly written: string;
}

function operate(expansion: Expansion, own: OwnExpansion, { target, operator, written }: Operation): void {
  const { shell } = expansion;
  if (operator.kind === 'choose') return choose(expansion, own, { target, operator, written });
  if (operator.kind === 'slice') return emit(expansion, own, slice(expansion, operator, target));
  if (
    operator.kind === 'transform' &&
    (operator.letter === 'A' || operator.letter === 'a' || operator.letter === 'K' || operator.letter === 'k')
  ) {
    return emit(expansion, own, { ...target, values: transformAll(shell, target, operator.letter) });
  }
  refuseIfUnset(shell, target);
  const change = changer(expansion, operator);
  const values = target.values.filter((value) => value !== undefined).map(change);
  emit(expansion, own, { ...target, values: target.isList || values.length > 0 ? values : [''] });
}

function transformAll(shell: Shell, target: Target, letter: string): readonly string[] {
  if (letter === 'K' || letter === 'k') {
    const pairs = target.keys.flatMap((key, i) => [String(key), transform(shell, 'Q', target.values[i] ?? '')]);
    return [pairs.join(' ')];
  }
  if (letter === 'a') return target.isList ? target.values.map(() => attributes(shell, target.name)) : [attributes(shell, target.name)];
  const flags = attributes(shell, target.name);
  const head = flags === '' ? '' : `declare -${flags} `;
  if (!target.isList) return [`${head}${target.name}=${transform(shell, 'Q', target.values[0] ?? '')}`];
  const entries = target.keys.map((key, i) => `[${key}]="${(target.values[i] ?? '').replace(/["\\$`]/g, '\\$&')}"`);
  return [`${head}${target.name}=(${entries.join(' ')})`];
}

/** The letters of `declare` that a variable has. */
export function attributes(shell: Shell, name: string): string {
  const variable = shell.variables.entry(name);
  const own = variable?.own;
  return [
    own?.kind === 'indexed' ? 'a' : own?.kind === 'associative' ? 'A' : '',
    own?.isInteger === true ? 'i' : '',
    own?.letters === 'lower' ? 'l' : '',
    own?.target !== undefined ? 'n' : '',
    variable?.isReadonly === true ? 'r' : '',
    own?.letters === 'upper' ? 'u' : '',
    variable?.isExported === true ? 'x' : '',
  ].join('');
}

function changer(expansion: Expansion, operator: Exclude<Operator, { kind: 'choose' | 'slice' }>): (value: string) => string {
  const { shell } = expansion;
  switch (operator.kind) {
    case 'trim': {
      const pattern = expansion.pattern(operator.word);
      return (value) => trim(value, pattern, operator.operator);
    }
    case 'case': {
      const pattern = expansion.pattern(operator.pattern);
      return (value) => changeCase(value, operator.operator, pattern);
    }
    case 'replace': {
      const pattern = expansion.pattern(operator.pattern);
      const replacement = replacementOf(expansion, operator.replacement);
      const ignoresCase = stateOf(shell).has('nocasematch');
      return (value) => replaceText(value, { mode: operator.mode, pattern, replacement, ignoresCase });
    }
    case 'transform':
      return (value) => transform(shell, operator.letter, value);
  }
}

/** The replacement, in which an unquoted `&` stands for what matched. */
function replacementOf(expansion: Expansion, word: Word): (matched: string) => string {
  const means = stateOf(expansion.shell).has('patsub_replacement');
  const pieces = word.parts.map((part) => {
    const text = expansion.string({ parts: [part] });
    return means && !part.quoted ? text.split('&') : [text];
  });
  return (matched) => pieces.map((piece) => piece.join(matched)).join('');
}

function choose(
  expansion: Expansion,
  own: OwnExpansion,
  { target, operator }: Operation & { readonly operator: Extract<Operator, { kind: 'choose' }> },
): void {
  const { shell } = expansion;
  const isSet = target.isList ? target.values.length > 0 : target.values[0] !== undefined;
  const isThere = isSet && !(operator.colon && target.values.join('') === '');
  if (operator.operator === '+') {
    if (isThere) expansion.word(operator.word, true);
  } else if (isThere) emit(expansion, own, target);
  else if (operator.operator === '-') expansion.word(operator.word, true);
  else if (operator.operator === '?') refuseUnset(shell, { name: target.name, colon: operator.colon }, expansion.string(operator.word));
  else {
    const value = expansion.string(operator.word);
    if (target.key === undefined) shell.assign(target.name, value);
    else setElement(shell, target.name, { key: target.key, value });
    expansion.value(value, own.quoted);
  }
}

function slice(expansion: Expansion, operator: Extract<Operator, { kind: 'slice' }>, target: Target): Target {
  const { shell } = expansion;
  const number = (word: Word): number => Number(evaluateArithmetic(shell, expansion.string(word)));
  const offset = number(operator.offset);
  const length = operator.length === undefined ? undefined : number(operator.length);
  if (!target.isList) return { ...target, values: [sliceText(shell, target.values[0] ?? '', { offset, length, word: operator.length })] };
  if (length !== undefined && length < 0) shell.fail(`${expansion.string(operator.length ?? { parts: [] })}: substring expression < 0`);
  const isPositional = target.name === '@' || target.name === '*';
  const entries = target.values.map((value, i) => ({ key: Number(target.keys[i]), value }));
  if (isPositional && offset <= 0) entries.unshift({ key: 0, value: shell.name });
  const isKeyed = isPositional || isArray(shell, target.name);
  const end = Math.max(-1, ...entries.map(({ key }) => key)) + 1;
  const from = offset < 0 ? end + offset : offset;
  if (from < 0) return { ...target, values: [] };
  const kept = Number.isNaN(end) || !isKeyed ? entries.slice(offset) : entries.filter(({ key }) => key >= from);
  return { ...target, values: kept.slice(0, length).map(({ value }) => value) };
}

function sliceText(shell: Shell, text: string, at: { offset: number; length: number | undefined; word: Word | undefined }): string {
  const chars = [...text];
  const start = at.offset < 0 ? chars.length + at.offset : at.offset;
  if (start < 0 || start > chars.length) return '';
  if (at.length === undefined) return chars.slice(start).join('');
  if (at.length >= 0) return chars.slice(start, start + at.length).join('');
  const end = chars.length + at.length;
  if (end < start) shell.fail(`${at.word?.literal ?? at.length}: substring expression < 0`);
  return chars.slice(start, end).join('');
}
