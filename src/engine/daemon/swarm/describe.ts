/** What a node says of itself: its name, what it runs on, what it can. Upstream: moby daemon/cluster/executor/container/executor.go. */
import type { NodeDescription } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { cpusOf, memoryBytesOf } from '../system/host.ts';
import { info } from '../system/info.ts';
import { ENGINE_VERSION } from '../system/releases.ts';

/** Without who signed its certificate. */
export function describe(daemon: Daemon): Omit<NodeDescription, 'TLSInfo'> {
  const { Plugins } = info(daemon);
  const named = (Type: string, names: readonly string[] | null) => (names ?? []).map((Name) => ({ Type, Name }));
  return {
    Hostname: daemon.sys.hostname(),
    Platform: { Architecture: daemon.sys.uname.machine, OS: 'linux' },
    Resources: { NanoCPUs: cpusOf(daemon.sys) * 1e9, MemoryBytes: memoryBytesOf(daemon.sys) },
    Engine: {
      EngineVersion: ENGINE_VERSION,
      Plugins: [...named('Log', Plugins.Log), ...named('Network', Plugins.Network), ...named('Volume', Plugins.Volume)],
    },
  };
}
