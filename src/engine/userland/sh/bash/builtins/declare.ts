/** `declare` and what is like it: variables with attributes, arrays, functions. */
import type { Builtin } from '../../builtins/index.ts';
import type { Shell } from '../../shell.ts';
import { isName } from '../../syntax/names.ts';
import { Source } from '../../syntax/source.ts';
import type { OwnVariable, Variable } from '../../variables.ts';
import { appendTo, elementsOf, setElement } from '../arrays.ts';
import { assignEntries, readEntries } from '../assignments.ts';
import { attributes } from '../expand.ts';
import { describeFunction } from '../functions.ts';
import { doubleQuoted, singleQuoted } from '../operators.ts';
import { usage } from './usage.ts';

type Run = Builtin['run'];

interface Call {
  readonly command: string;
  readonly on: ReadonlySet<string>;
  readonly off: ReadonlySet<string>;
  readonly operands: readonly string[];
}

const LETTERS: Readonly<Record<string, string>> = {
  export: 'fnp',
  readonly: 'aAfp',
  local: 'aAilnrtuxI',
  declare: 'aAfFgiIlnrtuxp',
  typeset: 'aAfFgiIlnrtuxp',
};

async function parse(shell: Shell, argv: readonly string[]): Promise<Call | number> {
  const [command = ''] = argv;
  const on = new Set<string>();
  const off = new Set<string>();
  let i = 1;
  for (; /^[-+]./.test(argv[i] ?? ''); i += 1) {
    const word = argv[i] ?? '';
    if (word === '--') {
      i += 1;
      break;
    }
    for (const letter of word.slice(1)) {
      if (!(LETTERS[command] ?? '').includes(letter)) return usage(shell, command, `${word.charAt(0)}${letter}: invalid option`);
      (word.startsWith('-') ? on : off).add(letter);
    }
  }
  return { command, on, off, operands: argv.slice(i) };
}

const declarer =
  (base: readonly string[]): Run =>
  async (shell, argv) => {
    const call = await parse(shell, argv);
    if (typeof call === 'number') return call;
    if (call.command === 'local' && shell.functionDepth === 0) {
      await shell.complain('can only be used in a function');
      return 1;
    }
    const on = new Set([...call.on, ...base]);
    if (call.on.has('f') || call.on.has('F')) return functions(shell, call);
    if (call.operands.length === 0 || call.on.has('p')) return list(shell, call);
    let status = 0;
    for (const operand of call.operands) if (!(await one(shell, operand, { ...call, on }))) status = 1;
    return status;
  };

export const declare = declarer([]);
export const local = declarer([]);
export const readonly = declarer(['r']);
export const exportVariables: Run = async (shell, argv) => {
  const isOff = argv.slice(1).some((word) => /^-[a-z]*n/.test(word) && word !== '--');
  return declarer(['x'])(shell, isOff ? ['declare', '+x', ...argv.slice(1).filter((word) => !word.startsWith('-'))] : argv, 0);
};

/** Declares one operand: `name`, `name=value`, `name+=value`, `name=(…)`, `name[i]=value`. */
async function one(shell: Shell, operand: string, call: Call): Promise<boolean> {
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(\[.*?\])?(?:(\+?)=([\s\S]*))?$/.exec(operand);
  const name = match?.[1] ?? '';
  if (match === null || !isName(name)) {
    await shell.complain(`\`${operand}': not a valid identifier`);
    return false;
  }
  const [, , subscript, plus, value] = match;
  const isLocal = shell.functionDepth > 0 && !call.on.has('g') && call.command !== 'export' && call.command !== 'readonly';
  if (isLocal) beginLocal(shell, name);
  const target = call.on.has('n') ? name : shell.variables.resolve(name);
  if (shell.variables.entry(target)?.isReadonly === true && value !== undefined) {
    await shell.complain(shell.dialect.readOnly(target));
    return false;
  }
  mark(shell, target, { call, isEmpty: value === undefined });
  if (call.on.has('n')) {
    shell.variables.mark(name, { own: { target: value ?? '' }, value: undefined });
    return true;
  }
  if (value !== undefined) await assignValue(shell, target, { subscript, isAppended: plus === '+', value });
  const kept = shell.variables.entry(target);
  if (call.on.has('r') && kept !== undefined) shell.variables.mark(target, { isReadonly: true });
  if (shell.options.allexport) shell.variables.mark(target, { isExported: true });
  return true;
}

function beginLocal(shell: Shell, name: string): void {
  if (shell.variables.makeLocal(name)) shell.variables.unset(name);
}

