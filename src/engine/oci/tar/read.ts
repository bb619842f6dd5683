/** Reads archives: one parser that asks for bytes, driven from an array or from a stream. */

import { FormatError } from '../manifest.ts';
import { BLOCK_BYTES, type Extent, type TarContent, type TarEntry, type TarType, wholeContent } from './entry.ts';
import { invalidHeader, isZeroBlock, type RawHeader, readHeader, textField } from './header.ts';
import { type PaxRecord, paxText, readPax } from './pax.ts';
import { checkedContent, oldSparse, oldSparseExtension, paxSparse } from './sparse.ts';

/** The parser wants so many bytes, or says that an entry is complete. */
type Step = { readonly want: number; readonly mayEnd?: boolean } | { readonly entry: TarEntry };
type Parser = Generator<Step, void, Uint8Array>;
type Sub<T> = Generator<Step, T, Uint8Array>;

const MAX_META_BYTES = 1 << 20;
const TYPES: Readonly<Record<string, TarType>> = {
  '1': 'link',
  '2': 'symlink',
  '3': 'char-device',
  '4': 'block-device',
  '5': 'directory',
  '6': 'fifo',
};
const NO_XATTRS: ReadonlyMap<string, Uint8Array> = new Map();
const XATTR_PREFIX = 'SCHILY.xattr.';

export const cutArchive = (): FormatError => new FormatError('unexpected EOF');

/** What stands before an entry and is about it. */
interface Meta {
  global: readonly PaxRecord[];
  local: readonly PaxRecord[];
  longName: string | undefined;
  longLink: string | undefined;
}

const emptyMeta = (global: readonly PaxRecord[] = []): Meta => ({ global, local: [], longName: undefined, longLink: undefined });

export function* parse(): Parser {
  let meta = emptyMeta();
  for (;;) {
    const block = yield { want: BLOCK_BYTES, mayEnd: true };
    if (block.length === 0) return;
    if (isZeroBlock(block)) {
      const second = yield { want: BLOCK_BYTES, mayEnd: true };
      if (second.length > 0 && !isZeroBlock(second)) throw invalidHeader();
      return;
    }
    const header = readHeader(block);
    if ('xgLK'.includes(header.typeflag)) {
      applyMeta(meta, header.typeflag, yield* metaBytes(header));
      continue;
    }
    yield { entry: yield* entry(header, meta) };
    meta = emptyMeta(meta.global);
  }
}

function* padded(sizeBytes: number): Sub<Uint8Array> {
  const data = sizeBytes === 0 ? new Uint8Array() : yield { want: sizeBytes };
  const padding = (BLOCK_BYTES - (sizeBytes % BLOCK_BYTES)) % BLOCK_BYTES;
  // Some writers forget to fill up the last block.
  if (padding > 0) yield { want: padding, mayEnd: true };
  return data;
}

function* metaBytes(header: RawHeader): Sub<Uint8Array> {
  if (header.sizeBytes > MAX_META_BYTES) throw new FormatError('archive/tar: header field too long');
  return yield* padded(header.sizeBytes);
}

function applyMeta(meta: Meta, typeflag: string, data: Uint8Array): void {
  if (typeflag === 'g') meta.global = [...meta.global, ...readPax(data)];
  if (typeflag === 'x') meta.local = readPax(data);
  if (typeflag === 'L') meta.longName = textField(data, 0, data.length);
  if (typeflag === 'K') meta.longLink = textField(data, 0, data.length);
}

export function* entry(header: RawHeader, meta: Meta): Sub<TarEntry> {
  const records = [...meta.global, ...meta.local];
  const value = (key: string): string | undefined => {
    const found = records.findLast(([name]) => name === key)?.[1];
    return found && paxText(found);
  };
  const name = value('path') ?? meta.longName ?? header.name;
  const type = typeOf(header.typeflag, name);
  const { content, name: sparseName } = yield* contentOf({ header, records, type, sizeBytes: integer(value('size')) ?? header.sizeBytes });
  return {
    name: sparseName ?? name,
    type,
    mode: header.mode & 0o7777,
    uid: integer(value('uid')) ?? header.uid,
    gid: integer(value('gid')) ?? header.gid,
    uname: value('uname') ?? header.uname,
    gname: value('gname') ?? header.gname,
    mtimeNs: timeNs(value('mtime')) ?? BigInt(header.mtimeSeconds) * 1_000_000_000n,
    linkname: value('linkpath') ?? meta.longLink ?? header.linkname,
    devmajor: header.devmajor,
    devminor: header.devminor,
    xattrs: xattrsOf(records),
    content,
  };
}

/** Old archives mark a directory by the slash at its end alone. */
const typeOf = (typeflag: string, name: string): TarType =>
  TYPES[typeflag] ?? ((typeflag === '\0' || typeflag === '0') && name.endsWith('/') ? 'directory' : 'file');

interface ContentRequest {
  readonly header: RawHeader;
  readonly records: readonly PaxRecord[];
  readonly type: TarType;
  readonly sizeBytes: number;
}

function* contentOf({ header, records, type, sizeBytes }: ContentRequest): Sub<{ content: TarContent; name?: string | undefined }> {
  if (header.typeflag === 'S') return { content: yield* oldSparseContent(header) };
  // Links and directories have no data, whatever their size field says (Go and GNU agree).
  if (type !== 'file') return { content: wholeContent(new Uint8Array()) };
  const stored = yield* padded(sizeBytes);
  return paxSparse(records, stored) ?? { content: wholeContent(stored) };
}

function* oldSparseContent(header: RawHeader): Sub<TarContent> {
  const first = oldSparse(header.block);
  const extents: Extent[] = [...first.extents];
  for (let more = first.more; more; ) {
    const next = oldSparseExtension(yield { want: BLOCK_BYTES });
    extents.push(...next.extents);
    more = next.more;
  }
  return checkedContent(first.sizeBytes, extents, yield* padded(header.sizeBytes));
}

function integer(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) throw invalidHeader();
  return Number(text);
}

/** `1700000000.123456789`. */
function timeNs(text: string | undefined): bigint | undefined {
  if (text === undefined || text === '') return undefined;
  const match = /^(-?)(\d{1,12})(?:\.(\d*))?$/.exec(text);
  if (!match) throw invalidHeader();
  const [, sign, seconds = '0', fraction = ''] = match;
  const ns = BigInt(seconds) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return sign === '-' ? -ns : ns;
}

function xattrsOf(records: readonly PaxRecord[]): ReadonlyMap<string, Uint8Array> {
  const found = records.filter(([key]) => key.startsWith(XATTR_PREFIX));
  return found.length === 0 ? NO_XATTRS : new Map(found.map(([key, value]) => [key.slice(XATTR_PREFIX.length), value]));
}

/** The entries of an archive that is there as a whole; their contents are views into it. Throws FormatError where it is broken. */
export function* readTar(bytes: Uint8Array): Generator<TarEntry, void, void> {
  const parser = parse();
  let at = 0;
  let step = parser.next();
  while (!step.done) {
    if ('entry' in step.value) {
      yield step.value.entry;
      step = parser.next(new Uint8Array());
      continue;
    }
    const { want, mayEnd } = step.value;
    const piece = bytes.subarray(at, at + want);
    if (piece.length < want && !(mayEnd && (piece.length === 0 || want < BLOCK_BYTES))) throw cutArchive();
    at += piece.length;
    step = parser.next(piece);
  }
}

/** Where pieces of a stream come from; null is its end. */
export type Source = () => Promise<Uint8Array | null>;
