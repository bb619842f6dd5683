function depth(n) { return n === 0 ? 0 : 1 + depth(n - 1); }
console.log(depth(5000));
function forever() { return forever() + 1; }
try { forever(); } catch (error) { console.log(error instanceof RangeError, error.name, error.message); }
const even = (n) => (n === 0 ? true : odd(n - 1));
const odd = (n) => (n === 0 ? false : even(n - 1));
console.log(even(3000));
