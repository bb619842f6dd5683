/** Archives as `docker cp` sends them: a few regular files in, one out (POSIX ustar). */
const BLOCK = 512;
const encoder = new TextEncoder();

export interface ArchiveFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Throws RangeError for a name that is too long or leads elsewhere. */
export function tarOf(files: readonly ArchiveFile[]): Uint8Array {
  const blocks = files.map(({ bytes }) => BLOCK + Math.ceil(bytes.length / BLOCK) * BLOCK);
  const archive = new Uint8Array(blocks.reduce((sum, size) => sum + size, 2 * BLOCK));
  let at = 0;
  for (const [index, file] of files.entries()) {
    archive.set(header(file), at);
    archive.set(file.bytes, at + BLOCK);
    at += blocks[index] ?? 0;
  }
  return archive;
}

function header({ name, bytes }: ArchiveFile): Uint8Array {
  const encoded = encoder.encode(name);
  if (encoded.length > 100 || name.startsWith('/') || name.split('/').includes('..'))
    throw new RangeError(`${name}: not a name for an archive`);
  const block = new Uint8Array(BLOCK);
  const put = (text: string, place: number): void => block.set(encoder.encode(text), place);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  block.set(encoded, 0);
  put(octal(0o644, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(bytes.length, 11), 124);
  put(octal(0, 11), 136);
  put('        0', 148);
  put('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${octal(sum, 6)} `, 148);
  return block;
}

/** The archive's only file; null if it has another number of them, or something else in it. */
export function onlyFile(archive: Uint8Array): ArchiveFile | null {
  const text = (place: number, length: number): string =>
    new TextDecoder()
      .decode(archive.subarray(place, place + length))
      .replace(/\0.*$/s, '')
      .trim();
  const size = Number.parseInt(text(124, 12), 8);
  const end = BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  const isRegular = archive[156] === 0x30 || archive[156] === 0;
  const isLast = archive.subarray(end, end + BLOCK).every((byte) => byte === 0);
  if (!isRegular || !isLast || !Number.isInteger(size) || archive.length < BLOCK + size) return null;
  return { name: text(0, 100), bytes: archive.slice(BLOCK, BLOCK + size) };
}
