/** Exact decimal numbers, as SQL's numeric: an integer and how many of its digits stand after the point. */
import { divisionByZero } from './errors.ts';

export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const TEN = 10n;
/** As PostgreSQL divides: at least so many significant digits. */
const DIVISION_DIGITS = 16;

export const isDecimal = (value: unknown): value is Decimal => typeof value === 'object' && value !== null && 'digits' in value;

export const decimalOf = (value: number | bigint): Decimal =>
  typeof value === 'bigint' || Number.isInteger(value) ? { digits: BigInt(value), scale: 0 } : parseDecimal(String(value));

/** `12.50`, `-3`, `1e3`. The text must be a number. */
export function parseDecimal(text: string): Decimal {
  const [, sign = '', whole = '', part = '', exponent = '0'] = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text.trim()) ?? [];
  const digits = BigInt(`${whole}${part}` || '0') * (sign === '-' ? -1n : 1n);
  const scale = part.length - Number(exponent);
  return scale < 0 ? { digits: digits * TEN ** BigInt(-scale), scale: 0 } : { digits, scale };
}

export function decimalText({ digits, scale }: Decimal): string {
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const sign = digits < 0n ? '-' : '';
  return scale === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

export const toNumber = (value: Decimal): number => Number(decimalText(value));

/** With another number of digits after the point; rounds half away from zero. */
export function rescale({ digits, scale }: Decimal, to: number): Decimal {
  if (to >= scale) return { digits: digits * TEN ** BigInt(to - scale), scale: to };
  const factor = TEN ** BigInt(scale - to);
  const half = factor / 2n;
  const rounded = digits < 0n ? -((-digits + half) / factor) : (digits + half) / factor;
  return to < 0 ? { digits: rounded * TEN ** BigInt(-to), scale: 0 } : { digits: rounded, scale: to };
}

function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [rescale(a, scale).digits, rescale(b, scale).digits, scale];
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export function add(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = aligned(a, b);
  return { digits: x + y, scale };
}

export const negate = ({ digits, scale }: Decimal): Decimal => ({ digits: -digits, scale });
export const multiply = (a: Decimal, b: Decimal): Decimal => ({ digits: a.digits * b.digits, scale: a.scale + b.scale });

/** The highest group of four digits that is not zero: its place (0 is the one before the point) and its value. */
function leading({ digits, scale }: Decimal): { readonly place: number; readonly value: number } {
  const shift = (4 - (scale % 4)) % 4;
  const groups = String((digits < 0n ? -digits : digits) * TEN ** BigInt(shift)).replace(/^0+/, '');
  const count = Math.ceil(groups.length / 4);
  if (count === 0) return { place: 0, value: 0 };
  return { place: count - 1 - (scale + shift) / 4, value: Number(groups.slice(0, groups.length - 4 * (count - 1))) };
}

export function divide(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) throw divisionByZero();
  const [x, y] = [leading(a), leading(b)];
  const weight = x.place - y.place - (x.value <= y.value ? 1 : 0);
  const scale = Math.max(DIVISION_DIGITS - 4 * weight, a.scale, b.scale, 0);
  const shifted = a.digits * TEN ** BigInt(scale + b.scale - a.scale + 1);
  return rescale({ digits: shifted / b.digits, scale: scale + 1 }, scale);
}

export function remainder(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) throw divisionByZero();
  const [x, y, scale] = aligned(a, b);
  return { digits: x % y, scale };
}
