const fs = require('fs'); const path = require('node:path'); const os = require('os');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'x-'));
const f = path.join(dir, 'a.txt'); fs.writeFileSync(f, 'hello\nworld\n'); fs.appendFileSync(f, 'more');
console.log(fs.readFileSync(f, 'utf8').split('\n'), fs.readFileSync(f).length, fs.existsSync(f), fs.existsSync('/nope'));
const st = fs.statSync(f); console.log(st.isFile(), st.size, st.isDirectory(), (st.mode & 0o777).toString(8), st.mtime instanceof Date);
fs.mkdirSync(path.join(dir, 'd/e'), { recursive: true }); fs.copyFileSync(f, path.join(dir, 'd/b.txt')); fs.renameSync(path.join(dir, 'd/b.txt'), path.join(dir, 'd/c.txt'));
console.log(fs.readdirSync(dir), fs.readdirSync(path.join(dir, 'd'), { withFileTypes: true }).map((e) => [e.name, e.isDirectory()]));
for (const t of [() => fs.readFileSync('/nope'), () => fs.mkdirSync(dir), () => fs.readFileSync(dir), () => fs.rmdirSync(dir), () => fs.readFileSync(5.5), () => fs.writeFileSync(f, {}), () => fs.unlinkSync(path.join(dir, 'zz'))]) try { t(); } catch (e) { console.log(e.code, e.message.replace(dir, 'DIR'), e.syscall, e.errno); }
fs.readFile(f, 'utf8', (e, d) => { console.log('cb', e, d.length); fs.promises.readFile('/nope').catch((e) => console.log('p', e.code, e.message)).then(async () => { await fs.promises.writeFile(f, 'new'); console.log(await fs.promises.readFile(f, { encoding: 'utf-8' })); const rs = fs.createReadStream(f, 'utf8'); for await (const c of rs) console.log('chunk', c); const ws = fs.createWriteStream(path.join(dir, 'w.txt')); ws.write('1\n'); ws.end('2\n', () => { console.log(fs.readFileSync(path.join(dir, 'w.txt'), 'utf8')); fs.rmSync(dir, { recursive: true, force: true }); console.log(fs.existsSync(dir)); }); }); });
console.log(path.join('/a', '../b', './c.js'), path.basename('/x/y.tar.gz', '.gz'), path.extname('a.b.c'), path.dirname('/a/b/c'), path.parse('/home/u/f.txt'), path.relative('/a/b/c', '/a/d'), path.isAbsolute('x'), path.normalize('/a//b/../c/.'), path.format({ dir: '/x', base: 'y.z' }));
console.log(path.resolve('/a', 'b', '../c'), path.sep, require('path').posix === require('path'));
