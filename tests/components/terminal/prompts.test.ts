/** Prompts in a stream of bytes. */
import { expect, it } from 'vitest';
import { Redraws } from '../../../src/components/terminal/prompts.ts';

const PROMPT = '\x1b]133;D;0\x07\x1b]133;A\x07$ \x1b]133;B\x07';
const encoder = new TextEncoder();

function redraws(text: string, size: number): readonly boolean[] {
  const all = new Redraws();
  const bytes = encoder.encode(text);
  for (let at = 0; at < bytes.length; at += size) all.read(bytes.subarray(at, at + size));
  return Array.from({ length: text.split(PROMPT).length - 1 }, () => all.next());
}

it('a prompt that a line editor draws again is told from one that follows a command, however the bytes come', () => {
  const typed = `${PROMPT}echo hi\r\nhi\r\n${PROMPT}`;
  const cleared = `\x1b[H\x1b[J\r${PROMPT}\x1b[J`;
  const chosen = `docker st\r\nstart stop\r\n\r${PROMPT}docker st\x1b[J`;
  const edited = `\x1b[1A\r${PROMPT}long\x1b[J`;
  for (const size of [1, 3, 4096])
    expect(redraws(`${typed}${cleared}${chosen}${edited}\r\n${PROMPT}`, size)).toEqual([false, false, true, true, true, false]);
});
