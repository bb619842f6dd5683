/** The three files that Docker writes for each container and mounts over the image's: hostname, hosts, resolv.conf. */
import type { Daemon } from '../daemon.ts';
import { readTextIfThere, writeText } from '../files.ts';
import type { Container } from './container.ts';

const HOSTS = [
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'fe00::\tip6-localnet',
  'ff00::\tip6-mcastprefix',
  'ff02::1\tip6-allnodes',
  'ff02::2\tip6-allrouters',
];
const EMBEDDED_DNS = '127.0.0.11';
/** Asked where the host has no servers but its own. */
const DEFAULT_SERVERS = ['8.8.8.8', '8.8.4.4'];

export interface EtcPaths {
  readonly hostname: string;
  readonly hosts: string;
  readonly resolvConf: string;
}

export const etcPaths = (daemon: Daemon, id: string): EtcPaths => {
  const directory = daemon.containers.directory(id);
  return { hostname: `${directory}/hostname`, hosts: `${directory}/hosts`, resolvConf: `${directory}/resolv.conf` };
};

/** Writes them as the container's networks are now. */
export function writeEtcFiles(daemon: Daemon, container: Container): void {
  const { sys } = daemon;
  const paths = etcPaths(daemon, container.id);
  writeText(sys, paths.hostname, `${container.config.Hostname}\n`);
  writeText(
    sys,
    paths.hosts,
    // Hosts of its own must be able to hide those of the host.
    container.hostConfig.NetworkMode === 'host' && (container.hostConfig.ExtraHosts ?? []).length === 0
      ? (readTextIfThere(sys, '/etc/hosts') ?? '')
      : `${hostsLines(daemon, container).join('\n')}\n`,
  );
  writeText(sys, paths.resolvConf, resolvConf(daemon, container));
}

export const usesEmbedded = ({ endpoints }: Container): boolean =>
  endpoints.some(({ network }) => !['bridge', 'none', 'host'].includes(network));

const hostsLines = (daemon: Daemon, container: Container): readonly string[] => [
  ...HOSTS,
  ...extraHosts(daemon, container),
  ...linkHosts(daemon, container),
  ...ownHosts(container),
];

/** Its own names, once for each address. */
export function ownHosts(container: Container): readonly string[] {
  const { Hostname, Domainname } = container.config;
  const whole = Domainname === '' ? Hostname : `${Hostname}.${Domainname}`;
  const short = whole.split('.')[0] ?? whole;
  const names = short === whole ? whole : `${whole} ${short}`;
  return container.endpoints
    .flatMap(({ active }) => [active?.ip ?? '', active?.ip6 ?? ''])
    .filter((ip) => ip !== '')
    .map((ip) => `${ip}\t${names}`);
}

/** What `host-gateway` stands for: the host's address on the default bridge. */
export const hostGateway = ({ networks }: Pick<Daemon, 'networks'>): string =>
  networks.all().find(({ name }) => name === 'bridge')?.ipam.Config?.[0]?.Gateway ?? '';

/** `--add-host`, a line for each. */
export function extraHosts(daemon: Daemon, { hostConfig }: Container): readonly string[] {
  const gateway = hostGateway(daemon);
  return (hostConfig.ExtraHosts ?? []).map((entry) => {
    const at = entry.search(/[:=]/);
    const ip = entry.slice(at + 1);
    return `${ip === 'host-gateway' ? gateway : ip}\t${entry.slice(0, at)}`;
  });
}

/** `--link` on the default bridge; a user-defined network has a name server for that. */
function linkHosts(daemon: Daemon, { links = [] }: Container): readonly string[] {
  return links.flatMap(({ id, alias }) => {
    const other = daemon.containers.find(id);
    const ip = other?.endpoints.find(({ active }) => active?.ip)?.active?.ip;
    return other && ip ? [`${ip}\t${[...new Set([alias, other.config.Hostname, other.name])].join(' ')}`] : [];
  });
}

/** Written as Docker writes it, with a note of where it is from. Upstream: libnetwork/internal/resolvconf. */
export function resolvConf(daemon: Daemon, container: Container, { isInternal = usesEmbedded(container) } = {}): string {
  const { hostConfig } = container;
  const host = (readTextIfThere(daemon.sys, '/etc/resolv.conf') ?? '').split('\n').map((line) => line.trim().split(/\s+/));
  const of = (word: string): readonly string[] => host.filter(([first]) => first === word).flatMap((words) => words.slice(1));
  const { Dns, DnsSearch, DnsOptions } = {
    Dns: hostConfig.Dns ?? [],
    DnsSearch: hostConfig.DnsSearch ?? [],
    DnsOptions: hostConfig.DnsOptions ?? [],
  };
  const usable = of('nameserver').filter((ip) => isInternal || hostConfig.NetworkMode === 'host' || !ip.startsWith('127.'));
  const isDefault = Dns.length === 0 && usable.length === 0 && !isInternal;
  const servers = Dns.length > 0 ? Dns : isDefault ? DEFAULT_SERVERS : usable;
  const search = DnsSearch.length > 0 ? DnsSearch.filter((one) => one !== '.') : of('search');
  const given = DnsOptions.length > 0 ? DnsOptions : of('options');
  const hasDots = given.some((option) => option.startsWith('ndots:'));
  const options = isInternal && !hasDots ? [...given, 'ndots:0'] : given;
  const dotsFrom = isInternal && !hasDots ? 'internal' : DnsOptions.length > 0 && hasDots ? 'override' : hasDots ? 'host' : '';
  const overrides = [
    ...(Dns.length > 0 ? ['nameservers'] : []),
    ...(DnsSearch.length > 0 ? ['search'] : []),
    ...(DnsOptions.length > 0 ? ['options'] : []),
  ];
  const asked = servers.map((ip) => (Dns.length > 0 ? ip : `host(${ip})`));
  return [
    '# Generated by Docker Engine.',
    '# This file can be edited; Docker Engine will not make further changes once it',
    '# has been modified.',
    '',
    ...(isInternal ? [EMBEDDED_DNS] : servers).map((ip) => `nameserver ${ip}`),
    ...(search.length > 0 ? [`search ${search.join(' ')}`] : []),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
    '',
    `# Based on host file: '/etc/resolv.conf'${hostConfig.NetworkMode === 'host' ? '' : ` (${isInternal ? 'internal resolver' : 'legacy'})`}`,
    ...(isDefault ? ['# Used default nameservers.'] : []),
    ...(isInternal && asked.length === 0 ? ['# NO EXTERNAL NAMESERVERS DEFINED'] : []),
    ...(isInternal && asked.length > 0 ? [`# ExtServers: [${asked.join(' ')}]`] : []),
    `# Overrides: [${overrides.join(' ')}]`,
    ...(dotsFrom === '' ? [] : [`# Option ndots from: ${dotsFrom}`]),
    '',
  ].join('\n');
}