function mark(shell: Shell, name: string, { call, isEmpty }: { call: Call; isEmpty: boolean }): void {
  const { on, off } = call;
  const old: Variable | undefined = shell.variables.entry(name);
  const kind = on.has('A') ? 'associative' : on.has('a') ? 'indexed' : old?.own?.kind;
  const own: OwnVariable = {
    ...old?.own,
    ...(kind === undefined
      ? {}
      : { kind, elements: old?.own?.elements ?? new Map(old?.value === undefined ? [] : [[kind === 'indexed' ? 0 : '0', old.value]]) }),
    ...(on.has('i') ? { isInteger: true } : off.has('i') ? { isInteger: false } : {}),
    ...(on.has('u') ? { letters: 'upper' as const } : on.has('l') ? { letters: 'lower' as const } : {}),
  };
  const hasOwn = Object.keys(own).length > 0;
  const isExported = on.has('x') ? true : off.has('x') ? false : undefined;
  if (!hasOwn && isExported === undefined && !isEmpty) return;
  shell.variables.mark(name, { ...(hasOwn ? { own } : {}), ...(isExported === undefined ? {} : { isExported }) });
}

async function assignValue(
  shell: Shell,
  name: string,
  { subscript, isAppended, value }: { subscript: string | undefined; isAppended: boolean; value: string },
): Promise<void> {
  if (subscript !== undefined) return setElement(shell, name, { key: subscript.slice(1, -1), value, isAppended });
  const kind = shell.variables.entry(name)?.own?.kind;
  if (/^\([\s\S]*\)$/.test(value)) return assignEntries(shell, name, { entries: entriesOf(shell, value), isAppended });
  if (isAppended) return appendTo(shell, name, value);
  if (kind !== undefined) return setElement(shell, name, { key: '0', value });
  return shell.assign(name, value);
}

/** `(…)` as it came as an argument. */
function entriesOf(shell: Shell, text: string): ReturnType<typeof readEntries> {
  const source = new Source(text, { isFinal: true, features: shell.features });
  source.next();
  return readEntries(source);
}

async function functions(shell: Shell, { on, operands, command }: Call): Promise<number> {
  if (command === 'export' || command === 'readonly') return 0;
  let status = 0;
  const names = operands.length > 0 ? operands : [...shell.functions.keys()].sort();
  for (const name of names) {
    const body = shell.functions.get(name);
    if (body === undefined) status = 1;
    else if (on.has('F')) await shell.write(1, operands.length > 0 ? `${name}\n` : `declare -f ${name}\n`);
    else await shell.write(1, describeFunction(name, body));
  }
  return status;
}

async function list(shell: Shell, call: Call): Promise<number> {
  const wanted = [...call.on].filter((letter) => letter !== 'p' && letter !== 'g');
  const needs = [...wanted, ...(call.command === 'export' ? ['x'] : call.command === 'readonly' ? ['r'] : [])];
  if (call.operands.length > 0) {
    let status = 0;
    for (const name of call.operands) {
      const text = describe(shell, name);
      if (text !== undefined) await shell.write(1, `${text}\n`);
      else {
        await shell.complain(`${name}: not found`);
        status = 1;
      }
    }
    return status;
  }
  const isPlain = needs.length === 0 && !call.on.has('p');
  for (const name of shell.variables.names()) {
    const flags = attributes(shell, name);
    if (!needs.every((letter) => flags.includes(letter))) continue;
    const text = isPlain ? plain(shell, name) : describe(shell, name);
    if (text !== undefined) await shell.write(1, `${text}\n`);
  }
  return 0;
}

/** `declare -p`. */
function describe(shell: Shell, name: string): string | undefined {
  const variable = shell.variables.entry(name);
  if (variable === undefined) return undefined;
  const head = `declare -${attributes(shell, name) || '-'} ${name}`;
  if (variable.own?.target !== undefined) return `${head}="${variable.own.target}"`;
  if (variable.own?.kind !== undefined) {
    return variable.own.elements === undefined ||
      (variable.own.elements.size === 0 && variable.value === undefined && variable.own.kind === undefined)
      ? head
      : `${head}=${arrayText(shell, name)}`;
  }
  return variable.value === undefined ? head : `${head}=${doubleQuoted(variable.value)}`;
}

function arrayText(shell: Shell, name: string): string {
  const isAssociative = shell.variables.entry(name)?.own?.kind === 'associative';
  const entries = [...(elementsOf(shell, name) ?? [])].map(([key, value]) => {
    const shown = typeof key === 'number' || /^[A-Za-z0-9_]+$/.test(key) ? String(key) : doubleQuoted(key);
    return `[${shown}]=${doubleQuoted(value)}`;
  });
  return `(${entries.join(' ')}${isAssociative && entries.length > 0 ? ' ' : ''})`;
}

/** As `set` shows it. */
export function plain(shell: Shell, name: string): string | undefined {
  const variable = shell.variables.entry(name);
  if (variable?.own?.kind !== undefined) return `${name}=${arrayText(shell, name)}`;
  if (variable?.value === undefined) return undefined;
  const { value } = variable;
  return `${name}=${/^[A-Za-z0-9_@%+:,./~=-]*$/.test(value) ? value : singleQuoted(value)}`;
}
