/**
 * The shell. A newcomer starts here: `main.ts` is what happens when `sh` is executed; `syntax/` turns text into a tree,
 * `expand/` turns words into fields, `run/` walks the tree and talks to the kernel (fork is a subshell, fork and exec a command),
 * `builtins/` has one function for each command of the shell's own, `interactive/` the prompt and the line editor.
 * In all of it there is one interpreter; `dialect.ts` says in what shells differ and is dash, `ash.ts` is busybox's, and `bash/` has what
 * only bash has: each is loaded when such a shell is begun.
 */
import type { Program } from '../../kernel/sys.ts';
import { dash } from './dialect.ts';
import { shellProgram } from './main.ts';

export type { DialectName } from './dialect.ts';
export type { Completer, Completion } from './interactive/complete.ts';

/** dash as a program: its arguments, environment and descriptors are the process's. */
export const dashShell: Program = shellProgram(dash);
