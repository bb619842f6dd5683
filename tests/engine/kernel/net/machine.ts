/** A host with a network and processes that are nothing but their bindings; time moves when a test says so. */
import { Errno } from '../../../../src/engine/kernel/errno.ts';
import { type Binding, createNetwork, type NetNamespace, type Network } from '../../../../src/engine/kernel/net/index.ts';
import type { NetOps, SocketAddress } from '../../../../src/engine/kernel/net/types.ts';
import type { OpenFile } from '../../../../src/engine/kernel/open-file.ts';
import type { NamespaceRef } from '../../../../src/engine/kernel/sys.ts';

export interface Process {
  readonly net: NetOps;
  file(fd: number): OpenFile;
  close(fd: number): void;
}

export interface ProcessOptions {
  readonly capabilities?: readonly string[];
  readonly program?: string;
  readonly pid?: number;
}

export class World {
  nowNs = 1_000_000_000n;
  readonly network: Network;
  readonly #timers: { at: bigint; callback: () => void }[] = [];
  readonly #unix = new Map<string, object>();
  #state = 7;
  #pid = 100;

  constructor() {
    this.network = createNetwork({
      nowNs: () => this.nowNs,
      bytes: (count) => Uint8Array.from({ length: count }, () => this.#byte()),
      span: () => 1,
      after: (delayNs, callback) => void this.#timers.push({ at: this.nowNs + BigInt(Math.round(delayNs)), callback }),
    });
  }

  #byte(): number {
    this.#state = (Math.imul(this.#state, 1103515245) + 12345) & 0x7fffffff;
    return (this.#state >> 16) & 0xff;
  }

  /** Lets time pass, timers in order. */
  pass(ms: number): void {
    const end = this.nowNs + BigInt(Math.round(ms * 1e6));
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))[0];
      if (next === undefined) break;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.nowNs = next.at > this.nowNs ? next.at : this.nowNs;
      next.callback();
    }
    this.nowNs = end;
  }

  process(
    namespace: NetNamespace = this.network.root,
    { capabilities = ['CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_NET_BIND_SERVICE'], program = 'test', pid }: ProcessOptions = {},
  ): Process {
    const files: (OpenFile | undefined)[] = [];
    if (pid === undefined) this.#pid += 1;
    const mine = pid ?? this.#pid;
    const binding: Binding = {
      namespace: () => namespace,
      install: (file) => files.push(file) - 1,
      file: (fd) => {
        const file = files[fd];
        if (file === undefined) throw new Errno('EBADF');
        return file;
      },
      credentials: () => ({ uid: 0, gid: 0, euid: 0, egid: 0, groups: [], capabilities: new Set(capabilities) }),
      pid: () => mine,
      program: () => program,
      span: () => 1,
      bindUnix: (path, socket) => {
        if (this.#unix.has(path)) throw new Errno('EADDRINUSE');
        this.#unix.set(path, socket);
      },
      unixAt: (path) => {
        const found = this.#unix.get(path);
        if (found === undefined) throw new Errno('ENOENT');
        return found;
      },
      resolve: (ref) => this.resolve(ref),
    };
    return {
      net: this.network.ops(binding),
      file: (fd) => binding.file(fd),
      close: (fd) => {
        binding.file(fd).close();
        files[fd] = undefined;
      },
    };
  }

  ref(namespace: NetNamespace): NamespaceRef {
    return { kind: 'net', inode: namespace.id };
  }

  resolve(ref: NamespaceRef): NetNamespace {
    const found = this.network.namespaces().find(({ id }) => id === ref.inode);
    if (found === undefined) throw new Errno('EINVAL');
    return found;
  }
}

interface Connectable {
  connect(address: SocketAddress): unknown;
  accept(): OpenFile | 'again';
}
export const socketFile = (file: OpenFile): OpenFile & Connectable => file as OpenFile & Connectable;

/** connect(2), as the kernel's loop does it. Returns the descriptor. */
export function dial(world: World, from: Process, to: { ip: string; port: number }): number {
  const family = to.ip.includes(':') ? 'inet6' : 'inet';
  const fd = from.net.socket(family, 'stream');
  const file = socketFile(from.file(fd));
  for (let waited = 0; waited < 200_000; waited += 100) {
    if (file.connect({ family, ...to }) !== 'again') return fd;
    world.pass(100);
  }
  throw new Error('never connected');
}

