/** A function that runs: its variables, its stack, and where it is. */
import type { Code } from '../compile/code.ts';
import type { Raised } from './exceptions.ts';
import { FRAME, PyCell, type PyDict, type PyException, type PyGenerator, type Stop, type Value } from './values.ts';

/** What lies on a frame's stack. */
export type Slot = Value | Stop | undefined;

/** A `try` that is open. */
export interface Guard {
  readonly handler: number;
  readonly depth: number;
  readonly handling: PyException | null;
}

export class Frame {
  readonly cls = FRAME;
  readonly code: Code;
  readonly globals: PyDict;
  readonly builtins: PyDict;
  readonly locals: (Value | undefined)[];
  cells: readonly PyCell[] = NO_CELLS;
  readonly stack: Slot[] = [];
  readonly guards: Guard[] = [];
  ip = 0;
  /** Where names live that are no local variables: of a module or a class. */
  names: PyDict | null = null;
  generator: PyGenerator | null = null;
  /** The exception whose handler runs. */
  handling: PyException | null = null;
  /** What it gives instead of what it returns: `__init__` gives the object. */
  result: Value | undefined = undefined;
  hasResult = false;
  /** To be thrown into what it delegates to. */
  throwing: Raised | null = null;
  /** The frame that called it. */
  back: Frame | null = null;

  constructor(code: Code, globals: PyDict, builtins: PyDict, locals: (Value | undefined)[]) {
    this.code = code;
    this.globals = globals;
    this.builtins = builtins;
    this.locals = locals;
  }

  push(value: Slot): void {
    this.stack.push(value);
  }

  pop(): Value {
    return this.stack.pop() as Value;
  }

  get top(): Value {
    return this.stack[this.stack.length - 1] as Value;
  }
}

const NO_CELLS: readonly PyCell[] = [];

/** Makes the cells of a frame: its own first, then those of the functions around. */
export function openCells(frame: Frame, outer: readonly PyCell[]): void {
  const { code } = frame;
  if (code.cells.length === 0 && outer.length === 0) return;
  const own = code.cells.map((_, index) => {
    const param = code.cellParams[index] ?? -1;
    return new PyCell(param >= 0 ? frame.locals[param] : undefined);
  });
  frame.cells = [...own, ...outer];
}
