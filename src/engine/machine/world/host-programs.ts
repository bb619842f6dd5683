/** The executables on the host's disk: where each lies, and which program its note names. */
import { gnuNames } from '../../userland/gnu-names.ts';

export interface HostProgram {
  readonly path: string;
  readonly note: string;
  readonly mode?: number;
}

const SETUID_ROOT = 0o4755;

const OWN: readonly HostProgram[] = [
  { path: '/usr/bin/dash', note: 'dash' },
  { path: '/usr/bin/sh', note: 'dash' },
  { path: '/usr/bin/bash', note: 'bash' },
  { path: '/usr/bin/docker', note: 'docker' },
  { path: '/usr/libexec/docker/cli-plugins/docker-buildx', note: 'docker-buildx' },
  { path: '/usr/libexec/docker/cli-plugins/docker-compose', note: 'docker-compose' },
  { path: '/usr/bin/dockerd', note: 'dockerd' },
  { path: '/usr/bin/docker-proxy', note: 'docker-proxy' },
  { path: '/usr/bin/docker-init', note: 'docker-init' },
  { path: '/usr/lib/systemd/systemd', note: 'systemd' },
  { path: '/usr/bin/systemctl', note: 'systemctl' },
  { path: '/usr/local/bin/aws', note: 'aws' },
  { path: '/usr/bin/sudo', note: 'gnu:sudo', mode: SETUID_ROOT },
  { path: '/usr/bin/su', note: 'gnu:su', mode: SETUID_ROOT },
  // In place of the file capability that these have there.
  { path: '/usr/bin/arping', note: 'gnu:arping', mode: SETUID_ROOT },
  { path: '/usr/bin/ping', note: 'gnu:ping', mode: SETUID_ROOT },
];

/** Programs of the family `gnu` that lie in /usr/sbin. */
const SYSTEM = new Set(['ip', 'iptables', 'iptables-save', 'ip6tables-save', 'bridge', 'ss', 'chroot', 'sysctl', 'ifconfig', 'route']);

const shared: readonly HostProgram[] = gnuNames
  .filter((name) => !OWN.some(({ path }) => path.endsWith(`/${name}`)))
  .map((name) => ({ path: `/usr/${SYSTEM.has(name) ? 'sbin' : 'bin'}/${name}`, note: `gnu:${name}` }));

export const HOST_PROGRAMS: readonly HostProgram[] = [...OWN, ...shared];

/** What the machine of the recordings has not. */
export const BOOK_PROGRAMS: readonly HostProgram[] = [
  { path: '/usr/bin/ssh', note: 'ssh' },
  { path: '/usr/bin/ssh-add', note: 'ssh-add' },
  { path: '/usr/bin/ssh-agent', note: 'ssh-agent' },
  { path: '/usr/bin/ssh-keygen', note: 'ssh-keygen' },
  { path: '/usr/bin/ssh-keyscan', note: 'ssh-keyscan' },
  { path: '/usr/sbin/sshd', note: 'sshd' },
];
