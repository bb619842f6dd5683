/** sysfs, as far as programs in containers look: the directories of every Linux, and which network links there are. */
import type { VfsHost } from './host.ts';
import { folder, symlink, text, type VirtualDirectory, VirtualFs } from './virtual.ts';

export function sysfs(host: VfsHost, dev: number): VirtualFs {
  return new VirtualFs({
    type: 'sysfs',
    dev,
    stamps: host,
    root: folder({
      block: folder({}),
      bus: folder({}),
      class: folder({ net: links(host) }),
      dev: folder({ block: folder({}), char: folder({}) }),
      devices: folder({ system: folder({ cpu: cpus(host) }), virtual: folder({ net: linkFolders(host) }) }),
      firmware: folder({}),
      fs: folder({ cgroup: folder({}, 0o755) }, 0o755),
      hypervisor: folder({}),
      kernel: folder({ mm: folder({ transparent_hugepage: folder({ enabled: text(() => 'always [madvise] never\n') }) }) }),
      module: folder({}),
      power: folder({}),
    }),
  });
}

/** The links of whoever looks, by the only list of them that the network shows. */
const linkNames = (host: VfsHost): readonly string[] =>
  (host.proc.net('dev') ?? '')
    .split('\n')
    .slice(2)
    .flatMap((line) => (line.includes(':') ? [(line.split(':', 1)[0] ?? '').trim()] : []));

function links(host: VfsHost): VirtualDirectory {
  return {
    type: 'directory',
    mode: 0o755,
    names: () => linkNames(host),
    entry: (name) => (linkNames(host).includes(name) ? symlink(() => `../../devices/virtual/net/${name}`) : undefined),
  };
}

const LINK_ATTRIBUTES = ['addr_len', 'address', 'broadcast', 'carrier', 'ifindex', 'iflink', 'mtu', 'operstate', 'type'] as const;

function linkFolders(host: VfsHost): VirtualDirectory {
  const ports = (name: string): string | undefined => host.proc.net(`link/${name}/brif`);
  const attributes = (name: string): VirtualDirectory =>
    folder(
      {
        ...Object.fromEntries(
          LINK_ATTRIBUTES.map((attribute) => [attribute, text(() => host.proc.net(`link/${name}/${attribute}`) ?? '')]),
        ),
        ...(ports(name) !== undefined && { bridge: folder(BRIDGE_ATTRIBUTES, 0o755), brif: portFolder(() => ports(name) ?? '') }),
      },
      0o755,
    );
  return {
    type: 'directory',
    mode: 0o755,
    names: () => linkNames(host),
    entry: (name) => (linkNames(host).includes(name) ? attributes(name) : undefined),
  };
}

/** What the kernel gives a bridge: no spanning tree, times in hundredths of a second. */
const BRIDGE_ATTRIBUTES = Object.fromEntries(
  Object.entries({
    ageing_time: 30_000,
    forward_delay: 1500,
    hello_time: 200,
    max_age: 2000,
    priority: 32_768,
    stp_state: 0,
    vlan_filtering: 0,
  }).map(([name, value]) => [name, text(() => `${value}\n`, 0o644)]),
);

function portFolder(list: () => string): VirtualDirectory {
  const names = (): readonly string[] =>
    list()
      .split('\n')
      .filter((name) => name !== '');
  return {
    type: 'directory',
    mode: 0o755,
    names,
    entry: (name) => (names().includes(name) ? symlink(() => `../../${name}/brport`) : undefined),
  };
}

function cpus(host: VfsHost): VirtualDirectory {
  const range = (): string => (host.proc.cpus === 1 ? '0\n' : `0-${host.proc.cpus - 1}\n`);
  return folder({ online: text(range), possible: text(range), present: text(range) }, 0o755);
}
