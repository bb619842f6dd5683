/** Variables in Compose files: `$NAME`, `${NAME:-default}` and the other operators. Upstream: compose-go template. */
import { CastError, castAt } from './cast.ts';
import { ProjectError } from './errors.ts';
import { isList, isMapping, type Mapping, mapValues, type Value } from './value.ts';

export type Lookup = (name: string) => string | undefined;
export interface Substitution {
  readonly lookup: Lookup;
  /** A variable without a value and without a default. */
  readonly unset: (name: string) => void;
  /** What else is to be told. */
  readonly warn?: (message: string) => void;
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

/** Every text of a file; keys stay as they are. Throws ProjectError for all that is wrong, by its place. */
export function interpolate(file: Mapping, to: Substitution): Mapping {
  const problems: Problem[] = [];
  const done = mapValues(file, (value, key) => interpolateAt(value, [key], { to, problems }));
  problems.sort((a, b) => byPlace(a.path, b.path));
  if (problems.length > 0) throw new ProjectError(problems.map(({ message }) => message).join('\n'));
  return done;
}

interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}
interface Interpolating {
  readonly to: Substitution;
  readonly problems: Problem[];
}

function byPlace(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, i) => part !== b[i]);
  return at === -1 ? a.length - b.length : (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}

function interpolateAt(value: Value, path: readonly string[], run: Interpolating): Value {
  if (typeof value === 'string') return textAt(value, path, run);
  if (isList(value)) return value.map((item) => interpolateAt(item, [...path, '[]'], run));
  if (isMapping(value)) return mapValues(value, (item, key) => interpolateAt(item, [...path, key], run));
  return value;
}

function textAt(text: string, path: readonly string[], { to, problems }: Interpolating): Value {
  const place = path.join('.');
  try {
    return castAt(substitute(text, to), place, to.warn);
  } catch (error) {
    if (error instanceof MissingVariable) problems.push({ path, message: `error while interpolating ${place}: ${error.message}` });
    else if (error instanceof CastError)
      problems.push({ path, message: `error while interpolating ${place}: failed to cast to expected type: ${error.message}` });
    else if (error instanceof InvalidTemplate)
      problems.push({
        path,
        message: `invalid interpolation format for ${place}.\nYou may need to escape any $ with another $.\n${error.message}`,
      });
    else throw error;
    return text;
  }
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
