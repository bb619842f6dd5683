/** Containers as the Engine API shows them. */
import type { ContainerInspect, ContainerState, Health, NetworkSettings } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { exists } from '../files.ts';
import { shownLinks } from '../networks/shown-links.ts';
import { rfc3339Nano, ZERO_TIME } from '../time.ts';
import { type Container, commandOf } from './container.ts';
import { etcPaths } from './etc-files.ts';
import { endpointSettings, mountPoint, portsOf, sizesOf, sorted, statusOf } from './summary.ts';

const time = (ns: bigint): string => (ns === 0n ? ZERO_TIME : rfc3339Nano(ns));

function stateOf(container: Container): ContainerState {
  const { state } = container;
  return {
    Status: statusOf(container),
    Running: state.running,
    Paused: state.paused,
    Restarting: state.restarting,
    OOMKilled: state.oomKilled,
    Dead: state.dead,
    Pid: state.pid,
    ExitCode: state.exitCode,
    Error: state.error,
    StartedAt: time(state.startedNs),
    FinishedAt: time(state.finishedNs),
    ...(state.health ? { Health: healthOf(state.health) } : {}),
  };
}

const healthOf = ({ status, failingStreak, log }: NonNullable<Container['state']['health']>): Health => ({
  Status: status,
  FailingStreak: failingStreak,
  Log: log.map(({ startNs, endNs, exitCode, output }) => ({
    Start: rfc3339Nano(startNs),
    End: rfc3339Nano(endNs),
    ExitCode: exitCode,
    Output: output,
  })),
});

function networkSettings(container: Container): NetworkSettings {
  const { sandbox } = container.live;
  return {
    SandboxID: sandbox?.id ?? '',
    SandboxKey: sandbox?.key ?? '',
    Ports: portsOf(container),
    Networks: Object.fromEntries(sorted(container).map((endpoint) => [endpoint.network, endpointSettings(endpoint, container)])),
  };
}

/** GET /containers/{id}/json. */
export function inspect(daemon: Daemon, name: string, { size = false } = {}): ContainerInspect {
  const container = daemon.containers.get(name);
  const { id, config, hostConfig, image } = container;
  const [path = '', ...args] = commandOf(config);
  const paths = etcPaths(daemon, id);
  const etc = exists(daemon.sys, paths.hostname) ? paths : { hostname: '', hosts: '', resolvConf: '' };
  const sizes = size ? sizesOf(daemon, container) : undefined;
  return {
    Id: id,
    Created: rfc3339Nano(container.createdNs),
    Path: path,
    Args: args,
    State: stateOf(container),
    Image: image.id,
    ResolvConfPath: etc.resolvConf,
    HostnamePath: etc.hostname,
    HostsPath: etc.hosts,
    LogPath: container.hostConfig.LogConfig.Type === 'json-file' ? container.logPath : '',
    Name: `/${container.name}`,
    RestartCount: container.restartCount,
    Driver: 'overlayfs',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: execIds(container),
    HostConfig: { ...hostConfig, Links: shownLinks(daemon, container) },
    Storage: { RootFS: { Snapshot: { Name: 'overlayfs' } } },
    ...(sizes ? { SizeRw: sizes.rw, SizeRootFs: sizes.root } : {}),
    Mounts: container.mounts.map(mountPoint),
    Config: config,
    NetworkSettings: networkSettings(container),
    ...(image.manifest ? { ImageManifestDescriptor: image.manifest } : {}),
  };
}

const execIds = ({ live }: Container): readonly string[] | null => {
  const ids = [...live.execs.values()].filter(({ running }) => running).map(({ id }) => id);
  return ids.length > 0 ? ids : null;
};
