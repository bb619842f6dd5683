function* fibonacci() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } }
const take = (n, it) => { const out = []; for (const x of it) { if (out.length === n) break; out.push(x); } return out; };
console.log(take(10, fibonacci()));
class Tree { constructor(v, l, r) { Object.assign(this, { v, l, r }); } *[Symbol.iterator]() { if (this.l) yield* this.l; yield this.v; if (this.r) yield* this.r; } }
console.log([...new Tree(4, new Tree(2, new Tree(1)), new Tree(6))], Math.max(...new Tree(1, new Tree(9))));
const range = { from: 1, to: 4, [Symbol.iterator]() { let at = this.from; return { next: () => (at <= this.to ? { value: at++, done: false } : { value: undefined, done: true }) }; } };
console.log([...range], Array.from(range, (x) => x * x), fibonacci().take(5).map((x) => x * 2).toArray());
const [first, , third, ...others] = range; console.log(first, third, others);
