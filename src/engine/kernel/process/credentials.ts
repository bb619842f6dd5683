/** Who a process is: ids and capabilities (capabilities(7)), and how changing the one changes the other. */
import { Errno } from '../errno.ts';
import type { Credentials } from '../sys.ts';

/** In the order of their bits. */
export const CAPABILITIES = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETPCAP',
  'CAP_LINUX_IMMUTABLE',
  'CAP_NET_BIND_SERVICE',
  'CAP_NET_BROADCAST',
  'CAP_NET_ADMIN',
  'CAP_NET_RAW',
  'CAP_IPC_LOCK',
  'CAP_IPC_OWNER',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
  'CAP_SYS_CHROOT',
  'CAP_SYS_PTRACE',
  'CAP_SYS_PACCT',
  'CAP_SYS_ADMIN',
  'CAP_SYS_BOOT',
  'CAP_SYS_NICE',
  'CAP_SYS_RESOURCE',
  'CAP_SYS_TIME',
  'CAP_SYS_TTY_CONFIG',
  'CAP_MKNOD',
  'CAP_LEASE',
  'CAP_AUDIT_WRITE',
  'CAP_AUDIT_CONTROL',
  'CAP_SETFCAP',
  'CAP_MAC_OVERRIDE',
  'CAP_MAC_ADMIN',
  'CAP_SYSLOG',
  'CAP_WAKE_ALARM',
  'CAP_BLOCK_SUSPEND',
  'CAP_AUDIT_READ',
  'CAP_PERFMON',
  'CAP_BPF',
  'CAP_CHECKPOINT_RESTORE',
] as const;

const ALL: ReadonlySet<string> = new Set(CAPABILITIES);
const NONE: ReadonlySet<string> = new Set();

/** Credentials with what only the kernel looks at: the saved id, and what an exec as root may regain. */
export interface Identity extends Credentials {
  readonly suid: number;
  readonly bounding: ReadonlySet<string>;
}

/** Root with every capability. */
export const ROOT: Identity = { uid: 0, gid: 0, euid: 0, egid: 0, suid: 0, groups: [0], capabilities: ALL, bounding: ALL };

/** A user who starts with these ids and, unless it is root, no capability. */
export function identityOf(uid: number, gid: number, groups: readonly number[] = [gid]): Identity {
  return { uid, gid, euid: uid, egid: gid, suid: uid, groups, capabilities: uid === 0 ? ALL : NONE, bounding: ALL };
}

/** As setuid(2). */
export function withUid(identity: Identity, uid: number): Identity {
  if (uid < 0) throw new Errno('EINVAL');
  if (identity.capabilities.has('CAP_SETUID')) return dropRoot(identity, { ...identity, uid, euid: uid, suid: uid });
  if (uid !== identity.uid && uid !== identity.suid) throw new Errno('EPERM');
  return dropRoot(identity, { ...identity, euid: uid });
}

/** As setgid(2). */
export function withGid(identity: Identity, gid: number): Identity {
  if (gid < 0) throw new Errno('EINVAL');
  if (!identity.capabilities.has('CAP_SETGID') && gid !== identity.gid) throw new Errno('EPERM');
  return { ...identity, gid, egid: gid };
}

/** As setgroups(2): Linux keeps the list in order of its numbers. */
export function withGroups(identity: Identity, groups: readonly number[]): Identity {
  if (!identity.capabilities.has('CAP_SETGID')) throw new Errno('EPERM');
  return { ...identity, groups: [...groups].sort((a, b) => a - b) };
}

/** Keeps only the named capabilities, in every set. */
export function withCapabilities(identity: Identity, names: ReadonlySet<string>): Identity {
  const keep = (set: ReadonlySet<string>): ReadonlySet<string> => new Set([...set].filter((name) => names.has(name)));
  return { ...identity, capabilities: keep(identity.capabilities), bounding: keep(identity.bounding) };
}

/** Whoever stops being root loses what root could do (capabilities(7), "Effect of user ID changes"). */
function dropRoot(before: Identity, after: Identity): Identity {
  return before.euid === 0 && after.euid !== 0 ? { ...after, capabilities: NONE } : after;
}

/** What execve(2) makes of it: set-user-ID and set-group-ID bits, and root's capabilities. */
export function afterExec(
  identity: Identity,
  file: { readonly uid: number; readonly gid: number; readonly mode: number },
  mayGain: boolean,
): Identity {
  const euid = mayGain && (file.mode & 0o4000) !== 0 ? file.uid : identity.euid;
  const egid = mayGain && (file.mode & 0o2000) !== 0 ? file.gid : identity.egid;
  const isRoot = euid === 0 || identity.uid === 0;
  return { ...identity, euid, egid, suid: euid, capabilities: isRoot ? identity.bounding : NONE };
}

/** The set as the bit mask of /proc/PID/status. */
export function capabilityMask(capabilities: ReadonlySet<string>): bigint {
  return CAPABILITIES.reduce((mask, name, bit) => (capabilities.has(name) ? mask | (1n << BigInt(bit)) : mask), 0n);
}
