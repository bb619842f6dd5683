/** A constant that is no integer, exactly: Go rounds it when it becomes a value of a type, not before. The Go specification, "Constants". */

const greatestCommon = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** IEEE 754, binary64: bits of a number, and the power of two of its smallest unit. */
const PRECISION = 53;
const LEAST_POWER = -1074;
/** A power of two that a number holds, whichever sign it has. */
const STEP = 1000;
/** Beyond these no constant is of use, and each would fill the memory. */
export const MAX_EXPONENT = 20_000;

const bitLength = (value: bigint): number => value.toString(2).length;

/** How many units of 2^power there are, to the nearest, the even one of two. */
function unitsOf(numerator: bigint, denominator: bigint, power: number): bigint {
  const [above, below] = power < 0 ? [numerator << BigInt(-power), denominator] : [numerator, denominator << BigInt(power)];
  const whole = above / below;
  const twice = (above % below) * 2n;
  return twice > below || (twice === below && whole % 2n === 1n) ? whole + 1n : whole;
}

export class Fraction {
  readonly numerator: bigint;
  /** Positive. */
  readonly denominator: bigint;

  constructor(numerator: bigint, denominator = 1n) {
    const common = greatestCommon(numerator, denominator) * (denominator < 0n ? -1n : 1n);
    this.numerator = numerator / common;
    this.denominator = denominator / common;
  }

  /** Of decimal digits as Go writes them: `12.5`, `.5e-3`. Undefined if the exponent is too large. */
  static parse(text: string): Fraction | undefined {
    const [, whole = '', decimals = '', exponent = '0'] = /^(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
    const power = Number(exponent) - decimals.length;
    if (Math.abs(power) > MAX_EXPONENT) return undefined;
    const digits = BigInt(`${whole}${decimals}`);
    return power < 0 ? new Fraction(digits, 10n ** BigInt(-power)) : new Fraction(digits * 10n ** BigInt(power));
  }

  /** What a finite number is exactly. */
  static of(number: number): Fraction {
    let [numerator, denominator] = [number, 1n];
    for (; !Number.isInteger(numerator); denominator *= 2n) numerator *= 2;
    return new Fraction(BigInt(numerator), denominator);
  }

  get isInteger(): boolean {
    return this.denominator === 1n;
  }

  plus({ numerator, denominator }: Fraction): Fraction {
    return new Fraction(this.numerator * denominator + numerator * this.denominator, this.denominator * denominator);
  }

  times({ numerator, denominator }: Fraction): Fraction {
    return new Fraction(this.numerator * numerator, this.denominator * denominator);
  }

  negated(): Fraction {
    return new Fraction(-this.numerator, this.denominator);
  }

  /** Of what is not zero. */
  inverse(): Fraction {
    return new Fraction(this.denominator, this.numerator);
  }

  /** The nearest number, the even one of two; infinite beyond the largest. */
  toNumber(): number {
    if (this.numerator === 0n) return 0;
    const size = this.numerator < 0n ? -this.numerator : this.numerator;
    let power = Math.max(bitLength(size) - bitLength(this.denominator) - PRECISION, LEAST_POWER);
    // The lengths tell it to a bit.
    while (bitLength(unitsOf(size, this.denominator, power)) > PRECISION) power += 1;
    let number = Number(unitsOf(size, this.denominator, power));
    for (; power > STEP; power -= STEP) number *= 2 ** STEP;
    for (; power < -STEP; power += STEP) number *= 2 ** -STEP;
    return (this.numerator < 0n ? -number : number) * 2 ** power;
  }

  toString(): string {
    return String(this.toNumber());
  }
}
