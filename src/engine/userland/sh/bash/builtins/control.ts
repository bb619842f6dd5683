/** What changes where a script goes on, in bash's words; traps; what names mean. */

import { sourceFile } from '../../builtins/control.ts';
import { type Builtin, findBuiltin } from '../../builtins/index.ts';
import { type RunFlags, TAIL } from '../../run/context.ts';
import { candidates, executeProgram, findProgram, isExecutable } from '../../run/execute.ts';
import { runForeground } from '../../run/foreground.ts';
import { isHeld } from '../../run/jobs.ts';
import { setTrap } from '../../run/set-trap.ts';
import { runText } from '../../run/text.ts';
import { hasTraps } from '../../run/words.ts';
import { type Shell, ShellAbort, ShellExit } from '../../shell.ts';
import { parseSignal, SIGNAL_NAMES } from '../../signal-names.ts';
import { RESERVED } from '../../syntax/names.ts';
import { describeFunction } from '../functions.ts';
import { singleQuoted } from '../operators.ts';
import { stateOf } from '../state.ts';
import { usage } from './usage.ts';

type Run = Builtin['run'];

async function number(shell: Shell, text: string): Promise<number | null> {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  await shell.complain(`${text}: numeric argument required`);
  return null;
}

const leaveLoop =
  (kind: 'break' | 'continue'): Run =>
  async (shell, argv) => {
    const depth = argv[1] === undefined ? 1 : await number(shell, argv[1]);
    if (depth === null) throw new ShellExit(128);
    if (shell.loopDepth === 0) await shell.complain("only meaningful in a `for', `while', or `until' loop");
    else if (depth < 1) {
      await shell.complain(`${argv[1]}: loop count out of range`);
      shell.flow = { kind: 'break', depth: shell.loopDepth };
      return 1;
    } else shell.flow = { kind, depth: Math.min(depth, shell.loopDepth) };
    return 0;
  };
export const breakLoop = leaveLoop('break');
export const continueLoop = leaveLoop('continue');

export const returnFrom: Run = async (shell, argv) => {
  const status = argv[1] === undefined ? shell.status : await number(shell, argv[1]);
  if (shell.functionDepth === 0 && stateOf(shell).sources.length === 0) {
    await shell.complain("can only `return' from a function or sourced script");
    return 2;
  }
  const result = (status ?? 2) & 255;
  shell.flow = { kind: 'return', status: result };
  return result;
};

export const exitShell: Run = async (shell, argv) => {
  if (argv[0] === 'logout' && !shell.name.startsWith('-')) {
    await shell.complain("not login shell: use `exit'");
    return 1;
  }
  if (shell.options.interactive && !shell.isSubshell) await shell.write(2, shell.name.startsWith('-') ? 'logout\n' : 'exit\n');
  const status = argv[1] === undefined ? shell.status : await number(shell, argv[1]);
  if (argv.length > 2 && status !== null) {
    await shell.complain('too many arguments');
    return 1;
  }
  if (await isHeld(shell)) return 1;
  throw new ShellExit((status ?? 2) & 255);
};

export const shift: Run = async (shell, argv) => {
  const count = argv[1] === undefined ? 1 : await number(shell, argv[1]);
  if (count === null) return 1;
  if (count > shell.positional.length) return 1;
  if (count < 0) {
    await shell.complain(`${count}: shift count out of range`);
    return 1;
  }
  shell.positional = shell.positional.slice(count);
  return 0;
};

export const source: Run = async (shell, argv) => {
  const [command = '.', name] = argv;
  if (name === undefined) return usage(shell, command, 'filename argument required');
  const state = stateOf(shell);
  const before = state.sources;
  state.sources = [name, ...before];
  shell.builtin = undefined;
  try {
    return await sourceFile(shell, argv);
  } finally {
    state.sources = before;
  }
};

