/** `ip route get`: which way a packet would go. */
import { Errno } from '../../../kernel/errno.ts';
import { contains, parsePrefix } from '../../../kernel/net/ip.ts';
import type { RouteInfo } from '../../../kernel/net/types.ts';
import type { IpCall } from './words.ts';

const REFUSAL_CODES = { blackhole: 'EINVAL', unreachable: 'EHOSTUNREACH', prohibit: 'EACCES' } as const;

export function findWayText({ sys, dialect }: IpCall, destination: string): string {
  const family = destination.includes(':') ? 'inet6' : 'inet';
  const links = sys.net.link.list();
  const { uid } = sys.ids.get();
  const own = links.flatMap(({ addresses }) => addresses).find(({ ip }) => ip === destination);
  if (own !== undefined) return `local ${destination} dev lo src ${destination} uid ${uid} \n    cache <local> \n`;
  const best = [...sys.net.link.routes(family)]
    .filter((route) => contains(parsePrefix(route.destination, family), destination))
    .sort(byLength(family))[0];
  if (best === undefined) throw new Errno('ENETUNREACH');
  if (best.refuses !== undefined) throw new Errno(REFUSAL_CODES[best.refuses]);
  const link = links.find(({ name }) => name === best.device);
  const source = best.source ?? link?.addresses.find((one) => one.family === family && one.scope === 'global')?.ip;
  if (dialect === 'busybox')
    return `${destination} ${best.via === undefined ? '' : `via ${best.via} `}dev ${best.device} ${source === undefined ? '' : ` src ${source} `}\n`;
  return `${destination}${best.via === undefined ? '' : ` via ${best.via}`} dev ${best.device}${source === undefined ? '' : ` src ${source}`} uid ${uid} \n    cache \n`;
}

const byLength =
  (family: 'inet' | 'inet6') =>
  (a: RouteInfo, b: RouteInfo): number =>
    parsePrefix(b.destination, family).length - parsePrefix(a.destination, family).length;
