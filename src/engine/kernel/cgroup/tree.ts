/** The tree of a file system of control groups, as a cgroup namespace sees it: directories are groups, files their interface. */
import { Errno } from '../errno.ts';
import type { VirtualTree } from '../fs/sources.ts';
import type { Cgroup } from './cgroup.ts';
import type { InterfaceFile, InterfaceFiles } from './values.ts';

/** The tree below `root`. Paths begin there: `/`, `/ID`, `/ID/memory.max`. */
export function cgroupTree(root: Cgroup, interfaceFiles: InterfaceFiles): VirtualTree {
  return {
    list: (path) => {
      const group = root.at(path);
      return group === undefined ? undefined : [...files(group, interfaceFiles), ...directories(group)];
    },
    find: (path) => {
      if (root.at(path) !== undefined) return { directory: true, mode: 0o755 };
      const file = interfaceFiles[baseName(path)];
      const group = file && root.at(path.slice(0, path.lastIndexOf('/')));
      return file && group && isShown(group, file) ? { directory: false, mode: modeOf(file) } : undefined;
    },
    read: (path) => {
      const { group, file } = fileAt(root, interfaceFiles, path);
      if (file.read === undefined) throw new Errno('EACCES', path);
      return file.read(group);
    },
    write: (path, text) => {
      const { group, file } = fileAt(root, interfaceFiles, path);
      if (file.write === undefined) throw new Errno('EACCES', path);
      file.write(group, text);
    },
    mkdir: (path) => void parentOf(root, path).mkdir(baseName(path)),
    rmdir: (path) => parentOf(root, path).rmdir(baseName(path)),
  };
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function parentOf(root: Cgroup, path: string): Cgroup {
  const parent = root.at(path.slice(0, path.lastIndexOf('/')));
  if (parent === undefined) throw new Errno('ENOENT', path);
  return parent;
}

function isShown(group: Cgroup, file: InterfaceFile): boolean {
  return group.parent !== null || file.inRoot === true;
}

function modeOf(file: InterfaceFile): number {
  return (file.read === undefined ? 0 : 0o444) | (file.write === undefined ? 0 : 0o200);
}

function files(group: Cgroup, interfaceFiles: InterfaceFiles): { name: string; directory: boolean; mode: number }[] {
  const shown = Object.entries(interfaceFiles).filter(([, file]) => isShown(group, file));
  return shown.map(([name, file]) => ({ name, directory: false, mode: modeOf(file) }));
}

function directories(group: Cgroup): { name: string; directory: boolean; mode: number }[] {
  return [...group.children.keys()].map((name) => ({ name, directory: true, mode: 0o755 }));
}

function fileAt(root: Cgroup, interfaceFiles: InterfaceFiles, path: string): { readonly group: Cgroup; readonly file: InterfaceFile } {
  const group = parentOf(root, path);
  const file = interfaceFiles[baseName(path)];
  if (file === undefined || !isShown(group, file)) throw new Errno('ENOENT', path);
  return { group, file };
}
