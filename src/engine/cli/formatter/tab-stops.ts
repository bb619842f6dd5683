/** Cells put under each other with tabs that reach to stops eight columns apart. Upstream: Go's text/tabwriter with tabs for padding. */
import { widthOf } from './tabs.ts';

const STOP = 8;

export function alignTabStops(text: string): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const columns = Math.max(0, ...lines.map((cells) => cells.length - 1));
  for (let column = 0; column < columns; column++) {
    for (let from = 0; from < lines.length; from++) {
      let to = from;
      while ((lines[to]?.length ?? 0) > column + 1) to++;
      alignBlock(lines.slice(from, to), column);
      from = Math.max(from, to);
    }
  }
  return lines.map((cells) => cells.join('')).join('\n');
}

/** A run of lines that all have a cell here. */
function alignBlock(block: readonly string[][], column: number): void {
  const widest = Math.max(0, ...block.map((cells) => widthOf(cells[column] ?? '')));
  const width = Math.ceil((widest + 1) / STOP) * STOP;
  for (const cells of block) {
    const cell = cells[column] ?? '';
    cells[column] = cell + '\t'.repeat(Math.ceil((width - widthOf(cell)) / STOP));
  }
}
