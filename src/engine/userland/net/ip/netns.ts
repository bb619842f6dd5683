/** `ip netns`: network namespaces with names, each kept by a bind mount of its file in /run/netns. */
import { isErrno } from '../../../kernel/errno.ts';
import type { NamespaceRef, Sys } from '../../../kernel/sys.ts';
import { executeOrSay } from '../../coreutils/execute.ts';
import { type IpCall, IpError, isShortFor, type Words } from './words.ts';

const FOLDER = '/run/netns';

/** The namespace that a file in /run/netns is, or that a process is in. Throws Errno, or IpError for a name that is none. */
export function namespaceNamed(sys: Sys, name: string): NamespaceRef {
  if (/^\d+$/.test(name) && !names(sys).includes(name)) return sys.ns.of('net', Number(name));
  if (!names(sys).includes(name)) throw new IpError(`Invalid "netns" value "${name}"`, 255);
  return { kind: 'net', inode: sys.path.stat(`${FOLDER}/${name}`).ino };
}

/** Moves this process into a namespace by its name, as `ip -n` does. */
export function enterNamed(sys: Sys, name: string): void {
  if (!names(sys).includes(name)) throw new IpError(`Cannot open network namespace "${name}": No such file or directory`, 255);
  sys.ns.setns({ kind: 'net', inode: sys.path.stat(`${FOLDER}/${name}`).ino });
}

function names(sys: Sys): readonly string[] {
  try {
    return sys.path.readdir(FOLDER).map(({ name }) => name);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

export async function netns(call: IpCall, words: Words): Promise<string> {
  const { sys } = call;
  const verb = words.next();
  if (verb === undefined || isShortFor(verb, 'list') || isShortFor(verb, 'show') || verb === 'ls') return list(sys);
  if (verb === 'list-id') return listIds(sys);
  if (isShortFor(verb, 'add')) return add(sys, words.value());
  if (isShortFor(verb, 'delete')) return remove(sys, words.value());
  if (isShortFor(verb, 'exec')) return execute(sys, words);
  if (isShortFor(verb, 'pids')) return processesIn(sys, namespaceNamed(sys, words.value()));
  if (isShortFor(verb, 'identify')) return identify(sys, words.next());
  throw new IpError(`Command "${verb}" is unknown, try "ip netns help".`, 255);
}

/** The youngest first, with the number that this namespace knows it by. */
function list(sys: Sys): string {
  return [...names(sys)]
    .reverse()
    .map((name) => {
      const id = idOf(sys, { kind: 'net', inode: sys.path.stat(`${FOLDER}/${name}`).ino });
      return `${name}${id === undefined ? '' : ` (id: ${id})`}\n`;
    })
    .join('');
}

/** The numbers by which others are known here, with the name of each that has one. */
function listIds(sys: Sys): string {
  const named = new Map(names(sys).map((name) => [idOf(sys, { kind: 'net', inode: sys.path.stat(`${FOLDER}/${name}`).ino }), name]));
  const ids = new Set(sys.net.link.list().flatMap(({ peerNetnsId }) => peerNetnsId ?? []));
  return [...ids]
    .sort((a, b) => a - b)
    .map((id) => `nsid ${id} ${named.has(id) ? `(iproute2 netns name: ${named.get(id)})` : ''}\n`)
    .join('');
}

/** Known from the links that lead there. */
function idOf(sys: Sys, ref: NamespaceRef): number | undefined {
  const theirs = sys.net.link.in(ref).link.list();
  const ours = sys.net.link.list();
  return ours.find(
    ({ index, peerIndex, peerNetnsId }) =>
      peerNetnsId !== undefined && theirs.some((other) => other.index === peerIndex && other.peerIndex === index),
  )?.peerNetnsId;
}

async function add(sys: Sys, name: string): Promise<string> {
  const path = `${FOLDER}/${name}`;
  if (!sys.path.access(FOLDER, {})) sys.path.mkdir(FOLDER, 0o755);
  if (sys.path.access(path, {})) throw new IpError(`Cannot create namespace file "${path}": File exists`, 1);
  sys.path.writeFile(path, new Uint8Array(0), 0o444);
  const namespace = sys.ns.create('net');
  sys.path.mount({ type: 'none', bind: true, source: 'nsfs', namespace, target: path });
  sys.ns.release(namespace);
  return '';
}

function remove(sys: Sys, name: string): string {
  const path = `${FOLDER}/${name}`;
  if (!sys.path.access(path, {})) throw new IpError(`Cannot remove namespace file "${path}": No such file or directory`, 1);
  sys.path.umount(path, { lazy: true });
  sys.path.unlink(path);
  return '';
}

async function execute(sys: Sys, words: Words): Promise<string> {
  const name = words.value();
  const argv: string[] = [];
  for (let word = words.next(); word !== undefined; word = words.next()) argv.push(word);
  enterNamed(sys, name);
  if (argv.length === 0) throw new IpError('No command specified', 255);
  return sys.exit(await executeOrSay(sys, argv, (program, reason) => `exec of "${program}" failed: ${reason}\n`));
}

const processes = (sys: Sys): readonly number[] =>
  sys.path
    .readdir('/proc')
    .map(({ name }) => Number(name))
    .filter((pid) => pid > 0);

function processesIn(sys: Sys, { inode }: NamespaceRef): string {
  return processes(sys)
    .filter((pid) => sys.ns.of('net', pid).inode === inode)
    .map((pid) => `${pid}\n`)
    .join('');
}

/** The names of the namespace that a process is in. */
function identify(sys: Sys, pid: string | undefined): string {
  const { inode } = sys.ns.of('net', pid === undefined || pid === 'self' ? undefined : Number(pid));
  return names(sys)
    .filter((name) => sys.path.stat(`${FOLDER}/${name}`).ino === inode)
    .map((name) => `${name}\n`)
    .join('');
}
