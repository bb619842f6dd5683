const http = require('http');
const server = http.createServer((req, res) => {
  const url = new URL(req.url, `http://${req.headers.host}`);
  if (url.pathname === '/json') { res.writeHead(200, { 'Content-Type': 'application/json' }); res.end(JSON.stringify({ q: url.searchParams.get('q') })); }
  else if (url.pathname === '/echo') { let b = ''; req.on('data', (c) => (b += c)); req.on('end', () => { res.statusCode = 201; res.setHeader('X-Len', b.length); res.end(b.toUpperCase()); }); }
  else if (url.pathname === '/stream') { res.write('a'); setTimeout(() => { res.write('b'); res.end('c'); }, 5); }
  else { res.writeHead(404); res.end('Not Found\n'); }
});
server.on('close', () => console.log('closed'));
server.listen(0, async () => {
  const { port } = server.address(); const base = `http://localhost:${port}`;
  const r = await fetch(base + '/json?q=hi'); console.log(r.status, r.headers.get('content-type'), await r.json());
  const p = await fetch(base + '/echo', { method: 'POST', body: 'abc' }); console.log(p.status, p.headers.get('x-len'), await p.text(), p.ok);
  console.log(await (await fetch(base + '/stream')).text(), (await fetch(base + '/zz')).status);
  http.get(base + '/json?q=2', (res) => { console.log(res.statusCode, Object.keys(res.headers), res.httpVersion); res.setEncoding('utf8'); res.on('data', (d) => console.log(d)); res.on('end', () => {
    const req = http.request({ port, path: '/echo', method: 'PUT' }, (res) => { res.resume(); res.on('end', () => { console.log('done', res.statusCode); server.close(); http.globalAgent.destroy(); }); }); req.write('x'); req.end('yz'); }); });
});
const s2 = http.createServer(); s2.listen(0, () => { const s3 = http.createServer(); s3.on('error', (e) => { console.log(e.code, e.syscall, e.message.replace(/\d+$/, 'N')); s2.close(); }); s3.listen(s2.address().port); });
