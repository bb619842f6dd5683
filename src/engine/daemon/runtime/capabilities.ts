/** Which capabilities a container has: Docker's default set, with what was added and dropped. Upstream: moby daemon/pkg/oci/caps. */
import { invalid } from '../errors.ts';

const ALL = (
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK ' +
  'IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE ' +
  'AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE'
)
  .split(' ')
  .map((name) => `CAP_${name}`);

const DEFAULT = 'CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE'
  .split(' ')
  .map((name) => `CAP_${name}`);

const normal = (name: string): string => {
  const upper = name.toUpperCase();
  return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
};

/** The names in Docker's form. Throws DockerError for one that is none. */
export function normalizeCapabilities(names: readonly string[] | null, field: 'CapAdd' | 'CapDrop'): readonly string[] | null {
  if (names === null) return null;
  const result = names.map(normal);
  const wrong = result.find((name) => name !== 'ALL' && !ALL.includes(name));
  if (wrong !== undefined) throw invalid(`invalid ${field}: unknown capability: "${wrong}"`);
  return result.sort();
}

export function capabilitiesOf({
  add,
  drop,
  privileged,
}: {
  add: readonly string[];
  drop: readonly string[];
  privileged: boolean;
}): ReadonlySet<string> {
  if (privileged) return new Set(ALL);
  const added = add.map(normal);
  const dropped = drop.map(normal);
  const base = added.includes('ALL') ? ALL : dropped.includes('ALL') ? [] : DEFAULT;
  const kept = base.filter((name) => !dropped.includes(name));
  return new Set([...kept, ...added.filter((name) => name !== 'ALL')]);
}
