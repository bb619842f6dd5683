/** From a path to a place: path_resolution(7). */
import { Errno } from '../errno.ts';
import type { Location, Mount } from './mount.ts';
import type { Node } from './node.ts';
import { demand, EXECUTE } from './permission.ts';
import { type FsView, samePlace } from './view.ts';

const MAX_LINKS = 40;
const MAX_NAME_BYTES = 255;
const MAX_PATH_BYTES = 4095;

/** Where a path leads: its last name, in which directory, and what is there, if anything. */
export interface Walked {
  readonly directory: Location;
  /** `.` or `..` if that is how the path ends, `/` for the root. */
  readonly name: string;
  readonly found: Location | undefined;
  /** The path ends with a slash. */
  readonly wantsDirectory: boolean;
}

interface Walk {
  readonly view: FsView;
  readonly follow: boolean;
  /** Names to come, the next one last. */
  readonly names: string[];
  wantsDirectory: boolean;
  links: number;
}

/** Walks a path. Only its last name may be missing. */
export function walk(view: FsView, path: string, options: { readonly follow: boolean } = { follow: true }): Walked {
  if (path === '') throw new Errno('ENOENT');
  if (byteLength(path, MAX_PATH_BYTES) > MAX_PATH_BYTES) throw new Errno('ENAMETOOLONG');
  const state: Walk = { view, follow: options.follow, names: [], wantsDirectory: false, links: 0 };
  const start = push(state, path, view.cwd);
  return run(state, start);
}

/** The place a path names; ENOENT if it is not there. */
export function find(view: FsView, path: string, options: { readonly follow: boolean } = { follow: true }): Location {
  const { found } = walk(view, path, options);
  if (found === undefined) throw new Errno('ENOENT');
  return found;
}

function byteLength(text: string, limit: number): number {
  return text.length * 3 <= limit ? text.length : new TextEncoder().encode(text).length;
}

function push(state: Walk, path: string, from: Location): Location {
  if (state.names.length === 0) state.wantsDirectory ||= path.endsWith('/');
  for (const name of path.split('/').reverse()) if (name !== '') state.names.push(name);
  return path.startsWith('/') ? state.view.root : from;
}

function run(state: Walk, start: Location): Walked {
  const { view, names } = state;
  let [at, directory, last] = [start, start, '/'];
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    if (at.node.type !== 'directory') throw new Errno('ENOTDIR');
    demand(view.credentials(), at.node, EXECUTE);
    const next = step(view, at, name);
    const isLast = names.length === 0;
    if (next === undefined) {
      if (!isLast) throw new Errno('ENOENT');
      return { directory: at, name, found: undefined, wantsDirectory: state.wantsDirectory };
    }
    [directory, last] = [at, name];
    at = next.node.type === 'symlink' && (!isLast || state.follow || state.wantsDirectory) ? followLink(state, next, at) : next;
  }
  if (state.wantsDirectory && at.node.type !== 'directory') throw new Errno('ENOTDIR');
  return { directory, name: last, found: at, wantsDirectory: state.wantsDirectory };
}

function step(view: FsView, at: Location, name: string): Location | undefined {
  if (name === '.') return at;
  if (name === '..') return up(view.root, at);
  if (byteLength(name, MAX_NAME_BYTES) > MAX_NAME_BYTES) throw new Errno('ENAMETOOLONG');
  const node = at.node.lookup(name);
  return node === undefined ? undefined : cross(at.mount, node, { directory: at.node, name });
}

/** What is seen at a node: the uppermost of what is mounted there. */
export function cross(mount: Mount, node: Node, from?: { readonly directory: Node; readonly name: string }): Location {
  let upper = mount.children.get(node);
  if (upper === undefined) return node.type === 'directory' ? { mount, node } : { mount, node, ...from };
  for (let next = upper.children.get(upper.root); next !== undefined; next = upper.children.get(upper.root)) upper = next;
  return { mount: upper, node: upper.root };
}

/** The directory above: never above the process's root, and out of a mount to where it hangs. */
export function up(root: Location, from: Location): Location {
  for (let at = from; ; ) {
    if (samePlace(at, root)) return at;
    if (at.node !== at.mount.root) return cross(at.mount, at.node.parent ?? at.node);
    if (at.mount.point === undefined) return at;
    at = at.mount.point;
  }
}

function followLink(state: Walk, link: Location, directory: Location): Location {
  state.links += 1;
  if (state.links > MAX_LINKS) throw new Errno('ELOOP');
  const jumped = link.node.jump?.(state.view);
  if (jumped !== undefined) return jumped;
  const target = link.node.readlink();
  if (target === '') throw new Errno('ENOENT');
  return push(state, target, directory);
}
