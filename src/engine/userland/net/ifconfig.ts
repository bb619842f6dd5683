/** `ifconfig`, `route` and `arp` as busybox has them: the words that were there before `ip`. */
import { isErrno } from '../../kernel/errno.ts';
import { broadcastOf, formatIp, parsePrefix } from '../../kernel/net/ip.ts';
import type { LinkInfo } from '../../kernel/net/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Applet } from './applet.ts';
import { leave, print } from './text.ts';

const maskOf = (length: number): string => formatIp('inet', (0xffffffffn << BigInt(32 - length)) & 0xffffffffn);

/** `1.2 KiB`, as busybox counts. */
function human(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit += 1) value /= 1024;
  return `${value.toFixed(1)} ${units[unit] ?? 'B'}`;
}

function described(link: LinkInfo): string {
  const isLoopback = link.kind === 'loopback';
  const indent = '          ';
  const [four] = link.addresses.filter(({ family }) => family === 'inet');
  const kind = isLoopback ? 'Local Loopback  ' : `Ethernet  HWaddr ${link.mac.toUpperCase()}  `;
  const flags = [
    ...(link.up ? ['UP'] : []),
    ...(isLoopback ? ['LOOPBACK'] : ['BROADCAST']),
    ...(link.carrier ? ['RUNNING'] : []),
    ...(isLoopback ? [] : ['MULTICAST']),
  ];
  const broadcast = isLoopback || !four ? '' : `  Bcast:${four.broadcast ?? '0.0.0.0'}`;
  const scopes: Readonly<Record<string, string>> = { host: 'Host', link: 'Link', global: 'Global' };
  const six = link.addresses
    .filter(({ family }) => family === 'inet6')
    .map(({ ip, prefixLength, scope }) => `${indent}inet6 addr: ${ip}/${prefixLength} Scope:${scopes[scope] ?? 'Global'}\n`);
  return [
    `${link.name.padEnd(9)} Link encap:${kind}\n`,
    ...(four ? [`${indent}inet addr:${four.ip}${broadcast}  Mask:${maskOf(four.prefixLength)}\n`] : []),
    ...six,
    `${indent}${flags.join(' ')}  MTU:${link.mtu}  Metric:1\n`,
    `${indent}RX packets:${link.rxPackets} errors:0 dropped:0 overruns:0 frame:0\n`,
    `${indent}TX packets:${link.txPackets} errors:0 dropped:0 overruns:0 carrier:0\n`,
    `${indent}collisions:0 txqueuelen:${link.queueLength} \n`,
    `${indent}RX bytes:${link.rxBytes} (${human(link.rxBytes)})  TX bytes:${link.txBytes} (${human(link.txBytes)})\n\n`,
  ].join('');
}

export const ifconfig: Applet = async (sys, args) => {
  const isAll = args[0] === '-a';
  const [name, ...words] = args.filter((word) => word !== '-a');
  const all = sys.net.link.list();
  if (name === undefined) {
    await print(
      sys,
      all
        .filter(({ up }) => isAll || up)
        .map(described)
        .join(''),
    );
    return 0;
  }
  const link = all.find((one) => one.name === name);
  if (link === undefined && words.length === 0)
    return leave(sys, `ifconfig: ${name}: error fetching interface information: Device not found\n`);
  if (link === undefined) return leave(sys, 'ifconfig: SIOCSIFADDR: No such device\n');
  if (words.length === 0) {
    await print(sys, described(link));
    return 0;
  }
  return change(sys, link, words);
};

async function change(sys: Sys, link: LinkInfo, words: readonly string[]): Promise<number> {
  const at = words.indexOf('netmask');
  const mask = at < 0 ? undefined : words[at + 1];
  const [address] = words.filter((word) => /^[\d.]+(\/\d+)?$/.test(word) && word !== mask);
  try {
    if (address !== undefined) {
      const [ip = '', length] = address.split('/');
      const prefixLength = Number(length ?? (mask === undefined ? classOf(ip) : lengthOf(mask)));
      for (const old of link.addresses.filter(({ family }) => family === 'inet')) sys.net.link.deleteAddress(link.name, old);
      sys.net.link.addAddress(link.name, { ip, prefixLength, broadcast: broadcastOf(ip, prefixLength) });
    }
    if (words.includes('down')) sys.net.link.set(link.name, { up: false });
    else if (words.includes('up') || address !== undefined) sys.net.link.set(link.name, { up: true });
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return leave(sys, `ifconfig: ${address === undefined ? 'SIOCSIFFLAGS' : 'SIOCSIFADDR'}: ${error.message}\n`);
  }
}

/** The length that an address had before there were masks. */
const classOf = (ip: string): number => (Number.parseInt(ip, 10) < 128 ? 8 : Number.parseInt(ip, 10) < 192 ? 16 : 24);
const lengthOf = (mask: string): number =>
  mask
    .split('.')
    .flatMap((part) => [...Number(part).toString(2)])
    .filter((bit) => bit === '1').length;

export const route: Applet = async (sys, args) => {
  const verb = args.find((word) => word === 'add' || word === 'del');
  if (verb !== undefined) return changeRoute(sys, args, verb);
  const numeric = args.some((word) => /^-\w*n/.test(word));
  const rows = sys.net.link.routes('inet').map(({ destination, via, device, metric }) => {
    const prefix = parsePrefix(destination, 'inet');
    const flags = `U${via === undefined ? '' : 'G'}${prefix.length === 32 ? 'H' : ''}`;
    const to = destination === 'default' && !numeric ? 'default' : formatIp('inet', prefix.bits);
    const gateway = via ?? (numeric ? '0.0.0.0' : '*');
    return `${to.padEnd(15)} ${gateway.padEnd(15)} ${maskOf(prefix.length).padEnd(15)} ${flags.padEnd(5)} ${String(metric ?? 0).padEnd(6)} 0        0 ${device}\n`;
  });
  await print(
    sys,
    `Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n${rows.join('')}`,
  );
  return 0;
};

async function changeRoute(sys: Sys, args: readonly string[], verb: string): Promise<number> {
  const after = (...names: readonly string[]): string | undefined => args[args.findIndex((word) => names.includes(word)) + 1];
  const has = (name: string): boolean => args.includes(name);
  const [target = 'default'] = args.slice(args.indexOf(verb) + 1).filter((word) => word !== '-net' && word !== '-host');
  const mask = has('netmask') ? `/${lengthOf(after('netmask') ?? '')}` : '';
  const destination = target === '0.0.0.0' ? 'default' : `${target}${mask}`;
  const via = has('gw') ? after('gw') : undefined;
  const device = has('dev') ? after('dev') : undefined;
  try {
    if (verb === 'add') sys.net.link.addRoute({ destination, device: device ?? '', ...(via !== undefined && { via }), protocol: 'boot' });
    else sys.net.link.deleteRoute({ destination, ...(via !== undefined && { via }), ...(device !== undefined && { device }) });
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return leave(sys, `route: ${verb === 'add' ? 'SIOCADDRT' : 'SIOCDELRT'}: ${error.message}\n`);
  }
}

export const arp: Applet = async (sys, args) => {
  const [host] = args.filter((word) => !word.startsWith('-'));
  const known = sys.net.link.neighbours().filter(({ ip }) => !ip.includes(':') && (host === undefined || ip === host));
  const rows = known.map(({ ip, mac, device }) => `? (${ip}) at ${mac === '' ? '<incomplete> ' : `${mac} [ether] `} on ${device}\n`);
  await print(sys, rows.join(''));
  return 0;
};
