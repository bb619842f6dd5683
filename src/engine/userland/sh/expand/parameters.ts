/** Parameter expansion (POSIX 2.6.2). */
import type { Shell } from '../shell.ts';
import type { Extension, ParameterPart, Word } from '../syntax/ast.ts';
import { type Expansion, sum } from './expansion.ts';
import { parameterValue } from './parameter-value.ts';
import { replace, trim } from './pattern.ts';

const encoder = new TextEncoder();

export function expandParameter(expansion: Expansion, part: ParameterPart): void {
  const { shell } = expansion;
  if (part.bad !== undefined) shell.fail(shell.dialect.badSubstitution(part.bad));
  const isPlain = part.operator === undefined && part.extension === undefined;
  if (isPlain && isList(part)) expandList(expansion, part, shell.positional);
  else if (part.operator !== undefined && '-=?+'.includes(part.operator)) choose(expansion, part, parameterValue(shell, part.name));
  else expansion.value(transformed(expansion, part), part.quoted);
}

const isList = (part: ParameterPart): boolean => part.name === '@' || part.name === '*';

/** The value, or what its operator makes of it. */
function transformed(expansion: Expansion, part: ParameterPart): string {
  const { shell } = expansion;
  const value = required(shell, part, parameterValue(shell, part.name));
  if (part.extension !== undefined) return extend(expansion, part.extension, value);
  switch (part.operator) {
    case 'length':
      return String(lengthOf(shell, value));
    case '#':
    case '##':
    case '%':
    case '%%':
      return trim(value, part.word === undefined ? '' : expansion.pattern(part.word), part.operator);
    default:
      return value;
  }
}

/** Bytes in dash and ash, which know nothing of characters. */
function lengthOf(shell: Shell, text: string): number {
  return shell.dialect.name === 'bash' ? [...text].length : encoder.encode(text).length;
}

function required(shell: Shell, part: ParameterPart, value: string | undefined): string {
  if (value === undefined && shell.options.nounset && part.name !== '@' && part.name !== '*')
    shell.failForGood(shell.dialect.parameterNotSet(part.name));
  return value ?? '';
}

/** `$@`, `$*` and what is expanded like them. */
export function expandList(
  { shell, fields, options }: Expansion,
  part: { readonly name: string; readonly quoted: boolean },
  values: readonly string[],
): void {
  const joint = part.name === '*' && (part.quoted || shell.ifs !== '') ? shell.ifs.charAt(0) : ' ';
  if (part.quoted && (part.name === '*' || !options.splits)) fields.addQuoted(values.join(joint));
  else if (!options.splits) fields.addLiteral(values.join(joint));
  else {
    values.forEach((value, i) => {
      if (i > 0) fields.end();
      if (part.quoted) fields.addQuoted(value);
      else fields.addSplit(value);
    });
  }
}

/** `-`, `=`, `?` and `+`: the value, or the word. */
function choose(expansion: Expansion, part: ParameterPart, value: string | undefined): void {
  const isThere = value !== undefined && !(part.colon === true && value === '');
  const word = part.word ?? { parts: [] };
  // In quotes it is a field, also if nothing is in it.
  if (part.quoted) expansion.fields.addQuoted('');
  if (part.operator === '+') {
    if (isThere) expansion.word(word, true);
  } else if (isThere && isList(part)) expandList(expansion, part, expansion.shell.positional);
  else if (isThere) expansion.value(value, part.quoted);
  else if (part.operator === '-') expansion.word(word, true);
  else if (part.operator === '?') refuse(expansion, part);
  else expansion.value(assigned(expansion, part.name, word), part.quoted);
}

function assigned(expansion: Expansion, name: string, word: Word): string {
  const { shell } = expansion;
  const text = expansion.string(word);
  if (!/^[A-Za-z_]/.test(name)) shell.fail(shell.dialect.badSubstitution(name));
  shell.assign(name, text);
  return text;
}

function refuse(expansion: Expansion, part: ParameterPart): never {
  const { shell } = expansion;
  const text = part.word === undefined ? '' : expansion.string(part.word);
  return refuseUnset(shell, part, text);
}

/** `${x?text}`. */
export function refuseUnset(shell: Shell, part: { readonly name: string; readonly colon?: boolean }, text: string): never {
  const [unset, empty] =
    shell.dialect.own === undefined
      ? ['parameter not set', 'parameter not set or null']
      : ['parameter not set', 'parameter null or not set'];
  return shell.failForGood(`${part.name}: ${text !== '' ? text : part.colon === true ? empty : unset}`);
}

function extend(expansion: Expansion, extension: Extension, value: string): string {
  if (extension.kind === 'replace') {
    return replace(value, {
      pattern: expansion.pattern(extension.pattern),
      replacement: expansion.string(extension.replacement),
      all: extension.all,
    });
  }
  const at = (word: Extract<Extension, { kind: 'slice' }>['offset']): number => Number(sum(expansion.shell, expansion.string(word)));
  const chars = [...value];
  const offset = at(extension.offset);
  const start = offset < 0 ? Math.max(0, chars.length + offset) : offset;
  if (extension.length === undefined) return chars.slice(start).join('');
  const length = at(extension.length);
  return chars.slice(start, length < 0 ? chars.length + length : start + length).join('');
}
