/** The difference of two texts by lines. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

const MOST_LINES = 600;
const LOOKED_AT = 4096;

export const isText = (bytes: Uint8Array): boolean => !bytes.subarray(0, LOOKED_AT).includes(0);

/** Null if either is too long to be worth comparing. */
export function diffLines(before: string, after: string): readonly DiffLine[] | null {
  const [a, b] = [linesOf(before), linesOf(after)];
  if (a.length > MOST_LINES || b.length > MOST_LINES) return null;
  // longest[i][j]: how many lines the rests from i and j have in common, in order.
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = longest[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [old = '', now = ''] = [a[i], b[j]];
    const isCommon = i < a.length && j < b.length && old === now;
    const isGone = !isCommon && i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1));
    lines.push(isCommon ? { sign: ' ', text: old } : isGone ? { sign: '-', text: old } : { sign: '+', text: now });
    if (isCommon || isGone) i++;
    if (isCommon || !isGone) j++;
  }
  return lines;
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
