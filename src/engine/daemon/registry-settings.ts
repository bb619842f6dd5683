/** What dockerd's configuration says of registries: which may do without TLS, and which stand in for Docker Hub. */
import { contains, parseIp, parsePrefix } from '../kernel/net/ip.ts';
import type { Sys } from '../kernel/sys.ts';
import { defaultEndpoints, type EndpointsOf, endpoint } from '../registry/client/endpoint.ts';
import { invalid } from './errors.ts';
import { readTextIfThere } from './files.ts';

export const DAEMON_CONFIG = '/etc/docker/daemon.json';
/** This machine itself. */
const LOOPBACK = ['::1/128', '127.0.0.0/8'];

export interface RegistrySettings {
  /** Networks, and hosts with or without a port. */
  readonly insecureNetworks: readonly string[];
  readonly insecureHosts: readonly string[];
  /** URLs, each with a slash at its end. */
  readonly mirrors: readonly string[];
}

const isNetwork = (text: string): boolean => /^[0-9a-fA-F.:]+\/\d+$/.test(text);

/** Throws DockerError for a file that cannot be read. */
export function readRegistrySettings(sys: Sys): RegistrySettings {
  const values = valuesIn(readTextIfThere(sys, DAEMON_CONFIG) ?? '{}');
  const insecure = list(values, 'insecure-registries').map((text) => text.replace(/^https?:\/\//, ''));
  return {
    insecureNetworks: [...LOOPBACK, ...insecure.filter(isNetwork)],
    insecureHosts: insecure.filter((text) => !isNetwork(text)),
    mirrors: list(values, 'registry-mirrors').map(mirror),
  };
}

const failed = (why: string): Error => invalid(`unable to configure the Docker daemon with file ${DAEMON_CONFIG}: ${why}`);

function valuesIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Said below.
  }
  throw failed('it is not a JSON object');
}

function list(values: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const value = values[name] ?? [];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw failed(`${name}: a list of texts is wanted`);
}

function mirror(text: string): string {
  const [, authority, rest] = /^https?:\/\/([^/?#@]+)(.*)$/.exec(text) ?? [];
  if (authority === undefined) throw failed(`invalid mirror: no scheme specified for "${text}": must use either 'https://' or 'http://'`);
  if (rest !== '' && rest !== '/') throw failed(`invalid mirror: path, query, or fragment at end of the URI "${text}"`);
  return `${text.replace(/\/$/, '')}/`;
}

/** Mirrors before Docker Hub, and TLS everywhere else, unless it is said that a registry may do without. */
export const endpointsFor =
  ({ insecureNetworks, insecureHosts, mirrors }: RegistrySettings): EndpointsOf =>
  (domain) => {
    const mirrored = mirrors.map((url) => endpoint(url.startsWith('http:') ? 'http' : 'https', url.replace(/^https?:\/\/|\/$/g, '')));
    if (domain === 'docker.io') return [...mirrored, ...defaultEndpoints(domain)];
    return defaultEndpoints(domain).map((place) => {
      const isNamed = insecureHosts.includes(domain) || insecureHosts.includes(place.host);
      const isWithin = parseIp(place.host) !== null && insecureNetworks.some((network) => contains(parsePrefix(network), place.host));
      return { ...place, mayBePlain: place.mayBePlain === true || isNamed || isWithin };
    });
  };
