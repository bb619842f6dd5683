/**
 * The memory of a script. What is made is told to the kernel as it comes; when much has come, what can still be reached is counted, and the
 * rest is given back, as a garbage collector does.
 */
import type { Sys } from '../../../kernel/sys.ts';
import { heap, JsObject, Property } from './values.ts';
import { Frame, Scope } from './vm.ts';

/** What node itself takes before a script begins. */
export const BASE_BYTES = 38 * 1024 * 1024;
const FIRST_BYTES = 24 * 1024 * 1024;
const PROPERTY_BYTES = 32;
const OBJECT_BYTES = 56;
/** Larger values are told at once, so that the kernel can refuse them before the host has them. */
const LARGE_BYTES = 1024 * 1024;

export class Memory {
  readonly #sys: Sys;
  readonly #roots: () => readonly unknown[];
  readonly #limitBytes: number;
  readonly #onLimit: () => void;
  /** Told to the kernel, beside the base. */
  told = 0;
  #next = FIRST_BYTES;

  constructor(sys: Sys, roots: () => readonly unknown[], limit: { bytes: number; exceeded: () => void }) {
    this.#sys = sys;
    this.#roots = roots;
    this.#limitBytes = limit.bytes;
    this.#onLimit = limit.exceeded;
  }

  /** Something large comes. */
  take(bytes: number): void {
    heap.bytes += bytes;
    if (bytes > LARGE_BYTES) this.settle();
  }

  /** Tells what came since the last time. */
  settle(): void {
    const { bytes } = heap;
    heap.bytes = 0;
    if (bytes <= 0) return;
    if (this.told + bytes > this.#next) this.#collect(bytes);
    else this.#tell(bytes);
  }

  #tell(bytes: number): void {
    this.told += bytes;
    this.#sys.grow(bytes);
    if (this.told > this.#limitBytes) this.#onLimit();
  }

  /** `coming` are bytes that nobody holds yet. */
  #collect(coming: number): void {
    const live = Math.min(sizeOf(this.#roots()), this.told + coming);
    const isLarge = coming > LARGE_BYTES;
    this.#tell((isLarge ? Math.max(live, this.told / 2) + coming : live) - this.told);
    this.#next = Math.max(FIRST_BYTES, this.told * 1.5);
  }
}

/** Bytes that can be reached from here, about. */
function sizeOf(roots: readonly unknown[]): number {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [...roots];
  let bytes = 0;
  const meet = (value: unknown): void => {
    if (typeof value === 'string') bytes += value.length > 16 ? value.length : 0;
    else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      waiting.push(value);
    }
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof JsObject) {
      bytes += OBJECT_BYTES + next.props.size * PROPERTY_BYTES + (next.items?.length ?? 0) * 8;
      for (const value of next.props.values()) meet(value);
      if (next.items) for (const item of next.items) meet(item);
      if (next.proto) meet(next.proto);
      if (next.inner) bytes += sizeOfInner(next.inner, meet);
      if (next.fn) for (const value of Object.values(next.fn)) if (typeof value === 'object') meet(value);
    } else if (next instanceof Property) {
      meet(next.value);
      meet(next.get);
      meet(next.set);
    } else if (next instanceof Scope) {
      for (const slot of next.slots) meet(slot);
      meet(next.parent);
    } else if (next instanceof Frame) {
      for (const value of [next.scope, next.self, next.fn, next.caller, next.result, ...next.args]) meet(value);
    } else if (Array.isArray(next)) for (const value of next) meet(value);
    else if (next instanceof Uint8Array) bytes += next.byteLength;
    else if (next instanceof Map) for (const value of next.values()) meet(value);
  }
  return bytes;
}

function sizeOfInner(inner: NonNullable<JsObject['inner']>, meet: (value: unknown) => void): number {
  switch (inner.kind) {
    case 'map':
    case 'set':
      for (const entry of inner.table.entries)
        if (entry !== null) {
          meet(entry[0]);
          meet(entry[1]);
        }
      return inner.table.entries.length * PROPERTY_BYTES;
    case 'promise':
      meet(inner.promise.value);
      for (const { holds } of inner.promise.reactions) for (const one of holds) meet(one);
      return 0;
    case 'buffer':
      return inner.bytes.byteLength;
    case 'typed':
    case 'view':
      meet(inner.buffer);
      return 0;
    case 'proxy':
      meet(inner.target);
      meet(inner.handler);
      return 0;
    case 'primitive':
      meet(inner.value);
      return 0;
    case 'host':
      meet(inner.held);
      return 0;
    default:
      return 0;
  }
}
