/**
 * The bytes of a regular file that can be written: an immutable content that may be shared with other files, and on top of it
 * pages for what has been written since. So copying a file up or unpacking a layer copies nothing, appending to a log costs what
 * is appended, and a hole takes no room.
 */
import { Errno } from '../errno.ts';
import type { FileBody } from './node.ts';
import type { Content } from './types.ts';

export const BLOCK_BYTES = 4096;
const PAGE_BYTES = 4 * BLOCK_BYTES;

/** What is left on the file system. */
export interface Space {
  readonly freeBytes: number;
  /** Negative gives back. */
  take(bytes: number): void;
}

export function bytesContent(bytes: Uint8Array): Content {
  return { sizeBytes: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

export const EMPTY: Content = bytesContent(new Uint8Array(0));

export const blocks = (bytes: number): number => Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;

/** Bytes behind `length` are zero, whatever the buffer says. */
interface Page {
  bytes: Uint8Array;
  length: number;
}

interface Layout {
  readonly base: Content;
  /** So many of the base's bytes still count. */
  readonly baseBytes: number;
  readonly pages: ReadonlyMap<number, Page>;
  readonly sizeBytes: number;
}

function assemble({ base, baseBytes, pages, sizeBytes }: Layout, offset: number, length: number): Uint8Array {
  const end = Math.min(offset + length, sizeBytes);
  if (end <= offset) return new Uint8Array(0);
  if (pages.size === 0 && end <= baseBytes) return base.read(offset, end - offset);
  const bytes = new Uint8Array(end - offset);
  for (let at = offset; at < end; ) {
    const index = Math.floor(at / PAGE_BYTES);
    const start = index * PAGE_BYTES;
    const stop = Math.min(end, start + PAGE_BYTES);
    const page = pages.get(index);
    if (page !== undefined) bytes.set(page.bytes.subarray(at - start, Math.min(stop - start, page.length)), at - offset);
    else if (at < baseBytes) bytes.set(base.read(at, Math.min(stop, baseBytes) - at), at - offset);
    at = stop;
  }
  return bytes;
}

export class PagedBody implements FileBody {
  #base: Content = EMPTY;
  #baseBytes = 0;
  readonly #pages = new Map<number, Page>();
  #sizeBytes = 0;
  #allocatedBytes = 0;
  readonly #space: Space;

  constructor(space: Space) {
    this.#space = space;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get allocatedBytes(): number {
    return this.#allocatedBytes;
  }

  read(offset: number, length: number): Uint8Array {
    return assemble(this.#layout(), offset, length);
  }

  #layout(): Layout {
    return { base: this.#base, baseBytes: this.#baseBytes, pages: this.#pages, sizeBytes: this.#sizeBytes };
  }

  write(offset: number, bytes: Uint8Array): number {
    if (bytes.length === 0) return 0;
    const end = this.#fitting(offset, offset + bytes.length);
    for (let at = offset; at < end; ) {
      const index = Math.floor(at / PAGE_BYTES);
      const stop = Math.min(end, (index + 1) * PAGE_BYTES);
      this.#put(index, at - index * PAGE_BYTES, bytes.subarray(at - offset, stop - offset));
      at = stop;
    }
    this.#sizeBytes = Math.max(this.#sizeBytes, end);
    return end - offset;
  }

  /** Where a write must stop for want of room. */
  #fitting(offset: number, end: number): number {
    const missing = this.#growth(offset, end) - this.#space.freeBytes;
    if (missing <= 0) return end;
    const stop = Math.floor((blocks(end) - missing) / BLOCK_BYTES) * BLOCK_BYTES;
    if (stop <= offset || this.#growth(offset, stop) > this.#space.freeBytes) throw new Errno('ENOSPC');
    return stop;
  }

  #growth(offset: number, end: number): number {
    let growth = 0;
    for (let index = Math.floor(offset / PAGE_BYTES); index * PAGE_BYTES < end; index += 1) {
      const held = this.#held(index);
      growth += Math.max(0, blocks(Math.min(PAGE_BYTES, end - index * PAGE_BYTES)) - blocks(held));
    }
    return growth;
  }

  /** How far into this page there are bytes. */
  #held(index: number): number {
    const page = this.#pages.get(index);
    return page?.length ?? Math.min(PAGE_BYTES, Math.max(0, this.#baseBytes - index * PAGE_BYTES));
  }

  #put(index: number, at: number, bytes: Uint8Array): void {
    const heldBytes = this.#held(index);
    const end = at + bytes.length;
    const page = this.#pages.get(index) ?? { bytes: this.#base.read(index * PAGE_BYTES, heldBytes).slice(), length: heldBytes };
    this.#pages.set(index, page);
    if (page.bytes.length < end) {
      const grown = new Uint8Array(Math.min(PAGE_BYTES, Math.max(end, page.bytes.length * 2)));
      grown.set(page.bytes.subarray(0, page.length));
      page.bytes = grown;
    }
    if (at > page.length) page.bytes.fill(0, page.length, at);
    page.bytes.set(bytes, at);
    page.length = Math.max(page.length, end);
    this.#account(blocks(page.length) - blocks(heldBytes));
  }

  #account(bytes: number): void {
    this.#allocatedBytes += bytes;
    this.#space.take(bytes);
  }

  truncate(sizeBytes: number): void {
    if (sizeBytes < this.#sizeBytes) {
      this.#baseBytes = Math.min(this.#baseBytes, sizeBytes);
      for (const [index, page] of this.#pages) {
        const start = index * PAGE_BYTES;
        if (start >= sizeBytes) this.#pages.delete(index);
        else page.length = Math.min(page.length, sizeBytes - start);
      }
      this.#account(this.#count() - this.#allocatedBytes);
    }
    this.#sizeBytes = sizeBytes;
  }

  #count(): number {
    let bytes = blocks(this.#baseBytes);
    for (const [index, page] of this.#pages) {
      bytes += blocks(page.length) - blocks(Math.min(PAGE_BYTES, Math.max(0, this.#baseBytes - index * PAGE_BYTES)));
    }
    return bytes;
  }

  replace(content: Content): void {
    const allocated = blocks(content.sizeBytes);
    if (allocated - this.#allocatedBytes > this.#space.freeBytes) throw new Errno('ENOSPC');
    this.#pages.clear();
    this.#base = content;
    this.#baseBytes = content.sizeBytes;
    this.#sizeBytes = content.sizeBytes;
    this.#account(allocated - this.#allocatedBytes);
  }

  snapshot(): Content {
    const pages = new Map([...this.#pages].map(([index, { bytes, length }]) => [index, { bytes: bytes.slice(0, length), length }]));
    const layout: Layout = { ...this.#layout(), pages };
    return { sizeBytes: this.#sizeBytes, read: (offset, length) => assemble(layout, offset, length) };
  }

  /** The file is gone: its room is free again. */
  release(): void {
    this.#space.take(-this.#allocatedBytes);
    this.#allocatedBytes = 0;
  }
}
