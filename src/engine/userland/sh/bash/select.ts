/** `select name in words; do …; done`: a menu on standard error, a choice from standard input. */
import { read } from '../builtins/read.ts';
import { expandWords } from '../expand/expand.ts';
import { textWidth } from '../interactive/width.ts';
import { runList } from '../run/command.ts';
import { goesOn } from '../run/compound.ts';
import { type RunFlags, TAIL } from '../run/context.ts';
import { done } from '../run/status.ts';
import type { Shell } from '../shell.ts';
import type { Command, List, Word } from '../syntax/ast.ts';
import { doGroup, forWords } from '../syntax/compound.ts';
import { isName } from '../syntax/names.ts';
import type { Parser } from '../syntax/parser.ts';

export function parseSelect(parser: Parser, line: number): Command {
  const { start } = parser.peek();
  parser.next();
  const token = parser.peek();
  if (token.kind !== 'word' || token.plain === null || !isName(token.plain)) parser.unexpected();
  const name = token.plain;
  parser.next();
  parser.skipNewlines();
  const words = parser.isReserved('in') ? forWords(parser) : null;
  if (words === null && parser.isOperator(';')) parser.next();
  parser.skipNewlines();
  const body = doGroup(parser);
  const text = parser.source.text.slice(start, parser.source.at);
  return { type: 'own', line, text, run: (shell, flags) => runSelect(shell, { name, words, body }, flags) };
}

interface Select {
  readonly name: string;
  readonly words: readonly Word[] | null;
  readonly body: List;
}

async function runSelect(shell: Shell, { name, words, body }: Select, flags: RunFlags): Promise<number> {
  const values = words === null ? shell.positional : await expandWords(shell, words);
  let status = 0;
  if (values.length === 0) return done(shell, 0);
  shell.loopDepth += 1;
  try {
    for (let shows = true; ; ) {
      if (shows) await shell.write(2, menu(values));
      await shell.write(2, shell.variables.get('PS3') ?? '#? ');
      if ((await read(shell, ['read'])) !== 0) {
        await shell.write(1, '\n');
        status = 1;
        break;
      }
      const reply = shell.variables.get('REPLY') ?? '';
      shows = reply === '';
      if (shows) continue;
      shell.assign(name, /^\d+$/.test(reply.trim()) ? (values[Number(reply) - 1] ?? '') : '');
      status = await runList(shell, body, flags & ~TAIL);
      if (!goesOn(shell)) break;
    }
  } finally {
    shell.loopDepth -= 1;
  }
  return done(shell, shell.flow?.kind === 'return' ? shell.flow.status : status);
}

const WIDTH = 80;

function menu(values: readonly string[]): string {
  const digits = String(values.length).length;
  const cells = values.map((value, i) => `${String(i + 1).padStart(digits)}) ${value}`);
  const widest = Math.max(...cells.map(textWidth)) + 2;
  const columns = Math.max(1, Math.floor(WIDTH / widest));
  const rows = cells.length <= columns && cells.length < 10 ? cells.length : Math.ceil(cells.length / columns);
  const lines = Array.from({ length: rows }, (_, row) => cells.filter((_cell, i) => i % rows === row));
  return lines
    .map((line) => `${line.map((cell, i) => (i === line.length - 1 ? cell : cell + ' '.repeat(widest - textWidth(cell)))).join('')}\n`)
    .join('');
}
