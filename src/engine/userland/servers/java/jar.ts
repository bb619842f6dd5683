/** A jar: a zip archive, its members by name. */
import { gunzip } from '../../../oci/index.ts';
import { decode } from '../../program-io.ts';

const [END, CENTRAL] = [0x06054b50, 0x02014b50];
const DEFLATED = 8;

/** Deflated bytes, wrapped as gzip has them. */
function inflate(data: Uint8Array, crc: number, size: number): Uint8Array {
  const whole = new Uint8Array(data.length + 18);
  whole.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  whole.set(data, 10);
  const view = new DataView(whole.buffer);
  view.setUint32(data.length + 10, crc, true);
  view.setUint32(data.length + 14, size, true);
  return gunzip(whole);
}

/** Null if it is no archive. */
export function readZip(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0) return null;
  const members = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0 && at + 46 <= end && view.getUint32(at, true) === CENTRAL; left -= 1) {
    const [method, crc, packed, size] = [
      view.getUint16(at + 10, true),
      view.getUint32(at + 16, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 24, true),
    ];
    const [nameLength, extra, comment, local] = [
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
      view.getUint32(at + 42, true),
    ];
    const name = decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const data = bytes.subarray(from, from + packed);
    members.set(name, method === DEFLATED ? inflate(data, crc, size) : data);
    at += 46 + nameLength + extra + comment;
  }
  return members;
}
