/** The one worker: the engine itself. Upstream: moby daemon/internal/builder-next/worker. */
import type { Engine } from './engine.ts';
import type { BuildkitVersion, WorkerRecord } from './messages/control.ts';
import { entriesOf } from './messages/message.ts';

/** The BuildKit inside of the Engine that is modelled. */
export const VERSION: BuildkitVersion = { package: 'github.com/moby/buildkit', version: 'v0.32.2', revision: '' };

const PREFIX = 'org.mobyproject.buildkit.worker';
const VARIANTS = ['', 'v2', 'v3', 'v4'];

export async function workersOf(engine: Engine): Promise<readonly WorkerRecord[]> {
  const [{ ID = '', Name = '', Driver = '' }, bridge] = [await engine.info(), await engine.bridge()];
  const labels = {
    [`${PREFIX}.containerd.namespace`]: 'moby',
    [`${PREFIX}.containerd.uuid`]: ID,
    [`${PREFIX}.executor`]: 'containerd',
    [`${PREFIX}.hostname`]: Name,
    [`${PREFIX}.moby.host-gateway-ip`]: bridge.IPAM.Config?.[0]?.Gateway ?? '',
    [`${PREFIX}.network`]: 'host',
    [`${PREFIX}.selinux.enabled`]: 'false',
    [`${PREFIX}.snapshotter`]: Driver,
  };
  const platforms = VARIANTS.map((variant) => ({ os: 'linux', architecture: 'amd64', ...(variant === '' ? {} : { variant }) }));
  return [{ id: ID, labels: entriesOf(labels), platforms, buildkitVersion: VERSION }];
}
