/** What the kernel's log says of a bridge's ports. Upstream: net/bridge/br_stp.c, br_if.c. */
import type { Link } from './link.ts';
import type { NetCore } from './sockets/socket.ts';

export interface BridgePort {
  readonly bridge: Link;
  readonly number: number;
  isForwarding: boolean;
}

/** A port has the lowest number that is free. */
function numberFor(bridge: Link, link: Link): number {
  const taken = new Set(bridge.ports.filter((port) => port !== link).map(({ port }) => port?.number));
  for (let number = 1; ; number++) if (!taken.has(number)) return number;
}

const nameOf = (link: Link, { bridge, number }: BridgePort): string => `${bridge.name}: port ${number}(${link.name})`;

/** Says what has changed since it was last asked: a link is a port now, forwards, or does so no longer. */
export function notePort({ host }: NetCore, link: Link): void {
  const say = (text: string): void => host.log?.(text);
  const { master, port } = link;
  if (port !== undefined && port.bridge !== master) {
    say(`${nameOf(link, port)} entered disabled state`);
    for (const mode of ['allmulticast', 'promiscuous']) say(`${link.name}: left ${mode} mode`);
    link.port = undefined;
  }
  if (master === null) return;
  if (link.port === undefined) {
    link.port = { bridge: master, number: numberFor(master, link), isForwarding: false };
    for (const state of ['blocking', 'disabled']) say(`${nameOf(link, link.port)} entered ${state} state`);
    for (const mode of ['allmulticast', 'promiscuous']) say(`${link.name}: entered ${mode} mode`);
  }
  const isForwarding = link.carrier && master.up;
  if (isForwarding === link.port.isForwarding) return;
  link.port.isForwarding = isForwarding;
  for (const state of isForwarding ? ['blocking', 'forwarding'] : ['disabled']) say(`${nameOf(link, link.port)} entered ${state} state`);
}

/** Of the link, of the other end of its cable, and of its ports. */
export function noteChange(core: NetCore, link: Link): void {
  for (const one of [link, link.peer, ...(link.kind === 'bridge' ? link.ports : [])]) if (one) notePort(core, one);
}
