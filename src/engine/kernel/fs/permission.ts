/** Who may do what to a file: inode(7), path_resolution(7), capabilities(7). */
import { Errno } from '../errno.ts';
import type { Credentials } from '../sys.ts';
import type { Location } from './mount.ts';
import type { Node } from './node.ts';

export const READ = 4;
export const WRITE = 2;
export const EXECUTE = 1;

export const SETUID = 0o4000;
export const SETGID = 0o2000;
export const STICKY = 0o1000;
const GROUP_EXECUTE = 0o010;
const ANY_EXECUTE = 0o111;

export const has = (who: Credentials, capability: string): boolean => who.capabilities.has(capability);

/** Whether a system call that this capability is for may be made at all. */
export const mayCall = (who: Credentials, capability: string): boolean =>
  has(who, capability) && (who.filter?.capabilities?.has(capability) ?? true);
export const isInGroup = (who: Credentials, gid: number): boolean => who.egid === gid || who.groups.includes(gid);

/** Whether the mode, or a capability, grants all of `want`. */
export function allows(who: Credentials, node: Node, want: number): boolean {
  const { mode, uid, gid } = node;
  const bits = who.euid === uid ? mode >> 6 : isInGroup(who, gid) ? mode >> 3 : mode;
  if ((bits & want) === want) return true;
  if (node.type === 'directory') return has(who, 'CAP_DAC_OVERRIDE') || ((want & WRITE) === 0 && has(who, 'CAP_DAC_READ_SEARCH'));
  if (want === READ && has(who, 'CAP_DAC_READ_SEARCH')) return true;
  return has(who, 'CAP_DAC_OVERRIDE') && ((want & EXECUTE) === 0 || (mode & ANY_EXECUTE) !== 0);
}

export function demand(who: Credentials, node: Node, want: number): void {
  if (!allows(who, node, want)) throw new Errno('EACCES');
}

export function mustBeWritable({ mount }: Location): void {
  if (mount.isReadOnly) throw new Errno('EROFS');
}

/** To add a name to a directory. */
export function demandEntry(who: Credentials, directory: Location): void {
  mustBeWritable(directory);
  demand(who, directory.node, WRITE | EXECUTE);
}

/** To take a name away: in a sticky directory only one's own files, or in one's own directory. */
export function demandRemoval(who: Credentials, directory: Location, node: Node): void {
  demandEntry(who, directory);
  const { mode, uid } = directory.node;
  if ((mode & STICKY) === 0 || who.euid === uid || who.euid === node.uid || has(who, 'CAP_FOWNER')) return;
  throw new Errno('EPERM');
}

export const isOwner = (who: Credentials, node: Node): boolean => who.euid === node.uid || has(who, 'CAP_FOWNER');

/** The mode that chmod(2) really gives. */
export function chmodMode(who: Credentials, node: Node, mode: number): number {
  if (!isOwner(who, node)) throw new Errno('EPERM');
  const keepsSetgid = isInGroup(who, node.gid) || has(who, 'CAP_FSETID');
  return (keepsSetgid ? mode : mode & ~SETGID) & 0o7777;
}

export function demandChown(who: Credentials, node: Node, { uid, gid }: { uid: number; gid: number }): void {
  if (has(who, 'CAP_CHOWN')) return;
  const changesOwner = uid !== -1 && uid !== node.uid;
  const changesGroup = gid !== -1 && gid !== node.gid;
  if (changesOwner || (changesGroup && !(who.euid === node.uid && isInGroup(who, gid)))) throw new Errno('EPERM');
  if (who.euid !== node.uid) throw new Errno('EPERM');
}

/** What is left of a mode when a file changes hands or is written to by somebody else than root. */
export function withoutPrivileges(node: Node): number {
  if (node.type !== 'regular') return node.mode;
  const kept = node.mode & ~SETUID;
  return (kept & GROUP_EXECUTE) === 0 ? kept : kept & ~SETGID;
}

/** How a new entry of a directory is owned: a setgid directory hands on its group, and to directories also the bit. */
export function inherited(
  who: Credentials,
  directory: Node,
  { type, mode }: { type: Node['type']; mode: number },
): { mode: number; uid: number; gid: number } {
  if ((directory.mode & SETGID) === 0) return { mode, uid: who.euid, gid: who.egid };
  return { mode: type === 'directory' ? mode | SETGID : mode, uid: who.euid, gid: directory.gid };
}
