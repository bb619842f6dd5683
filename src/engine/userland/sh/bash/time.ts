/** The reserved word `time`. */
import { runCommand } from '../run/command.ts';
import { type RunFlags, TAIL } from '../run/context.ts';
import type { Shell } from '../shell.ts';
import type { Command } from '../syntax/ast.ts';
import type { Parser } from '../syntax/parser.ts';

export function parseTime(parser: Parser, line: number): Command {
  const { start } = parser.peek();
  parser.next();
  const isPosix = parser.isReserved('-p');
  if (isPosix) parser.next();
  const { kind } = parser.peek();
  const isAlone = kind === 'newline' || kind === 'end' || parser.isOperator(';', '&', '&&', '||', ')');
  const command: Command = isAlone ? { type: 'group', body: { items: [] } } : parser.pipeline();
  const text = parser.source.text.slice(start, parser.peek().start).trim();
  return { type: 'own', line, text, run: (shell, flags) => timed(shell, { command, isPosix }, flags) };
}

async function timed(shell: Shell, { command, isPosix }: { command: Command; isPosix: boolean }, flags: RunFlags): Promise<number> {
  const { sys } = shell;
  const [startNs, before] = [sys.clock.monotonicNs(), sys.times()];
  const status = await runCommand(shell, command, flags & ~TAIL);
  const after = sys.times();
  const realNs = sys.clock.monotonicNs() - startNs;
  const userNs = after.selfNs + after.childrenNs - before.selfNs - before.childrenNs;
  await shell.write(2, report(shell.variables.get('TIMEFORMAT'), { isPosix, realNs, userNs }));
  return status;
}

function report(format: string | undefined, { isPosix, realNs, userNs }: { isPosix: boolean; realNs: bigint; userNs: bigint }): string {
  const seconds = (ns: bigint, digits: number): string => (Number(ns) / 1e9).toFixed(digits);
  if (isPosix) return `real ${seconds(realNs, 2)}\nuser ${seconds(userNs, 2)}\nsys 0.00\n`;
  const long = (ns: bigint, digits: number): string => `${ns / 60_000_000_000n}m${seconds(ns % 60_000_000_000n, digits)}s`;
  const text = format ?? '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS';
  if (text === '') return '';
  const shown = text.replace(/%(?:(\d)?(l)?([RUS])|(P)|(%))/g, (_, digits?: string, isLong?: string, which?: string, share?: string) => {
    if (which === undefined)
      return share === undefined ? '%' : realNs === 0n ? '0.00' : (Number((userNs * 10_000n) / realNs) / 100).toFixed(2);
    const ns = which === 'R' ? realNs : which === 'U' ? userNs : 0n;
    return isLong === undefined ? seconds(ns, Number(digits ?? 3)) : long(ns, Number(digits ?? 3));
  });
  return `${shown}\n`;
}
