/** The network around the host: its own card, and a router that stands for the internet in a namespace of its own. */
import type { NamespaceRef, Sys } from '../../kernel/sys.ts';
import { HOST_IP, ROUTER_IP } from './host-files.ts';

const PREFIX = 24;
const BROADCAST = '192.168.50.255';
const HOST_MAC = '52:54:00:32:00:0a';
const ROUTER_MAC = '52:54:00:32:00:01';

/** Makes eth0 and the router behind it; returns the router's namespace. */
export function makeNetwork(sys: Sys): NamespaceRef {
  const { link } = sys.net;
  const outside = sys.ns.create('net');
  link.set('lo', { up: true });
  link.add({ name: 'eth0', kind: 'ethernet', mac: HOST_MAC, peer: { name: 'lan0', namespace: outside, mac: ROUTER_MAC } });
  link.addAddress('eth0', { ip: HOST_IP, prefixLength: PREFIX, broadcast: BROADCAST });
  link.set('eth0', { up: true });
  const router = link.in(outside).link;
  router.set('lo', { up: true });
  router.addAddress('lan0', { ip: ROUTER_IP, prefixLength: PREFIX, broadcast: BROADCAST });
  router.set('lan0', { up: true });
  link.addRoute({ destination: 'default', via: ROUTER_IP, device: 'eth0' });
  return outside;
}
