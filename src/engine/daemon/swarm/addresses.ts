/** Where a node listens, and what it tells others to call it. Upstream: moby daemon/cluster/listen_addr.go. */
import type { SwarmInitRequest } from '../../api-types/index.ts';
import { isErrno } from '../../kernel/errno.ts';
import { parseIp } from '../../kernel/net/ip.ts';
import type { LinkInfo } from '../../kernel/net/types.ts';
import type { Fd, Sys } from '../../kernel/sys.ts';
import { type DockerError, invalid } from '../errors.ts';
import { GOSSIP_PORT } from './network/gossip.ts';

const DEFAULT_PORT = '2377';
const BACKLOG = 128;
const OWN_LINKS = /^(docker0|docker_gwbridge|br-|veth)/;

interface HostPort {
  readonly host: string;
  readonly port: string;
}

/** `host:port`, `[v6]:port`; undefined if there is no port. */
function split(text: string): HostPort | undefined {
  const [, six, four, port] = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(text) ?? [];
  return port === undefined ? undefined : { host: six ?? four ?? '', port };
}

const isAny = (ip: string): boolean => ip === '0.0.0.0' || ip === '::';
const withPort = ({ host, port }: HostPort): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);

/** An address, or the one that an interface has. Throws DockerError. */
function addressOf(sys: Sys, text: string, { allowsAny, bad }: { readonly allowsAny: boolean; readonly bad: DockerError }): string {
  const link = sys.net.link.list().find(({ name }) => name === text);
  if (link) return onlyAddress(link);
  const ip = parseIp(text)?.text;
  if (ip === undefined || (!allowsAny && isAny(ip))) throw bad;
  return ip;
}

const globals = ({ addresses }: LinkInfo, family: 'inet' | 'inet6'): readonly string[] =>
  addresses.filter((one) => one.family === family && one.scope === 'global').map(({ ip }) => ip);

/** Throws DockerError. */
function onlyAddress(link: LinkInfo): string {
  for (const [family, name] of [
    ['inet', 'IPv4'],
    ['inet6', 'IPv6'],
  ] as const) {
    const [first, second] = globals(link, family);
    if (second !== undefined) throw invalid(`interface ${link.name} has more than one ${name} address (${first} and ${second})`);
    if (first !== undefined) return first;
  }
  throw invalid(`interface ${link.name} has no usable IPv4 or IPv6 address`);
}

/** The one address that this host has outside. Throws DockerError if it has several, or none. */
function systemAddress(sys: Sys): string {
  let found: { readonly link: string; readonly ip: string } | undefined;
  for (const link of sys.net.link.list()) {
    if (!link.up || link.kind === 'loopback' || OWN_LINKS.test(link.name)) continue;
    const [ip, another] = globals(link, 'inet');
    if (ip === undefined) continue;
    if (another !== undefined) throw severalAddresses({ link: link.name, ip }, { link: link.name, ip: another });
    if (found) throw severalAddresses(found, { link: link.name, ip });
    found = { link: link.name, ip };
  }
  if (!found) throw invalid("could not find the system's IP address");
  return found.ip;
}

function severalAddresses(
  a: { readonly link: string; readonly ip: string },
  b: { readonly link: string; readonly ip: string },
): DockerError {
  const where =
    a.link === b.link
      ? `multiple addresses on interface ${a.link} (${a.ip} and ${b.ip})`
      : `multiple addresses on different interfaces (${a.ip} on ${a.link} and ${b.ip} on ${b.link})`;
  return invalid(`could not choose an IP address to advertise since this system has ${where}`);
}

/** Throws DockerError. */
export function resolveAddresses(
  sys: Sys,
  { ListenAddr = '', AdvertiseAddr = '', DataPathAddr = '', DataPathPort = 0 }: SwarmInitRequest,
): { readonly listenAddr: string; readonly advertiseAddr: string } {
  if (ListenAddr === '') throw invalid('invalid ListenAddr "": invalid empty address');
  const listen = split(ListenAddr) ?? { host: ListenAddr, port: DEFAULT_PORT };
  const host = addressOf(sys, listen.host || '0.0.0.0', {
    allowsAny: true,
    bad: invalid('listen address must be an IP address or network interface (with optional port number)'),
  });
  if (DataPathAddr !== '')
    addressOf(sys, DataPathAddr, {
      allowsAny: false,
      bad: invalid('data path address must be a non-zero IP address or network interface (without a port number)'),
    });
  if (DataPathPort !== 0 && (DataPathPort < 1024 || DataPathPort > 49_151))
    throw invalid(`Datapath port number is not in valid range (1024-49151) : ${DataPathPort}`);
  const listenAddr = withPort({ host, port: listen.port });
  if (AdvertiseAddr === '') return { listenAddr, advertiseAddr: withPort({ host: systemAddress(sys), port: listen.port }) };
  const advertise = split(AdvertiseAddr) ?? { host: AdvertiseAddr, port: listen.port };
  const ip = addressOf(sys, advertise.host, {
    allowsAny: false,
    bad: invalid('advertise address must be a non-zero IP address or network interface (with optional port number)'),
  });
  return { listenAddr, advertiseAddr: withPort({ host: ip, port: advertise.port }) };
}

/** Where other nodes knock: the managers' port, and the one of the gossip. Undefined, if somebody else has it. */
export function openListeners(sys: Sys, listenAddr: string): { readonly managers: Fd | undefined; readonly gossip: Fd | undefined } {
  const { host = '0.0.0.0', port = DEFAULT_PORT } = split(listenAddr) ?? {};
  return { managers: listenAt(sys, host, Number(port)), gossip: listenAt(sys, host, GOSSIP_PORT) };
}

export const openGossip = (sys: Sys, listenAddr: string): Fd | undefined =>
  listenAt(sys, split(listenAddr)?.host ?? '0.0.0.0', GOSSIP_PORT);

function listenAt(sys: Sys, host: string, port: number): Fd | undefined {
  const family = isAny(host) || host.includes(':') ? 'inet6' : 'inet';
  const fd = sys.net.socket(family, 'stream');
  sys.fds.setCloseOnExec(fd, true);
  try {
    sys.net.bind(fd, { family, ip: isAny(host) ? '::' : host, port });
    sys.net.listen(fd, BACKLOG);
    return fd;
  } catch (error) {
    sys.fds.close(fd);
    if (!isErrno(error, 'EADDRINUSE', 'EADDRNOTAVAIL')) throw error;
    return undefined;
  }
}
