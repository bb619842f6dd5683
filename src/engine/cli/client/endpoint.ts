import type { Address, Duplex } from '../../http/index.ts';
import { CliError } from '../errors.ts';
import { type Io, loadCode } from '../io.ts';

/** Where an engine listens, from `unix:///path`, `tcp://host:port`. */
export interface Endpoint {
  readonly url: string;
  readonly address: Address;
  /** Go's word for the address in errors: `unix /var/run/docker.sock`. */
  readonly shown: string;
  readonly hostHeader: string;
  readonly tls: boolean;
}

export const DEFAULT_HOST = 'unix:///var/run/docker.sock';

/** Reads an address as DOCKER_HOST has it. Upstream: docker/cli opts/hosts.go. */
export function parseEndpoint(host: string, options: { tls?: boolean } = {}): Endpoint {
  const [scheme, rest] = host.includes('://') ? [host.slice(0, host.indexOf('://')), host.slice(host.indexOf('://') + 3)] : ['tcp', host];
  if (scheme === 'unix') {
    const path = rest === '' ? '/var/run/docker.sock' : rest;
    return { url: `unix://${path}`, address: { unix: path }, shown: `unix ${path}`, hostHeader: 'api.moby.localhost', tls: false };
  }
  if (scheme !== 'tcp' && scheme !== 'http' && scheme !== 'https') throw new CliError(unsupported(host, { scheme, rest }));
  const match = /^(\[[^\]]*\]|[^:/]*)(?::(\d+))?(\/.*)?$/.exec(rest);
  if (match === null) throw new CliError(`unable to resolve docker endpoint: parse ${JSON.stringify(`tcp://${rest}`)}: ${hostFault(rest)}`);
  const name = (match[1] ?? '').replace(/^\[|\]$/g, '') || 'localhost';
  const port = Number(match[2] ?? (options.tls === true ? 2376 : 2375));
  const joined = `${name.includes(':') ? `[${name}]` : name}:${port}`;
  return {
    url: `${scheme}://${joined}`,
    address: { host: name, port },
    shown: `tcp ${joined}`,
    hostHeader: joined,
    tls: options.tls === true,
  };
}

/** What Go's url.Parse finds wrong with it. */
function hostFault(rest: string): string {
  const odd = /[\s"<>\\^`{}|]/.exec(rest)?.[0];
  if (odd !== undefined) return `invalid character ${JSON.stringify(odd)} in host name`;
  if (rest.startsWith('[') && !rest.includes(']')) return "missing ']' in host";
  return `invalid port ${JSON.stringify(rest.replace(/\/.*$/, '').slice(rest.lastIndexOf(':')))} after host`;
}

const unsupported = (host: string, { scheme, rest }: { readonly scheme: string; readonly rest: string }): string => {
  if (scheme !== 'ssh') return `unable to resolve docker endpoint: invalid bind address format: ${host}`;
  const why = rest === '' ? 'invalid SSH URL: hostname is empty' : 'connecting over SSH is not supported here yet';
  return `ssh host connection is not valid: ${why}`;
};

/** Connects; what goes wrong is said as Docker says it. */
export async function dialEndpoint(io: Pick<Io, 'dial' | 'load'>, endpoint: Endpoint): Promise<Duplex> {
  try {
    return await (endpoint.tls && 'host' in endpoint.address
      ? io.dial(endpoint.address, { serverName: endpoint.address.host })
      : io.dial(endpoint.address));
  } catch (error) {
    const { connectionError } = await loadCode(io, () => import('./connection-error.ts'));
    throw connectionError(endpoint, error);
  }
}
