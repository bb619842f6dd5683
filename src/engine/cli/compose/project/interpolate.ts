/** Variables in Compose files: `$NAME`, `${NAME:-default}` and the other operators. Upstream: compose-go template. */
import { ProjectError } from './errors.ts';
import { isList, isMapping, type Mapping, mapValues, type Value } from './value.ts';

export type Lookup = (name: string) => string | undefined;
export interface Substitution {
  readonly lookup: Lookup;
  /** A variable without a value and without a default. */
  readonly unset: (name: string) => void;
}

class InvalidTemplate extends Error {}
class MissingVariable extends Error {}

const NAME = /^[_a-zA-Z][_a-zA-Z0-9]*/;
const OPERATORS = [':-', ':?', ':+', '-', '?', '+'] as const;

/** The text with its variables replaced; `$$` is a dollar sign. Throws an Error with Compose's words. */
export function substitute(text: string, to: Substitution): string {
  let out = '';
  for (let i = 0; i < text.length; ) {
    const dollar = text.indexOf('$', i);
    if (dollar < 0) return out + text.slice(i);
    out += text.slice(i, dollar);
    const rest = text.slice(dollar + 1);
    if (rest.startsWith('$')) {
      out += '$';
      i = dollar + 2;
    } else if (rest.startsWith('{')) {
      const end = closing(text, dollar + 1);
      if (end < 0) throw new InvalidTemplate(text);
      out += braced(text.slice(dollar + 2, end), to, text);
      i = end + 1;
    } else {
      const name = NAME.exec(rest)?.[0];
      // A dollar sign before anything else is just that.
      out += name === undefined ? '$' : variableValue(name, to);
      i = dollar + 1 + (name?.length ?? 0);
    }
  }
  return out;
}

function closing(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '{' && (i === from || text[i - 1] === '$')) depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

function variableValue(name: string, to: Substitution): string {
  const value = to.lookup(name);
  if (value === undefined) to.unset(name);
  return value ?? '';
}

function braced(inside: string, to: Substitution, whole: string): string {
  const name = NAME.exec(inside)?.[0];
  if (name === undefined) throw new InvalidTemplate(whole);
  const rest = inside.slice(name.length);
  if (rest === '') return variableValue(name, to);
  const operator = OPERATORS.find((one) => rest.startsWith(one));
  if (operator === undefined) throw new InvalidTemplate(whole);
  const word = rest.slice(operator.length);
  const value = to.lookup(name);
  const isSet = value !== undefined && (!operator.startsWith(':') || value !== '');
  if (operator.endsWith('-')) return isSet ? (value ?? '') : substitute(word, to);
  if (operator.endsWith('+')) return isSet ? substitute(word, to) : '';
  if (isSet) return value ?? '';
  throw new MissingVariable(`required variable ${name} is missing a value${word === '' ? '' : `: ${substitute(word, to)}`}`);
}

/** Every text of a file; keys stay as they are. */
export function interpolate(file: Mapping, to: Substitution): Mapping {
  return mapValues(file, (value, key) => interpolateAt(value, [key], to));
}

function interpolateAt(value: Value, path: readonly string[], to: Substitution): Value {
  if (typeof value === 'string') return castAt(substituteAt(value, path, to), path, value.includes('$'));
  if (isList(value)) return value.map((item, i) => interpolateAt(item, [...path, String(i)], to));
  if (isMapping(value)) return mapValues(value, (item, key) => interpolateAt(item, [...path, key], to));
  return value;
}

function substituteAt(text: string, path: readonly string[], to: Substitution): string {
  try {
    return substitute(text, to);
  } catch (error) {
    const place = path.filter((part) => !/^\d+$/.test(part)).join('.');
    if (error instanceof MissingVariable) throw new ProjectError(`error while interpolating ${place}: ${error.message}`);
    if (!(error instanceof InvalidTemplate)) throw error;
    const hint = 'You may need to escape any $ with another $';
    throw new ProjectError(`invalid interpolation format for ${place}.\n${hint}.\n${error.message}`);
  }
}

const NUMBERS = /^services\.[^.]+\.(scale|deploy\.replicas|healthcheck\.retries|oom_score_adj|cpu_shares|cpu_quota|cpu_period|pids_limit)$/;
const SWITCHES =
  /^services\.[^.]+\.(init|privileged|read_only|stdin_open|tty|oom_kill_disable|healthcheck\.disable|attach|volumes\.\d+\.read_only)$|^(networks|volumes|configs|secrets)\.[^.]+\.(external|internal|attachable|enable_ipv4|enable_ipv6)$/;

/** What is a number or a switch stays one when it comes from a variable. */
function castAt(text: string, path: readonly string[], substituted: boolean): Value {
  if (!substituted) return text;
  const place = path.join('.');
  if (NUMBERS.test(place) && /^-?\d+$/.test(text)) return Number(text);
  if (SWITCHES.test(place) && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}

export interface Variable {
  readonly name: string;
  readonly required: boolean;
  readonly initial: string;
  readonly alternate: string;
}

/** The variables that a file names, for `config --variables`. */
export function variablesOf(value: Value, into: Map<string, Variable> = new Map()): Map<string, Variable> {
  if (isList(value)) for (const item of value) variablesOf(item, into);
  else if (isMapping(value)) for (const item of Object.values(value)) variablesOf(item, into);
  else if (typeof value === 'string') variablesOfText(value, into);
  return into;
}

function variablesOfText(text: string, into: Map<string, Variable>): void {
  for (const match of text.replaceAll('$$', '').matchAll(/\$(?:([_a-zA-Z]\w*)|\{([_a-zA-Z]\w*)(?:(:?[-?+])((?:[^{}]|\{[^{}]*\})*))?\})/g)) {
    const [, bare, name = bare ?? '', operator = '', word = ''] = match;
    const before = into.get(name);
    const one = {
      name,
      required: operator.endsWith('?'),
      initial: operator.endsWith('-') ? word : '',
      alternate: operator.endsWith('+') ? word : '',
    };
    into.set(name, before === undefined || (before.initial === '' && one.initial !== '') ? one : before);
    if (word.includes('$')) variablesOfText(word, into);
  }
}
