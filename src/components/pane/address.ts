/** What a reader writes into an address bar, and where the browser of a page can go: to ports of its machine. */

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const HTTP_PORT = 80;

/** `localhost:8080/x`, `:8080`, `http://127.0.0.1:8080/` as a URL; null for what is none. */
export function parseAddress(text: string): URL | null {
  const written = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `http://${written.startsWith(':') ? 'localhost' : ''}${written}`;
  try {
    return new URL(whole);
  } catch {
    return null;
  }
}

/** The port of the machine's host that a URL means; null if it leads elsewhere. */
export function portOf(url: URL): number | null {
  if (url.protocol !== 'http:' || !LOOPBACK.has(url.hostname)) return null;
  return url.port === '' ? HTTP_PORT : Number(url.port);
}

/** As a browser shows it: without the scheme. */
export const shownAddress = (url: URL): string => `${url.host}${url.pathname}${url.search}${url.hash}`;
