/** `ip maddress`: the groups that each link listens to, which follow from its kind and its addresses. */
import type { LinkInfo } from '../../../kernel/net/types.ts';
import { noDevice } from './address.ts';
import { type IpCall, IpError, isShortFor, type Words } from './words.ts';

/** Of layer 2: all hosts of both families, a bridge's snooping, and whoever is asked for the link's own address. */
export function hardwareGroups({ kind, mac, up }: LinkInfo): readonly string[] {
  if (kind === 'loopback') return [];
  if (!up) return ['33:33:00:00:00:01'];
  const snooping = kind === 'bridge' ? ['01:00:5e:00:00:6a', '33:33:00:00:00:6a'] : [];
  return ['33:33:00:00:00:01', ...snooping, '01:00:5e:00:00:01', `33:33:ff:${mac.slice(9)}`];
}

function groups4({ kind, up }: LinkInfo): readonly string[] {
  if (!up) return [];
  return kind === 'bridge' ? ['224.0.0.1', '224.0.0.106'] : ['224.0.0.1'];
}

function groups6(link: LinkInfo): readonly string[] {
  const solicited = link.addresses
    .filter(({ family, ip }) => family === 'inet6' && ip !== '::1')
    .map(({ ip }) => `ff02::1:ff${lastSix(ip)}`);
  return [...new Set(solicited), ...(link.kind === 'bridge' && link.up ? ['ff02::6a'] : []), 'ff02::1', 'ff01::1'];
}

/** `3c:cebf` of `fe80::…:ff3c:cebf`. */
function lastSix(ip: string): string {
  const groups = ip.includes('::') && ip.endsWith('::') ? ['0', '0'] : ip.split(':').slice(-2);
  const hex = groups.map((group) => (group || '0').padStart(4, '0')).join('');
  return `${hex.slice(2, 4)}:${hex.slice(4).replace(/^0{1,3}/, '')}`;
}

export async function maddress(call: IpCall, words: Words): Promise<string> {
  const verb = words.peek();
  if (verb !== undefined && (isShortFor(verb, 'show') || verb === 'list' || verb === 'ls')) words.next();
  else if (verb !== undefined) throw new IpError(`Command "${verb}" is unknown, try "ip maddr help".`, 255);
  let device: string | undefined;
  for (let word = words.next(); word !== undefined; word = words.next()) device = word === 'dev' ? words.value() : word;
  const links = call.sys.net.link.list();
  if (device !== undefined && !links.some(({ name }) => name === device)) throw noDevice(call, device);
  return links
    .filter(({ name }) => device === undefined || name === device)
    .map((link) => {
      const lines = [
        ...(call.family === undefined ? hardwareGroups(link).map((mac) => `link  ${mac}`) : []),
        ...(call.family === 'inet6' ? [] : groups4(link).map((ip) => `inet  ${ip}`)),
        ...(call.family === 'inet' ? [] : groups6(link).map((ip) => `inet6 ${ip}`)),
      ];
      return [`${link.index}:\t${link.name}\n`, ...lines.map((line) => `\t${line}\n`)].join('');
    })
    .join('');
}
