const mul = (a, b) => a.map((row) => b[0].map((_, j) => row.reduce((s, x, k) => s + x * b[k][j], 0)));
console.log(mul([[1, 2], [3, 4]], [[5, 6], [7, 8]]), Array.from({ length: 3 }, (_, i) => Array.from({ length: 3 }, (_, j) => +(i === j))));
const primes = []; outer: for (let i = 2; primes.length < 20; i++) { for (const p of primes) { if (p * p > i) break; if (i % p === 0) continue outer; } primes.push(i); } console.log(primes, primes.at(-1));
const quick = (a) => a.length < 2 ? a : [...quick(a.slice(1).filter((x) => x < a[0])), a[0], ...quick(a.slice(1).filter((x) => x >= a[0]))]; console.log(quick([3, 6, 1, 8, 2, 9, 2]));
let s = 0; for (let i = 0; i < 200000; i++) { if (i % 2) continue; s += i; } console.log(s); let n = 27, steps = 0; while (n !== 1) { n = n % 2 ? 3 * n + 1 : n / 2; steps++; } console.log(steps); do { n++; } while (n < 5); console.log(n);
var x = 1; { var x = 2; } console.log(x, typeof hoisted, hoisted2()); var hoisted = 1; function hoisted2() { return 'h'; } for (var i = 0, fs = []; i < 3; i++) fs.push(() => i); console.log(fs.map((f) => f())); const gs = []; for (let i = 0; i < 3; i++) gs.push(() => i); console.log(gs.map((f) => f()));
