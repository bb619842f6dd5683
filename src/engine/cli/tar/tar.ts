/** Tar streams as `docker cp` and contexts need them: POSIX ustar, with GNU's long names written and pax's read too. */

import { concat } from '../client/http.ts';
import type { SpecialFile } from '../io.ts';
import { decodeText, encodeText } from '../text.ts';

export interface TarEntry {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'link' | 'other';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtimeSeconds: number;
  readonly linkName: string;
  readonly bytes: Uint8Array;
  /** Which special file an entry of type `other` is. */
  readonly special?: SpecialFile;
}

const BLOCK = 512;
const NAME_BYTES = 100;
const FLAGS = { file: '0', link: '1', symlink: '2', directory: '5', other: '0' } as const;
const TYPES: Readonly<Record<string, TarEntry['type']>> = { '0': 'file', '\0': 'file', '1': 'link', '2': 'symlink', '5': 'directory' };
const SPECIAL_FLAGS = { 'char-device': '3', 'block-device': '4', fifo: '6' } as const;
const SPECIAL_TYPES: Readonly<Record<string, SpecialFile['type']>> = { '3': 'char-device', '4': 'block-device', '6': 'fifo' };

const padded = (bytes: Uint8Array): Uint8Array => {
  const whole = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK);
  whole.set(bytes);
  return whole;
};

/** What a tar stream ends with. */
export const TAR_END = new Uint8Array(2 * BLOCK);

export function writeTar(entries: readonly TarEntry[]): Uint8Array {
  return concat([...entries.flatMap(tarBlocks), TAR_END]);
}

/** One entry as it stands in a tar stream. */
export function tarBlocks(entry: TarEntry): readonly Uint8Array[] {
  const long = (flag: string, text: string) => {
    const bytes = encodeText(`${text}\0`);
    return bytes.length <= NAME_BYTES
      ? []
      : [header({ ...entry, name: '././@LongLink', linkName: '' }, { flag, sizeBytes: bytes.length }), padded(bytes)];
  };
  const size = entry.type === 'file' ? entry.bytes.length : 0;
  return [
    ...long('L', entry.name),
    ...long('K', entry.linkName),
    header(entry, { flag: entry.special === undefined ? FLAGS[entry.type] : SPECIAL_FLAGS[entry.special.type], sizeBytes: size }),
    ...(size === 0 ? [] : [padded(entry.bytes)]),
  ];
}

function header(entry: TarEntry, { flag, sizeBytes }: { flag: string; sizeBytes: number }): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (at: number, text: string, room: number) => block.set(encodeText(text).subarray(0, room), at);
  const octal = (at: number, value: number, digits: number) => put(at, `${value.toString(8).padStart(digits, '0')}\0`, digits + 1);
  put(0, entry.name, NAME_BYTES);
  octal(100, entry.mode, 7);
  octal(108, entry.uid, 7);
  octal(116, entry.gid, 7);
  octal(124, sizeBytes, 11);
  octal(136, Math.max(0, entry.mtimeSeconds), 11);
  put(148, '        ', 8);
  put(156, flag, 1);
  put(157, entry.linkName, NAME_BYTES);
  put(257, 'ustar\u000000', 8);
  octal(329, entry.special?.major ?? 0, 7);
  octal(337, entry.special?.minor ?? 0, 7);
  octal(
    148,
    block.reduce((sum, byte) => sum + byte, 0),
    6,
  );
  return block;
}

export function readTar(bytes: Uint8Array): readonly TarEntry[] {
  const entries: TarEntry[] = [];
  let next: { name?: string; linkName?: string } = {};
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const head = bytes.subarray(at, at + BLOCK);
    const size = number(head, 124, 12);
    const body = bytes.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const flag = String.fromCharCode(head[156] ?? 0);
    if (flag === 'L') next = { ...next, name: text(body, 0, size) };
    else if (flag === 'K') next = { ...next, linkName: text(body, 0, size) };
    else if (flag === 'x') next = { ...next, ...paxNames(decodeText(body)) };
    else if (flag !== 'g') {
      entries.push({ ...readHeader(head, flag), ...next, bytes: body.slice() });
      next = {};
    }
  }
  return entries;
}

function readHeader(head: Uint8Array, flag: string): Omit<TarEntry, 'bytes'> {
  const special = SPECIAL_TYPES[flag];
  const prefix = text(head, 257, 5) === 'ustar' && head[262] === 0 ? text(head, 345, 155) : '';
  return {
    name: (prefix === '' ? '' : `${prefix}/`) + text(head, 0, NAME_BYTES),
    type: TYPES[flag] ?? 'other',
    mode: number(head, 100, 8),
    uid: number(head, 108, 8),
    gid: number(head, 116, 8),
    mtimeSeconds: number(head, 136, 12),
    linkName: text(head, 157, NAME_BYTES),
    ...(special !== undefined && { special: { type: special, major: number(head, 329, 8), minor: number(head, 337, 8) } }),
  };
}

function paxNames(records: string): { name?: string; linkName?: string } {
  const found = (key: string) => new RegExp(`(?:^|\\n)\\d+ ${key}=([^\\n]*)`).exec(records)?.[1];
  const [name, linkName] = [found('path'), found('linkpath')];
  return { ...(name === undefined ? {} : { name }), ...(linkName === undefined ? {} : { linkName }) };
}

function text(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return decodeText(end < 0 ? field : field.subarray(0, end));
}

function number(bytes: Uint8Array, at: number, length: number): number {
  if (((bytes[at] ?? 0) & 0x80) !== 0) return bytes.subarray(at + 1, at + length).reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.parseInt(text(bytes, at, length).trim() || '0', 8);
}
