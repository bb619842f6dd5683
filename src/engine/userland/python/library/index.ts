/** The modules of the standard library. Each is loaded when it is first imported. */
import type { Interpreter } from '../runtime/interpreter.ts';
import type { PyModule } from '../runtime/values.ts';

/** A module: what the host does of it, and what is written in Python. */
export interface LibraryPart {
  readonly create?: (interpreter: Interpreter) => PyModule;
  readonly source?: string;
  readonly isPackage?: boolean;
}

export const LIBRARY: Readonly<Record<string, () => Promise<LibraryPart>>> = {};

/** Modules that the real one has and this one has not, with a word of why. */
export const ABSENT: Readonly<Record<string, string>> = {
  ctypes: 'this model has no machine code to call',
  tkinter: 'this model has no windows',
  sqlite3: 'this model has no SQLite',
  multiprocessing: 'this model has threads and subprocesses, but not this module',
};
