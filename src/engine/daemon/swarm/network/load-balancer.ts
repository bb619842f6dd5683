/**
 * The load balancer of a network on this host: a namespace that answers to the virtual addresses of services. What arrives there for one
 * gets a mark, and the kernel's virtual servers send it on to the tasks in turn. Upstream: libnetwork/service_linux.go.
 */
import type { Sys } from '../../../kernel/sys.ts';
import { formatSubnet } from '../../networks/ip.ts';
import { closeSandbox, type Endpoint, join, leave, openSandbox, type Sandbox } from '../../networks/sandbox.ts';
import type { Network, Networks } from '../../networks/store.ts';
import { forgetNamespace, KEYS } from './stale.ts';

const FIRST_MARK = 256;
const ID_LENGTH = 9;
const words = (text: string): readonly string[] => text.split(' ');

export interface Port {
  readonly protocol: string;
  readonly targetPort: number;
  readonly publishedPort: number;
}

interface Balanced {
  readonly mark: number;
  readonly vip: string;
  readonly ports: readonly Port[];
  readonly servers: Set<string>;
}

/** Marks are counted for the whole engine. */
export interface Marks {
  next: number;
}
export const newMarks = (): Marks => ({ next: FIRST_MARK });

export class LoadBalancer {
  readonly #sys: Sys;
  readonly #networks: Networks;
  readonly network: Network;
  readonly sandbox: Sandbox;
  readonly endpoint: Endpoint;
  readonly #marks: Marks;
  readonly #services = new Map<string, Balanced>();

  /** Takes its place in the network, with the address that the swarm gave this node there. Throws DockerError. */
  constructor(
    sys: Sys,
    networks: Networks,
    { network, ip, marks }: { readonly network: Network; readonly ip: string; readonly marks: Marks },
  ) {
    this.#sys = sys;
    this.#networks = networks;
    this.network = network;
    this.#marks = marks;
    const key = `${KEYS}/${network.ingress ? 'ingress_sbox' : `lb_${network.id.slice(0, ID_LENGTH)}`}`;
    forgetNamespace(sys, key);
    this.sandbox = openSandbox(sys, key);
    this.endpoint = { network: network.name, networkId: network.id, wanted: {}, active: null, assigned: ip };
    join(sys, networks, { sandbox: this.sandbox, network, endpoint: this.endpoint, container: this.sandboxName });
    this.#inside().link.set('lo', { settings: [['net.ipv4.ip_forward', '1']] });
    for (const { subnet } of networks.pools(network))
      this.#inside().rules.append('nat', 'POSTROUTING', words(`-d ${formatSubnet(subnet)} -m ipvs --ipvs -j SNAT --to-source ${ip}`));
  }

  get sandboxName(): string {
    return this.network.ingress ? `${this.network.name}-sbox` : `lb-${this.network.name}`;
  }

  get endpointName(): string {
    return `${this.network.name}-endpoint`;
  }

  #inside() {
    return this.#sys.net.link.in(this.sandbox.namespace);
  }

  /** The ports of a service that nobody had before; undefined: the service was there already. */
  add(
    service: string,
    { vip, ip, ports }: { readonly vip: string; readonly ip: string; readonly ports: readonly Port[] },
  ): readonly Port[] | undefined {
    const known = this.#services.get(service);
    const balanced = known ?? this.#open(service, vip, ports);
    balanced.servers.add(ip);
    this.#inside().ipvs.setServer(balanced.mark, { ip, weight: 1 });
    return known ? undefined : ports;
  }

  #open(service: string, vip: string, ports: readonly Port[]): Balanced {
    const mark = this.#marks.next;
    this.#marks.next += 1;
    const inside = this.#inside();
    const link = this.endpoint.active?.innerLink ?? 'eth0';
    inside.link.addAddress(link, { ip: vip, prefixLength: 32 });
    for (const rule of rulesOf({ mark, vip, ports })) inside.rules.append('mangle', rule.chain, words(rule.spec));
    inside.ipvs.addService(mark);
    const balanced: Balanced = { mark, vip, ports, servers: new Set() };
    this.#services.set(service, balanced);
    return balanced;
  }

  /** The ports that are nobody's any more; undefined: the service has other tasks here. */
  remove(service: string, ip: string): readonly Port[] | undefined {
    const balanced = this.#services.get(service);
    if (!balanced?.servers.delete(ip)) return undefined;
    const { mark, vip, ports, servers } = balanced;
    const inside = this.#inside();
    inside.ipvs.deleteServer(mark, ip);
    if (servers.size > 0) return undefined;
    this.#services.delete(service);
    inside.ipvs.deleteService(mark);
    for (const rule of rulesOf({ mark, vip, ports })) inside.rules.remove('mangle', rule.chain, words(rule.spec));
    inside.link.deleteAddress(this.endpoint.active?.innerLink ?? 'eth0', { ip: vip, prefixLength: 32 });
    return ports;
  }

  close(): void {
    leave(this.#sys, this.#networks, { network: this.network, endpoint: this.endpoint, sandbox: this.sandbox });
    closeSandbox(this.#sys, this.sandbox);
  }
}

function rulesOf({
  mark,
  vip,
  ports,
}: Pick<Balanced, 'mark' | 'vip' | 'ports'>): readonly { readonly chain: string; readonly spec: string }[] {
  return [
    ...ports.map(({ protocol, publishedPort }) => ({
      chain: 'PREROUTING',
      spec: `-p ${protocol} --dport ${publishedPort} -j MARK --set-mark ${mark}`,
    })),
    { chain: 'INPUT', spec: `-d ${vip}/32 -j MARK --set-mark ${mark}` },
  ];
}
