console.log('1 sync');
setTimeout(() => console.log('8 timeout 0'), 0);
setImmediate(() => console.log('9 immediate'));
process.nextTick(() => console.log('3 tick'));
Promise.resolve().then(() => { console.log('4 micro'); process.nextTick(() => console.log('6 tick in micro')); }).then(() => console.log('5 micro 2'));
queueMicrotask(() => console.log('4b queueMicrotask'));
(async () => { console.log('2 async start'); await null; console.log('4c after await'); try { await Promise.reject(new Error('x')); } catch (e) { console.log('caught', e.message); } finally { console.log('fin'); } return 'ret'; })().then(console.log);
const sleep = (ms, v) => new Promise((r) => setTimeout(r, ms, v));
async function* agen() { for (let i = 0; i < 3; i++) { await sleep(1); yield i; } }
(async () => {
  for await (const x of agen()) console.log('ag', x);
  for await (const x of [sleep(2, 'p'), 'q']) console.log(x);
  console.log(await Promise.all([sleep(3, 'a'), 'b', Promise.resolve('c')]));
  console.log(await Promise.allSettled([sleep(1, 1), Promise.reject(new Error('no'))]).then((r) => r.map((x) => x.status)));
  console.log(await Promise.race([sleep(200, 'slow'), sleep(5, 'fast')]), await Promise.any([Promise.reject(1), sleep(1, 'any')]));
  try { await Promise.any([Promise.reject(1)]); } catch (e) { console.log(e.constructor.name, e.message, e.errors); }
  let n = 0; const t = setInterval(() => { n++; if (n === 3) { clearInterval(t); console.log('interval done'); } }, 5);
  await sleep(200); const { promise, resolve } = Promise.withResolvers(); setTimeout(resolve, 1, 'wr'); console.log(await promise);
  const p2 = (async () => { throw new TypeError('tt'); })(); await p2.catch((e) => console.log('c', e.name)).finally(() => console.log('f'));
  const a1 = async () => { console.log('a1 start'); await a2(); console.log('a1 end'); }; const a2 = async () => console.log('a2'); a1(); Promise.resolve().then(() => console.log('p1')).then(() => console.log('p2')); console.log('script end');
  await sleep(1); const th = { then(r) { console.log('thenable'); r('T'); } }; console.log(await th);
  (async () => { return th; })().then((v) => console.log('ret thenable', v)); await sleep(1);
  const g = (function* () { try { yield 1; yield 2; } finally { console.log('cleanup'); } })(); for (const v of g) { console.log(v); break; }
  const gg = (function* () { try { const x = yield 'a'; console.log('got', x); } catch (e) { console.log('thrown in', e); yield 'recovered'; } })(); gg.next(); console.log(gg.throw('err')); console.log(gg.next(), gg.return(5));
})();
process.on('exit', (c) => console.log('exit', c));
process.on('beforeExit', () => console.log('beforeExit'));
