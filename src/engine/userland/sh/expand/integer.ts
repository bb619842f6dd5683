/**
 * The shell's integers: 64 bits, two's complement. A plain number while it is exact, a bigint beyond;
 * so loops count at the speed of numbers and `$((1<<63))` is still right.
 */
export type Integer = number | bigint;

const settle = (value: bigint): Integer => {
  const wrapped = BigInt.asIntN(64, value);
  const number = Number(wrapped);
  return Number.isSafeInteger(number) ? number : wrapped;
};

export class DivisionByZero extends Error {
  override readonly name = 'DivisionByZero';
}

const WIDE: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '<<': (a, b) => a << (b & 63n),
  '>>': (a, b) => a >> (b & 63n),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
};

function narrow(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return Math.trunc(a / b);
    case '%':
      return a % b;
    default:
      return undefined;
  }
}

export function calculate(operator: string, a: Integer, b: Integer): Integer {
  if ((operator === '/' || operator === '%') && Number(b) === 0) throw new DivisionByZero();
  if (operator === '**') return power(a, b);
  if (typeof a === 'number' && typeof b === 'number') {
    const result = narrow(operator, a, b);
    if (result !== undefined && Number.isSafeInteger(result)) return result + 0;
  }
  const wide = WIDE[operator];
  if (wide !== undefined) return settle(wide(BigInt(a), BigInt(b)));
  return compare(operator, a, b) ? 1 : 0;
}

function compare(operator: string, a: Integer, b: Integer): boolean {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '==':
      return Number(a) === Number(b) && BigInt(a) === BigInt(b);
    default:
      return !compare('==', a, b);
  }
}

function power(a: Integer, b: Integer): Integer {
  let result: Integer = 1;
  for (let i = 0n; i < BigInt(b) && i < 100_000n; i += 1n) result = calculate('*', result, a);
  return result;
}

export const negate = (a: Integer): Integer => calculate('-', 0, a);
export const invert = (a: Integer): Integer => settle(~BigInt(a));
export const isZero = (a: Integer): boolean => Number(a) === 0;

/** A short decimal number; undefined if `text` is none: it may still be another one. */
export function smallInteger(text: string): number | undefined {
  const { length } = text;
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  if (length === start || length > 14 || (text.charCodeAt(start) === 48 && length > start + 1)) return undefined;
  let value = 0;
  for (let i = start; i < length; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return start === 1 ? 0 - value : value;
}

/** A number as C writes it: decimal, 0x…, 0…; undefined if `text` is none. */
export function parseInteger(text: string): Integer | undefined {
  const based = /^(\d+)#([A-Za-z0-9_@]+)$/.exec(text);
  if (based !== null) return inBase(Number(based[1]), based[2] ?? '');
  const match = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|[0-9]+)\s*$/.exec(text);
  if (match === null) return undefined;
  const digits = match[2] ?? '0';
  const isOctal = /^0[0-9]+$/.test(digits);
  if (isOctal && /[89]/.test(digits)) return undefined;
  const value = digits.length < 15 && !isOctal ? Number(digits) : BigInt(isOctal ? `0o${digits.slice(1)}` : digits);
  const limited = typeof value === 'bigint' ? settle(clamp(value)) : value;
  return match[1] === '-' && !isZero(limited) ? negate(limited) : limited;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_';

/** `BASE#DIGITS`; up to base 36 capitals are as good as small letters. */
function inBase(base: number, digits: string): Integer | undefined {
  if (base < 2 || base > 64) return undefined;
  let value = 0n;
  for (const digit of base <= 36 ? digits.toLowerCase() : digits) {
    const number = DIGITS.indexOf(digit);
    if (number < 0 || number >= base) return undefined;
    value = value * BigInt(base) + BigInt(number);
  }
  return settle(value);
}

const clamp = (value: bigint): bigint => (value > 0x7fffffffffffffffn ? 0x7fffffffffffffffn : value);
