/** The end of a stream, as far as it must be remembered. What it holds counts as memory of the process. */
import type { Sys } from '../../../kernel/sys.ts';
import type { Output } from '../../program-io.ts';

const NEWLINE = 10;

/** A piece of which all bytes are the same is kept as one byte and a length: /dev/zero must not fill the host's memory. */
type Piece = { readonly bytes: Uint8Array; readonly repeat: number; readonly newlines: number };

export class HeldBytes {
  readonly #sys: Sys;
  readonly #pieces: Piece[] = [];
  #sizeBytes = 0;
  #newlines = 0;
  #chargedBytes = 0;

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  add(bytes: Uint8Array): void {
    const [first = 0] = bytes;
    const isUniform = bytes.every((byte) => byte === first);
    const newlines = bytes.reduce((sum, byte) => sum + (byte === NEWLINE ? 1 : 0), 0);
    const piece = isUniform ? { bytes: bytes.slice(0, 1), repeat: bytes.length, newlines } : { bytes: bytes.slice(), repeat: 1, newlines };
    this.#pieces.push(piece);
    this.#sizeBytes += bytes.length;
    this.#newlines += newlines;
    this.#charge();
  }

  #charge(): void {
    this.#sys.grow(this.#sizeBytes - this.#chargedBytes);
    this.#chargedBytes = this.#sizeBytes;
  }

  /** Forgets all but the last `count` bytes. */
  keepLast(count: number): void {
    for (let [piece] = this.#pieces; piece !== undefined && this.#sizeBytes - sizeOf(piece) >= count; [piece] = this.#pieces)
      this.#drop(piece);
    const [first] = this.#pieces;
    if (first !== undefined && this.#sizeBytes > count) this.#cut(first, this.#sizeBytes - count);
  }

  /** Forgets all but the last `count` lines; the last may be without an end. */
  keepLastLines(count: number): void {
    if (count === 0) return this.keepLast(0);
    const last = this.#pieces.at(-1);
    const isOpen = last !== undefined && last.bytes.at(-1) !== NEWLINE;
    const surplus = (): number => this.#newlines + (isOpen ? 1 : 0) - count;
    for (
      let [piece] = this.#pieces;
      piece !== undefined && surplus() >= piece.newlines && surplus() > 0 && piece !== last;
      [piece] = this.#pieces
    ) {
      // A line may go on in the next piece: its beginning is needed while the line is.
      if (surplus() === piece.newlines && piece.bytes.at(-1) !== NEWLINE) break;
      this.#drop(piece);
    }
    const [first] = this.#pieces;
    if (first !== undefined && surplus() > 0) this.#cut(first, offsetAfterNewlines(first, surplus()));
  }

  #drop(piece: Piece): void {
    this.#pieces.shift();
    this.#sizeBytes -= sizeOf(piece);
    this.#newlines -= piece.newlines;
    this.#charge();
  }

  #cut(piece: Piece, dropBytes: number): void {
    const rest = piece.repeat > 1 ? { ...piece, repeat: piece.repeat - dropBytes } : { ...piece, bytes: piece.bytes.slice(dropBytes) };
    const newlines =
      piece.repeat > 1 ? (piece.newlines > 0 ? rest.repeat : 0) : rest.bytes.reduce((sum, byte) => sum + (byte === NEWLINE ? 1 : 0), 0);
    this.#pieces[0] = { ...rest, newlines };
    this.#sizeBytes -= dropBytes;
    this.#newlines -= piece.newlines - newlines;
    this.#charge();
  }

  async print(out: Output): Promise<void> {
    for (const { bytes, repeat } of this.#pieces) await out.bytes(repeat === 1 ? bytes : new Uint8Array(repeat).fill(bytes[0] ?? 0));
  }

  release(): void {
    this.#sys.grow(-this.#chargedBytes);
    this.#chargedBytes = 0;
  }
}

const sizeOf = ({ bytes, repeat }: Piece): number => bytes.length * repeat;

function offsetAfterNewlines({ bytes, repeat }: Piece, count: number): number {
  if (repeat > 1) return Math.min(count, repeat);
  let at = 0;
  for (let i = 0; i < count; i += 1) at = bytes.indexOf(NEWLINE, at) + 1;
  return at;
}
