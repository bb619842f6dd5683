/** Pieces of bytes in order; an empty piece is a mark (the end of the file). */
export class ByteQueue {
  readonly #pieces: Uint8Array[] = [];
  sizeBytes = 0;

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.sizeBytes += piece.length;
  }

  clear(): void {
    this.#pieces.length = 0;
    this.sizeBytes = 0;
  }

  /** At most one piece, or the beginning of it: a line, the mark, or undefined if there is nothing. */
  takePiece(maxBytes: number): Uint8Array | undefined {
    const piece = this.#pieces[0];
    if (piece === undefined) return undefined;
    const taken = piece.subarray(0, maxBytes);
    if (taken.length === piece.length) this.#pieces.shift();
    else this.#pieces[0] = piece.subarray(maxBytes);
    this.sizeBytes -= taken.length;
    return taken;
  }

  /** Whatever is there, up to `maxBytes`, marks left out. */
  take(maxBytes: number): Uint8Array {
    const bytes = new Uint8Array(Math.min(maxBytes, this.sizeBytes));
    let at = 0;
    while (at < bytes.length) {
      const piece = this.takePiece(bytes.length - at);
      if (piece === undefined) break;
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }
}