export const evaluate: Run = async (shell, argv, flags) => {
  const text = argv.slice(1).join(' ');
  if (text.trim() === '') return 0;
  try {
    return await runText(shell, text, { flags: flags & ~TAIL });
  } catch (error) {
    // What is no script fails eval, not the script that called it.
    if (!(error instanceof ShellAbort) || error.status !== 2) throw error;
    await shell.write(2, `${error.text}\n`);
    return 2;
  }
};

const CONDITIONS = ['EXIT', 'DEBUG', 'ERR', 'RETURN'];

function condition(text: string): string | undefined {
  const name = text.toUpperCase().replace(/^SIG(?=EXIT|DEBUG|ERR|RETURN)/, '');
  if (name === '0') return 'EXIT';
  return CONDITIONS.includes(name) ? name : (parseSignal(text) ?? undefined);
}

export const trap: Run = async (shell, argv) => {
  const words = argv.slice(1);
  if (words[0] === '-l') {
    await shell.write(1, signalTable());
    return 0;
  }
  const isShown = words[0] === '-p';
  if (isShown) words.shift();
  if (words[0] === '--') words.shift();
  if (words.length === 0 || isShown) {
    const wanted = words.map(condition);
    const shown = [...shell.traps].filter(([name]) => wanted.length === 0 || wanted.includes(name));
    const rank = (name: string): number => (name === 'EXIT' ? 0 : name.startsWith('SIG') ? SIGNAL_NAMES.indexOf(name.slice(3)) + 1 : 100);
    shown.sort(([a], [b]) => rank(a) - rank(b));
    await shell.write(1, shown.map(([name, text]) => `trap -- ${singleQuoted(text)} ${name}\n`).join(''));
    return 0;
  }
  if (/^-./.test(words[0] ?? '')) return usage(shell, 'trap', `${words[0]}: invalid option`);
  const isReset = words.length === 1 || words[0] === '-' || /^\d+$/.test(words[0] ?? '');
  const names = words.length === 1 || /^\d+$/.test(words[0] ?? '') ? words : words.slice(1);
  let status = 0;
  for (const name of names) {
    const known = condition(name);
    if (known !== undefined) setTrap(shell, known, isReset ? undefined : words[0]);
    else {
      await shell.complain(`${name}: invalid signal specification`);
      status = 1;
    }
  }
  return status;
};

/** The table of `kill -l` and `trap -l`: five to a line, with the real-time signals. */
export function signalTable(): string {
  const names = new Map(SIGNAL_NAMES.map((name, i) => [i + 1, name]));
  for (let i = 0; i <= 15; i += 1) names.set(34 + i, i === 0 ? 'RTMIN' : `RTMIN+${i}`);
  for (let i = 14; i >= 0; i -= 1) names.set(64 - i, i === 0 ? 'RTMAX' : `RTMAX-${i}`);
  const cells = [...names].map(([code, name]) => `${String(code).padStart(2)}) SIG${name}`);
  const lines = Array.from({ length: Math.ceil(cells.length / 5) }, (_, i) => cells.slice(i * 5, i * 5 + 5).join('\t'));
  return `${lines.join('\n')}\n`;
}

const KEYWORDS = new Set([...RESERVED, '[[', ']]', 'function', 'select', 'time', 'coproc']);

