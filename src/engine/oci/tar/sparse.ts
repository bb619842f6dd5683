/** Files with holes, in the four ways that GNU tar has written them (its manual, "Storing Sparse Files"). */
import { type Extent, sparseContent, type TarContent } from './entry.ts';
import { invalidHeader, numberField } from './header.ts';
import { type PaxRecord, paxText } from './pax.ts';

const MAX_EXTENTS = 1_000_000;
const OLD_HEADER = { at: 386, count: 4, more: 482, size: 483 } as const;
const OLD_EXTENSION = { at: 0, count: 21, more: 504 } as const;

export interface OldSparse {
  readonly extents: readonly Extent[];
  readonly sizeBytes: number;
  /** Another block with extents follows. */
  readonly more: boolean;
}

/** The map in a header of type `S`. */
export const oldSparse = (block: Uint8Array): OldSparse => ({
  extents: oldExtents(block, OLD_HEADER),
  sizeBytes: numberField(block, OLD_HEADER.size, 12),
  more: block[OLD_HEADER.more] === 1,
});

/** The map in a block that follows such a header. */
export const oldSparseExtension = (block: Uint8Array): { readonly extents: readonly Extent[]; readonly more: boolean } => ({
  extents: oldExtents(block, OLD_EXTENSION),
  more: block[OLD_EXTENSION.more] === 1,
});

function oldExtents(block: Uint8Array, { at, count }: { at: number; count: number }): readonly Extent[] {
  return Array.from({ length: count }, (_, i) => at + i * 24)
    .filter((place) => block[place] !== 0)
    .map((place) => ({ offset: numberField(block, place, 12), sizeBytes: numberField(block, place + 12, 12) }));
}

/** What pax records say of holes; null if nothing. `stored` is the entry's data, which in version 1.0 begins with the map. */
export function paxSparse(
  records: readonly PaxRecord[],
  stored: Uint8Array,
): { readonly content: TarContent; readonly name: string | undefined } | null {
  const value = (key: string): string | undefined => {
    const found = records.findLast(([name]) => name === key);
    return found && paxText(found[1]);
  };
  const size = value('GNU.sparse.realsize') ?? value('GNU.sparse.size');
  if (size === undefined) return null;
  const name = value('GNU.sparse.name');
  if (value('GNU.sparse.major') === '1') {
    const { extents, dataAt } = leadingMap(stored);
    return { content: checkedContent(decimal(size), extents, stored.subarray(dataAt)), name };
  }
  const map = value('GNU.sparse.map');
  const numbers =
    map === undefined
      ? records.filter(([key]) => key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes').map(([, text]) => decimal(paxText(text)))
      : map
          .split(',')
          .filter((text) => text !== '')
          .map(decimal);
  return { content: checkedContent(decimal(size), pairUp(numbers), stored), name };
}

function decimal(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw invalidHeader();
  return Number(text);
}

function pairUp(numbers: readonly number[]): readonly Extent[] {
  if (numbers.length % 2 === 1 || numbers.length > MAX_EXTENTS) throw invalidHeader();
  return Array.from({ length: numbers.length / 2 }, (_, i) => ({ offset: numbers[2 * i] ?? 0, sizeBytes: numbers[2 * i + 1] ?? 0 }));
}

/** Version 1.0: decimal lines (count, then offset and size of each) before the data, filled up to a whole block. */
function leadingMap(stored: Uint8Array): { extents: readonly Extent[]; dataAt: number } {
  let at = 0;
  const next = (): number => {
    const end = stored.indexOf(0x0a, at);
    if (end === -1 || end - at > 20) throw invalidHeader();
    const line = paxText(stored.subarray(at, end));
    at = end + 1;
    return decimal(line);
  };
  const count = next();
  if (count > MAX_EXTENTS) throw invalidHeader();
  const numbers: number[] = [];
  for (let i = 0; i < 2 * count; i += 1) numbers.push(next());
  return { extents: pairUp(numbers), dataAt: Math.ceil(at / 512) * 512 };
}

/** Throws FormatError unless the extents are in order, inside the file, and all there. */
export function checkedContent(sizeBytes: number, extents: readonly Extent[], stored: Uint8Array): TarContent {
  let end = 0;
  let held = 0;
  for (const extent of extents) {
    if (extent.offset < end || extent.sizeBytes < 0) throw invalidHeader();
    end = extent.offset + extent.sizeBytes;
    held += extent.sizeBytes;
  }
  if (end > sizeBytes || held > stored.length) throw invalidHeader();
  return sparseContent(sizeBytes, extents, stored);
}
