/** Decimal numbers of any length with a scale, as POSIX's bc counts them: everything is cut, nothing is rounded. */

export interface Decimal {
  /** The value times ten to the power of `scale`. */
  readonly units: bigint;
  /** Digits after the point. */
  readonly scale: number;
}

/** A sum that has no value: its sentence is bc's. */
export class CalcError extends Error {
  override readonly name = 'CalcError';
}

const ten = (power: number): bigint => 10n ** BigInt(power);
export const decimal = (value: bigint | number | boolean): Decimal => ({ units: BigInt(value), scale: 0 });
export const ZERO = decimal(0);
export const isZero = ({ units }: Decimal): boolean => units === 0n;

/** Cut, or filled with noughts, to so many digits after the point. */
export const scaled = ({ units, scale }: Decimal, to: number): Decimal => ({
  units: to >= scale ? units * ten(to - scale) : units / ten(scale - to),
  scale: to,
});

const together = (a: Decimal, b: Decimal): { a: bigint; b: bigint; scale: number } => {
  const scale = Math.max(a.scale, b.scale);
  return { a: scaled(a, scale).units, b: scaled(b, scale).units, scale };
};

export function compare(left: Decimal, right: Decimal): number {
  const { a, b } = together(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

export function add(left: Decimal, right: Decimal): Decimal {
  const { a, b, scale } = together(left, right);
  return { units: a + b, scale };
}

export const negate = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale });
export const subtract = (left: Decimal, right: Decimal): Decimal => add(left, negate(right));

export const multiply = (left: Decimal, right: Decimal, scale: number): Decimal =>
  scaled(
    { units: left.units * right.units, scale: left.scale + right.scale },
    Math.min(left.scale + right.scale, Math.max(scale, left.scale, right.scale)),
  );

export function divide(left: Decimal, right: Decimal, scale: number): Decimal {
  if (isZero(right)) throw new CalcError('divide by zero');
  const up = scale + right.scale - left.scale;
  return { units: up >= 0 ? (left.units * ten(up)) / right.units : left.units / (right.units * ten(-up)), scale };
}

export function remainder(left: Decimal, right: Decimal, scale: number): Decimal {
  const to = Math.max(scale + right.scale, left.scale);
  const quotient = divide(left, right, scale);
  return scaled(subtract(left, multiply(quotient, right, to)), to);
}

/** The largest power that is worked out. */
const MAX_POWER = 100_000n;

export function power(base: Decimal, exponent: Decimal, scale: number): Decimal {
  const times = exponent.units / ten(exponent.scale);
  if (times * ten(exponent.scale) !== exponent.units) throw new CalcError('not an integer');
  const count = times < 0n ? -times : times;
  if (count > MAX_POWER) throw new CalcError('exponent is too large');
  const whole = { units: base.units ** count, scale: base.scale * Number(count) };
  if (times < 0n) return divide(decimal(1), whole, scale);
  return scaled(whole, Math.min(whole.scale, Math.max(scale, base.scale)));
}

export function squareRoot(value: Decimal, scale: number): Decimal {
  if (value.units < 0n) throw new CalcError('negative number');
  const to = Math.max(scale, value.scale);
  return { units: integerRoot(scaled(value, 2 * to).units), scale: to };
}

/** Newton's way to the whole part of a root. */
function integerRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = ten(Math.ceil(String(value).length / 2));
  for (;;) {
    const next = (guess + value / guess) / 2n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** All digits that a number is made of, the noughts after the point too. */
export const lengthOf = ({ units, scale }: Decimal): number => Math.max(String(units < 0n ? -units : units).length, scale);

const DIGITS = '0123456789ABCDEF';

/** What was typed, in a base of 2 to 16: a single digit always has its own value, in longer ones too large digits are the base's last. */
export function parseDecimal(text: string, base: number): Decimal {
  const [whole = '', part = ''] = text.split('.');
  const isSingle = whole.length + part.length === 1;
  const digit = (sign: string): bigint => {
    const value = DIGITS.indexOf(sign);
    return BigInt(isSingle ? value : Math.min(value, base - 1));
  };
  const sum = [...whole, ...part].reduce((total, sign) => total * BigInt(base) + digit(sign), 0n);
  if (part === '') return decimal(sum);
  return divide(decimal(sum), decimal(BigInt(base) ** BigInt(part.length)), part.length);
}

/** In a base of 2 to 16 by letters, above in groups of digits. A nought before the point is not shown. */
export function formatDecimal(value: Decimal, base: number): string {
  const { units, scale } = value;
  if (units === 0n) return '0';
  const sign = units < 0n ? '-' : '';
  const positive = units < 0n ? -units : units;
  const whole = positive / ten(scale);
  const part = positive % ten(scale);
  if (base === 10) return `${sign}${whole === 0n ? '' : whole}${scale === 0 ? '' : `.${String(part).padStart(scale, '0')}`}`;
  const shown = (digit: bigint): string =>
    base <= 16 ? (DIGITS[Number(digit)] ?? '') : ` ${String(digit).padStart(String(base - 1).length, '0')}`;
  let front = '';
  for (let rest = whole; rest > 0n; rest /= BigInt(base)) front = shown(rest % BigInt(base)) + front;
  return sign + front + (scale === 0 ? '' : `.${fraction(part, { scale, base, shown })}`);
}

interface Fraction {
  readonly scale: number;
  readonly base: number;
  shown(digit: bigint): string;
}

/** As many digits of the base as are needed to tell the decimal ones apart. */
function fraction(part: bigint, { scale, base, shown }: Fraction): string {
  let [text, rest] = ['', part];
  for (let reached = 1n; reached < ten(scale); reached *= BigInt(base)) {
    rest *= BigInt(base);
    text += shown(rest / ten(scale));
    rest %= ten(scale);
  }
  return text;
}
