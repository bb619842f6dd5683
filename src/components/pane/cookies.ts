/** The cookies of a page's browser: by name, for the one host that it visits. Ports share them, as they do in every browser. */
export interface Cookies {
  /** The value of a `Cookie` header; null if there is nothing to send. */
  header(path: string): string | null;
  /** Takes a `Set-Cookie` header. */
  take(header: string): void;
}

interface Cookie {
  readonly value: string;
  readonly path: string;
}

export function createCookies(): Cookies {
  const jar = new Map<string, Cookie>();
  return {
    header: (path) => {
      const sent = [...jar].filter(([, cookie]) => path.startsWith(cookie.path)).map(([name, { value }]) => `${name}=${value}`);
      return sent.length > 0 ? sent.join('; ') : null;
    },
    take: (header) => {
      const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
      const equals = pair.indexOf('=');
      if (equals < 1) return;
      const given = new Map(attributes.map((text) => [text.split('=')[0]?.toLowerCase() ?? '', text.split('=')[1] ?? '']));
      const name = pair.slice(0, equals);
      const isGone = Number(given.get('max-age') ?? 1) <= 0 || Date.parse(given.get('expires') ?? '') < Date.now();
      if (isGone) jar.delete(name);
      else jar.set(name, { value: pair.slice(equals + 1), path: given.get('path') ?? '/' });
    },
  };
}
