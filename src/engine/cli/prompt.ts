import type { Io } from './io.ts';
import type { Output } from './output.ts';
import { decodeText } from './text.ts';

/** Asks; only `y` and `Y` mean yes. Without an answer the question still stands there. */
export async function confirm(io: Io, out: Output, question: string): Promise<boolean> {
  await out.text(`${question} [y/N] `);
  const answer = await readLine(io);
  return answer !== null && answer.trim().toLowerCase() === 'y';
}

/** One line of standard input, null at its end. */
export async function readLine(io: Io): Promise<string | null> {
  let text = '';
  for (;;) {
    const piece = await io.stdin.read();
    if (piece === null) return text === '' ? null : text;
    text += decodeText(piece);
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end).replace(/\r$/, '');
  }
}

/** A line that does not show while it is typed. */
export async function readSecret(io: Io, out: Output): Promise<string | null> {
  const before = io.stdin.mode();
  io.stdin.setMode({ echo: false });
  const line = await readLine(io);
  io.stdin.setMode(before);
  await out.text('\n');
  return line;
}
