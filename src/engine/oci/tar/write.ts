/** Writes archives: ustar where everything fits, pax records where not, as Go's archive/tar does; the same entries, the same bytes. */
import { concatBytes } from '../bytes.ts';
import { BLOCK_BYTES, type TarContent, type TarEntry, type TarType, wholeContent } from './entry.ts';
import { maxOctal, writeHeader } from './header-write.ts';
import type { PaxRecord } from './pax.ts';
import { writePax } from './pax-write.ts';

/** An entry to write: what is left out is root's, from 1970, mode 0644 or 0755. */
export interface TarInput extends Partial<Omit<TarEntry, 'content'>> {
  readonly name: string;
  readonly content?: TarContent | Uint8Array;
}

const TYPEFLAGS: Record<TarType, string> = {
  file: '0',
  link: '1',
  symlink: '2',
  'char-device': '3',
  'block-device': '4',
  directory: '5',
  fifo: '6',
};
const PIECE_BYTES = 1 << 20;
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;
const encoder = new TextEncoder();

function complete(input: TarInput): TarEntry {
  const type = input.type ?? (input.name.endsWith('/') ? 'directory' : 'file');
  const content = input.content instanceof Uint8Array ? wholeContent(input.content) : (input.content ?? wholeContent(new Uint8Array()));
  return {
    mode: { directory: 0o755, symlink: 0o777 }[type as string] ?? 0o644,
    uid: 0,
    gid: 0,
    uname: '',
    gname: '',
    mtimeNs: 0n,
    linkname: '',
    devmajor: 0,
    devminor: 0,
    xattrs: new Map(),
    ...input,
    type,
    name: type === 'directory' && !input.name.endsWith('/') ? `${input.name}/` : input.name,
    content: type === 'file' ? content : wholeContent(new Uint8Array()),
  };
}

const byteLength = (text: string): number => encoder.encode(text).length;
const isAscii = (text: string): boolean => byteLength(text) === text.length;

/** The name in ustar's two fields; null if it does not fit. */
function splitName(name: string): { name: string; prefix: string } | null {
  if (!isAscii(name)) return null;
  if (name.length <= NAME_BYTES) return { name, prefix: '' };
  const from = Math.max(0, name.length - NAME_BYTES - 1);
  const slash = name.indexOf('/', from);
  if (slash < 1 || slash > PREFIX_BYTES || slash === name.length - 1) return null;
  return { name: name.slice(slash + 1), prefix: name.slice(0, slash) };
}

/** What does not fit into the header. */
function paxRecords(entry: TarEntry): PaxRecord[] {
  const records: PaxRecord[] = [];
  const add = (key: string, value: string): number => records.push([key, encoder.encode(value)]);
  if (splitName(entry.name) === null) add('path', entry.name);
  if (!isAscii(entry.linkname) || entry.linkname.length > NAME_BYTES) add('linkpath', entry.linkname);
  if (entry.content.sizeBytes > maxOctal(11)) add('size', String(entry.content.sizeBytes));
  if (entry.uid > maxOctal(7)) add('uid', String(entry.uid));
  if (entry.gid > maxOctal(7)) add('gid', String(entry.gid));
  if (seconds(entry.mtimeNs) < 0 || seconds(entry.mtimeNs) > maxOctal(11)) add('mtime', String(seconds(entry.mtimeNs)));
  if (!isAscii(entry.uname) || entry.uname.length > 32) add('uname', entry.uname);
  if (!isAscii(entry.gname) || entry.gname.length > 32) add('gname', entry.gname);
  for (const [name, value] of entry.xattrs) records.push([`SCHILY.xattr.${name}`, value]);
  return records;
}

/** Layers and copies keep whole seconds, as containerd writes them. */
const seconds = (ns: bigint): number => Number(ns < 0n ? -((-ns + 999_999_999n) / 1_000_000_000n) : ns / 1_000_000_000n);

const inField = (value: number, digits: number): number => (value < 0 || value > maxOctal(digits) ? 0 : value);

function headerOf(entry: TarEntry): Uint8Array {
  const { name, prefix } = splitName(entry.name) ?? { name: entry.name, prefix: '' };
  return writeHeader({
    name,
    prefix,
    mode: entry.mode & 0o7777,
    uid: inField(entry.uid, 7),
    gid: inField(entry.gid, 7),
    sizeBytes: inField(entry.content.sizeBytes, 11),
    mtimeSeconds: inField(seconds(entry.mtimeNs), 11),
    typeflag: TYPEFLAGS[entry.type],
    linkname: entry.linkname,
    uname: entry.uname,
    gname: entry.gname,
    devmajor: entry.devmajor,
    devminor: entry.devminor,
  });
}

function paxHeader(entry: TarEntry, sizeBytes: number): Uint8Array {
  const parts = entry.name.replace(/\/$/, '').split('/');
  const base = parts.pop() ?? '';
  const name = [...parts, 'PaxHeaders.0', base].join('/').replace(/[^ -~]/g, '');
  return writeHeader({
    name: name.slice(0, NAME_BYTES),
    mode: 0,
    uid: 0,
    gid: 0,
    sizeBytes,
    mtimeSeconds: 0,
    typeflag: 'x',
    linkname: '',
    uname: '',
    gname: '',
    devmajor: 0,
    devminor: 0,
  });
}

const padding = (sizeBytes: number): Uint8Array => new Uint8Array((BLOCK_BYTES - (sizeBytes % BLOCK_BYTES)) % BLOCK_BYTES);

/** One entry as pieces: header, data, padding. */
export function* tarEntryPieces(input: TarInput): Generator<Uint8Array, void, void> {
  const entry = complete(input);
  const records = paxRecords(entry);
  if (records.length > 0) {
    const data = writePax(records);
    yield paxHeader(entry, data.length);
    yield data;
    yield padding(data.length);
  }
  yield headerOf(entry);
  for (let at = 0; at < entry.content.sizeBytes; at += PIECE_BYTES)
    yield entry.content.read(at, Math.min(PIECE_BYTES, entry.content.sizeBytes - at));
  yield padding(entry.content.sizeBytes);
}

/** What stands at an archive's end. */
export const TAR_END: Uint8Array = new Uint8Array(2 * BLOCK_BYTES);

/** A whole archive. */
export function writeTar(entries: Iterable<TarInput>): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const entry of entries) pieces.push(...tarEntryPieces(entry));
  pieces.push(TAR_END);
  return concatBytes(pieces);
}
