/** Writing what pax.ts reads. */
import { concatBytes } from '../bytes.ts';
import type { PaxRecord } from './pax.ts';

const encoder = new TextEncoder();

/** Records sorted by key, so that the same entry gives the same bytes. */
export function writePax(records: readonly PaxRecord[]): Uint8Array {
  return concatBytes([...records].sort(([a], [b]) => (a < b ? -1 : 1)).map(writeRecord));
}

function writeRecord([key, value]: PaxRecord): Uint8Array {
  const head = encoder.encode(` ${key}=`);
  const rest = head.length + value.length + 1;
  let length = rest + String(rest).length;
  if (rest + String(length).length !== length) length += 1;
  const record = new Uint8Array(length);
  const digits = encoder.encode(String(length));
  record.set(digits);
  record.set(head, digits.length);
  record.set(value, digits.length + head.length);
  record[length - 1] = 0x0a;
  return record;
}
