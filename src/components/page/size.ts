/** Sizes as Docker prints them: powers of a thousand, at most four figures, no space. */
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

export function sizeText(bytes: number, figures = 3): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${Number(value.toPrecision(figures))}${UNITS[unit]}`;
}
