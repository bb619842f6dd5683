/**
 * The programs that talk to the network: `ip`, `ping`, `curl`, `wget`, `ss`, `iptables` and their like, in the GNU (and iproute2)
 * dialect of the host and Debian, and in busybox's. They ask the kernel and print what it says; names are resolved in `resolve.ts`,
 * which asks the name servers that /etc/resolv.conf names. Each is loaded when it is first run.
 */
import type { Program } from '../../kernel/sys.ts';
import { type Dialect, programOf, type Utility } from '../tool.ts';
import type { Applet } from './applet.ts';

type Load = () => Promise<Applet>;

const SHARED: Readonly<Record<string, Load>> = {
  curl: async () => (await import('./curl/index.ts')).curl,
  iptables: async () => (await import('./iptables.ts')).iptables('inet'),
  ip6tables: async () => (await import('./iptables.ts')).iptables('inet6'),
  nc: async () => (await import('./nc.ts')).nc,
  wget: async () => (await import('./wget.ts')).wget,
};

const GNU: Readonly<Record<string, Load>> = {
  ...SHARED,
  arping: async () => (await import('./arping.ts')).arping('gnu'),
  bridge: async () => (await import('./bridge.ts')).bridge,
  dig: async () => (await import('./dig.ts')).dig,
  getent: async () => (await import('./getent.ts')).getent('glibc'),
  host: async () => (await import('./dig.ts')).host,
  ip: async () => (await import('./ip/index.ts')).ip('gnu'),
  'iptables-save': async () => (await import('./iptables.ts')).iptablesSave('inet'),
  'ip6tables-save': async () => (await import('./iptables.ts')).iptablesSave('inet6'),
  netstat: async () => (await import('./netstat.ts')).netstat('gnu'),
  nslookup: async () => (await import('./nslookup.ts')).nslookup,
  ping: async () => (await import('./ping.ts')).ping('gnu'),
  ping6: async () => (await import('./ping.ts')).ping('gnu', 'inet6'),
  traceroute: async () => (await import('./traceroute.ts')).traceroute('gnu'),
  ss: async () => (await import('./ss.ts')).ss,
};

const BUSYBOX: Readonly<Record<string, Load>> = {
  arp: async () => (await import('./ifconfig.ts')).arp,
  ifconfig: async () => (await import('./ifconfig.ts')).ifconfig,
  route: async () => (await import('./ifconfig.ts')).route,
  arping: async () => (await import('./arping.ts')).arping('busybox'),
  ip: async () => (await import('./ip/index.ts')).ip('busybox'),
  nc: async () => (await import('./nc.ts')).briefNc,
  netstat: async () => (await import('./netstat.ts')).netstat('busybox'),
  nslookup: async () => (await import('./nslookup.ts')).nslookup,
  ping: async () => (await import('./ping.ts')).ping('busybox'),
  ping6: async () => (await import('./ping.ts')).ping('busybox', 'inet6'),
  traceroute: async () => (await import('./traceroute.ts')).traceroute('busybox'),
  wget: async () => (await import('./wget.ts')).wget,
  httpd: async () => (await import('../servers/httpd.ts')).httpd,
};

/** What Alpine's musl-utils bring. */
const MUSL: Readonly<Record<string, Load>> = { getent: async () => (await import('./getent.ts')).getent('musl') };

const tableOf = (dialect: Dialect): Readonly<Record<string, Load>> => (dialect === 'gnu' ? GNU : BUSYBOX);

/** One program of this folder as a utility; undefined if there is none of that name. */
export async function netUtility(name: string, dialect: Dialect): Promise<Utility | undefined> {
  const table = tableOf(dialect);
  if (!Object.hasOwn(table, name)) return undefined;
  const applet = await table[name]?.();
  return applet && ((tool) => applet(tool.sys, tool.args, tool));
}

async function family(name: string, dialect: Dialect, call: { readonly banner?: string } = {}): Promise<Program | undefined> {
  const utility = await netUtility(name, dialect);
  return utility && programOf(utility, dialect, call);
}

export const gnuNet = (name: string): Promise<Program | undefined> => family(name, 'gnu');
export async function muslNet(name: string): Promise<Program | undefined> {
  const applet = await (Object.hasOwn(MUSL, name) ? MUSL[name] : undefined)?.();
  return applet && programOf((tool) => applet(tool.sys, tool.args, tool), 'gnu');
}
export const busyboxNet = (name: string, banner: string): Promise<Program | undefined> => family(name, 'busybox', { banner });
/** The applets that busybox has from here. */
export const BUSYBOX_NET_APPLETS: readonly string[] = Object.keys(BUSYBOX);
/** The programs that the GNU family has from here. */
export const GNU_NET_NAMES: readonly string[] = Object.keys(GNU);
