/** Reading commands one after the other. */
import { type Shell, ShellAbort } from '../shell.ts';
import type { List } from '../syntax/ast.ts';
import { Incomplete, SyntaxFailure } from '../syntax/errors.ts';
import { Parser } from '../syntax/parser.ts';
import { Source } from '../syntax/source.ts';

export interface NextCommand {
  readonly list: List;
  readonly rest: string;
  readonly line: number;
}

/** The next complete command of `text`, which is `readable`; null at the end. */
export function nextCommand(
  shell: Shell,
  text: string,
  options: { readonly isFinal: boolean; readonly line: number },
): NextCommand | null | 'incomplete' {
  const source = new Source(text, { ...options, features: shell.features, aliases: shell.activeAliases });
  const parser = new Parser(source);
  try {
    const list = parsed(shell, text, () => parser.line());
    if (list === null) return options.isFinal ? null : 'incomplete';
    return { list, rest: source.text.slice(source.at), line: source.line };
  } catch (error) {
    if (error instanceof Incomplete) return 'incomplete';
    throw error;
  }
}

/** Parses; a mistake becomes the dialect's message. */
export function parsed<T>(shell: Shell, text: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    shell.line = error.line;
    const told = shell.dialect.own?.syntax(shell, error, text) ?? shell.told(shell.dialect.syntax(error));
    throw new ShellAbort(told, 2, true);
  }
}
