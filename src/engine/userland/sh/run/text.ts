import { type Shell, ShellAbort } from '../shell.ts';
import { SyntaxFailure } from '../syntax/errors.ts';
import { Parser } from '../syntax/parser.ts';
import { Source } from '../syntax/source.ts';
import { runList } from './command.ts';
import { type RunFlags, TAIL } from './context.ts';

export interface TextOptions {
  readonly flags?: RunFlags;
  readonly line?: number;
}

/** Runs a text as a script: line by line, so that a line sees what those before it have done (aliases too). */
export async function runText(shell: Shell, text: string, options: TextOptions = {}): Promise<number> {
  const { flags = 0 } = options;
  const source = new Source(text, {
    isFinal: true,
    line: options.line ?? shell.line,
    features: shell.dialect.features,
    aliases: shell.aliases,
  });
  const parser = new Parser(source);
  let status = 0;
  for (;;) {
    const list = parsed(shell, () => parser.line());
    if (list === null) return status;
    const isLast = (flags & TAIL) !== 0 && source.text.slice(source.at).trim() === '';
    if (!shell.options.noexec) status = await runList(shell, list, isLast ? flags : flags & ~TAIL);
    if (shell.flow !== null) return status;
  }
}

/** Parses; a mistake becomes the dialect's message. */
export function parsed<T>(shell: Shell, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    shell.line = error.line;
    throw new ShellAbort(shell.told(shell.dialect.syntax(error)), 2);
  }
}
