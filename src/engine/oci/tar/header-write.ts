/** Writing what header.ts reads: nobody who only unpacks images needs it. */
import { BLOCK_BYTES } from './entry.ts';
import type { HeaderFields } from './header.ts';

const encoder = new TextEncoder();

/** Largest number that `digits` octal digits hold. */
export const maxOctal = (digits: number): number => 8 ** digits - 1;

/** A ustar header block. The fields must fit: what does not, goes into pax records first. */
export function writeHeader(fields: HeaderFields): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES);
  const text = (at: number, length: number, value: string): void => block.set(encoder.encode(value).subarray(0, length), at);
  const octal = (at: number, length: number, value: number): void => text(at, length, `${value.toString(8).padStart(length - 1, '0')}\0`);
  text(0, 100, fields.name);
  octal(100, 8, fields.mode);
  octal(108, 8, fields.uid);
  octal(116, 8, fields.gid);
  octal(124, 12, fields.sizeBytes);
  octal(136, 12, fields.mtimeSeconds);
  text(148, 8, '        ');
  text(156, 1, fields.typeflag);
  text(157, 100, fields.linkname);
  text(257, 8, 'ustar\x0000');
  text(265, 32, fields.uname);
  text(297, 32, fields.gname);
  octal(329, 8, fields.devmajor);
  octal(337, 8, fields.devminor);
  text(345, 155, fields.prefix ?? '');
  const sum = block.reduce((total, byte) => total + byte, 0);
  text(148, 8, `${sum.toString(8).padStart(6, '0')}\0 `);
  return block;
}
