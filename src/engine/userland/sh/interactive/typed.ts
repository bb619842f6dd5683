/** What was typed, where it is more than words; and lines as the terminal gives them. */
import { isErrno } from '../../../kernel/errno.ts';
import { runList } from '../run/command.ts';
import { nextCommand } from '../run/next-command.ts';
import { runTraps } from '../run/traps.ts';
import type { Shell } from '../shell.ts';
import { readable } from '../syntax/needed.ts';
import type { EditResult } from './editor.ts';

/** Runs the complete commands at the beginning of `text`; what is left of it is not complete yet. */
export async function runText(shell: Shell, text: string, options: { readonly isFinal: boolean; readonly line: number }): Promise<string> {
  let rest = text;
  let { line } = options;
  for (;;) {
    if (rest.trim() === '') return '';
    await readable(shell, rest);
    const command = nextCommand(shell, rest, { isFinal: options.isFinal, line });
    if (command === 'incomplete') return isBlank(rest) ? '' : rest;
    if (command === null) return '';
    rest = command.rest;
    line = command.line;
    await runList(shell, command.list, 0);
    shell.flow = null;
    await runTraps(shell);
  }
}

/** Only comments and blank lines: nothing is missing. */
const isBlank = (text: string): boolean => text.split('\n').every((line) => /^\s*(#.*)?$/.test(line));

/** A line as the terminal gives it. */
export async function readPlain(shell: Shell, prompt: string): Promise<EditResult> {
  await shell.write(2, prompt);
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    try {
      const bytes = await shell.sys.read(0, 1);
      if (bytes.length === 0) {
        if (text !== '') return { kind: 'line', text };
        if (shell.terminal !== null) await shell.write(2, '\n');
        return { kind: 'end' };
      }
      const char = decoder.decode(bytes, { stream: true });
      if (char === '\n') return { kind: 'line', text };
      text += char;
    } catch (error) {
      if (isErrno(error, 'EIO')) return { kind: 'end' };
      if (!isErrno(error, 'EINTR')) throw error;
      if (!shell.pendingSignals.includes('SIGINT')) continue;
      await shell.write(2, '\n');
      return { kind: 'interrupted' };
    }
  }
}
