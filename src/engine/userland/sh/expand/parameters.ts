/** Parameter expansion (POSIX 2.6.2). */
import { optionLetters } from '../options.ts';
import type { Shell } from '../shell.ts';
import type { Extension, ParameterPart } from '../syntax/ast.ts';
import { evaluateArithmetic } from './evaluate.ts';
import type { Expansion } from './expand.ts';
import { replace, trim } from './pattern.ts';

/** A parameter's value; undefined if it is not set. `$@` and `$*` are joined by the first character of IFS. */
export function parameterValue(shell: Shell, name: string): string | undefined {
  switch (name) {
    case '?': return String(shell.status);
    case '#': return String(shell.positional.length);
    case '$': return String(shell.rootPid);
    case '!': return shell.backgroundPid === undefined ? undefined : String(shell.backgroundPid);
    case '-': return optionLetters(shell.options);
    case '0': return shell.name;
    case '@': case '*': return shell.positional.length === 0 ? undefined : shell.positional.join(shell.ifs.charAt(0));
    case 'LINENO': return String(shell.line);
    case 'PPID': return shell.variables.get(name) ?? String(shell.sys.ppid);
    default: return /^[0-9]/.test(name) ? shell.positional[Number(name) - 1] : shell.variables.get(name);
  }
}

export function expandParameter(expansion: Expansion, part: ParameterPart): void {
  const { shell } = expansion;
  if (part.bad !== undefined) shell.fail(shell.dialect.badSubstitution(part.bad));
  const isList = part.name === '@' || part.name === '*';
  if (part.operator === undefined && part.extension === undefined && isList) return expandList(expansion, part);
  const value = parameterValue(shell, part.name);
  if (part.operator === 'length') return expansion.value(String([...required(shell, part, value)].length), part.quoted);
  if (part.extension !== undefined) return expansion.value(extend(expansion, part.extension, required(shell, part, value)), part.quoted);
  switch (part.operator) {
    case undefined: return expansion.value(required(shell, part, value), part.quoted);
    case '#': case '##': case '%': case '%%':
      return expansion.value(trim(required(shell, part, value), part.word === undefined ? '' : expansion.pattern(part.word), part.operator), part.quoted);
    default: return choose(expansion, part, value);
  }
}

function required(shell: Shell, part: ParameterPart, value: string | undefined): string {
  if (value === undefined && shell.options.nounset && part.name !== '@' && part.name !== '*') shell.fail(shell.dialect.parameterNotSet(part.name));
  return value ?? '';
}

function expandList({ shell, fields, options }: Expansion, part: ParameterPart): void {
  const { positional } = shell;
  if (part.quoted && (part.name === '*' || !options.splits)) return fields.addQuoted(positional.join(part.name === '*' ? shell.ifs.charAt(0) : ' '));
  if (!options.splits) return fields.addLiteral(positional.join(part.name === '*' && shell.ifs !== '' ? shell.ifs.charAt(0) : ' '));
  positional.forEach((value, i) => {
    if (i > 0) fields.end();
    if (part.quoted) fields.addQuoted(value);
    else fields.addSplit(value);
  });
}

/** `-`, `=`, `?` and `+`: the value, or the word. */
function choose(expansion: Expansion, part: ParameterPart, value: string | undefined): void {
  const { shell } = expansion;
  const isThere = value !== undefined && !(part.colon === true && value === '');
  const word = part.word ?? { parts: [] };
  if (part.operator === '+') {
    if (isThere) expansion.word(word, true);
    return;
  }
  if (isThere) {
    if (part.name === '@' || part.name === '*') return expandList(expansion, part);
    return expansion.value(value, part.quoted);
  }
  if (part.operator === '-') return expansion.word(word, true);
  if (part.operator === '?') return refuse(expansion, part);
  const text = expansion.string(word);
  if (!/^[A-Za-z_]/.test(part.name)) shell.fail(shell.dialect.badSubstitution(part.name));
  shell.assign(part.name, text);
  return expansion.value(text, part.quoted);
}

function refuse(expansion: Expansion, part: ParameterPart): never {
  const { shell } = expansion;
  const text = part.word === undefined ? '' : expansion.string(part.word);
  const standard = part.colon === true ? `${part.name}: parameter not set or null` : shell.dialect.parameterNotSet(part.name);
  return shell.fail(text === '' ? standard : `${part.name}: ${text}`);
}

function extend(expansion: Expansion, extension: Extension, value: string): string {
  if (extension.kind === 'replace') {
    return replace(value, { pattern: expansion.pattern(extension.pattern), replacement: expansion.string(extension.replacement), all: extension.all });
  }
  const at = (word: Extract<Extension, { kind: 'slice' }>['offset']): number => Number(evaluateArithmetic(expansion.shell, expansion.string(word)));
  const chars = [...value];
  const offset = at(extension.offset);
  const start = offset < 0 ? Math.max(0, chars.length + offset) : offset;
  if (extension.length === undefined) return chars.slice(start).join('');
  const length = at(extension.length);
  return chars.slice(start, length < 0 ? chars.length + length : start + length).join('');
}
