/** Sizes and durations as people read them. Upstream: docker/go-units. */
const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];

/** `3.05MB`: powers of 1000. */
export const humanSize = (sizeBytes: number, precision = 4): string => scaled(sizeBytes, { base: 1000, units: DECIMAL, precision });

export function scaled(size: number, scale: { base: number; units: readonly string[]; precision: number }): string {
  let [value, unit] = [size, 0];
  while (value >= scale.base && unit < scale.units.length - 1) {
    value /= scale.base;
    unit++;
  }
  return `${significant(value, scale.precision)}${scale.units[unit]}`;
}

/** Go's `%.Ng`. */
export function significant(value: number, precision: number): string {
  const text = value.toPrecision(precision);
  const [mantissa = '', exponent] = text.split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return exponent === undefined ? short : `${short}e${exponent.replace(/^([+-])(\d)$/, '$10$2')}`;
}
