import { invalidHeader } from './header.ts';

const decoder = new TextDecoder();

/** A record's value stays bytes: extended attributes need not be text. */
export type PaxRecord = readonly [key: string, value: Uint8Array];

export const paxText = (value: Uint8Array): string => decoder.decode(value);

/** `LENGTH KEY=VALUE\n`, one after the other, the length in decimal over the whole record. Throws FormatError. */
export function readPax(bytes: Uint8Array): readonly PaxRecord[] {
  const records: PaxRecord[] = [];
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    const space = bytes.indexOf(0x20, at);
    const digits = decoder.decode(bytes.subarray(at, space === -1 ? at : space));
    const end = at + Number(digits);
    const equals = bytes.indexOf(0x3d, space);
    if (!/^\d{1,10}$/.test(digits) || end > bytes.length || equals === -1 || equals >= end || bytes[end - 1] !== 0x0a)
      throw invalidHeader();
    records.push([decoder.decode(bytes.subarray(space + 1, equals)), bytes.subarray(equals + 1, end - 1)]);
    at = end;
  }
  return records;
}
