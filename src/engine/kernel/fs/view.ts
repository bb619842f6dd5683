/** A process's own view of the file system, and the names that places have in it. */
import type { Credentials } from '../sys.ts';
import type { Location, MountNamespace } from './mount.ts';
import type { Node } from './node.ts';

export interface FsView {
  mounts: MountNamespace;
  root: Location;
  cwd: Location;
  umask: number;
  readonly credentials: () => Credentials;
}

export const samePlace = (a: Location, b: Location): boolean => a.mount === b.mount && a.node === b.node;

/** The path from `root` to a place; undefined if no way leads there. */
export function pathFrom(root: Location, location: Location): string | undefined {
  const parts: string[] = [];
  for (let at = location; !samePlace(at, root); ) {
    if (at.node === at.mount.root) {
      if (at.mount.point === undefined) return undefined;
      at = at.mount.point;
    } else {
      const name = at.node.parent === undefined ? at.name : at.node.name;
      const parent = at.node.parent ?? at.directory;
      if (name === undefined || parent === undefined) return undefined;
      parts.push(name);
      at = { mount: at.mount, node: parent };
    }
  }
  return `/${parts.reverse().join('/')}`;
}

/** As getcwd(2) and /proc show a place. */
export function displayPath(view: FsView, location: Location): string {
  const path = pathFrom(view.root, location);
  if (path === undefined) return `(unreachable)${pathIn(location)}`;
  return isGone(location) ? `${path} (deleted)` : path;
}

/** Whether its name has been taken away since. */
export function isGone({ node, directory, name }: Location): boolean {
  if (node.type === 'directory') return node.stat().nlink === 0;
  return directory !== undefined && name !== undefined && directory.lookup(name) !== node;
}

/** Where a place lies in its own file system. */
export function pathIn({ node, directory, name }: Location): string {
  const parts: string[] = [];
  let at: Node | undefined = node;
  if (node.parent === undefined && directory !== undefined && name !== undefined) {
    parts.push(name);
    at = directory;
  }
  for (; at?.parent !== undefined; at = at.parent) parts.push(at.name);
  return `/${parts.reverse().join('/')}`;
}
