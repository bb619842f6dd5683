const factorial = (n) => (n <= 1n ? 1n : n * factorial(n - 1n));
console.log(factorial(30n), 2n ** 100n, 7n / 2n, -7n % 3n, typeof 1n, 1n < 2, 2n == 2, BigInt(10) + 5n, BigInt.asUintN(8, 257n), [3n, 1n].sort(), 0xffn.toString(2));
console.log(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 31, -1 >>> 0, -8 >> 1, 0b101, 0o17, 1_000_000, Number.EPSILON > 0, 0.1 + 0.2 === 0.3, Math.hypot(3, 4), Math.trunc(-4.7), Math.sign(-3), Math.cbrt(27));
try { 1n + 1; } catch (e) { console.log(e.message); } try { BigInt(1.5); } catch (e) { console.log(e.message); }
