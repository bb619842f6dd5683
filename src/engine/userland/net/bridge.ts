/** `bridge`: the ports of bridges, what they have learned, and their VLANs, of which there are none. */
import type { LinkInfo } from '../../kernel/net/types.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Applet } from './applet.ts';
import { hardwareGroups } from './ip/maddress.ts';
import { leave, print } from './text.ts';

const USAGE = `Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }
       bridge [ -force ] -batch filename
where  OBJECT := { link | fdb | mdb | vlan | monitor }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] |
                    -o[neline] | -t[imestamp] | -n[etns] name |
                    -c[ompressvlans] -color -p[retty] -j[son] }
`;

type Show = (sys: Sys, filter: Filter) => string;
const OBJECTS: Readonly<Record<string, Show>> = { link: ports, fdb: forwarding, vlan: () => 'port              vlan-id  \n' };

interface Filter {
  readonly device: string | undefined;
  readonly bridge: string | undefined;
  readonly kind: string | undefined;
}

export const bridge: Applet = async (sys, args) => {
  const [object = '', verb = 'show', ...rest] = args.filter((arg) => !arg.startsWith('-'));
  if (object === '') return leave(sys, USAGE, 255);
  const found = Object.keys(OBJECTS).find((name) => name.startsWith(object));
  if (found === undefined) return leave(sys, `Object "${object}" is unknown, try "bridge help".\n`, 255);
  if (!['list', 'ls'].includes(verb) && !'show'.startsWith(verb))
    return leave(sys, `Command "${verb}" is unknown, try "bridge ${found} help".\n`, 255);
  const filter = readFilter(rest);
  const links = sys.net.link.list();
  for (const device of [filter.device, filter.bridge])
    if (device !== undefined && !links.some(({ name }) => name === device))
      return leave(sys, `Cannot find ${device === filter.bridge ? 'bridge ' : ''}device "${device}"\n`, found === 'link' ? 1 : 255);
  await print(sys, OBJECTS[found]?.(sys, filter) ?? '');
  return 0;
};

function readFilter(words: readonly string[]): Filter {
  const after = (...names: readonly string[]): string | undefined => {
    const at = words.findIndex((word) => names.includes(word));
    return at < 0 ? undefined : words[at + 1];
  };
  return {
    device: after('dev', 'brport'),
    bridge: after('br', 'master'),
    kind: words.find((word) => ['dynamic', 'static', 'permanent'].includes(word)),
  };
}

function ports(sys: Sys, { device }: Filter): string {
  const links = sys.net.link.list();
  return links
    .filter(({ master, name }) => master !== undefined && (device === undefined || name === device))
    .map((port) => line(port, links))
    .join('');
}

/** Upstream takes the peer's number for one of this namespace, and so may show another link's name. */
function line(port: LinkInfo, links: readonly LinkInfo[]): string {
  const peer = port.peerIndex === undefined ? '' : `@${links.find(({ index }) => index === port.peerIndex)?.name ?? `if${port.peerIndex}`}`;
  const flags = ['BROADCAST', 'MULTICAST', ...(port.up ? ['UP'] : []), ...(port.carrier ? ['LOWER_UP'] : [])];
  if (port.up && !port.carrier) flags.unshift('NO-CARRIER');
  const state = port.up && port.carrier ? 'forwarding' : 'disabled';
  return `${port.index}: ${port.name}${peer}: <${flags.join(',')}> mtu ${port.mtu} master ${port.master ?? ''} state ${state} priority 32 cost 2 \n`;
}

/** Of each link what was learned at it, its own address, and the groups it listens to. */
function forwarding(sys: Sys, { device, bridge: wanted, kind }: Filter): string {
  const learned = sys.net.link.forwarding();
  return sys.net.link
    .list()
    .filter(
      ({ name, master }) => (device === undefined || name === device) && (wanted === undefined || name === wanted || master === wanted),
    )
    .flatMap((link) => {
      const place = device === undefined ? `dev ${link.name} ` : '';
      const master = link.master === undefined ? '' : `${place}master ${link.master} `;
      const dynamic = learned
        .filter((entry) => 'port' in entry && entry.port === link.name && entry.mac !== link.mac)
        .map(({ mac }) => ({ isPermanent: false, text: `${mac} ${master}` }));
      const netns = link.peerNetnsId === undefined ? '' : ` link-netnsid ${link.peerNetnsId}`;
      const far = learned
        .flatMap((entry) => ('to' in entry && entry.device === link.name ? [entry] : []))
        .map(({ mac, to }) => ({ isPermanent: true, text: `${mac} ${place}dst ${to}${netns} self permanent` }));
      const own = link.master === undefined ? [] : [{ isPermanent: true, text: `${link.mac} ${master}permanent` }];
      const groups = hardwareGroups(link).map((mac) => ({ isPermanent: true, text: `${mac} ${place}self permanent` }));
      return [...dynamic, ...own, ...far, ...groups];
    })
    .filter(({ isPermanent }) => kind === undefined || (kind === 'permanent' ? isPermanent : kind === 'dynamic' && !isPermanent))
    .map(({ text }) => `${text}\n`)
    .join('');
}
