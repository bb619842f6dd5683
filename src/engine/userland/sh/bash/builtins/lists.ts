/** `mapfile`, `let`, `unset`, `caller`, `pushd` and its like. */

import { cd } from '../../builtins/directory.ts';
import type { Builtin } from '../../builtins/index.ts';
import { quoteForShell } from '../../quote.ts';
import { readToEnd } from '../../run/read-all.ts';
import { runText } from '../../run/text.ts';
import type { Shell } from '../../shell.ts';
import { isName } from '../../syntax/names.ts';
import { truthOf } from '../arithmetic-commands.ts';
import { replaceElements, setElement, subscripted, unsetElement } from '../arrays.ts';
import { stateOf } from '../state.ts';
import { usage } from './usage.ts';

type Run = Builtin['run'];

export const mapfile: Run = async (shell, argv) => {
  const values = new Map<string, string>();
  let i = 1;
  for (; /^-./.test(argv[i] ?? ''); i += 1) {
    const word = argv[i] ?? '';
    const letter = word.charAt(1);
    if (letter === 't') values.set('t', '');
    else if ('dnOsuCc'.includes(letter)) values.set(letter, word.slice(2) || (argv[++i] ?? ''));
    else return usage(shell, 'mapfile', `-${letter}: invalid option`);
  }
  const name = argv[i] ?? 'MAPFILE';
  const number = (letter: string): number => Number(values.get(letter) ?? 0);
  const delimiter = values.has('d') ? values.get('d') || '\0' : '\n';
  const text = new TextDecoder().decode(await readToEnd(shell.sys, number('u')));
  const pieces = text.split(delimiter);
  const rest = pieces.pop() ?? '';
  const lines = [...pieces.map((piece) => (values.has('t') ? piece : piece + delimiter)), ...(rest === '' ? [] : [rest])];
  const count = number('n');
  const kept = lines.slice(number('s'), count > 0 ? number('s') + count : undefined);
  replaceElements(shell, name, values.has('O'));
  for (const [at, line] of kept.entries()) {
    const index = number('O') + at;
    const callback = values.get('C');
    if (callback !== undefined && (at + 1) % (number('c') || 5000) === 0)
      await runText(shell, `${callback} ${index} ${quoteForShell(line)}`);
    setElement(shell, name, { key: String(index), value: line });
  }
  return 0;
};

export const letCommand: Run = async (shell, argv) => {
  if (argv.length < 2) {
    await shell.complain('expression expected');
    return 1;
  }
  let status = 0;
  for (const expression of argv.slice(1)) status = await truthOf(shell, expression, 'let');
  return status;
};

export const unset: Run = async (shell, argv) => {
  let i = 1;
  let letters = '';
  for (; /^-[fvn]+$/.test(argv[i] ?? ''); i += 1) letters += argv[i] ?? '';
  if (/^-[^-]/.test(argv[i] ?? '')) return usage(shell, 'unset', `${argv[i]}: invalid option`);
  let status = 0;
  for (const name of argv.slice(argv[i] === '--' ? i + 1 : i)) {
    const place = subscripted(name);
    if (letters.includes('f')) shell.functions.delete(name);
    else if (place !== null) unsetElement(shell, place.name, place.key);
    else if (!isName(name)) {
      await shell.complain(`\`${name}': not a valid identifier`);
      status = 1;
    } else if (!letters.includes('n') || shell.variables.entry(name)?.own?.target !== undefined) {
      const target = letters.includes('n') ? name : shell.variables.resolve(name);
      const variable = shell.variables.entry(target);
      if (variable?.isReadonly === true) {
        await shell.complain(`${name}: cannot unset: readonly variable`);
        status = 1;
      } else if (variable === undefined && !letters.includes('v')) shell.functions.delete(name);
      else shell.unset(target);
    }
  }
  return status;
};

export const changeDirectory: Run = async (shell, argv) => {
  let i = 1;
  for (; /^-[^-]/.test(argv[i] ?? ''); i += 1)
    if (!/^-[LPe@]+$/.test(argv[i] ?? '')) return usage(shell, 'cd', `${argv[i]?.slice(0, 2)}: invalid option`);
  const operands = argv.slice(argv[i] === '--' ? i + 1 : i);
  const missing = operands[0] === undefined ? 'HOME' : operands[0] === '-' ? 'OLDPWD' : undefined;
  const problem =
    operands.length > 1
      ? 'too many arguments'
      : missing !== undefined && shell.variables.get(missing) === undefined
        ? `${missing} not set`
        : undefined;
  if (problem === undefined) return cd(shell, argv);
  await shell.complain(problem);
  return 1;
};

export const caller: Run = async (shell, argv) => {
  const depth = Number(argv[1] ?? 0);
  const frame = shell.frames[depth];
  if (frame === undefined || shell.isCommandString) return 1;
  const source = stateOf(shell).sources[0] ?? shell.name;
  await shell.write(
    1,
    argv[1] === undefined ? `${frame.line} ${source}\n` : `${frame.line} ${shell.frames[depth + 1]?.name ?? 'main'} ${source}\n`,
  );
  return 0;
};

const home = (shell: Shell, path: string): string => {
  const own = shell.variables.get('HOME') ?? '';
  return own.length > 1 && (path === own || path.startsWith(`${own}/`)) ? `~${path.slice(own.length)}` : path;
};

export const dirs: Run = async (shell, argv) => {
  const state = stateOf(shell);
  const letters = argv.slice(1).join('');
  if (letters.includes('c')) {
    state.directories = [];
    return 0;
  }
  const all = [shell.directory, ...state.directories].map((path) => (letters.includes('l') ? path : home(shell, path)));
  const text = letters.includes('v')
    ? all.map((path, i) => `${String(i).padStart(2)}  ${path}\n`).join('')
    : `${all.join(letters.includes('p') ? '\n' : ' ')}\n`;
  await shell.write(1, text);
  return 0;
};

export const pushd: Run = async (shell, argv) => {
  const state = stateOf(shell);
  const words = argv.slice(1).filter((word) => word !== '-n');
  const [target] = words;
  const all = [shell.directory, ...state.directories];
  if (target === undefined || /^[+-]\d+$/.test(target)) {
    const count = Number(target?.slice(1) ?? 1);
    const at = target?.startsWith('-') === true ? all.length - 1 - count : count;
    if (all.length < 2 && target === undefined) {
      await shell.complain('no other directory');
      return 1;
    }
    const path = all[at];
    if (path === undefined) {
      await shell.complain(`${target}: directory stack index out of range`);
      return 1;
    }
    const rotated = target === undefined ? [path, all[0] ?? '/', ...all.slice(2)] : [...all.slice(at), ...all.slice(0, at)];
    const status = await cd(shell, ['cd', path]);
    if (status === 0) state.directories = rotated.slice(1);
    return status === 0 ? dirs(shell, ['dirs'], 0) : status;
  }
  const before = shell.directory;
  await cd(shell, ['cd', target]);
  state.directories = [before, ...state.directories];
  return dirs(shell, ['dirs'], 0);
};

export const popd: Run = async (shell, argv) => {
  const state = stateOf(shell);
  const [next] = state.directories;
  if (next === undefined) {
    await shell.complain('directory stack empty');
    return 1;
  }
  const index = /^\+(\d+)$/.exec(argv[1] ?? '');
  if (index !== null && Number(index[1]) > 0) state.directories = state.directories.filter((_, i) => i !== Number(index[1]) - 1);
  else {
    await cd(shell, ['cd', next]);
    state.directories = state.directories.slice(1);
  }
  return dirs(shell, ['dirs'], 0);
};
