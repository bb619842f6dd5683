/* The service worker: answers what it has kept, by the content that the build listed; everything else goes to the network. What is kept,
   the pages decide: the one that was opened at once, the rest of the book as the reader's connection allows. */
const { base, version, files } = __CONFIG__;
const PREFIX = 'drydock-';
const CACHE = PREFIX + version;
const HASH = 'x-drydock-hash';
/** While the reader waits for it, and while the page is being read. */
const AT_ONCE = { asked: 6, unasked: 2 };
/** How often a page is told how far it is: its text is laid out anew each time. */
const TOLD_EVERY_MS = 500;
const OFFLINE = 'offline.html';
const address = (url) => new URL(base + url, self.location.origin).href;
const known = new Map(files.map(([url, hash]) => [address(url), hash]));

/** The same content in a cache of an older build, so that an update fetches only what changed. */
async function kept(url, hash) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === CACHE) continue;
    const response = await (await caches.open(name)).match(url, { ignoreVary: true });
    if (response?.headers.get(HASH) === hash) return response;
  }
  return undefined;
}

async function keep(cache, url, hash) {
  const response = (await kept(url, hash)) ?? (await fetch(new Request(url, { cache: 'reload' })));
  if (!response.ok) return;
  const headers = new Headers(response.headers);
  headers.set(HASH, hash);
  headers.delete('content-encoding');
  await cache.put(url, new Response(response.body, { status: 200, headers }));
}

/** The addresses of what is kept. */
const there = async (cache) => new Set((await cache.keys()).map(({ url }) => url));

/** Keeps what is listed, so many at a time, and says after each how many are there. */
async function keepAll(list, { atOnce = AT_ONCE.asked, told = () => {} } = {}) {
  const cache = await caches.open(CACHE);
  const old = await there(cache);
  const jobs = list.filter(([url]) => !old.has(address(url)));
  let done = list.length - jobs.length;
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      await keep(cache, address(job[0]), job[1]).catch(() => {});
      told(++done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** How many of the site's files are kept. */
async function state() {
  const kept = await there(await caches.open(CACHE));
  return { kept: [...known.keys()].filter((url) => kept.has(url)).length, total: known.size };
}

/** Older builds are let go once nothing of them is wanted any more. */
async function forgetOlder() {
  const { kept: count, total } = await state();
  if (count < total) return;
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
}

/** One round of keeping serves every page that asks for it meanwhile. */
let keeping = null;
const listeners = new Set();

async function keepEverything(atOnce) {
  const { total } = await state();
  let toldAt = 0;
  const told = (kept) => {
    const now = performance.now();
    if (now - toldAt < TOLD_EVERY_MS) return;
    toldAt = now;
    for (const listener of listeners) listener.postMessage({ kept, total, isKeeping: true });
  };
  await keepAll(files, { atOnce, told });
  await forgetOlder();
  const last = await state();
  for (const listener of listeners) listener.postMessage({ ...last, isKeeping: false });
  listeners.clear();
}

const round = (atOnce) => {
  keeping ??= keepEverything(atOnce).finally(() => {
    keeping = null;
  });
  return keeping;
};

/**
 * What a page asks: `state`, `page` (keep it, and what it loaded), `everything` (the reader waits for it), `rest` (nobody does), or
 * `update` (the reader wants the newer version now).
 */
async function hear({ ask, urls }, port) {
  if (ask === 'update') return self.skipWaiting();
  if (ask === 'page') await keepAll(files.filter(([url]) => urls.includes(address(url))));
  if (ask === 'everything' || ask === 'rest' || keeping) {
    listeners.add(port);
    return round(ask === 'rest' ? AT_ONCE.unasked : AT_ONCE.asked);
  }
  return port.postMessage({ ...(await state()), isKeeping: false });
}

self.addEventListener('message', (event) => {
  const { data, ports } = event;
  if (data?.kind === 'drydock-offline') event.waitUntil(hear(data, ports[0]));
});

// The first version takes over at once, so that the first visit has it; a newer one waits until the reader wants it, or has left.
self.addEventListener('install', (event) => {
  event.waitUntil(keepAll(files.filter(([url]) => url === OFFLINE || url === '404.html')).then(() => !self.registration.active && self.skipWaiting()));
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** The lab's pages are isolated from other origins, so that their machines may one day share memory; what runs in them must agree. */
const LAB = /^(ko\/)?lab\/$/;
const AGREES = { 'cross-origin-embedder-policy': 'require-corp' };
const ISOLATED = { ...AGREES, 'cross-origin-opener-policy': 'same-origin' };

/** The same answer with more headers, where it is one that they mean anything to. */
function isolated(request, response) {
  const isLab = request.mode === 'navigate' && LAB.test(new URL(request.url).pathname.slice(base.length));
  if (response.type === 'opaqueredirect' || !(isLab || request.destination === 'worker')) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(isLab ? ISOLATED : AGREES)) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}

async function answer(request) {
  const url = new URL(request.url);
  const key = url.origin + url.pathname;
  if (request.mode === 'navigate' && !known.has(key) && known.has(`${key}/`)) return Response.redirect(`${key}/${url.search}`, 302);
  const hash = known.get(key);
  const stored = hash === undefined ? undefined : ((await (await caches.open(CACHE)).match(key)) ?? (await kept(key, hash)));
  if (stored) return isolated(request, stored);
  try {
    return isolated(request, await fetch(request));
  } catch (error) {
    if (request.mode !== 'navigate') throw error;
    return (await caches.match(address(hash === undefined ? '404.html' : OFFLINE))) ?? Response.error();
  }
}

/** Pages that containers serve: never of this site's origin, and with nothing to reach but the window around them. */
const PANE = `${base}pane/`;
const PANE_WAIT_MS = 5000;
const PANE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': 'sandbox allow-scripts allow-forms',
  ...AGREES,
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
