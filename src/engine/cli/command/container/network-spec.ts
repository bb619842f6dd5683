import type { EndpointSettings } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';

/** One `--network`, in either form: `net1`, or `name=net1,alias=x,ip=10.0.0.2`. */
export interface NetworkAttachment {
  readonly target: string;
  readonly aliases: readonly string[];
  readonly links: readonly string[];
  readonly ipv4: string;
  readonly ipv6: string;
  readonly linkLocalIps: readonly string[];
  readonly macAddress: string;
  readonly driverOpts: Readonly<Record<string, string>>;
  readonly gwPriority: number;
}

/** What is not said. */
export const EMPTY: NetworkAttachment = {
  target: '',
  aliases: [],
  links: [],
  ipv4: '',
  ipv6: '',
  linkLocalIps: [],
  macAddress: '',
  driverOpts: {},
  gwPriority: 0,
};

/** What single flags say about the first network. */
export interface EndpointFlags extends Omit<NetworkAttachment, 'target' | 'driverOpts' | 'gwPriority'> {}

/** The endpoints of a new container, by network. Upstream: docker/cli cli/command/container/opts.go parseNetworkOpts. */
export function endpoints(attachments: readonly NetworkAttachment[], flags: EndpointFlags): Readonly<Record<string, EndpointSettings>> {
  const given = attachments.length === 0 ? [{ ...EMPTY, target: 'default' }] : attachments;
  const settings: Record<string, EndpointSettings> = {};
  given.forEach((attachment, i) => {
    const merged = i === 0 ? merge(attachment, flags) : attachment;
    checkAliases(merged);
    if (Object.hasOwn(settings, merged.target)) throw new CliError(`network ${JSON.stringify(merged.target)} is specified multiple times`);
    if (attachments.length === 1 && isPlain(merged)) return;
    settings[merged.target] = endpointSettings(merged);
  });
  const kinds = new Set(given.map(({ target }) => isUserDefined(target)));
  if (kinds.size > 1) throw new CliError('conflicting options: cannot attach both user-defined and non-user-defined network-modes');
  return settings;
}

export const isUserDefined = (mode: string): boolean =>
  !['default', 'bridge', 'host', 'none', ''].includes(mode) && !mode.startsWith('container:');

function merge(attachment: NetworkAttachment, flags: EndpointFlags): NetworkAttachment {
  const conflict = (flag: string) =>
    new CliError(`conflicting options: cannot specify both --${flag} and per-network ${flag.replace('network-', '')}`);
  if (attachment.aliases.length > 0 && flags.aliases.length > 0) throw conflict('network-alias');
  if (attachment.ipv4 !== '' && flags.ipv4 !== '')
    throw new CliError('conflicting options: cannot specify both --ip and per-network IPv4 address');
  if (attachment.ipv6 !== '' && flags.ipv6 !== '')
    throw new CliError('conflicting options: cannot specify both --ip6 and per-network IPv6 address');
  if (attachment.macAddress !== '' && flags.macAddress !== '')
    throw new CliError('conflicting options: cannot specify both --mac-address and per-network MAC address');
  return {
    ...attachment,
    aliases: [...attachment.aliases, ...flags.aliases],
    links: isUserDefined(attachment.target) ? flags.links : [],
    ipv4: attachment.ipv4 || flags.ipv4,
    ipv6: attachment.ipv6 || flags.ipv6,
    linkLocalIps: [...attachment.linkLocalIps, ...flags.linkLocalIps],
    macAddress: attachment.macAddress || flags.macAddress,
  };
}

function checkAliases({ target, aliases, links }: NetworkAttachment): void {
  if (target.trim() === '') throw new CliError('no name set for network');
  if (isUserDefined(target)) return;
  if (aliases.length > 0) throw new CliError('network-scoped aliases are only supported for user-defined networks');
  if (links.length > 0) throw new CliError('links are only supported for user-defined networks');
}

const isPlain = (a: NetworkAttachment): boolean =>
  a.aliases.length + a.links.length + a.linkLocalIps.length + Object.keys(a.driverOpts).length === 0 &&
  a.ipv4 + a.ipv6 + a.macAddress === '' &&
  a.gwPriority === 0;

/** An endpoint as a request has it: every key is there. */
export function endpointSettings(attachment: Partial<NetworkAttachment>): EndpointSettings {
  const {
    aliases = [],
    links = [],
    linkLocalIps = [],
    ipv4 = '',
    ipv6 = '',
    macAddress = '',
    driverOpts = {},
    gwPriority = 0,
  } = attachment;
  const ipam = {
    ...(ipv4 === '' ? {} : { IPv4Address: ipv4 }),
    ...(ipv6 === '' ? {} : { IPv6Address: ipv6 }),
    ...(linkLocalIps.length === 0 ? {} : { LinkLocalIPs: linkLocalIps }),
  };
  return {
    IPAMConfig: Object.keys(ipam).length === 0 ? null : ipam,
    Links: links.length === 0 ? null : links,
    Aliases: aliases.length === 0 ? null : aliases,
    DriverOpts: Object.keys(driverOpts).length === 0 ? null : driverOpts,
    GwPriority: gwPriority,
    NetworkID: '',
    EndpointID: '',
    Gateway: '',
    IPAddress: '',
    MacAddress: macAddress,
    IPPrefixLen: 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    DNSNames: null,
  };
}
