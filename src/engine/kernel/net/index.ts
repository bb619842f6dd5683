/**
 * The network: namespaces with links, addresses, routes and rules, and sockets that talk through them. Start at `walk.ts`: it takes
 * one packet from socket to socket. `frames.ts` is the part below IP (bridges, pairs), `hooks.ts` the rules on the way, `conntrack.ts`
 * what is remembered of a connection, `links.ts` what `ip` changes, `sockets/` what programs see. Nothing here waits: sockets answer
 * "again", timers are the kernel's. Every way a packet took, or where it ended, is kept in `flows`.
 */
import { Conntrack } from './conntrack.ts';
import { type Flow, Flows } from './flows.ts';
import type { Binding, NetHost } from './host.ts';
import { VirtualServers } from './ipvs.ts';
import type { Link } from './link.ts';
import { joinEnds, makeLink, removeLink } from './links.ts';
import { NetNamespace } from './namespace.ts';
import { netOps } from './ops.ts';
import { procFile } from './proc.ts';
import { RuleTables } from './rules/tables.ts';
import { changeSetting, setting, settingNames } from './settings.ts';
import type { NetCore } from './sockets/socket.ts';
import { SocketTable } from './sockets/table.ts';
import type { NetOps } from './types.ts';

export type { Flow, FlowEnd, Hop } from './flows.ts';
export type { Binding, NetHost } from './host.ts';
export { NetNamespace } from './namespace.ts';
export type { SocketFile } from './sockets/socket.ts';

/** One end of a cable. */
export interface CableEnd {
  readonly namespace: NetNamespace;
  readonly name: string;
  readonly mac?: string;
}

export interface Network {
  /** The host's. */
  readonly root: NetNamespace;
  createNamespace(): NetNamespace;
  /** Removes its links (of a pair, the other end too) and forgets it. */
  destroy(namespace: NetNamespace): void;
  ops(binding: Binding): NetOps;
  /** Two ethernet cards joined by a cable: how a machine is plugged into the world around it. */
  cable(a: CableEnd, b: CableEnd): void;
  /** /proc/net/FILE as this namespace shows it; undefined if there is none. */
  proc(namespace: NetNamespace, file: string): string | undefined;
  /** /proc/sys/net, as `net.ipv4.ip_forward`. Undefined, or ENOENT, if there is none of that name. */
  sysctl(namespace: NetNamespace, name: string): string | undefined;
  setSysctl(namespace: NetNamespace, name: string, value: string): void;
  sysctls(namespace: NetNamespace): readonly string[];
  /** What became of packets, oldest first; and whoever wants to know of the next. */
  readonly flows: { list(): readonly Flow[]; watch(listener: (flow: Flow) => void): () => void };
  namespaces(): readonly NetNamespace[];
}

export function createNetwork(host: NetHost): Network {
  const flows = new Flows();
  let inode = 20_000;
  const core: NetCore = {
    host,
    flows,
    generation: 0,
    nextInode: () => {
      inode += 1;
      return host.inode?.() ?? inode;
    },
  };
  const namespaces: NetNamespace[] = [];
  let lastId = 0;
  const createNamespace = (): NetNamespace => {
    lastId += 1;
    const made = newNamespace(core, lastId);
    namespaces.push(made);
    return made;
  };
  const root = createNamespace();
  return {
    root,
    createNamespace,
    flows,
    destroy: (namespace) => {
      destroy(core, namespace);
      namespaces.splice(namespaces.indexOf(namespace) >>> 0, 1);
    },
    ops: (binding) => netOps(core, binding),
    cable: (a, b) => joinEnds(card(core, a), card(core, b)),
    proc: (namespace, file) => procFile(core.host, namespace, file),
    sysctl: setting,
    setSysctl: (namespace, name, value) => {
      changeSetting(namespace, name, value);
      core.generation += 1;
    },
    sysctls: settingNames,
    namespaces: () => namespaces,
  };
}

const card = (core: NetCore, { namespace, name, mac }: CableEnd): Link => makeLink(core, namespace, { name, kind: 'ethernet', mac });

function newNamespace(core: NetCore, id: number): NetNamespace {
  const changed = (): void => {
    core.generation += 1;
  };
  const made = new NetNamespace({
    id,
    rules: new RuleTables(changed),
    conntrack: new Conntrack(core.host),
    ipvs: new VirtualServers(changed),
    sockets: new SocketTable(),
    settings: new Map(),
  });
  makeLink(core, made, { name: 'lo', kind: 'loopback', mac: '00:00:00:00:00:00' });
  return made;
}

function destroy(core: NetCore, namespace: NetNamespace): void {
  namespace.isGone = true;
  for (const link of namespace.links()) removeLink(core, link);
}
