const math = require('./lib/math'); const { add } = math; const data = require('./lib/data.json');
console.log(add(2, 3), data.name, module.id, require.main === module, __filename.split('/').pop(), module.children.length);
console.log(require('./lib/math') === math, Object.keys(require.cache).length);
const a = require('./lib/a'); console.log(a.done, a.b.done);
try { require('./missing'); } catch (e) { console.log(e.code, e.message.split('\n')[0]); }
import('./lib/esm.mjs').then((m) => { console.log(m.default, m.named, Object.keys(m), m); return m.later(); }).then(console.log);
console.log(require('pkg'), require('pkg/sub'), require.resolve('pkg').split('/').slice(-3).join('/'));
try { require('pkg/secret'); } catch (e) { console.log(e.code); }
exports.x = 1; console.log(module.exports, this === module.exports);
