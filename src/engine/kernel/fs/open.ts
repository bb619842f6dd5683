/** open(2): from a path to an open file description, and what regular files, directories and computed files are when open. */
import { Errno } from '../errno.ts';
import type { Again, OpenFile, Readiness } from '../open-file.ts';
import { Pipe } from '../pipe.ts';
import { WaitQueue } from '../wait-queue.ts';
import type { VfsHost } from './host.ts';
import type { Location } from './mount.ts';
import { type Descriptor, type FileBody, isDevice, type Node } from './node.ts';
import { allows, demand, demandEntry, has, inherited, mustBeWritable, READ, WRITE, withoutPrivileges } from './permission.ts';
import type { OpenFlags, Stat } from './types.ts';
import { displayPath, type FsView } from './view.ts';
import { find, type Walked, walk } from './walk.ts';

export interface OpenRequest {
  readonly path: string;
  readonly flags: OpenFlags;
  readonly mode: number;
}

export type Opened = OpenFile | { readonly fifo: Pipe };

/** Opens a path. A fifo is handed back: its opener may have to wait for the other end. */
export function open(host: VfsHost, view: FsView, request: OpenRequest): Opened {
  const { flags, path } = request;
  const shared = flags.noFollow === true ? undefined : openDescriptor(host, view, request);
  if (shared !== undefined) return shared;
  const follow = flags.noFollow !== true && !(flags.create === true && flags.exclusive === true);
  const walked = walk(view, path, { follow });
  const { found } = walked;
  if (found === undefined) return openLocation(host, view, { location: create(view, walked, request), flags, isNew: true });
  if (flags.create === true && flags.exclusive === true) throw new Errno('EEXIST');
  if (found.node.type === 'symlink') throw new Errno('ELOOP');
  if (flags.directory === true && found.node.type !== 'directory') throw new Errno('ENOTDIR');
  if (found.node.type === 'directory' && flags.create === true) throw new Errno('EISDIR');
  return openLocation(host, view, { location: found, flags, isNew: false });
}

/** /proc/PID/fd/N of something without a path, or whose path is gone: another handle on the same thing. */
function openDescriptor(host: VfsHost, view: FsView, { path, flags }: OpenRequest): OpenFile | undefined {
  const place = descriptorPlace(view, path);
  const file = place === undefined ? undefined : host.descriptor(place.pidNamespace, place.pid, place.fd);
  if (file === undefined) return undefined;
  if (file.kind === 'regular' || file.kind === 'directory') return undefined;
  if (file.kind === 'socket') throw new Errno('ENXIO');
  return reopen(file, flags);
}

/** Which descriptor a path ends at, if it ends at a link of /proc/PID/fd. */
function descriptorPlace(view: FsView, path: string): Descriptor | undefined {
  let text = path;
  for (let links = 0; links < 8; links += 1) {
    const { found, directory } = walk(view, text, { follow: false });
    if (found?.node.type !== 'symlink') return undefined;
    const place = found.node.slot.descriptor;
    const target = found.node.readlink(view);
    if (place !== undefined) return place;
    text = target.startsWith('/') ? target : `${displayPath(view, directory)}/${target}`;
  }
  return undefined;
}

function reopen(file: OpenFile, flags: OpenFlags): OpenFile {
  return file.reopen?.(flags) ?? handle(file);
}

/** The same thing once more; closing it closes nothing. */
function handle(file: OpenFile): OpenFile {
  return {
    kind: file.kind,
    changed: file.changed,
    name: file.name,
    read: (maxBytes) => file.read(maxBytes),
    write: (bytes) => file.write(bytes),
    poll: () => file.poll(),
    stat: () => file.stat(),
    close: () => {},
  };
}

function create(view: FsView, { directory, name, wantsDirectory }: Walked, { flags, mode }: OpenRequest): Location {
  if (flags.create !== true) throw new Errno('ENOENT');
  if (wantsDirectory) throw new Errno('EISDIR');
  const who = view.credentials();
  demandEntry(who, directory);
  const owner = inherited(who, directory.node, { type: 'regular', mode: mode & ~view.umask & 0o7777 });
  const node = directory.node.create(name, { type: 'regular', ...owner });
  return { mount: directory.mount, node, directory: directory.node, name };
}

interface Opening {
  readonly location: Location;
  readonly flags: OpenFlags;
  readonly isNew: boolean;
}

