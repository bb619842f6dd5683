/** A key's picture: a bishop walks over a board as the fingerprint's bits tell it, and each field shows how often it was there. */
import { digest } from './keys.ts';

const COLUMNS = 17;
const ROWS = 9;
const MARKS = ' .o+=*BOX@%&#/^SE';
const [MOST, START, END] = [MARKS.length - 3, MARKS.length - 2, MARKS.length - 1];
const PAIRS = 4;

/** As `ssh-keygen` prints it, with what it is a picture of in the frame. Upstream: openssh sshkey.c, fingerprint_randomart. */
export function randomart(blob: Uint8Array): string {
  const board = new Uint8Array(COLUMNS * ROWS);
  const middle = Math.floor(board.length / 2);
  let [x, y] = [middle % COLUMNS, Math.floor(middle / COLUMNS)];
  for (const byte of digest(blob))
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const bits = byte >> (pair * 2);
      x = Math.min(COLUMNS - 1, Math.max(0, x + ((bits & 1) === 0 ? -1 : 1)));
      y = Math.min(ROWS - 1, Math.max(0, y + ((bits & 2) === 0 ? -1 : 1)));
      board[y * COLUMNS + x] = Math.min(MOST, (board[y * COLUMNS + x] ?? 0) + 1);
    }
  board[middle] = START;
  board[y * COLUMNS + x] = END;
  const rows = Array.from({ length: ROWS }, (_, row) =>
    Array.from(board.subarray(row * COLUMNS, (row + 1) * COLUMNS), (count) => MARKS[count] ?? '').join(''),
  );
  return `${framed('[ED25519 256]')}${rows.map((row) => `|${row}|\n`).join('')}${framed('[SHA256]')}`;
}

function framed(title: string): string {
  const left = Math.floor((COLUMNS - title.length) / 2);
  return `+${'-'.repeat(left)}${title}${'-'.repeat(COLUMNS - title.length - left)}+\n`;
}
