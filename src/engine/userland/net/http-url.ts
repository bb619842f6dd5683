/** URLs as `curl` and `wget` take them: the scheme may be missing, and stays `http`. */
export interface HttpUrl {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly user: string | undefined;
}

/** Null for what is no URL. */
export function parseUrl(text: string): HttpUrl | null {
  const parts = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):\/\/)?(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?([/?#].*)?$/.exec(text);
  if (parts === null) return null;
  const [, scheme = 'http', user, host = '', port, rest = '/'] = parts;
  if (host === '') return null;
  const path = (rest.startsWith('/') ? rest : `/${rest}`).replace(/#.*$/, '');
  const number = port === undefined || port === '' ? (scheme.toLowerCase() === 'https' ? 443 : 80) : Number(port);
  if (number > 65_535) return null;
  return { scheme: scheme.toLowerCase(), host: host.replace(/^\[|\]$/g, ''), port: number, path, user };
}

/** As the `Host` header has it. */
export function hostHeader({ scheme, host, port }: HttpUrl): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}

/** Where a redirection leads. */
export function resolveUrl(base: HttpUrl, location: string): string {
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\//.test(location)) return location;
  const origin = `${base.scheme}://${hostHeader(base)}`;
  if (location.startsWith('//')) return `${base.scheme}:${location}`;
  if (location.startsWith('/')) return origin + location;
  return `${origin}${base.path.replace(/\?.*$/, '').replace(/[^/]*$/, '')}${location}`;
}
