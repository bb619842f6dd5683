import type { InfoResponse, SwarmInfo } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { STOCK_RUNTIMES } from '../runtime/features.ts';
import { rfc3339Nano } from '../time.ts';
import { cpusOf, memoryBytesOf, osRelease } from './host.ts';
import { CONTAINERD_COMMIT, ENGINE_VERSION, RUNC_COMMIT } from './releases.ts';

/** GET /info. */
export function info(daemon: Daemon): InfoResponse {
  const Swarm = daemon.swarm.node?.info() ?? NO_SWARM;
  return { ...counts(daemon), ...features(daemon), ...host(daemon), ...runtime(daemon, Swarm) } as InfoResponse;
}

function counts(daemon: Daemon): Partial<InfoResponse> {
  const states = daemon.containers.all().map(({ state }) => state);
  const paused = states.filter((state) => state.paused).length;
  const running = states.filter((state) => state.running).length - paused;
  return {
    ID: daemon.id,
    Containers: states.length,
    ContainersRunning: running,
    ContainersPaused: paused,
    ContainersStopped: states.length - running - paused,
    Images: daemon.images.targets().length,
  };
}

const features = ({ sys, events, cgroups }: Daemon): Partial<InfoResponse> => ({
  Driver: 'overlayfs',
  DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
  Plugins: {
    Volume: ['local'],
    Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
    Authorization: null,
    Log: ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
  },
  MemoryLimit: true,
  SwapLimit: true,
  CpuCfsPeriod: true,
  CpuCfsQuota: true,
  CPUShares: true,
  CPUSet: true,
  PidsLimit: true,
  IPv4Forwarding: true,
  Debug: false,
  NFd: sys.fds.list().length,
  OomKillDisable: cgroups.can.disableOomKill,
  NGoroutines: 60,
  SystemTime: rfc3339Nano(sys.clock.nowNs()),
  LoggingDriver: 'json-file',
  CgroupDriver: cgroups.driver,
  CgroupVersion: String(cgroups.version),
  NEventsListener: events.listeners,
});

const host = ({ sys, root, registries }: Daemon): Partial<InfoResponse> => ({
  KernelVersion: sys.uname.release,
  OperatingSystem: osRelease(sys, 'PRETTY_NAME') || 'Linux',
  OSVersion: osRelease(sys, 'VERSION_ID'),
  OSType: 'linux',
  Architecture: sys.uname.machine,
  IndexServerAddress: 'https://index.docker.io/v1/',
  RegistryConfig: {
    InsecureRegistryCIDRs: registries.insecureNetworks,
    IndexConfigs: {
      'docker.io': { Name: 'docker.io', Mirrors: registries.mirrors, Secure: true, Official: true },
      ...Object.fromEntries(registries.insecureHosts.map((Name) => [Name, { Name, Mirrors: [], Secure: false, Official: false }])),
    },
    Mirrors: registries.mirrors,
  },
  NCPU: cpusOf(sys),
  MemTotal: memoryBytesOf(sys),
  GenericResources: null,
  DockerRootDir: root,
  HttpProxy: '',
  HttpsProxy: '',
  NoProxy: '',
  Name: sys.hostname(),
  Labels: [],
  ExperimentalBuild: false,
  ServerVersion: ENGINE_VERSION,
});

const NO_SWARM: SwarmInfo = {
  NodeID: '',
  NodeAddr: '',
  LocalNodeState: 'inactive',
  ControlAvailable: false,
  Error: '',
  RemoteManagers: null,
};

const OLD_CGROUPS =
  'WARNING: Support for cgroup v1 is deprecated and planned to be removed by no later than May 2029 (https://github.com/moby/moby/issues/51111)';

const runtime = ({ cgroups }: Daemon, Swarm: InfoResponse['Swarm']): Partial<InfoResponse> => ({
  Runtimes: STOCK_RUNTIMES,
  DefaultRuntime: 'runc',
  Swarm,
  LiveRestoreEnabled: false,
  Isolation: '',
  InitBinary: 'docker-init',
  ContainerdCommit: { ID: CONTAINERD_COMMIT },
  RuncCommit: { ID: RUNC_COMMIT },
  InitCommit: { ID: '' },
  SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'],
  FirewallBackend: {
    Driver: 'iptables',
    Info: [
      ['EnableUserlandProxy', 'true'],
      ['UserlandProxyPath', '/usr/bin/docker-proxy'],
    ],
  },
  CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
  Containerd: { Address: '/run/containerd/containerd.sock', Namespaces: { Containers: 'moby', Plugins: 'plugins.moby' } },
  Warnings: cgroups.version === 1 ? [OLD_CGROUPS] : null,
});
