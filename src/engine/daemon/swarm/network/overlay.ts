/**
 * Overlay networks on this host: each has a namespace of its own with a bridge in it, into which the containers' ends are plugged. The
 * host itself is not on it. A VXLAN at the bridge leads to the other hosts: it is told where each of the others' endpoints is, and answers
 * for their addresses. Upstream: libnetwork/drivers/overlay.
 */
import type { LinkModule } from '../../../kernel/net/types.ts';
import type { NamespaceRef, Sys } from '../../../kernel/sys.ts';
import { digestOf } from '../../../oci/digest.ts';
import { mkdirAll, writeText } from '../../files.ts';
import { formatIp } from '../../networks/ip.ts';
import { ignoring, mtuOf, type Network, type Networks, type OverlayDriver } from '../../networks/store.ts';
import { VXLAN_IDS } from '../allocator/allocator.ts';
import type { PeerRecord } from './records.ts';
import { forgetNamespace, KEYS } from './stale.ts';

const BRIDGE = 'br0';
const VXLAN = 'vxlan0';
const ID_LENGTH = 10;

interface Place {
  readonly namespace: NamespaceRef;
  /** The file by which it can be entered. */
  readonly key: string;
}

export class Overlay implements OverlayDriver {
  readonly #sys: Sys;
  readonly #networks: Networks;
  readonly #places = new Map<string, Place>();
  #vxlan: ((vni: number) => LinkModule) | undefined;

  constructor(sys: Sys, networks: Networks) {
    this.#sys = sys;
    this.#networks = networks;
  }

  /** Loads the kernel's module: before the first network. */
  async load(port: number): Promise<void> {
    if (this.#vxlan) return;
    const { vxlan } = await this.#sys.stall(() => import('../../../kernel/net/vxlan.ts'));
    this.#vxlan = (vni) => vxlan({ vni, port, proxy: true });
  }

  open(network: Network): void {
    const namespace = this.#sys.ns.create('net');
    const inside = this.#sys.net.link.in(namespace).link;
    const key = `${KEYS}/1-${network.id.slice(0, ID_LENGTH)}`;
    mkdirAll(this.#sys, KEYS);
    forgetNamespace(this.#sys, key);
    writeText(this.#sys, key, '', 0o444);
    this.#sys.path.mount({ type: 'none', bind: true, source: 'nsfs', namespace, target: key });
    this.#places.set(network.id, { namespace, key });
    inside.set('lo', { up: true });
    inside.add({ name: BRIDGE, kind: 'bridge', mtu: mtuOf(network) });
    for (const pool of this.#networks.pools(network))
      inside.addAddress(BRIDGE, { ip: formatIp(pool.gateway), prefixLength: pool.subnet.prefixLength });
    inside.set(BRIDGE, { up: true });
    this.#addTunnel(network, namespace);
  }

  #addTunnel(network: Network, namespace: NamespaceRef): void {
    const module = this.#vxlan?.(Number(network.options[VXLAN_IDS] ?? 0));
    if (!module) return;
    const mac = macOf(`${network.id} ${this.#sys.hostname()}`);
    this.#sys.net.link.add({ name: VXLAN, kind: 'vxlan', module, namespace, mac, mtu: mtuOf(network) });
    this.#inside(namespace).set(VXLAN, { master: BRIDGE, up: true });
  }

  #inside(namespace: NamespaceRef) {
    return this.#sys.net.link.in(namespace).link;
  }

  close({ id }: Network): void {
    const place = this.#places.get(id);
    if (!place) return;
    this.#places.delete(id);
    this.#sys.path.umount(place.key, { lazy: true });
    this.#sys.path.unlink(place.key);
    this.#sys.ns.release(place.namespace);
  }

  plug({ id }: Network, link: string): void {
    const place = this.#places.get(id);
    if (!place) return;
    this.#sys.net.link.set(link, { namespace: place.namespace });
    this.#inside(place.namespace).set(link, { master: BRIDGE, up: true });
  }

  /** Somebody is behind that host. */
  addPeer({ network, ip, mac }: PeerRecord, host: string): void {
    const place = this.#places.get(network);
    if (!place) return;
    const inside = this.#inside(place.namespace);
    inside.setNeighbour(VXLAN, ip, mac);
    inside.setForwarding(VXLAN, mac, host);
  }

  removePeer({ network, ip, mac }: PeerRecord): void {
    const place = this.#places.get(network);
    if (!place) return;
    ignoring('ENODEV', () => {
      const inside = this.#inside(place.namespace);
      inside.setNeighbour(VXLAN, ip);
      inside.setForwarding(VXLAN, mac);
    });
  }
}

/** Its own on each host, and the same whenever it is made anew. */
const macOf = (of: string): string => {
  const digits = digestOf(new TextEncoder().encode(of)).replace(/^sha256:/, '');
  return `02:${(digits.slice(0, 10).match(/../g) ?? []).join(':')}`;
};
