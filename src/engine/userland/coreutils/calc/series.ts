/** What `bc -l` adds: sine, cosine, arctangent, logarithm and exponential, as series worked out with digits to spare. */
import { add, compare, type Decimal, decimal, divide, isZero, multiply, negate, scaled, squareRoot, subtract } from './decimal.ts';

const SPARE_DIGITS = 12;
const ONE = decimal(1);

/** The sum of terms until they are nothing at this scale. */
function series(first: Decimal, scale: number, next: (term: Decimal, index: number) => Decimal): Decimal {
  let [sum, term] = [first, first];
  for (let index = 1; ; index += 1) {
    term = scaled(next(term, index), scale);
    if (isZero(term)) return sum;
    sum = add(sum, term);
  }
}

export function exponential(x: Decimal, scale: number): Decimal {
  const to = scale + SPARE_DIGITS + Math.max(0, String(x.units / 10n ** BigInt(x.scale)).length * 8);
  // e^x is (e^(x/2^k))^(2^k).
  let [halves, small] = [0, scaled(x, to)];
  for (; compare(small.units < 0n ? negate(small) : small, ONE) > 0; halves += 1) small = divide(small, decimal(2), to);
  let result = series(scaled(ONE, to), to, (term, index) => divide(multiply(term, small, to), decimal(index), to));
  for (; halves > 0; halves -= 1) result = multiply(result, result, to);
  return scaled(result, scale);
}

export function logarithm(x: Decimal, scale: number): Decimal {
  if (x.units <= 0n) return divide(negate(scaled(decimal(10n ** BigInt(scale)), 0)), ONE, scale);
  const to = scale + SPARE_DIGITS;
  // ln x is 2^k ln x^(1/2^k), and near 1 twice the series of (x-1)/(x+1).
  let [root, doubled] = [scaled(x, to), 2n];
  for (; compare(root, { units: 2n, scale: 0 }) >= 0 || compare(root, { units: 5n, scale: 1 }) <= 0; doubled *= 2n)
    root = squareRoot(root, to);
  const ratio = divide(subtract(root, ONE), add(root, ONE), to);
  const square = multiply(ratio, ratio, to);
  let [sum, term] = [ratio, ratio];
  for (let odd = 3; ; odd += 2) {
    term = scaled(multiply(term, square, to), to);
    const part = divide(term, decimal(odd), to);
    if (isZero(part)) return scaled(multiply(sum, decimal(doubled), to), scale);
    sum = add(sum, part);
  }
}

export function arctangent(x: Decimal, scale: number): Decimal {
  const to = scale + SPARE_DIGITS;
  if (x.units < 0n) return negate(arctangent(negate(x), scale));
  // atan x is 2 atan (x / (1 + sqrt(1 + x^2))), until x is small.
  let [small, times] = [scaled(x, to), 1n];
  for (; compare(small, { units: 2n, scale: 1 }) > 0; times *= 2n)
    small = divide(small, add(ONE, squareRoot(add(ONE, multiply(small, small, to)), to)), to);
  const square = multiply(small, small, to);
  let [sum, power] = [small, small];
  for (let odd = 3; ; odd += 2) {
    power = negate(scaled(multiply(power, square, to), to));
    const part = divide(power, decimal(odd), to);
    if (isZero(part)) return scaled(multiply(sum, decimal(times), to), scale);
    sum = add(sum, part);
  }
}

export function sine(x: Decimal, scale: number): Decimal {
  const to = scale + SPARE_DIGITS + Math.max(0, String(x.units / 10n ** BigInt(x.scale)).length);
  const half = scaled(multiply(arctangent(ONE, to), decimal(4), to), to);
  const turns = divide(x, half, 0);
  const small = scaled(subtract(x, multiply(turns, half, to)), to);
  const square = multiply(small, small, to);
  const value = series(small, to, (term, index) => negate(divide(multiply(term, square, to), decimal(2 * index * (2 * index + 1)), to)));
  return scaled(turns.units % 2n === 0n ? value : negate(value), scale);
}

export function cosine(x: Decimal, scale: number): Decimal {
  const to = scale + SPARE_DIGITS;
  return sine(add(x, scaled(multiply(arctangent(ONE, to), decimal(2), to), to)), scale);
}
