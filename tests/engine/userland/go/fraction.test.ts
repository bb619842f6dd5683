import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fraction, MAX_EXPONENT } from '../../../../src/engine/userland/go/syntax/fraction.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('an exact constant', () => {
  it('is the number that it was made of', () => {
    fc.assert(
      fc.property(finite, (number) => {
        expect(Fraction.of(number).toNumber()).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it('is rounded as the digits of a number are', () => {
    const digits = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.integer({ min: -340, max: 300 }));
    fc.assert(
      fc.property(digits, ([whole, power]) => {
        expect(Fraction.parse(`${whole}e${power}`)?.toNumber()).toBe(Number(`${whole}e${power}`));
      }),
    );
  });

  it('adds and divides without a loss', () => {
    const tenth = Fraction.parse('0.1') as Fraction;
    expect(tenth.plus(Fraction.parse('.2') as Fraction).toNumber()).toBe(0.3);
    expect(new Fraction(3n).times(new Fraction(3n).inverse()).isInteger).toBe(true);
    expect(new Fraction(1n, -2n).toNumber()).toBe(-0.5);
  });

  it('is not made of an exponent that would fill the memory', () => {
    expect(Fraction.parse(`1e${MAX_EXPONENT + 1}`)).toBeUndefined();
    expect(Fraction.parse('1e400')?.toNumber()).toBe(Number.POSITIVE_INFINITY);
  });
});
