/** Which program an executable's note names. Each family is loaded when one of its programs is first executed. */
import type { Program } from '../../kernel/sys.ts';
import type { Family, Loader } from '../../userland/programs.ts';

/** Programs that are a family of their own. */
const SINGLE: Readonly<Record<string, () => Promise<Program>>> = {
  busybox: async () => (await import('../../userland/busybox.ts')).busybox,
  dash: async () => (await import('../../userland/sh/index.ts')).dashShell,
  bash: async () => (await import('../../userland/sh/bash/index.ts')).bash,
  'docker-init': async () => (await import('../../userland/init/docker-init.ts')).dockerInit,
  docker: async () => (await import('./docker.ts')).dockerClient,
  'docker-buildx': async () => (await import('./docker-plugin.ts')).dockerPlugin('buildx'),
  'docker-compose': async () => (await import('./docker-plugin.ts')).dockerPlugin('compose'),
  registry: async () => (await import('./registry/program.ts')).registryServer('3.0.0'),
  registry2: async () => (await import('./registry/program.ts')).registryServer('2.8.3'),
  ssh: async () => (await import('../../userland/net/ssh/client.ts')).ssh,
  sshd: async () => (await import('../../userland/net/ssh/server.ts')).sshd,
  'ssh-add': async () => (await import('../../userland/net/ssh/add.ts')).sshAdd,
  'ssh-agent': async () => (await import('../../userland/net/ssh/agent.ts')).sshAgent,
  'ssh-keyscan': async () => (await import('../../userland/net/ssh/keyscan.ts')).sshKeyscan,
  'ssh-keygen': async () => (await import('../../userland/net/ssh/keygen.ts')).sshKeygen,
  systemd: async () => (await import('../../userland/systemd/systemd.ts')).systemd,
  systemctl: async () => (await import('../../userland/systemd/systemctl.ts')).systemctl,
};

const gnu: Family = async (name) => (await import('../../userland/gnu.ts')).gnu(name);
const net: Family = async (name) => (await import('../../userland/net/index.ts')).gnuNet(name);
const packageManager: Family = async (note) => (await import('../../userland/package-managers/index.ts')).packageManager(note);
/** Notes of package managers, and of what only packages bring. */
const PACKAGED = ['absent', 'apk', 'apt', 'dpkg', 'dnf', 'rpm'];
const server: Family = async (name) => (await import('../../userland/servers/index.ts')).server(name);

/** `extra` has the programs that need a higher room, like `dockerd`: machine hands them in. */
export function createLoader(extra: Readonly<Record<string, () => Promise<Program>>>): Loader {
  return async (note) => {
    const [family = '', name] = note.split(':', 2);
    if (PACKAGED.includes(family)) return packageManager(note);
    if (name === undefined) return (extra[family] ?? SINGLE[family])?.() ?? server(family);
    if (family === 'go-program') return (await import('../../userland/go/index.ts')).goProgram(name);
    if (family === 'busybox') return (await import('../../userland/busybox.ts')).busyboxOf(name);
    if (family === 'musl') return (await import('../../userland/net/index.ts')).muslNet(name);
    // Behind the colon of a server is its version, which it reads by itself.
    return family === 'gnu' ? ((await net(name)) ?? (await gnu(name))) : server(family);
  };
}