function openLocation(host: VfsHost, view: FsView, opening: Opening): Opened {
  const { location, flags, isNew } = opening;
  const { node } = location;
  if (!isNew) demandAccess(view, location, flags);
  switch (node.type) {
    case 'regular':
      return openRegular(host, view, opening);
    case 'directory':
      return new OpenDirectory(location, displayPath(view, location));
    case 'fifo':
      return { fifo: pipeOf(node, displayPath(view, location)) };
    case 'char-device':
    case 'block-device':
      return openDevice(host, view, location);
    case 'socket':
      throw new Errno('ENXIO');
    case 'symlink':
      throw new Errno('ELOOP');
  }
}

function demandAccess(view: FsView, location: Location, flags: OpenFlags): void {
  const { node } = location;
  const who = view.credentials();
  const writes = flags.write === true || flags.append === true || flags.truncate === true;
  if (node.type === 'directory' && writes) throw new Errno('EISDIR');
  if (flags.read === true) demand(who, node, READ);
  if (!writes) return;
  // Cutting a file asks the mount first; else one's own rights come before it.
  if (node.type === 'regular' && flags.truncate === true) mustBeWritable(location);
  demand(who, node, WRITE);
  if (node.type === 'regular') mustBeWritable(location);
}

function openRegular(host: VfsHost, view: FsView, { location, flags, isNew }: Opening): OpenFile {
  const { node } = location;
  if (node.computed !== undefined) {
    node.computed.open?.(view);
    return new ComputedFile(location, view, displayPath(view, location));
  }
  const writes = flags.write === true || flags.append === true;
  const body = node.body(writes || flags.truncate === true);
  if (flags.truncate === true && !isNew && body.sizeBytes > 0) body.truncate(0);
  return new RegularFile({ location, flags, view, host });
}

export function pipeOf(node: Node, name: string): Pipe {
  node.slot.pipe ??= new Pipe({ name, stat: () => node.stat() });
  return node.slot.pipe;
}

const DEVPTS = '/dev/pts';

function openDevice(host: VfsHost, view: FsView, { mount, node }: Location): OpenFile {
  if (mount.flags.includes('nodev')) throw new Errno('EACCES');
  const file = node.type === 'char-device' ? host.devices(node.stat().rdev, devptsOf(view, node)) : undefined;
  if (file === undefined) throw new Errno('ENXIO');
  return file;
}

/** The devpts that a terminal's node lies in; else the one that the process sees. */
function devptsOf(view: FsView, node: Node): number {
  if (node.fs.type === 'devpts') return node.fs.dev;
  try {
    const { fs } = find(view, DEVPTS).node;
    return fs.type === 'devpts' ? fs.dev : 0;
  } catch {
    return 0;
  }
}

/** Reads or writes a device in one go, for whole-file calls. */
export function deviceAt(host: VfsHost, view: FsView, location: Location, want: number): OpenFile | undefined {
  if (!isDevice(location.node)) return undefined;
  demand(view.credentials(), location.node, want);
  return openDevice(host, view, location);
}

interface RegularParts {
  readonly location: Location;
  readonly flags: OpenFlags;
  readonly view: FsView;
  readonly host: VfsHost;
}

const ALWAYS: Readiness = { readable: true, writable: true, hangup: false };
const DAY_NS = 86_400_000_000_000n;

function seekTo({ offset, whence, at, end }: { offset: number; whence: 'set' | 'cur' | 'end'; at: number; end: number }): number {
  const target = offset + (whence === 'set' ? 0 : whence === 'cur' ? at : end);
  if (target < 0) throw new Errno('EINVAL');
  return target;
}

class RegularFile implements OpenFile {
  readonly kind = 'regular';
  readonly changed = new WaitQueue();
  readonly #parts: RegularParts;
  readonly #name: string;
  #offset = 0;

  constructor(parts: RegularParts) {
    this.#parts = parts;
    this.#name = displayPath(parts.view, parts.location);
    parts.location.mount.openFiles += 1;
  }

  get name(): string {
    return this.#name;
  }

