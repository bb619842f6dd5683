/** Where a name's registry is. */
export interface RegistryEndpoint {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** TLS is tried first, but a server that speaks none will do: this machine itself, and what is called insecure. */
  readonly mayBePlain?: boolean;
}

/** Which places to try for the domain of a name, in order. */
export type EndpointsOf = (domain: string) => readonly RegistryEndpoint[];

const HUB = 'registry-1.docker.io';

export function endpoint(scheme: 'http' | 'https', authority: string): RegistryEndpoint {
  const [, host = authority, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(authority) ?? [];
  return { scheme, host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port) };
}

/** `registry-1.docker.io`, `localhost:5000`: without the port that the scheme implies. */
export function authorityOf({ scheme, host, port }: RegistryEndpoint): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}

export const urlOf = (place: RegistryEndpoint, target: string): string => `${place.scheme}://${authorityOf(place)}${target}`;

export const isLoopback = (domain: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(domain);

/** As dockerd: Docker Hub for docker.io, TLS everywhere, but plain HTTP will do for this machine itself. */
export const defaultEndpoints: EndpointsOf = (domain) => [
  domain === 'docker.io' ? endpoint('https', HUB) : { ...endpoint('https', domain), mayBePlain: isLoopback(domain) },
];

/** `https://host:port/path?query` in its parts; null if it is none. */
export function parseUrl(url: string): { readonly place: RegistryEndpoint; readonly target: string } | null {
  const [, scheme, authority, target] = /^(https?):\/\/([^/?#]+)([^#]*)/i.exec(url) ?? [];
  if (scheme === undefined || authority === undefined) return null;
  const path = target === undefined || target === '' ? '/' : target;
  return {
    place: endpoint(scheme.toLowerCase() === 'http' ? 'http' : 'https', authority),
    target: path.startsWith('/') ? path : `/${path}`,
  };
}
