/** Where a shell's commands come from: `-c`, a file, or standard input. */
import { isErrno } from '../../kernel/errno.ts';
import type { Fd } from '../../kernel/sys.ts';
import { runList } from './run/command.ts';
import { settle } from './run/fork.ts';
import { nextCommand } from './run/next-command.ts';
import { readAgain, readWhole } from './run/read-all.ts';
import { recovering, runText } from './run/text.ts';
import { Shell, ShellAbort } from './shell.ts';
import { readable } from './syntax/needed.ts';

/** As a file without a known format is run: by this shell, as a script of its own. */
export async function runScriptFile(shell: Shell, path: string, argv: readonly string[]): Promise<number> {
  const script = new Shell({ sys: shell.sys, dialect: shell.dialect, name: path });
  script.variables = shell.variables.copy();
  script.directory = shell.directory;
  script.positional = argv.slice(1);
  return settle(script, () => runFile(script, path));
}

/** Runs the script in a file. The file is read as the script goes on, by a descriptor that children do not have. */
export async function runFile(shell: Shell, path: string): Promise<number> {
  shell.isScript = true;
  shell.line = 1;
  const bytes = await readScript(shell, path);
  return runText(shell, new TextDecoder().decode(bytes), { line: 1, recovers: shell.dialect.own !== undefined });
}

async function readScript(shell: Shell, path: string): Promise<Uint8Array> {
  try {
    return await readWhole(shell.sys, path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    Object.assign(shell, { line: 0, isScript: false, name: shell.sys.argv[0] ?? 'sh' });
    throw new ShellAbort(shell.told(shell.dialect.cannotRead(path, error)), shell.dialect.name === 'bash' ? 127 : 2);
  }
}

const READ_BYTES = 8192;

/** Runs what comes from a descriptor, each line as soon as it is complete. */
export async function runStream(shell: Shell, fd: Fd): Promise<number> {
  const decoder = new TextDecoder();
  let text = '';
  let isFinal = false;
  let line = 1;
  let status = 0;
  for (;;) {
    await readable(shell, text);
    const command = text.includes('\n') || isFinal ? nextCommand(shell, text, { isFinal, line }) : 'incomplete';
    if (command === 'incomplete' && !isFinal) {
      const bytes = await readAgain(shell.sys, fd, READ_BYTES);
      isFinal = bytes.length === 0;
      text += decoder.decode(bytes, { stream: !isFinal });
      continue;
    }
    if (command === null || command === 'incomplete') return status;
    text = command.rest;
    line = command.line;
    if (!shell.options.noexec) status = await recovering(shell, shell.dialect.own !== undefined, () => runList(shell, command.list, 0));
    if (shell.flow !== null) return status;
  }
}