  get #body(): FileBody {
    return this.#parts.location.node.body(false);
  }

  read(maxBytes: number): Uint8Array {
    const { flags, location, host } = this.#parts;
    if (flags.read !== true) throw new Errno('EBADF');
    const bytes = this.#body.read(this.#offset, maxBytes);
    this.#offset += bytes.length;
    if (bytes.length > 0) touch(location, host.nowNs());
    return bytes;
  }

  write(bytes: Uint8Array, maxSizeBytes = Number.POSITIVE_INFINITY): number {
    const { flags, location, view } = this.#parts;
    if (flags.write !== true && flags.append !== true) throw new Errno('EBADF');
    const body = location.node.body(true);
    dropPrivileges(view, location.node);
    const at = flags.append === true ? body.sizeBytes : this.#offset;
    if (bytes.length > 0 && at >= maxSizeBytes) throw new Errno('EFBIG');
    const written = body.write(at, at + bytes.length > maxSizeBytes ? bytes.subarray(0, maxSizeBytes - at) : bytes);
    this.#offset = at + written;
    return written;
  }

  poll(): Readiness {
    return ALWAYS;
  }

  stat(): Stat {
    return this.#parts.location.node.stat();
  }

  seek(offset: number, whence: 'set' | 'cur' | 'end'): number {
    this.#offset = seekTo({ offset, whence, at: this.#offset, end: this.#body.sizeBytes });
    return this.#offset;
  }

  truncate(sizeBytes: number): void {
    const { flags, location } = this.#parts;
    if (sizeBytes < 0 || (flags.write !== true && flags.append !== true)) throw new Errno('EINVAL');
    location.node.body(true).truncate(sizeBytes);
  }

  close(): void {
    this.#parts.location.mount.openFiles -= 1;
  }
}

/** relatime: the time of access is kept up only as far as somebody can tell that the file was read since it was written. */
function touch({ node, mount }: Location, nowNs: bigint): void {
  if (mount.isReadOnly || mount.flags.includes('noatime')) return;
  const { atimeNs, mtimeNs, ctimeNs } = node.stat();
  if (atimeNs <= mtimeNs || atimeNs <= ctimeNs || nowNs - atimeNs > DAY_NS) node.accessed(nowNs);
}

/** Whoever writes to a setuid file without being allowed to make one takes the bit away. */
export function dropPrivileges(view: FsView, node: Node): void {
  const mode = withoutPrivileges(node);
  if (mode !== node.mode && !has(view.credentials(), 'CAP_FSETID')) node.change({ mode });
}

class OpenDirectory implements OpenFile {
  readonly kind = 'directory';
  readonly changed = new WaitQueue();
  readonly name: string;
  readonly #location: Location;

  constructor(location: Location, name: string) {
    this.#location = location;
    this.name = name;
    location.mount.openFiles += 1;
  }

  read(): never {
    throw new Errno('EISDIR');
  }

  write(): never {
    throw new Errno('EBADF');
  }

  poll(): Readiness {
    return ALWAYS;
  }

  stat(): Stat {
    return this.#location.node.stat();
  }

  seek(): number {
    return 0;
  }

  close(): void {
    this.#location.mount.openFiles -= 1;
  }
}

/** A file of /proc or of a cgroup: its text is made when it is read from the beginning. */
class ComputedFile implements OpenFile {
  readonly kind = 'proc';
  readonly changed = new WaitQueue();
  readonly name: string;
  readonly #location: Location;
  readonly #view: FsView;
  #bytes: Uint8Array = new Uint8Array(0);
  #offset = 0;

  constructor(location: Location, view: FsView, name: string) {
    this.#location = location;
    this.#view = view;
    this.name = name;
    location.mount.openFiles += 1;
  }

  read(maxBytes: number): Uint8Array | Again {
    if (this.#offset === 0) this.#bytes = new TextEncoder().encode(this.#location.node.computed?.read(this.#view) ?? '');
    const part = this.#bytes.subarray(this.#offset, this.#offset + maxBytes);
    this.#offset += part.length;
    return part;
  }

  write(bytes: Uint8Array): number {
    writeComputed(this.#location.node, bytes, this.#view);
    return bytes.length;
  }

  poll(): Readiness {
    return ALWAYS;
  }

  stat(): Stat {
    return this.#location.node.stat();
  }

  seek(offset: number, whence: 'set' | 'cur' | 'end'): number {
    this.#offset = seekTo({ offset, whence, at: this.#offset, end: this.#bytes.length });
    return this.#offset;
  }

  close(): void {
    this.#location.mount.openFiles -= 1;
  }
}

export function writeComputed({ computed }: Node, bytes: Uint8Array, view: FsView): void {
  if (computed?.write === undefined) throw new Errno('EINVAL');
  computed.write(new TextDecoder().decode(bytes), view);
}

/** Whether access(2) would say yes. */
export function isAllowed(view: FsView, location: Location, want: { read?: boolean; write?: boolean; execute?: boolean }): boolean {
  const { node, mount } = location;
  if (want.write === true && mount.isReadOnly && !isDevice(node)) return false;
  if (want.execute === true && node.type === 'regular' && mount.flags.includes('noexec')) return false;
  const bits = (want.read === true ? READ : 0) | (want.write === true ? WRITE : 0) | (want.execute === true ? 1 : 0);
  return allows(view.credentials(), node, bits);
}
