/** Which Docker this is. */
import { API_VERSION, MIN_API_VERSION, type VersionResponse } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { CONTAINERD_COMMIT, ENGINE_VERSION, RUNC_COMMIT, RUNC_VERSION } from './releases.ts';

const GIT_COMMIT = '6a43e3d';
const GO_VERSION = 'go1.26.8';
const BUILD_TIME = '2026-08-01T00:00:00.000000000+00:00';

export function version({ sys }: Daemon): VersionResponse {
  const kernel = sys.uname.release;
  const details = {
    ApiVersion: API_VERSION,
    Arch: 'amd64',
    BuildTime: BUILD_TIME,
    Experimental: 'false',
    GitCommit: GIT_COMMIT,
    GoVersion: GO_VERSION,
    KernelVersion: kernel,
    MinAPIVersion: MIN_API_VERSION,
    Module: 'github.com/moby/moby/v2',
    ModuleVersion: 'v2.0.0+unknown',
    Os: 'linux',
  };
  return {
    Platform: { Name: 'Docker Engine - Community' },
    Version: ENGINE_VERSION,
    ApiVersion: API_VERSION,
    MinAPIVersion: MIN_API_VERSION,
    Os: 'linux',
    Arch: 'amd64',
    Components: [
      { Name: 'Engine', Version: ENGINE_VERSION, Details: details },
      { Name: 'containerd', Version: 'v2.3.3', Details: { GitCommit: CONTAINERD_COMMIT } },
      { Name: 'runc', Version: RUNC_VERSION, Details: { GitCommit: RUNC_COMMIT } },
      { Name: 'docker-init', Version: '0.19.0', Details: { GitCommit: '' } },
    ],
    GitCommit: GIT_COMMIT,
    GoVersion: GO_VERSION,
    KernelVersion: kernel,
    BuildTime: BUILD_TIME,
  };
}
