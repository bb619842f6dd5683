/** `--mount=type=ssh`: a socket inside the step, behind which the client's agent answers. Upstream: buildkit session/sshforward. */
import type { Duplex } from '../../../http/types.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import type { ContainerMountPoint } from '../../containers/container.ts';
import { type SocketDuplex, socketDuplex } from '../../duplex.ts';
import { system } from '../../errors.ts';
import type { LentAgents } from '../lent-agents.ts';
import type { PlannedMount } from '../plan/vertex.ts';
import type { Executing } from './execute.ts';
import { newCacheId } from './records.ts';
import { type Opening, point } from './run-mounts.ts';

const BACKLOG = 128;
const SOCKET_MODE = 0o600;

/** Nothing where the client offers no such agent. Throws DockerError if the step cannot do without. */
export function agentMount({ step, closers }: Opening, mount: PlannedMount): readonly ContainerMountPoint[] {
  const { agents, daemon, workspace } = step;
  if (!agents?.ids.includes(mount.id)) {
    if (!mount.required) return [];
    throw system(agents ? `unset ssh forward key ${mount.id}` : `no SSH key "${mount.id}" forwarded from the client`);
  }
  const { sys } = daemon;
  const path = `${workspace.place(`ssh-${newCacheId(daemon)}`)}/ssh_auth_sock`;
  const listening = sys.net.socket('unix', 'stream');
  sys.net.bind(listening, { family: 'unix', path });
  sys.net.listen(listening, BACKLOG);
  sys.path.chmod(path, mount.mode ?? SOCKET_MODE);
  sys.path.chown(path, mount.uid ?? 0, mount.gid ?? 0);
  closers.push(() => sys.net.shutdown(listening, 'both'));
  sys.thread(() => acceptAll(sys, listening, { agents, id: mount.id }));
  return [point(path, { ...mount, readOnly: false })];
}

/** The first agent is the one that programs ask, whether it is there or not. */
export function agentEnv({ vertex: { operation } }: Executing, env: readonly string[], { target }: PlannedMount): readonly string[] {
  const own = operation.kind === 'run' ? operation.meta.env : [];
  return [...own, ...env].some((entry) => entry.startsWith('SSH_AUTH_SOCK=')) ? [] : [`SSH_AUTH_SOCK=${target}`];
}

interface Forwarding {
  readonly agents: LentAgents;
  readonly id: string;
}

/** Until the socket is shut. */
async function acceptAll(sys: Sys, listening: Fd, forwarding: Forwarding): Promise<void> {
  try {
    for (;;) {
      const connection = socketDuplex(sys, await sys.accept(listening));
      sys.thread(() => forward(sys, connection, forwarding));
    }
  } catch (error) {
    if (!isErrno(error, 'EINVAL')) throw error;
    sys.fds.close(listening);
  }
}

async function forward(sys: Sys, step: SocketDuplex, { agents, id }: Forwarding): Promise<void> {
  const lent = await agents.take(id);
  if (lent !== undefined) {
    const asking = sys.thread(() => carry(step, lent.connection));
    await carry(lent.connection, step);
    step.closeWrite();
    await asking.join();
    lent.done();
  }
  step.close();
}

/** Whoever is gone at one end is gone for the other. */
async function carry(from: Duplex, to: Duplex): Promise<void> {
  try {
    for (let piece = await from.read(); piece !== null; piece = await from.read()) await to.write(piece);
    to.closeWrite();
  } catch (error) {
    if (!isErrno(error, 'EPIPE', 'ECONNRESET')) throw error;
  }
}
