/**
 * `__pycache__`: what a module was compiled from, beside its source, as long as that is the same. The head is that of PEP 552; behind it
 * stands no byte code, of which this interpreter has none, but the text.
 */
import { isErrno } from '../../../kernel/errno.ts';
import type { Interpreter } from '../runtime/interpreter.ts';
import { decodeBytes } from '../types/codecs.ts';

/** What a file of each version begins with. */
const MAGIC: Readonly<Record<string, number>> = { '39': 3425, '310': 3439, '311': 3495, '312': 3531, '313': 3571, '314': 3627 };
const HEAD_BYTES = 16;
const CR_LF = 0x0a0d;

interface Source {
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
}

function headOf(tag: string, { sizeBytes, mtimeNs }: Source): Uint8Array {
  const head = new DataView(new ArrayBuffer(HEAD_BYTES));
  head.setUint16(0, MAGIC[tag] ?? 0, true);
  head.setUint16(2, CR_LF, true);
  head.setUint32(8, Number((mtimeNs / 1_000_000_000n) & 0xffff_ffffn), true);
  head.setUint32(12, sizeBytes, true);
  return new Uint8Array(head.buffer);
}

interface Text {
  readonly text: string;
  /** Caches it, if it was not: to be called when it has turned out to be Python. */
  keep(): void;
}

/** The text of a module: from its cache if that is of this source, else from the source. */
export function moduleText({ sys, options, version }: Interpreter, file: string): Text {
  const at = file.lastIndexOf('/');
  const tag = version.short.replace('.', '');
  const folder = `${file.slice(0, at)}/__pycache__`;
  const path = `${folder}/${file.slice(at + 1).replace(/\.py$/, '')}.cpython-${tag}.pyc`;
  const head = headOf(tag, sys.path.stat(file));
  try {
    const cached = sys.path.readFile(path);
    if (head.every((byte, index) => cached[index] === byte))
      return { text: decodeBytes(cached.subarray(HEAD_BYTES), 'utf-8-sig'), keep: () => {} };
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  const source = sys.path.readFile(file);
  const keep = (): void => {
    if (sys.env.get('PYTHONDONTWRITEBYTECODE') || options.flags.has('B')) return;
    const bytes = new Uint8Array(HEAD_BYTES + source.length);
    bytes.set(head);
    bytes.set(source, HEAD_BYTES);
    try {
      if (!sys.path.access(folder, { read: true })) sys.path.mkdir(folder);
      sys.path.writeFile(path, bytes);
    } catch (error) {
      // A folder that may not be written to has no cache.
      if (!isErrno(error)) throw error;
    }
  };
  return { text: decodeBytes(source, 'utf-8-sig'), keep };
}
