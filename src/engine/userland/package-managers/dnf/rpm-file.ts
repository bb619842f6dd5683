/** A .rpm: a lead, a signature's header, the package's header, and its files. */
import { decompress } from '../../../oci/index.ts';
import { decode } from '../../program-io.ts';

export interface Rpm {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly arch: string;
  readonly summary: string;
  readonly unpackedBytes: number;
  readonly requires: readonly string[];
  /** A tar. */
  readonly data: Uint8Array;
}

const LEAD_BYTES = 96;
const [ENTRY_BYTES, HEAD_BYTES] = [16, 16];
const TAGS = { name: 1000, version: 1001, release: 1002, summary: 1004, size: 1009, arch: 1022, requires: 1049 } as const;

interface Header {
  readonly end: number;
  text(tag: number): string;
  texts(tag: number): readonly string[];
  number(tag: number): number;
}

function headerAt(bytes: Uint8Array, at: number): Header | null {
  if (bytes[at] !== 0x8e || bytes[at + 1] !== 0xad || bytes[at + 2] !== 0xe8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [count, size] = [view.getUint32(at + 8), view.getUint32(at + 12)];
  const store = at + HEAD_BYTES + count * ENTRY_BYTES;
  if (store + size > bytes.length) return null;
  const entries = new Map(
    Array.from({ length: count }, (_, i) => {
      const entry = at + HEAD_BYTES + i * ENTRY_BYTES;
      return [view.getUint32(entry), { offset: view.getUint32(entry + 8), count: view.getUint32(entry + 12) }] as const;
    }),
  );
  const texts = (tag: number): readonly string[] => {
    const found = entries.get(tag);
    return found === undefined
      ? []
      : decode(bytes.subarray(store + found.offset, store + size))
          .split('\0')
          .slice(0, found.count);
  };
  return {
    end: store + size,
    texts,
    text: (tag) => texts(tag)[0] ?? '',
    number: (tag) => {
      const found = entries.get(tag);
      return found === undefined ? 0 : view.getUint32(store + found.offset);
    },
  };
}

/** Null if it is no package. */
export function readRpm(bytes: Uint8Array): Rpm | null {
  if (bytes[0] !== 0xed || bytes[1] !== 0xab || bytes[2] !== 0xee || bytes[3] !== 0xdb) return null;
  const signature = headerAt(bytes, LEAD_BYTES);
  const header = signature && headerAt(bytes, signature.end + ((8 - (signature.end % 8)) % 8));
  const exact = header ?? (signature && headerAt(bytes, signature.end));
  if (!exact) return null;
  return {
    name: exact.text(TAGS.name),
    version: exact.text(TAGS.version),
    release: exact.text(TAGS.release),
    arch: exact.text(TAGS.arch),
    summary: exact.text(TAGS.summary),
    unpackedBytes: exact.number(TAGS.size),
    requires: exact.texts(TAGS.requires),
    data: decompress(bytes.subarray(exact.end)),
  };
}
