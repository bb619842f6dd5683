/** The kinds of file system that mount(2) knows, and how the words of its last argument are read. */

import { Errno } from '../errno.ts';
import { cgroupFs } from './cgroupfs.ts';
import { makedev } from './device-number.ts';
import { devpts } from './devpts.ts';
import type { VfsHost } from './host.ts';
import { MemoryFs } from './memory.ts';
import type { FileSystem, Node } from './node.ts';
import { OverlayFs } from './overlay/overlay.ts';
import { procfs } from './proc/procfs.ts';
import { sysfs } from './sysfs.ts';
import type { MountRequest } from './types.ts';
import type { FsView } from './view.ts';
import { folder, VirtualFs } from './virtual.ts';
import { find } from './walk.ts';

const GIB = 1024 ** 3;
const DISK_BYTES = 40 * GIB;
/** 254:1, a virtual machine's first partition. */
const DISK_DEVICE = makedev(254, 1);
export const DISK_SOURCE = '/dev/vda1';
const FIRST_ANONYMOUS_DEVICE = 20;
const FIRST_MOUNT_ID = 20;
const MAX_OVERLAY_LAYERS = 500;

export class FileSystems {
  readonly #host: VfsHost;
  readonly disk: MemoryFs;
  #lastDevice = FIRST_ANONYMOUS_DEVICE;
  #lastMount = FIRST_MOUNT_ID;
  #sysfs: FileSystem | undefined;

  constructor(host: VfsHost) {
    this.#host = host;
    this.disk = new MemoryFs({ type: 'ext4', dev: DISK_DEVICE, stamps: host, totalBytes: DISK_BYTES });
  }

  nextMountId(): number {
    this.#lastMount += 1;
    return this.#lastMount;
  }

  #nextDevice(): number {
    this.#lastDevice += 1;
    return this.#lastDevice;
  }

  /** A new instance, or the one that there is of a kind with one only. */
  create(view: FsView, request: MountRequest): FileSystem {
    const host = this.#host;
    switch (request.type) {
      case 'tmpfs':
        return this.#tmpfs(request);
      case 'overlay':
        return this.#overlay(view, request);
      case 'proc':
        return procfs(host, { dev: this.#nextDevice(), pidNamespace: host.pidNamespace() });
      case 'cgroup':
      case 'cgroup2':
        return this.#cgroups(request.type, request);
      case 'sysfs':
        this.#sysfs ??= sysfs(host, this.#nextDevice());
        return this.#sysfs;
      case 'devpts':
        return devpts(host, { dev: this.#nextDevice(), options: words(request.data) });
      case 'mqueue':
        return new VirtualFs({ type: 'mqueue', dev: this.#nextDevice(), stamps: host, root: folder({}, 0o1777) });
      case 'ext4':
        if (request.source === DISK_SOURCE) return this.disk;
        throw new Errno('ENOENT', request.source);
      case 'none':
        throw new Errno('ENODEV', request.target);
    }
  }

  #cgroups(type: 'cgroup' | 'cgroup2', { data }: MountRequest): FileSystem {
    const host = this.#host;
    const tree = host.cgroups(type, host.cgroupNamespace());
    if (tree === undefined) throw new Errno('ENODEV');
    return cgroupFs(host, { type, dev: this.#nextDevice(), tree, options: words(data) });
  }

  #tmpfs({ data }: MountRequest): FileSystem {
    const given = keyed(data);
    const half = (this.#host.memoryBytes ?? 4 * GIB) / 2;
    const size = given.get('size');
    const mode = given.has('mode') ? Number.parseInt(given.get('mode') ?? '', 8) : 0o1777;
    if (Number.isNaN(mode)) throw new Errno('EINVAL');
    const [uid, gid] = [Number(given.get('uid') ?? 0), Number(given.get('gid') ?? 0)];
    const totalBytes = size === undefined ? half : sizeOf(size, 2 * half);
    const options = [
      ...(size === undefined ? [] : [`size=${Math.ceil(totalBytes / 1024)}k`]),
      ...(given.has('nr_inodes') ? [`nr_inodes=${given.get('nr_inodes')}`] : []),
      ...(mode === 0o1777 ? [] : [`mode=${mode.toString(8)}`]),
      ...(uid === 0 ? [] : [`uid=${uid}`]),
      ...(gid === 0 ? [] : [`gid=${gid}`]),
    ];
    return new MemoryFs({
      type: 'tmpfs',
      dev: this.#nextDevice(),
      stamps: this.#host,
      totalBytes: totalBytes || half,
      ...(given.has('nr_inodes') && { totalInodes: Number(given.get('nr_inodes')) }),
      options,
      charge: this.#host.fileCharges?.(),
      root: { mode, uid, gid },
    });
  }

  #overlay(view: FsView, { data = '' }: MountRequest): FileSystem {
    const given = keyed(data);
    const lowers = splitLayers(given.get('lowerdir') ?? '').map((path) => directory(view, path));
    if (lowers.length === 0 || lowers.length > MAX_OVERLAY_LAYERS) throw new Errno('EINVAL');
    const [upper, work] = [given.get('upperdir'), given.get('workdir')];
    if (upper === undefined) return new OverlayFs({ dev: this.#nextDevice(), lowers, upper: undefined, options: words(data) });
    if (work === undefined) throw new Errno('EINVAL');
    const [upperNode, workNode] = [directory(view, upper), directory(view, work)];
    if (upperNode.fs !== workNode.fs || upperNode === workNode || upperNode.fs.type === 'overlay') throw new Errno('EINVAL');
    if (workNode.lookup('work') === undefined) workNode.create('work', { type: 'directory', mode: 0, uid: 0, gid: 0 });
    return new OverlayFs({ dev: this.#nextDevice(), lowers, upper: upperNode, options: words(data) });
  }
}

/** Layers are divided by colons; one in a name is written `\:`. */
function splitLayers(text: string): readonly string[] {
  return (text.match(/(?:\\.|[^:\\])+/g) ?? []).map((path) => path.replace(/\\(.)/g, '$1'));
}

function directory(view: FsView, path: string): Node {
  const { node } = find(view, path);
  if (node.type !== 'directory') throw new Errno('ENOTDIR', path);
  return node;
}

const words = (data = ''): readonly string[] => data.split(',').filter((word) => word !== '');

function keyed(data = ''): ReadonlyMap<string, string> {
  return new Map(words(data).map((word) => [word.split('=', 1)[0] ?? '', word.includes('=') ? word.slice(word.indexOf('=') + 1) : '']));
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

function sizeOf(text: string, memoryBytes: number): number {
  const match = /^(\d+)([kmgt%]?)$/i.exec(text);
  if (match === null) throw new Errno('EINVAL');
  const amount = Number(match[1]);
  return match[2] === '%' ? Math.floor((memoryBytes * amount) / 100) : amount * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1);
}
