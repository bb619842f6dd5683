/** Saying what a name means. */

import { quoteForShell } from '../quote.ts';
import { type RunFlags, TAIL } from '../run/context.ts';
import { candidates, executeProgram, findProgram } from '../run/execute.ts';
import { runForeground } from '../run/foreground.ts';
import { hasTraps } from '../run/words.ts';
import type { Shell } from '../shell.ts';
import { RESERVED } from '../syntax/names.ts';
import { findBuiltin } from './index.ts';

function describe(shell: Shell, name: string): string | undefined {
  const alias = shell.aliases.get(name);
  if (RESERVED.has(name)) return `${name} is a shell keyword`;
  if (alias !== undefined) return `${name} is an alias for ${alias}`;
  if (shell.functions.has(name)) return shell.dialect.name === 'dash' ? `${name} is a shell function` : `${name} is a function`;
  const builtin = findBuiltin(shell, name);
  if (builtin !== undefined) return `${name} is a ${builtin.isSpecial && name !== 'local' ? 'special ' : ''}shell builtin`;
  const program = placeOf(shell, name);
  return program === undefined ? undefined : `${name} is ${program}`;
}

/** Where a program is. One that the shell has in itself has no path. */
const placeOf = (shell: Shell, name: string): string | undefined => (shell.dialect.hasApplet?.(name) ? name : findProgram(shell, name));

export async function type(shell: Shell, argv: readonly string[]): Promise<number> {
  let status = 0;
  for (const name of argv.slice(1)) {
    const text = describe(shell, name);
    await shell.write(1, `${text ?? `${name}: not found`}\n`);
    if (text === undefined) status = 127;
  }
  return status;
}

function brief(shell: Shell, name: string): string | undefined {
  const alias = shell.aliases.get(name);
  if (alias !== undefined) return `alias ${name}=${quoteForShell(alias)}`;
  if (RESERVED.has(name) || shell.functions.has(name) || findBuiltin(shell, name) !== undefined) return name;
  return placeOf(shell, name);
}

/** `command -v name`, `command -V name`, and `command name`, which passes functions by. */
export async function command(shell: Shell, argv: readonly string[], flags: RunFlags): Promise<number> {
  let i = 1;
  let mode = '';
  for (; /^-[pvV]+$/.test(argv[i] ?? ''); i += 1) mode = /[vV]/.exec(argv[i] ?? '')?.[0] ?? mode;
  if (argv[i] === '--') i += 1;
  const words = argv.slice(i);
  const [name] = words;
  if (name === undefined) return 0;
  if (mode !== '') {
    const text = mode === 'v' ? brief(shell, name) : (describe(shell, name) ?? `${name}: not found`);
    if (text !== undefined) await shell.write(1, `${text}\n`);
    return text === undefined || text.endsWith(': not found') ? 127 : 0;
  }
  const builtin = findBuiltin(shell, name);
  if (builtin !== undefined) {
    shell.builtin = name;
    return builtin.run(shell, words, flags);
  }
  shell.builtin = undefined;
  const body = (child: Shell): Promise<number> => executeProgram(child, words, child.variables.environment());
  return (flags & TAIL) !== 0 && !hasTraps(shell) ? body(shell) : runForeground(shell, { body, text: words.join(' ') });
}

/** Paths are looked up anew each time; so only what is not there is worth a word. */
export async function hash(shell: Shell, argv: readonly string[]): Promise<number> {
  let status = 0;
  for (const name of argv.slice(1).filter((word) => word !== '-r')) {
    const isKnown =
      shell.functions.has(name) ||
      findBuiltin(shell, name) !== undefined ||
      candidates(shell, name).some((path) => path === findProgram(shell, name));
    if (isKnown) continue;
    await shell.complain(`${name}: not found`);
    status = 1;
  }
  return status;
}
