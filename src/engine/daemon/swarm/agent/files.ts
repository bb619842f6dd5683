/** Secrets and configs as files: in memory on the host, each bound to its place in the container. Upstream: moby container_operations_unix.go. */
import { decodeBase64 } from '../../../http/base64.ts';
import type { Container } from '../../containers/container.ts';
import { filesPath } from '../../containers/shm.ts';
import type { Daemon } from '../../daemon.ts';
import { system } from '../../errors.ts';
import { mkdirAll } from '../../files.ts';

/** Throws DockerError if one of them is not there any more. */
export function mountFiles(daemon: Daemon, container: Container): void {
  const { sys, swarm } = daemon;
  const target = filesPath(daemon, container.id);
  mkdirAll(sys, target, 0o700);
  if (!sys.path.mounts().some((mount) => mount.target === target))
    sys.path.mount({ type: 'tmpfs', source: 'tmpfs', target, flags: ['nosuid', 'nodev', 'noexec'], data: 'uid=0,gid=0' });
  for (const { kind, id, uid, gid, mode } of container.files ?? []) {
    const spec = swarm.node?.store.get(kind, id)?.spec;
    if (!spec) throw system(`unable to get ${kind} from ${kind} store: ${kind} ${id} not found`);
    const path = `${target}/${id}`;
    sys.path.writeFile(path, decodeBase64(spec.Data ?? '') ?? new Uint8Array(), mode);
    sys.path.chmod(path, mode);
    sys.path.chown(path, uid, gid);
  }
}
