/** Cuts to so many columns, with … as the last one if anything was cut. */
export function ellipsis(text: string, columns: number): string {
  const letters = [...text];
  if (letters.length <= columns) return text;
  return columns <= 1 ? letters.slice(0, columns).join('') : `${letters.slice(0, columns - 1).join('')}…`;
}

/** Twelve digits of an id, without its algorithm. */
export const truncateId = (id: string): string => id.slice(id.indexOf(':') + 1).slice(0, 12);
/** Go's strconv.Quote, as far as commands need it. */
export const quote = (text: string): string => JSON.stringify(text);
export const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** `file2` before `file10`. */
export function byNature(a: string, b: string): number {
  const [left, right] = [runsOf(a), runsOf(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? '', right[i] ?? ''];
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y) && Number(x) !== Number(y)) return Number(x) - Number(y);
    return byBytes(x, y);
  }
  return left.length - right.length;
}

const runsOf = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
