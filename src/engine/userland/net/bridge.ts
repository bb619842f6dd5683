/** `bridge link`: the ports of bridges. */
import type { LinkInfo } from '../../kernel/net/types.ts';
import type { Applet } from './applet.ts';
import { leave, print } from './text.ts';

export const bridge: Applet = async (sys, args) => {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const [object = '', verb = 'show', ...rest] = words;
  const links = sys.net.link.list();
  if (object === '' || !'link'.startsWith(object)) return leave(sys, `Object "${object}" is unknown, try "bridge help".\n`);
  if (!['show', 'list', 'ls'].includes(verb) && !'show'.startsWith(verb))
    return leave(sys, `Command "${verb}" is unknown, try "bridge link help".\n`, 255);
  const device = rest[0] === 'dev' ? rest[1] : undefined;
  if (device !== undefined && !links.some(({ name }) => name === device)) return leave(sys, `Cannot find device "${device}"\n`);
  const ports = links.filter(({ master, name }) => master !== undefined && (device === undefined || name === device));
  await print(sys, ports.map((port) => line(port, links)).join(''));
  return 0;
};

/** Upstream takes the peer's number for one of this namespace, and so may show another link's name. */
function line(port: LinkInfo, links: readonly LinkInfo[]): string {
  const peer = port.peerIndex === undefined ? '' : `@${links.find(({ index }) => index === port.peerIndex)?.name ?? `if${port.peerIndex}`}`;
  const flags = ['BROADCAST', 'MULTICAST', ...(port.up ? ['UP'] : []), ...(port.carrier ? ['LOWER_UP'] : [])];
  if (port.up && !port.carrier) flags.unshift('NO-CARRIER');
  const state = port.up && port.carrier ? 'forwarding' : 'disabled';
  return `${port.index}: ${port.name}${peer}: <${flags.join(',')}> mtu ${port.mtu} master ${port.master ?? ''} state ${state} priority 32 cost 2 \n`;
}
