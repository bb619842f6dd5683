import type { Sys } from '../../kernel/sys.ts';

/** A program of this folder: what it was called with, without its own name; returns the exit status. */
export type Applet = (sys: Sys, args: readonly string[]) => Promise<number>;
