/** An archive that is read as it arrives. */
import { concatBytes } from '../bytes.ts';
import { BLOCK_BYTES, type TarEntry } from './entry.ts';
import { cutArchive, parse, type Source } from './read.ts';

/** The entries of an archive that arrives in pieces. Holds one entry at a time. Rejects with FormatError where it is broken. */
export async function readTarStream(source: Source, each: (entry: TarEntry) => Promise<void> | void): Promise<void> {
  const parser = parse();
  const take = takeFrom(source);
  let step = parser.next();
  while (!step.done) {
    if ('entry' in step.value) {
      await each(step.value.entry);
      step = parser.next(new Uint8Array());
      continue;
    }
    const { want, mayEnd } = step.value;
    const piece = await take(want);
    if (piece.length < want && !(mayEnd && (piece.length === 0 || want < BLOCK_BYTES))) throw cutArchive();
    step = parser.next(piece);
  }
}

/** Collects exactly so many bytes, fewer only at the end. Memory grows with what has come, not with what a header claims. */
function takeFrom(source: Source): (want: number) => Promise<Uint8Array> {
  let left: Uint8Array = new Uint8Array();
  return async (want) => {
    const pieces: Uint8Array[] = [];
    let missing = want;
    while (missing > 0) {
      const piece = left.length > 0 ? left : await source();
      if (piece === null) break;
      const part = piece.subarray(0, missing);
      left = piece.subarray(part.length);
      missing -= part.length;
      pieces.push(part);
    }
    return concatBytes(pieces);
  };
}
