/** The name that was most likely meant. */

const MOVE = 2;
const CASE = 1;
const MOST_CHARS = 40;

const cost = (a: string, b: string): number => (a === b ? 0 : a.toLowerCase() === b.toLowerCase() ? CASE : MOVE);

/** How far two names are from each other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index * MOVE);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i * MOVE];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min((row[j] ?? 0) + MOVE, (next[j - 1] ?? 0) + MOVE, (row[j - 1] ?? 0) + cost(a.charAt(i - 1), b.charAt(j - 1))));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Null if none is near enough. */
export function closest(wanted: string, names: readonly string[]): string | null {
  if (wanted.length > MOST_CHARS) return null;
  let [best, bestDistance]: [string | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const name of new Set(names)) {
    if (name === wanted || name.length > MOST_CHARS) continue;
    const most = Math.min(Math.floor(((wanted.length + name.length + 3) * MOVE) / 6), bestDistance - 1);
    if (Math.abs(name.length - wanted.length) * MOVE > most) continue;
    const far = distance(wanted, name);
    if (far <= most) [best, bestDistance] = [name, far];
  }
  return best;
}
