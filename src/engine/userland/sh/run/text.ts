import { type Shell, ShellAbort } from '../shell.ts';
import { readable } from '../syntax/needed.ts';
import { Parser } from '../syntax/parser.ts';
import { Source } from '../syntax/source.ts';
import { runList } from './command.ts';
import { type RunFlags, type Status, TAIL } from './context.ts';
import { parsed } from './next-command.ts';

export interface TextOptions {
  readonly flags?: RunFlags;
  readonly line?: number;
  /** What gives up one line does not give up those after it (bash, reading a file). */
  readonly recovers?: boolean;
}

/** Runs a text as a script: line by line, so that a line sees what those before it have done (aliases too). */
export async function runText(shell: Shell, text: string, options: TextOptions = {}): Promise<number> {
  const { flags = 0 } = options;
  await readable(shell, text);
  const source = new Source(text, {
    isFinal: true,
    line: options.line ?? shell.line,
    features: shell.features,
    aliases: shell.activeAliases,
  });
  const parser = new Parser(source);
  let status = 0;
  for (;;) {
    const list = parsed(shell, text, () => parser.line());
    if (list === null) return status;
    const isLast = (flags & TAIL) !== 0 && source.text.slice(source.at).trim() === '';
    if (!shell.options.noexec)
      status = await recovering(shell, options.recovers === true, () => runList(shell, list, isLast ? flags : flags & ~TAIL));
    if (shell.flow !== null) return status;
  }
}

/** Runs a line; where the dialect's shells do so, what gives it up is said and the next line may follow. */
export async function recovering(shell: Shell, recovers: boolean, run: () => Status): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ShellAbort) || error.isFatal || !recovers) throw error;
    if (error.text !== '') await shell.write(2, `${error.text}\n`);
    Object.assign(shell, { status: error.status, builtin: undefined });
    return error.status;
  }
}