export function serve(process: Process, port: number, ip = '0.0.0.0'): number {
  const family = ip.includes(':') ? 'inet6' : 'inet';
  const fd = process.net.socket(family, 'stream');
  process.net.bind(fd, { family, ip, port });
  process.net.listen(fd);
  return fd;
}

export const text = (bytes: Uint8Array | 'again'): string => (bytes === 'again' ? 'again' : new TextDecoder().decode(bytes));
export const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The host of the book: eth0 to a router, docker0, Docker's chains. */
export function dockerHost(): { world: World; host: Process; router: Process; routerNamespace: NetNamespace } {
  const world = new World();
  const { network } = world;
  const routerNamespace = network.createNamespace();
  network.cable({ namespace: network.root, name: 'eth0', mac: '02:00:00:00:50:10' }, { namespace: routerNamespace, name: 'lan' });
  const host = world.process();
  const router = world.process(routerNamespace);
  router.net.link.set('lo', { up: true });
  router.net.link.set('lan', { up: true });
  router.net.link.addAddress('lan', { ip: '192.168.50.1', prefixLength: 24 });
  const { link, rules } = host.net;
  link.set('lo', { up: true });
  link.set('eth0', { up: true });
  link.addAddress('eth0', { ip: '192.168.50.10', prefixLength: 24 });
  link.addRoute({ destination: 'default', via: '192.168.50.1', device: 'eth0' });
  link.add({ name: 'docker0', kind: 'bridge' });
  link.addAddress('docker0', { ip: '172.17.0.1', prefixLength: 16 });
  link.set('docker0', { up: true });
  network.setSysctl(network.root, 'net.ipv4.ip_forward', '1');
  dockerRules(rules);
  return { world, host, router, routerNamespace };
}

const words = (line: string): string[] => line.split(' ');

function dockerRules(rules: NetOps['rules']): void {
  rules.policy('filter', 'FORWARD', 'DROP');
  for (const chain of ['DOCKER-USER', 'DOCKER-FORWARD', 'DOCKER-CT', 'DOCKER-INTERNAL', 'DOCKER-BRIDGE', 'DOCKER'])
    rules.newChain('filter', chain);
  for (const line of [
    'FORWARD -j DOCKER-USER',
    'FORWARD -j DOCKER-FORWARD',
    'DOCKER ! -i docker0 -o docker0 -j DROP',
    'DOCKER-BRIDGE -o docker0 -j DOCKER',
    'DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
    'DOCKER-FORWARD -j DOCKER-CT',
    'DOCKER-FORWARD -j DOCKER-INTERNAL',
    'DOCKER-FORWARD -j DOCKER-BRIDGE',
    'DOCKER-FORWARD -i docker0 -j ACCEPT',
  ])
    append(rules, 'filter', line);
  rules.newChain('nat', 'DOCKER');
  for (const line of [
    'PREROUTING -m addrtype --dst-type LOCAL -j DOCKER',
    'OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER',
    'POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
  ])
    append(rules, 'nat', line);
}

export function append(rules: NetOps['rules'], table: 'filter' | 'nat' | 'raw' | 'mangle', line: string): void {
  const [chain = '', ...spec] = words(line);
  rules.append(table, chain, spec);
}

/** A container's namespace, plugged into docker0, with a process in it. */
export function container(world: World, host: Process, last: number): Process & { readonly namespace: NetNamespace } {
  const namespace = world.network.createNamespace();
  const name = `veth${last}`;
  host.net.link.add({ name, kind: 'veth', peer: { name: 'eth0', namespace: world.ref(namespace) } });
  host.net.link.set(name, { master: 'docker0', up: true });
  const inside = world.process(namespace);
  inside.net.link.set('lo', { up: true });
  inside.net.link.addAddress('eth0', { ip: `172.17.0.${last}`, prefixLength: 16, broadcast: '172.17.255.255' });
  inside.net.link.set('eth0', { up: true });
  inside.net.link.addRoute({ destination: 'default', via: '172.17.0.1', device: 'eth0' });
  return { ...inside, namespace };
}

/** As `-p PORT:80` of a container. */
export function publish(host: Process, port: number, last: number): void {
  const { rules } = host.net;
  rules.append('nat', 'DOCKER', words(`! -i docker0 -p tcp -m tcp --dport ${port} -j DNAT --to-destination 172.17.0.${last}:80`));
  rules.insert('filter', 'DOCKER', words(`-d 172.17.0.${last}/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT`));
  rules.append('raw', 'PREROUTING', words(`-d 172.17.0.${last}/32 ! -i docker0 -j DROP`));
}
