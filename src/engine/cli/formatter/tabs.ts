const MIN_WIDTH = 10;
const PADDING = 3;

export interface TabOptions {
  readonly minWidth?: number;
  readonly padding?: number;
}

/** Lines whose cells end with tabs, put under each other. Upstream: Go's text/tabwriter, as Docker sets it up. */
export function alignTabs(text: string, options: TabOptions = {}): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const padded = lines.map((cells) => [...cells]);
  const columns = Math.max(0, ...lines.map((cells) => cells.length - 1));
  for (let column = 0; column < columns; column++) alignColumn(padded, { column, ...options });
  return padded.map((cells) => cells.join('')).join('\n');
}

/** A column is a run of lines that all have a cell there; each run has a width of its own. */
function alignColumn(lines: string[][], options: TabOptions & { column: number }): void {
  const { column, minWidth = MIN_WIDTH, padding = PADDING } = options;
  for (let from = 0; from < lines.length; ) {
    let to = from;
    while (to < lines.length && (lines[to]?.length ?? 0) > column + 1) to++;
    const block = lines.slice(from, to);
    const width = Math.max(minWidth, ...block.map((cells) => widthOf(cells[column] ?? '') + padding));
    for (const cells of block) cells[column] = padTo(cells[column] ?? '', width);
    from = Math.max(to, from + 1);
  }
}

export const widthOf = (text: string): number => [...text].length;
export const padTo = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
