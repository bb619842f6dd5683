/** A class file: its constants, and the instructions of its methods. The Java Virtual Machine Specification, chapter 4. */
import { decode } from '../../program-io.ts';

export interface Constants {
  text(index: number): string;
  /** Of a field or a method: class, name, descriptor. */
  member(index: number): readonly [owner: string, name: string, descriptor: string];
  /** What `ldc` loads: a text or a number. */
  value(index: number): string | number | undefined;
}

export interface ClassFile {
  readonly constants: Constants;
  code(method: string, descriptor: string): Uint8Array | undefined;
}

const MAGIC = 0xcafebabe;
/** Bytes of the constants that are skipped, by tag. */
const SIZES: Readonly<Record<number, number>> = {
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 2,
  8: 2,
  9: 4,
  10: 4,
  11: 4,
  12: 4,
  15: 3,
  16: 2,
  17: 4,
  18: 4,
  19: 2,
  20: 2,
};

class Cursor {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  u1(): number {
    this.at += 1;
    return this.view.getUint8(this.at - 1);
  }

  u2(): number {
    this.at += 2;
    return this.view.getUint16(this.at - 2);
  }

  u4(): number {
    this.at += 4;
    return this.view.getUint32(this.at - 4);
  }

  take(count: number): Uint8Array {
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
}

interface Entry {
  readonly tag: number;
  readonly data: Uint8Array;
}

function readConstants(cursor: Cursor): Constants {
  const count = cursor.u2();
  const entries: (Entry | undefined)[] = [undefined];
  while (entries.length < count) {
    const tag = cursor.u1();
    entries.push({ tag, data: cursor.take(tag === 1 ? cursor.u2() : (SIZES[tag] ?? 0)) });
    if (tag === 5 || tag === 6) entries.push(undefined);
  }
  const pair = (index: number): readonly [number, number] => {
    const data = entries[index]?.data ?? new Uint8Array(4);
    return [(data[0] ?? 0) * 256 + (data[1] ?? 0), (data[2] ?? 0) * 256 + (data[3] ?? 0)];
  };
  const text = (index: number): string => decode(entries[index]?.data ?? new Uint8Array());
  return {
    text,
    member: (index) => {
      const [owner, nameAndType] = pair(index);
      const [name, descriptor] = pair(nameAndType);
      return [text(pair(owner)[0]), text(name), text(descriptor)];
    },
    value: (index) => {
      const entry = entries[index];
      if (entry?.tag === 8) return text(pair(index)[0]);
      return entry?.tag === 3 ? new DataView(entry.data.buffer, entry.data.byteOffset).getInt32(0) : undefined;
    },
  };
}

/** Null if it is no class. RangeError if it is cut short. */
export function readClass(bytes: Uint8Array): ClassFile | null {
  const cursor = new Cursor(bytes);
  if (cursor.u4() !== MAGIC) return null;
  cursor.take(4);
  const constants = readConstants(cursor);
  cursor.take(6);
  cursor.take(2 * cursor.u2());
  const methods = new Map<string, Uint8Array>();
  for (const isMethod of [false, true])
    for (let left = cursor.u2(); left > 0; left -= 1) {
      cursor.u2();
      const key = `${constants.text(cursor.u2())} ${constants.text(cursor.u2())}`;
      for (let more = cursor.u2(); more > 0; more -= 1) {
        const attribute = constants.text(cursor.u2());
        const data = cursor.take(cursor.u4());
        if (isMethod && attribute === 'Code')
          methods.set(key, data.subarray(8, 8 + new DataView(data.buffer, data.byteOffset).getUint32(4)));
      }
    }
  return { constants, code: (method, descriptor) => methods.get(`${method} ${descriptor}`) };
}
