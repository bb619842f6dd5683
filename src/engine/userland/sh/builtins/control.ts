/** What changes where the script goes on. */
import { isErrno } from '../../../kernel/errno.ts';
import { type RunFlags, TAIL } from '../run/context.ts';
import { executeProgram } from '../run/execute.ts';
import { isHeld } from '../run/jobs.ts';
import { readWhole } from '../run/read-all.ts';
import { runText } from '../run/text.ts';
import { type Shell, ShellAbort, ShellExit } from '../shell.ts';

function count(shell: Shell, text: string | undefined): number {
  if (text === undefined) return 1;
  if (!/^[1-9]\d*$/.test(text)) shell.fail(shell.dialect.illegalNumber(text));
  return Number(text);
}

const leaveLoop =
  (kind: 'break' | 'continue') =>
  (shell: Shell, argv: readonly string[]): number => {
    const depth = Math.min(count(shell, argv[1]), shell.loopDepth);
    if (depth > 0) shell.flow = { kind, depth };
    return 0;
  };
export const breakLoop = leaveLoop('break');
export const continueLoop = leaveLoop('continue');

function statusArgument(shell: Shell, text: string | undefined): number {
  if (text === undefined) return shell.status;
  if (!/^\d+$/.test(text)) shell.fail(shell.dialect.illegalNumber(text));
  return Number(text) & 0xff;
}

export function returnFrom(shell: Shell, argv: readonly string[]): number {
  const status = statusArgument(shell, argv[1]);
  shell.flow = { kind: 'return', status };
  return status;
}

export async function exitShell(shell: Shell, argv: readonly string[]): Promise<number> {
  const status = statusArgument(shell, argv[1]);
  if (await isHeld(shell)) return 0;
  throw new ShellExit(status);
}

export function evaluateText(shell: Shell, argv: readonly string[], flags: RunFlags): Promise<number> | number {
  const text = argv.slice(1).join(' ');
  if (text.trim() === '') {
    shell.status = 0;
    return 0;
  }
  return runText(shell, text, { flags: flags & ~TAIL });
}

/** `. file`: found along PATH if it has no slash; the shell itself reads it. */
export async function sourceFile(shell: Shell, argv: readonly string[]): Promise<number> {
  const name = argv[1];
  if (name === undefined) {
    if (shell.dialect.name !== 'bash') return shell.dialect.name === 'dash' ? 0 : 2;
    shell.fail('filename argument required');
  }
  const text = new TextDecoder().decode(await readSource(shell, name));
  const { line, isScript, positional } = shell;
  shell.builtin = undefined;
  const takesArguments = argv.length > 2 && shell.dialect.name !== 'dash';
  if (takesArguments) shell.positional = argv.slice(2);
  shell.isScript = true;
  const status = await runText(shell, text, { line: 1 });
  Object.assign(shell, { line, isScript }, takesArguments ? { positional } : {});
  if (shell.flow?.kind !== 'return') return status;
  const result = shell.flow.status;
  shell.flow = null;
  return result;
}

async function readSource(shell: Shell, name: string): Promise<Uint8Array> {
  const directories = name.includes('/') ? [''] : (shell.variables.get('PATH') ?? '').split(':').map((directory) => `${directory || '.'}/`);
  for (const directory of directories) {
    try {
      return await readWhole(shell.sys, directory + name);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (name.includes('/')) shell.fail(shell.dialect.cannotRead(name, error));
    }
  }
  return shell.fail(
    shell.dialect.name === 'dash'
      ? `${name}: not found`
      : shell.dialect.cannotRead(name, { code: 'ENOENT', message: 'No such file or directory' }),
  );
}

/** `exec command`: the shell becomes it. Alone, `exec` keeps its redirections. */
/** `exec -a NAME`, where the dialect has it: what the program is told that it is called. */
function executeOptions(shell: Shell, argv: readonly string[]): { readonly words: readonly string[]; readonly argv0?: string } {
  const known = shell.dialect.execOptions;
  let argv0: string | undefined;
  let at = 1;
  for (; /^-./.test(argv[at] ?? '') && argv[at] !== '--'; at += 1) {
    const letters = (argv[at] ?? '').slice(1);
    const wrong = [...letters].find((letter) => !known.includes(letter));
    if (wrong !== undefined) shell.fail(shell.dialect.illegalOption(`-${wrong}`) + (shell.dialect.own?.usage('exec') ?? ''), 2);
    if (!letters.includes('a')) continue;
    const rest = letters.slice(letters.indexOf('a') + 1);
    if (rest === '') at += 1;
    argv0 = rest === '' ? argv[at] : rest;
  }
  return { words: argv.slice(argv[at] === '--' ? at + 1 : at), ...(argv0 === undefined ? {} : { argv0 }) };
}

export async function execute(shell: Shell, argv: readonly string[]): Promise<number> {
  const { words, argv0 } = executeOptions(shell, argv);
  if (words.length === 0) return 0;
  const { sys } = shell;
  if (shell.dialect.name === 'ash' && !shell.traps.has('SIGQUIT') && !shell.hardIgnored.has('SIGQUIT')) sys.on('SIGQUIT', 'default');
  try {
    return await executeProgram(shell, words, shell.variables.environment(), argv0);
  } catch (error) {
    if (error instanceof ShellAbort && !shell.options.interactive) {
      await shell.write(2, `${error.text}\n`);
      throw new ShellExit(error.status);
    }
    throw error;
  }
}
