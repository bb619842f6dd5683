/** Slices of bytes: as strings with one character for each, and as bytes of the machine. */
import { Slice, type Value } from './values.ts';

const AT_ONCE = 8192;

export const listOfBytes = (text: string): Slice => new Slice(Array.from(text, (char) => char.charCodeAt(0)));

export function bytesText(slice: Value): string {
  if (!(slice instanceof Slice)) return '';
  let text = '';
  const end = slice.from + slice.length;
  for (let at = slice.from; at < end; at += AT_ONCE)
    text += String.fromCharCode(...(slice.array.slice(at, Math.min(end, at + AT_ONCE)) as number[]));
  return text;
}
