/**
 * The network around the host: its own card, a switch with a router on it, and behind the router the internet, each in a namespace of its
 * own. In the world of the recordings the router stands for the internet itself.
 */
import type { NetOps } from '../../kernel/net/types.ts';
import type { NamespaceRef, Sys } from '../../kernel/sys.ts';
import { HOST_IP, ROUTER_IP, SECOND_IP } from './host-files.ts';

const PREFIX = 24;
const BROADCAST = '192.168.50.255';
const HOST_MAC = '52:54:00:32:00:0a';
const SECOND_MAC = '52:54:00:32:00:0b';
const ROUTER_MAC = '52:54:00:32:00:01';
const LAN = '192.168.50.0/24';
/** The router's address outside, and that of the provider's end of its line. */
const WAN_IP = '198.51.100.2';
const PROVIDER_IP = '198.51.100.1';
const PLUG_MAC = '52:54:00:32:01:';

export interface Surroundings {
  /** Where the sites of the internet are. */
  readonly outside: NamespaceRef;
  readonly router: NamespaceRef;
}

/** Makes eth0 and the router behind it: all there is in the world of the recordings. */
export function makeNetwork(sys: Sys): Surroundings {
  const { link } = sys.net;
  const router = sys.ns.create('net');
  link.set('lo', { up: true });
  link.add({ name: 'eth0', kind: 'ethernet', mac: HOST_MAC, peer: { name: 'lan0', namespace: router, mac: ROUTER_MAC } });
  link.addAddress('eth0', { ip: HOST_IP, prefixLength: PREFIX, broadcast: BROADCAST });
  link.set('eth0', { up: true });
  const inside = link.in(router).link;
  inside.set('lo', { up: true });
  inside.addAddress('lan0', { ip: ROUTER_IP, prefixLength: PREFIX, broadcast: BROADCAST });
  inside.set('lan0', { up: true });
  link.addRoute({ destination: 'default', via: ROUTER_IP, device: 'eth0' });
  return { outside: router, router };
}

/** The same with a switch that others can be plugged into, and a line to an internet where the sites have addresses. */
export function makeWorld(sys: Sys, sites: readonly string[]): Surroundings {
  const { link } = sys.net;
  const [router, outside] = [sys.ns.create('net'), sys.ns.create('net')];
  link.set('lo', { up: true });
  link.add({ name: 'eth0', kind: 'ethernet', mac: HOST_MAC, peer: { name: 'port1', namespace: router, mac: `${PLUG_MAC}01` } });
  link.addAddress('eth0', { ip: HOST_IP, prefixLength: PREFIX, broadcast: BROADCAST });
  link.set('eth0', { up: true });
  link.addRoute({ destination: 'default', via: ROUTER_IP, device: 'eth0' });
  makeRouter(sys.net.at(router), outside);
  makeInternet(sys.net.at(outside).link, sites);
  letForward(sys, router);
  return { outside, router };
}

/** The card of the second computer, plugged into the router's switch. */
export function plugSecond(sys: Sys, router: NamespaceRef): NamespaceRef {
  const second = sys.ns.create('net');
  const { link } = sys.net.at(second);
  link.set('lo', { up: true });
  link.add({ name: 'eth0', kind: 'ethernet', mac: SECOND_MAC, peer: { name: 'port2', namespace: router, mac: `${PLUG_MAC}02` } });
  link.addAddress('eth0', { ip: SECOND_IP, prefixLength: PREFIX, broadcast: BROADCAST });
  link.set('eth0', { up: true });
  link.addRoute({ destination: 'default', via: ROUTER_IP, device: 'eth0' });
  sys.net.at(router).link.set('port2', { master: 'lan', up: true });
  return second;
}

function makeRouter({ link, rules }: NetOps, outside: NamespaceRef): void {
  link.set('lo', { up: true });
  link.add({ name: 'lan', kind: 'bridge', mac: ROUTER_MAC });
  link.set('port1', { master: 'lan', up: true });
  link.addAddress('lan', { ip: ROUTER_IP, prefixLength: PREFIX, broadcast: BROADCAST });
  link.set('lan', { up: true });
  link.add({ name: 'wan', kind: 'ethernet', mac: `${PLUG_MAC}fe`, peer: { name: 'line', namespace: outside, mac: `${PLUG_MAC}ff` } });
  link.addAddress('wan', { ip: WAN_IP, prefixLength: 30 });
  link.set('wan', { up: true });
  link.addRoute({ destination: 'default', via: PROVIDER_IP, device: 'wan' });
  rules.append('nat', 'POSTROUTING', ['-s', LAN, '-o', 'wan', '-j', 'MASQUERADE']);
}

/** As `sysctl -w net.ipv4.ip_forward=1` on the router, in a /proc that only this process sees. */
function letForward(sys: Sys, router: NamespaceRef): void {
  sys.fork(
    async (process) => {
      process.ns.unshare(['mnt']);
      process.path.mount({ type: 'proc', source: 'proc', target: '/proc' });
      process.path.writeFile('/proc/sys/net/ipv4/ip_forward', new TextEncoder().encode('1'));
      return 0;
    },
    { join: [router], argv: ['sysctl'], fds: new Map() },
  );
}

function makeInternet(link: NetOps['link'], sites: readonly string[]): void {
  link.set('lo', { up: true });
  link.addAddress('line', { ip: PROVIDER_IP, prefixLength: 30 });
  link.set('line', { up: true });
  for (const ip of sites) link.addAddress('line', { ip, prefixLength: 32 });
}
