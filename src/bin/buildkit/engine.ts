/** The engine as the builder's doors reach it: its own API, over the machine's socket. */
import type { BuildCacheRecord, DiskUsage, InfoResponse, NetworkInspect } from '../../engine/api-types/index.ts';
import { build } from '../../engine/cli/client/build.ts';
import { DockerHttp } from '../../engine/cli/client/http.ts';
import type { Duplex } from '../../engine/http/types.ts';

const ENDPOINT = {
  url: 'unix:///var/run/docker.sock',
  address: { unix: '/var/run/docker.sock' },
  shown: 'unix /var/run/docker.sock',
  hostHeader: 'docker',
  tls: false,
};

export function engineAt(dial: () => Promise<Duplex>) {
  const http = new DockerHttp(
    { env: new Map(), dial, spawn: (body) => ({ join: body }), platform: { os: 'linux', arch: 'amd64' } },
    ENDPOINT,
  );
  return {
    ...build(http),
    info: () => http.get<InfoResponse>('/info'),
    bridge: () => http.get<NetworkInspect>('/networks/bridge'),
    cacheRecords: async (): Promise<readonly BuildCacheRecord[]> =>
      (await http.get<DiskUsage>('/system/df', { query: { type: 'build-cache', verbose: '1' } })).BuildCacheUsage?.Items ?? [],
  };
}
export type Engine = ReturnType<typeof engineAt>;
