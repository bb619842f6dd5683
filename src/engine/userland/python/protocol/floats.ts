/** Floats as text. */

/** The shortest text that means the number: `repr` of a float. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) return `${digits}e${signed(exponent)}`;
  const text = plainDigits(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** An exponent of at least two digits, with its sign. */
export const signed = (exponent: number): string => `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;

/** Without an exponent. */
function plainDigits(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  const [mantissa = '', exponent = '0'] = text.split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', rest = ''] = mantissa.replace('-', '').split('.');
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${rest}`;
  return `${sign}${whole}${rest.padEnd(shift, '0')}`;
}

const EXACT_BITS = 1100n;

/** Correctly rounded, halves to even, to so many places after the point. */
export function fixed(value: number, places: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const isNegative = value < 0 || Object.is(value, -0);
  const [numerator, bits] = exactly(Math.abs(value));
  const scaled = numerator * 10n ** BigInt(places);
  const divisor = 1n << bits;
  let whole = scaled / divisor;
  const rest = (scaled % divisor) * 2n;
  if (rest > divisor || (rest === divisor && whole % 2n === 1n)) whole += 1n;
  const digits = whole.toString().padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return isNegative ? `-${text}` : text;
}

/** A float as a fraction over a power of two. */
export function exactly(value: number): readonly [numerator: bigint, bits: bigint] {
  let bits = 0n;
  let scaled = value;
  while (!Number.isInteger(scaled) && bits < EXACT_BITS) {
    scaled *= 2;
    bits += 1n;
  }
  return [BigInt(scaled), bits];
}

/** With an exponent. The host rounds what lies exactly between as the C library does not, so it is done here. */
export function exponential(value: number, places: number): string {
  if (!Number.isFinite(value)) return fixed(value, 0);
  const [digits = '', exponent = '0'] = value.toExponential(Math.min(places, 100)).split('e');
  return `${Object.is(value, -0) ? '-' : ''}${digits}e${signed(Number(exponent))}`;
}

/** As `%g`: so many significant digits, without zeros at the end unless they are wanted. */
export function general(value: number, precision: number, keepsZeros = false): string {
  if (!Number.isFinite(value)) return fixed(value, 0);
  const digits = precision === 0 ? 1 : precision;
  const exponent = value === 0 ? 0 : Number(value.toExponential(digits - 1).split('e')[1]);
  const isLong = exponent < -4 || exponent >= digits;
  const text = isLong ? exponential(value, digits - 1) : fixed(value, Math.max(0, digits - 1 - exponent));
  if (keepsZeros) return text;
  const [mantissa = '', tail] = text.split('e');
  const bare = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return tail === undefined ? bare : `${bare}e${tail}`;
}
