/** A range of lines, from 1, both ends included. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a Dockerfile, and where. Without `lines` the place is not known yet: whoever knows it adds it. */
export class DockerfileError extends Error {
  override readonly name = 'DockerfileError';
  readonly lines: Lines | undefined;
  /** Other places that have their part in it. */
  readonly also: readonly Lines[];

  constructor(message: string, lines?: Lines, also: readonly Lines[] = []) {
    super(message);
    this.lines = lines;
    this.also = also;
  }
}

/** Runs `act`; what goes wrong in it is at these lines unless it says itself where. */
export function atLines<T>(lines: Lines, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof DockerfileError) || error.lines) throw error;
    throw new DockerfileError(error.message, lines);
  }
}

/** As Go's %q for ordinary text. */
export const quoted = (text: string): string =>
  `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\r/g, '\\r')}"`;

const MAX_DISTANCE = 3;

/** Levenshtein's distance, where two letters that have changed places are one mistake. */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(isSwapped ? Math.min(least, (before[j - 2] ?? 0) + 1) : least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The option that somebody may have meant; undefined if none is near, or if it is one. */
export function nearest(word: string, options: readonly string[], caseSensitive = true): string | undefined {
  const fold = (text: string): string => (caseSensitive ? text : text.toLowerCase());
  let best: string | undefined;
  let least = MAX_DISTANCE;
  for (const option of options) {
    if (fold(option) === fold(word)) return undefined;
    const far = distance(fold(option), fold(word));
    if (far < least) [best, least] = [option, far];
  }
  return best;
}

/** ` (did you mean X?)`, or nothing. */
export function didYouMean(word: string, options: readonly string[], caseSensitive = true): string {
  const found = nearest(word, options, caseSensitive);
  return found === undefined ? '' : ` (did you mean ${found}?)`;
}
