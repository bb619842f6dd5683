/** Small texts that all displays share. */
import type { VertexStatus } from '../../../api-types/build-trace.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** `218B`, `1.06MB`: powers of 1000 with two decimals. Upstream: tonistiigi/units. */
export function showBytes(sizeBytes: number): string {
  let [value, unit] = [Math.abs(sizeBytes), 0];
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${sizeBytes < 0 ? '-' : ''}${unit === 0 ? value : value.toFixed(2)}${UNITS[unit]}`;
}

/** How far a task is: `183B / 1.20kB`, `74B`, or nothing. */
export function showAmount({ current = 0, total = 0 }: VertexStatus): string {
  if (total !== 0) return `${showBytes(current)} / ${showBytes(total)}`;
  return current === 0 ? '' : showBytes(current);
}
