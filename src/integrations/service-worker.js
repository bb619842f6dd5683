/* The service worker: answers what it has kept, by the content that the build listed; everything else goes to the network. */
const { base, version, files } = __CONFIG__;
const PREFIX = 'drydock-';
const CACHE = PREFIX + version;
const HASH = 'x-drydock-hash';
const AT_ONCE = 6;
const address = (url) => new URL(base + url, self.location.origin).href;
const known = new Map(files.map(([url, hash]) => [address(url), hash]));

/** The same content in a cache of an older build, so that an update fetches only what changed. */
async function kept(url, hash) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const response = await (await caches.open(name)).match(url, { ignoreVary: true });
    if (response?.headers.get(HASH) === hash) return response;
  }
  return null;
}

async function keep(url, hash) {
  const cache = await caches.open(CACHE);
  if (await cache.match(url)) return;
  const response = (await kept(url, hash)) ?? (await fetch(new Request(url, { cache: 'reload' })));
  if (!response.ok) return;
  const headers = new Headers(response.headers);
  headers.set(HASH, hash);
  headers.delete('content-encoding');
  await cache.put(url, new Response(response.body, { status: 200, headers }));
}

async function keepAll(list) {
  const jobs = [...list];
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await keep(address(job[0]), job[1]).catch(() => {});
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

self.addEventListener('install', (event) => {
  event.waitUntil(keepAll(files.filter(([, , later]) => later === 0)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      await self.clients.claim();
      await keepAll(files.filter(([, , later]) => later === 1));
      for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
    })(),
  );
});

async function answer(request) {
  const url = new URL(request.url);
  const key = url.origin + url.pathname;
  if (request.mode === 'navigate' && !known.has(key) && known.has(`${key}/`)) return Response.redirect(`${key}/${url.search}`, 302);
  const stored = known.has(key) ? await (await caches.open(CACHE)).match(key) : undefined;
  if (stored) return stored;
  try {
    return await fetch(request);
  } catch (error) {
    if (request.mode !== 'navigate') throw error;
    return (await caches.match(address('404.html'))) ?? Response.error();
  }
}

/** Pages that containers serve: never of this site's origin, and with nothing to reach but the window around them. */
const PANE = `${base}pane/`;
const PANE_WAIT_MS = 5000;
const PANE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': 'sandbox allow-scripts allow-forms',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
};

/** The text of a framed page, from the page of this site that has its token: `pane/<token>/<port>/<visit>`. */
async function paneText([token, , visit]) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), PANE_WAIT_MS);
    for (const page of pages) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      page.postMessage({ kind: 'drydock-pane', token, visit }, [port2]);
    }
  });
}

async function pane(url) {
  const text = await paneText(url.pathname.slice(PANE.length).split('/'));
  return new Response(text ?? '', { status: text === null ? 404 : 200, headers: PANE_HEADERS });
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (url.origin === self.location.origin && url.pathname.startsWith(PANE) && !known.has(url.href)) return event.respondWith(pane(url));
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || !url.pathname.startsWith(base)) return;
  event.respondWith(answer(event.request));
});