type Meaning = { readonly kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file'; readonly text: string; readonly brief: string };

function meanings(shell: Shell, name: string): readonly Meaning[] {
  const found: Meaning[] = [];
  const alias = shell.activeAliases.get(name);
  const body = shell.functions.get(name);
  if (alias !== undefined)
    found.push({ kind: 'alias', text: `${name} is aliased to \`${alias}'`, brief: `alias ${name}=${singleQuoted(alias)}` });
  if (KEYWORDS.has(name)) found.push({ kind: 'keyword', text: `${name} is a shell keyword`, brief: name });
  if (body !== undefined)
    found.push({ kind: 'function', text: `${name} is a function\n${describeFunction(name, body).replace(/\n$/, '')}`, brief: name });
  if (findBuiltin(shell, name) !== undefined) found.push({ kind: 'builtin', text: `${name} is a shell builtin`, brief: name });
  const paths = name.includes('/') ? [findProgram(shell, name)] : candidates(shell, name).filter((path) => isExecutable(shell, path));
  for (const path of paths) if (path !== undefined) found.push({ kind: 'file', text: `${name} is ${path}`, brief: path });
  return found;
}

export const type: Run = async (shell, argv) => {
  let i = 1;
  let letters = '';
  for (; /^-[afptP]+$/.test(argv[i] ?? ''); i += 1) letters += argv[i] ?? '';
  if (/^-[^-]/.test(argv[i] ?? '')) return usage(shell, 'type', `${argv[i]}: invalid option`);
  let status = 0;
  for (const name of argv.slice(i)) {
    const all = meanings(shell, name).filter((one) =>
      letters.includes('P') ? one.kind === 'file' : !letters.includes('f') || one.kind !== 'function',
    );
    const shown = letters.includes('a') ? all : all.slice(0, 1);
    if (shown.length === 0) {
      status = 1;
      if (!/[tpP]/.test(letters)) await shell.complain(`${name}: not found`);
    }
    for (const one of shown) {
      if (letters.includes('t')) await shell.write(1, `${one.kind}\n`);
      else if (!/[pP]/.test(letters)) await shell.write(1, `${one.text}\n`);
      else if (one.kind === 'file') await shell.write(1, `${one.brief}\n`);
    }
  }
  return status;
};

export const command: Run = async (shell, argv, flags: RunFlags) => {
  let i = 1;
  let letters = '';
  for (; /^-[pvV]+$/.test(argv[i] ?? ''); i += 1) letters += argv[i] ?? '';
  if (argv[i] === '--') i += 1;
  const words = argv.slice(i);
  const [name] = words;
  if (name === undefined) return 0;
  if (/[vV]/.test(letters)) {
    let status = 1;
    for (const word of words) {
      const [one] = meanings(shell, word);
      if (one !== undefined) {
        status = 0;
        await shell.write(1, `${letters.includes('V') ? one.text : one.brief}\n`);
      } else if (letters.includes('V')) await shell.complain(`${word}: not found`);
    }
    return status;
  }
  const builtin = findBuiltin(shell, name);
  if (builtin !== undefined) {
    shell.builtin = name;
    return builtin.run(shell, words, flags);
  }
  shell.builtin = undefined;
  const body = (child: Shell): Promise<number> => executeProgram(child, words, child.variables.environment());
  return (flags & TAIL) !== 0 && !hasTraps(shell) ? body(shell) : runForeground(shell, { body, text: words.join(' ') });
};

export const alias: Run = async (shell, argv) => {
  const words = argv.slice(1).filter((word) => word !== '-p');
  const show = (name: string, value: string): Promise<void> => shell.write(1, `alias ${name}=${singleQuoted(value)}\n`);
  if (words.length === 0) for (const [name, value] of [...shell.aliases].sort()) await show(name, value);
  let status = 0;
  for (const word of words) {
    const at = word.indexOf('=', 1);
    const value = shell.aliases.get(word);
    if (at > 0) shell.aliases.set(word.slice(0, at), word.slice(at + 1));
    else if (value !== undefined) await show(word, value);
    else {
      await shell.complain(`${word}: not found`);
      status = 1;
    }
  }
  return status;
};

export const unalias: Run = async (shell, argv) => {
  if (argv[1] === undefined) return usage(shell, 'unalias');
  let status = 0;
  for (const word of argv.slice(1)) {
    if (word === '-a') shell.aliases.clear();
    else if (!shell.aliases.delete(word)) {
      await shell.complain(`${word}: not found`);
      status = 1;
    }
  }
  return status;
};

export const hash: Run = async (shell, argv) => {
  const names = argv.slice(1).filter((word) => !word.startsWith('-'));
  if (argv.length === 1) await shell.write(1, 'hash: hash table empty\n');
  let status = 0;
  for (const name of names) {
    if (shell.functions.has(name) || findBuiltin(shell, name) !== undefined || findProgram(shell, name) !== undefined) continue;
    await shell.complain(`${name}: not found`);
    status = 1;
  }
  return status;
};
