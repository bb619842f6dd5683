/** Bytes that have come and were not read yet. */
export class ByteQueue {
  readonly #pieces: Uint8Array[] = [];
  #sizeBytes = 0;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Keeps a copy: the writer may reuse its buffer. */
  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pieces.push(bytes.slice());
    this.#sizeBytes += bytes.length;
  }

  /** Up to `maxBytes`, in order. */
  take(maxBytes: number): Uint8Array {
    const size = Math.min(maxBytes, this.#sizeBytes);
    const taken = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const first = this.#pieces[0] ?? new Uint8Array(0);
      const part = first.subarray(0, size - at);
      taken.set(part, at);
      at += part.length;
      if (part.length === first.length) this.#pieces.shift();
      else this.#pieces[0] = first.subarray(part.length);
    }
    this.#sizeBytes -= size;
    return taken;
  }

  clear(): void {
    this.#pieces.length = 0;
    this.#sizeBytes = 0;
  }
}
