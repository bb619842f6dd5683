/** The file that a namespace is: what /proc/PID/ns/KIND leads to, and a bind mount keeps when no process is in it any more. */
import { Errno } from '../errno.ts';
import type { NamespaceRef } from '../sys.ts';
import type { Stamps } from './memory.ts';
import { type Location, Mount } from './mount.ts';
import { VirtualFs } from './virtual.ts';

/** 0:4, one of the file systems that the kernel mounts for itself. */
const DEVICE = 4;

/** Its inode number is the namespace's. It can be mounted and entered, but not read (EINVAL). */
export function namespaceFile(stamps: Stamps, { kind, inode }: NamespaceRef): Location {
  const read = (): never => {
    throw new Errno('EINVAL');
  };
  const fs = new VirtualFs({ type: 'nsfs', dev: DEVICE, stamps, root: { type: 'regular', mode: 0o444, ino: inode, read } });
  fs.root.slot.namespace = { kind, inode };
  const mount = new Mount({ id: 0, fs, root: fs.root, rootPath: `${kind}:[${inode}]`, source: 'nsfs', readOnly: false, flags: [] });
  return { mount, node: fs.root };
}
