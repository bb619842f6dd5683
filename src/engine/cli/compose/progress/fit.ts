/** Lines of the display that are wider than the terminal. Upstream: compose cmd/display/tty.go adjustLineWidth. */
import { widthOf } from '../../formatter/tabs.ts';

export interface Fitting {
  id: string;
  readonly text: string;
  details: string;
}

const LEAST_ID = 10;
const TRIES = 100;
/** A space, a mark, and a space. */
const BEFORE_ID = 3;

/** Where the words after the ids begin. */
export const idEnd = (lines: readonly Fitting[]): number => BEFORE_ID + Math.max(0, ...lines.map(({ id }) => widthOf(id)));

/** Shortens details, and then ids, until all fit beside their times or nothing more can go. */
export function shortenToFit(lines: readonly Fitting[], { timer, columns }: { readonly timer: number; readonly columns: number }): void {
  const words = Math.max(0, ...lines.map(({ text }) => widthOf(text)));
  for (let i = 0; i < TRIES; i++) {
    const rest = Math.max(0, ...lines.map(({ details }) => (details === '' ? 0 : details.length + 1)));
    const over = lines.length === 0 ? 0 : idEnd(lines) + 1 + words + rest + 1 + timer - columns;
    if (over <= 0 || !(shortenDetails(lines, over) || shortenId(lines, over))) return;
  }
}

function shortenDetails(lines: readonly Fitting[], over: number): boolean {
  const line = lines.find(({ details }) => details !== '');
  if (line === undefined) return false;
  const { length } = line.details;
  line.details = length > 3 ? `${line.details.slice(0, length - Math.min(over, length - 3) - 3)}...` : '';
  return true;
}

function shortenId(lines: readonly Fitting[], over: number): boolean {
  const length = Math.max(0, ...lines.map(({ id }) => [...id].length));
  const line = lines.find(({ id }) => [...id].length === length);
  if (line === undefined || length <= LEAST_ID) return false;
  line.id = `${[...line.id].slice(0, Math.max(length - over - 3, LEAST_ID - 3)).join('')}...`;
  return true;
}
