/** /proc/sys/net: the settings that packets and sockets look at, and their values in a new namespace. */
import { Errno } from '../errno.ts';
import type { NetNamespace } from './namespace.ts';

const DEFAULTS: Readonly<Record<string, string>> = {
  'net.ipv4.ip_forward': '0',
  'net.ipv4.ip_default_ttl': '64',
  'net.ipv4.ip_local_port_range': '32768\t60999',
  'net.ipv4.ip_unprivileged_port_start': '1024',
  'net.ipv4.ping_group_range': '1\t0',
  'net.ipv4.tcp_syn_retries': '6',
  'net.ipv4.tcp_syncookies': '1',
  'net.ipv4.tcp_keepalive_time': '7200',
  'net.ipv4.tcp_fin_timeout': '60',
  'net.ipv6.bindv6only': '0',
  'net.ipv6.conf.all.forwarding': '0',
  'net.core.somaxconn': '4096',
  'net.bridge.bridge-nf-call-iptables': '1',
  'net.bridge.bridge-nf-call-ip6tables': '1',
};
const PER_LINK: Readonly<Record<string, string>> = {
  'ipv4.forwarding': '0',
  'ipv4.route_localnet': '0',
  'ipv4.rp_filter': '0',
  'ipv4.arp_ignore': '0',
  'ipv4.accept_local': '0',
  'ipv4.accept_redirects': '1',
  'ipv4.accept_source_route': '0',
  'ipv4.arp_announce': '0',
  'ipv4.arp_filter': '0',
  'ipv4.arp_notify': '0',
  'ipv4.log_martians': '0',
  'ipv4.proxy_arp': '0',
  'ipv4.secure_redirects': '1',
  'ipv4.send_redirects': '1',
  'ipv6.disable_ipv6': '0',
  'ipv6.forwarding': '0',
  'ipv6.accept_ra': '1',
  'ipv6.autoconf': '1',
  'ipv6.hop_limit': '64',
};

/** A setting's value; undefined if there is none of that name. */
export function setting(namespace: NetNamespace, name: string): string | undefined {
  const set = namespace.settings.get(canonical(name));
  return set ?? DEFAULTS[name] ?? perLinkDefault(namespace, name);
}

function perLinkDefault(namespace: NetNamespace, name: string): string | undefined {
  const parts = /^net\.(ipv4|ipv6)\.conf\.([^.]+)\.(\w+)$/.exec(name);
  const [, family = '', link = '', key = ''] = parts ?? [];
  const fallback = PER_LINK[`${family}.${key}`];
  if (parts === null || fallback === undefined) return undefined;
  if (link === 'all' || link === 'default') return fallback;
  if (namespace.link(link) === undefined) return undefined;
  return namespace.settings.get(`net.${family}.conf.default.${key}`) ?? fallback;
}

/** Changes a setting. ENOENT if there is none of that name, EINVAL for a value that is no number where one belongs. */
export function changeSetting(namespace: NetNamespace, name: string, value: string): void {
  const before = setting(namespace, name);
  if (before === undefined) throw new Errno('ENOENT');
  const text = value.trim().replace(/\s+/g, '\t');
  if (!/^-?\d+(\t-?\d+)*$/.test(text)) throw new Errno('EINVAL');
  namespace.settings.set(canonical(name), text);
  const family = FORWARDING[canonical(name)];
  if (family !== undefined) forwardEverywhere(namespace, family, text);
}

/** The switch of a whole namespace turns those of its links. */
const FORWARDING: Readonly<Record<string, 'ipv4' | 'ipv6'>> = { 'net.ipv4.ip_forward': 'ipv4', 'net.ipv6.conf.all.forwarding': 'ipv6' };

function forwardEverywhere(namespace: NetNamespace, family: 'ipv4' | 'ipv6', value: string): void {
  for (const link of ['default', ...namespace.links().map(({ name }) => name)])
    namespace.settings.set(`net.${family}.conf.${link}.forwarding`, value);
}

/** Two names of one switch. */
const canonical = (name: string): string => (name === 'net.ipv4.conf.all.forwarding' ? 'net.ipv4.ip_forward' : name);

export const settingNames = (namespace: NetNamespace): readonly string[] => [
  ...Object.keys(DEFAULTS),
  ...['all', 'default', ...namespace.links().map((link) => link.name)].flatMap((link) =>
    Object.keys(PER_LINK).map((key) => `net.${key.replace('.', `.conf.${link}.`)}`),
  ),
];

const isOn = (namespace: NetNamespace, name: string): boolean => Number(setting(namespace, name) ?? '0') > 0;

export const forwards = (namespace: NetNamespace, family: 'inet' | 'inet6'): boolean =>
  isOn(namespace, family === 'inet' ? 'net.ipv4.ip_forward' : 'net.ipv6.conf.all.forwarding');
export const routesLocalnet = (namespace: NetNamespace, link: string): boolean =>
  isOn(namespace, 'net.ipv4.conf.all.route_localnet') || isOn(namespace, `net.ipv4.conf.${link}.route_localnet`);
export const filtersBridged = (namespace: NetNamespace, family: 'inet' | 'inet6'): boolean =>
  isOn(namespace, `net.bridge.bridge-nf-call-${family === 'inet' ? 'iptables' : 'ip6tables'}`);
export const hasV6 = (namespace: NetNamespace, link: string): boolean =>
  !isOn(namespace, 'net.ipv6.conf.all.disable_ipv6') && !isOn(namespace, `net.ipv6.conf.${link}.disable_ipv6`);
export const firstUnprivilegedPort = (namespace: NetNamespace): number => Number(setting(namespace, 'net.ipv4.ip_unprivileged_port_start'));
export const portRange = (namespace: NetNamespace): readonly [number, number] => {
  const [first = 32768, last = 60999] = (setting(namespace, 'net.ipv4.ip_local_port_range') ?? '').split('\t').map(Number);
  return [first, last];
};
