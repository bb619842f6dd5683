/**
 * What a program holds, for the kernel. What is made is counted; when as much has come as there was, everything that can be reached is
 * measured, and the kernel is told the difference. So what was dropped counts no more.
 */
import type { Sys } from '../../../kernel/sys.ts';
import { Code } from '../compile/code.ts';
import { Frame } from './frame.ts';
import { PyByteArray, PyBytes, PyCell, PyDict, PyInstance, PyList, PySet, PyTuple } from './values.ts';

const MEGABYTE = 1024 * 1024;
/** What the interpreter holds before it runs anything. */
const BASE_BYTES = 7 * MEGABYTE;
const LEAST_STEP = 8 * MEGABYTE;
const OBJECT_BYTES = 56;
const ENTRY_BYTES = 100;
const SLOT_BYTES = 8;
const INTEGER_BYTES = 28;
const LONG_TEXT = 64;

export class Memory {
  readonly #sys: Sys;
  readonly #roots: () => Iterable<unknown>;
  #told = BASE_BYTES;
  #fresh = 0;
  #step = LEAST_STEP;

  constructor(sys: Sys, roots: () => Iterable<unknown>) {
    this.#sys = sys;
    this.#roots = roots;
    sys.grow(BASE_BYTES);
  }

  /** Something small is made. */
  count(bytes: number): void {
    this.#fresh += bytes;
    if (this.#fresh > this.#step) this.#measure();
  }

  /** Something that may be big is about to be made. */
  take(bytes: number): void {
    if (bytes >= MEGABYTE) {
      this.#sys.grow(bytes);
      this.#told += bytes;
    }
    this.count(bytes);
  }

  #measure(): void {
    const live = BASE_BYTES + reachable(this.#roots());
    this.#sys.grow(live - this.#told);
    this.#told = live;
    this.#fresh = 0;
    this.#step = Math.max(LEAST_STEP, (live - BASE_BYTES) / 2);
  }
}

/** The size of all that can be reached. */
function reachable(roots: Iterable<unknown>): number {
  const seen = new Set<unknown>();
  const open: unknown[] = [...roots];
  let total = 0;
  const see = (value: unknown): void => {
    if (typeof value === 'number' || typeof value === 'boolean') total += INTEGER_BYTES;
    else if (typeof value === 'string' && value.length <= LONG_TEXT) total += LONG_TEXT;
    else if (value !== null && value !== undefined && typeof value !== 'symbol') open.push(value);
  };
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    total += typeof value === 'string' ? value.length : OBJECT_BYTES;
    if (typeof value === 'object') total += partsOf(value as object, see);
  }
  return total;
}

function partsOf(value: object, see: (part: unknown) => void): number {
  if (value instanceof PyList || value instanceof PyTuple) {
    for (const item of value.items) see(item);
    return value.items.length * SLOT_BYTES;
  }
  if (value instanceof PyDict) {
    for (const { k, v } of value.map.values()) {
      see(k);
      see(v);
    }
    return value.map.size * ENTRY_BYTES;
  }
  if (value instanceof PySet) {
    for (const one of value.map.values()) see(one);
    return value.map.size * ENTRY_BYTES;
  }
  if (value instanceof PyBytes || value instanceof PyByteArray) return value.data.length;
  if (value instanceof Code) return 0;
  if (value instanceof Frame) {
    for (const one of [...value.locals, ...value.stack, ...value.cells, value.names, value.globals]) see(one);
    return 0;
  }
  if (value instanceof PyCell) {
    see(value.v);
    return 0;
  }
  // What else there is: its attributes, and what it holds by any name.
  if (value instanceof PyInstance) see(value.host);
  for (const part of Object.values(value)) if (typeof part === 'object' || typeof part === 'string') see(part);
  return 0;
}
