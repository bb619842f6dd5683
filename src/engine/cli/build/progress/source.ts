/** An excerpt of a file around the lines that are meant, as BuildKit's errors and warnings show it. Upstream: solver/errdefs/source.go. */
export interface Excerpt {
  readonly filename: string;
  readonly text: string;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

const RULER = '--------------------';

/** '' if there is nothing to show. */
export function showSource({ filename, text, ranges }: Excerpt): string {
  const lines = text.split('\n');
  const spans = ranges.map(({ start, end }) => [start, Math.max(start, end)] as const);
  const first = Math.min(...spans.map(([start]) => start));
  if (spans.length === 0 || first > lines.length || first < 1) return '';
  const last = Math.min(lines.length, Math.max(...spans.map(([, end]) => end)));
  const [from, to] = widen(first, last, lines.length);
  const isMeant = (n: number) => spans.some(([start, end]) => start <= n && n <= end);
  const shown = lines
    .slice(from - 1, to)
    .map((line, i) => ` ${String(from + i).padStart(3)} | ${isMeant(from + i) ? '>>>' : '   '} ${line}`);
  return `${[`${filename}:${first}`, RULER, ...shown, RULER].join('\n')}\n`;
}

/** Four lines around a single one, two around several; a side that has none leaves its share to the other. */
function widen(first: number, last: number, count: number): readonly [from: number, to: number] {
  const wanted = first === last ? 4 : 2;
  let [from, to, added] = [first, last, 0];
  while (added < wanted) {
    if (from > 1) {
      from--;
      added++;
    }
    if (to !== count) {
      to++;
      added++;
    }
    added++;
  }
  return [from, to];
}
