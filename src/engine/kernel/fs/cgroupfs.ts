/** cgroup2, and cgroup on a machine with version 1: the control groups as directories, their interface as files. */

import type { Stamps } from './memory.ts';
import type { VirtualTree } from './sources.ts';
import { type VirtualDirectory, type VirtualEntry, VirtualFs } from './virtual.ts';

export interface CgroupOptions {
  readonly type: 'cgroup' | 'cgroup2';
  readonly dev: number;
  readonly tree: VirtualTree;
  readonly options: readonly string[];
}

export function cgroupFs(stamps: Stamps, { type, dev, tree, options }: CgroupOptions): VirtualFs {
  return new VirtualFs({ type, dev, stamps, root: group(tree, ''), options });
}

function group(tree: VirtualTree, path: string): VirtualDirectory {
  const at = (name: string): string => `${path}/${name}`;
  return {
    type: 'directory',
    mode: 0o755,
    names: () => (tree.list(path === '' ? '/' : path) ?? []).map(({ name }) => name).sort(),
    entry: (name): VirtualEntry | undefined => {
      const found = tree.find(at(name));
      if (found === undefined) return undefined;
      return found.directory ? group(tree, at(name)) : file(tree, at(name), found.mode);
    },
    mkdir: (name) => tree.mkdir(at(name)),
    rmdir: (name) => tree.rmdir(at(name)),
  };
}

const file = (tree: VirtualTree, path: string, mode: number): VirtualEntry => ({
  type: 'regular',
  mode: (mode & 0o200) === 0 ? mode : mode | 0o200,
  read: () => tree.read(path),
  write: (words) => tree.write(path, words),
});
