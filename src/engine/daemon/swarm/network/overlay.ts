/**
 * Overlay networks on this host: each has a namespace of its own with a bridge in it, into which the containers' ends are plugged. The
 * host itself is not on it. Between hosts frames would travel in UDP (VXLAN): with one host there is nobody to send them to.
 * Upstream: libnetwork/drivers/overlay.
 */
import type { NamespaceRef, Sys } from '../../../kernel/sys.ts';
import { formatIp } from '../../networks/ip.ts';
import { mtuOf, type Network, type Networks, type OverlayDriver } from '../../networks/store.ts';

const BRIDGE = 'br0';

export class Overlay implements OverlayDriver {
  readonly #sys: Sys;
  readonly #networks: Networks;
  readonly #namespaces = new Map<string, NamespaceRef>();

  constructor(sys: Sys, networks: Networks) {
    this.#sys = sys;
    this.#networks = networks;
  }

  open(network: Network): void {
    const namespace = this.#sys.ns.create('net');
    const inside = this.#sys.net.link.in(namespace).link;
    this.#namespaces.set(network.id, namespace);
    inside.set('lo', { up: true });
    inside.add({ name: BRIDGE, kind: 'bridge', mtu: mtuOf(network) });
    for (const pool of this.#networks.pools(network))
      inside.addAddress(BRIDGE, { ip: formatIp(pool.gateway), prefixLength: pool.subnet.prefixLength });
    inside.set(BRIDGE, { up: true });
  }

  close({ id }: Network): void {
    const namespace = this.#namespaces.get(id);
    if (namespace) this.#sys.ns.release(namespace);
    this.#namespaces.delete(id);
  }

  plug({ id }: Network, link: string): void {
    const namespace = this.#namespaces.get(id);
    if (!namespace) return;
    this.#sys.net.link.set(link, { namespace });
    this.#sys.net.link.in(namespace).link.set(link, { master: BRIDGE, up: true });
  }
}
