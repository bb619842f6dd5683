import type { Sys } from '../../kernel/sys.ts';
import type { Tool } from '../tool.ts';

/** How it was called. */
export type Caller = Pick<Tool, 'isBusybox' | 'isDebianBusybox' | 'isAlpineBusybox' | 'wrongUsage'>;

/** A program of this folder: what it was called with, without its own name, and by whom; returns the exit status. */
export type Applet = (sys: Sys, args: readonly string[], caller?: Caller) => Promise<number>;
