/** A little file system with links, for contexts. */
import type { Files } from '../../../../src/engine/cli/io.ts';

export type Node = string | { readonly link: string } | { readonly [name: string]: Node } | null;

const isTree = (node: Node): node is { readonly [name: string]: Node } =>
  typeof node === 'object' && node !== null && !('link' in node && typeof node.link === 'string');

/** Files below `/`; a string is a file's content, null a socket. Everything that is read is noted in `touched`. */
export function filesOf(root: Node, touched: string[] = []): Files {
  const find = (path: string, follow: boolean): { node: Node; path: string } | null => {
    let node: Node = root;
    let at = '';
    for (const part of path.split('/').filter((one) => one !== '')) {
      if (typeof node === 'object' && node !== null && !isTree(node)) return null;
      if (!isTree(node) || !Object.hasOwn(node, part)) return null;
      at += `/${part}`;
      node = (node as { readonly [name: string]: Node })[part] ?? null;
    }
    if (follow && typeof node === 'object' && node !== null && !isTree(node)) {
      const target = (node as { readonly link: string }).link;
      return find(target.startsWith('/') ? target : `${at.slice(0, at.lastIndexOf('/'))}/${target}`, true);
    }
    return { node, path: at };
  };
  const fails = (code: string): never => {
    throw Object.assign(new Error(code), { code });
  };
  const stat = (path: string, follow: boolean): ReturnType<Files['stat']> => {
    const found = find(path, follow);
    if (found === null) return null;
    const { node } = found;
    const type = typeof node === 'string' ? 'file' : node === null ? 'socket' : isTree(node) ? 'directory' : 'symlink';
    return {
      type,
      mode: type === 'directory' ? 0o755 : 0o644,
      uid: 7,
      gid: 7,
      sizeBytes: typeof node === 'string' ? node.length : 0,
      mtimeNs: 5_000_000_000n,
    };
  };
  return {
    stat: (path) => stat(path, true),
    lstat: (path) => stat(path, false),
    read: (path) => {
      const found = find(path, true);
      if (found === null) return fails('ENOENT');
      if (typeof found.node !== 'string') return fails('EISDIR');
      touched.push(found.path);
      return new TextEncoder().encode(found.node);
    },
    readdir: (path) => {
      const found = find(path, true);
      if (found === null || !isTree(found.node)) return fails('ENOTDIR');
      return Object.keys(found.node).reverse();
    },
    readlink: (path) => {
      const found = find(path, false);
      return found !== null && typeof found.node === 'object' && found.node !== null && 'link' in found.node
        ? String(found.node.link)
        : fails('EINVAL');
    },
    write: () => fails('EROFS'),
    mkdir: () => fails('EROFS'),
    symlink: () => fails('EROFS'),
    link: () => fails('EROFS'),
    mknod: () => fails('EROFS'),
    remove: () => fails('EROFS'),
    rename: () => fails('EROFS'),
    chmod: () => fails('EROFS'),
    utimes: () => fails('EROFS'),
  };
}
