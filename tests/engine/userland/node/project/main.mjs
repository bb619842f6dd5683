import hello, { counter, inc, Foo, plus, more } from './lib/esm.mjs'; import * as ns from './lib/esm.mjs';
console.log(hello(), counter, inc(), counter, new Foo(), plus(1, 1), more, ns.d2);
const x = await Promise.resolve(5); console.log(x, typeof __dirname, this);
try { counter = 5; } catch (e) { console.log(e.message); }
const { default: d } = await import('./lib/math.js'); console.log(d.add(1, 1));
console.log(import.meta.resolve('./a.js').split('/').pop(), process.argv.length);
setTimeout(() => console.log('later'), 1); export {};
