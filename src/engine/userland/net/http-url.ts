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

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = bytes.length - at;
    text += [18, 12, 6, 0].map((shift, i) => (i <= left ? BASE64[(bits >> shift) & 63] : '=')).join('');
  }
  return text;
}

/** The bytes of base64 text; letters that are none of it are passed over. */
export function decodeBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const letter of text) {
    const value = BASE64.indexOf(letter);
    if (value < 0) continue;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return Uint8Array.from(bytes);
}
