/**
 * Which programs there are. An executable of ours is a small ELF file whose note names a program and its family (`busybox:ls`,
 * `gnu:ls`, `dash`, `nginx`); the kernel asks for that program when the file is first executed.
 * Each family has one loader, so that a page fetches only what it runs.
 */
import type { Program } from '../kernel/sys.ts';

/** `name` is the part after the colon; the family is chosen already. Undefined: no such program. */
export type Family = (name: string) => Promise<Program | undefined>;

/** Finds the program of a note: `family:name`, or `family` alone for a program that is its own family. */
export type Loader = (note: string) => Promise<Program | undefined>;
