/** A .deb: an ar archive with what the package says of itself, and its files. */
import { contentBytes, decompress, readTar } from '../../../oci/index.ts';
import { decode } from '../../program-io.ts';
import { type Fields, parseParagraphs } from './database.ts';

export interface Deb {
  readonly control: Fields;
  /** A tar. */
  readonly data: Uint8Array;
}

const MAGIC = '!<arch>\n';
const HEADER_BYTES = 60;

function members(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (let at = MAGIC.length; at + HEADER_BYTES <= bytes.length; ) {
    const header = decode(bytes.subarray(at, at + HEADER_BYTES));
    const size = Number(header.slice(48, 58).trim());
    if (!Number.isInteger(size)) return found;
    found.set(header.slice(0, 16).trim().replace(/\/$/, ''), bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + size));
    at += HEADER_BYTES + size + (size % 2);
  }
  return found;
}

/** Null if it is no package. */
export function readDeb(bytes: Uint8Array): Deb | null {
  if (decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) return null;
  const all = members(bytes);
  const [control, data] = ['control.tar', 'data.tar'].map((name) => [...all].find(([member]) => member.startsWith(name))?.[1]);
  if (control === undefined || data === undefined) return null;
  for (const entry of readTar(decompress(control)))
    if (/^(\.\/)?control$/.test(entry.name)) {
      const [fields] = parseParagraphs(decode(contentBytes(entry.content)));
      if (fields !== undefined) return { control: fields, data: decompress(data) };
    }
  return null;
}
