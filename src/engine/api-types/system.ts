import type { BuildCacheRecord } from './build.ts';
import type { ContainerSummary } from './container.ts';
import type { ImageSummary } from './image.ts';
import type { SwarmInfo } from './swarm.ts';
import type { Volume } from './volume.ts';

export interface VersionComponent {
  readonly Name: string;
  readonly Version: string;
  readonly Details?: Readonly<Record<string, string>>;
}
/** GET /version. */
export interface VersionResponse {
  readonly Platform: { readonly Name: string };
  readonly Version: string;
  readonly ApiVersion: string;
  readonly MinAPIVersion: string;
  readonly Os: string;
  readonly Arch: string;
  readonly Components: readonly VersionComponent[];
  readonly GitCommit: string;
  readonly GoVersion: string;
  readonly KernelVersion: string;
  readonly Experimental?: boolean;
  readonly BuildTime: string;
}

export interface RegistryIndexInfo {
  readonly Name: string;
  readonly Mirrors: readonly string[];
  readonly Secure: boolean;
  readonly Official: boolean;
}
export interface RuntimeInfo {
  readonly path?: string;
  readonly runtimeArgs?: readonly string[];
  readonly status?: Readonly<Record<string, string>>;
}

/** GET /info. */
export interface InfoResponse {
  readonly ID: string;
  readonly Containers: number;
  readonly ContainersRunning: number;
  readonly ContainersPaused: number;
  readonly ContainersStopped: number;
  readonly Images: number;
  readonly Driver: string;
  readonly DriverStatus: readonly (readonly [string, string])[];
  readonly Plugins: {
    readonly Volume: readonly string[] | null;
    readonly Network: readonly string[] | null;
    readonly Authorization: readonly string[] | null;
    readonly Log: readonly string[] | null;
  };
  readonly MemoryLimit: boolean;
  readonly SwapLimit: boolean;
  readonly CpuCfsPeriod: boolean;
  readonly CpuCfsQuota: boolean;
  readonly CPUShares: boolean;
  readonly CPUSet: boolean;
  readonly PidsLimit: boolean;
  readonly IPv4Forwarding: boolean;
  readonly Debug: boolean;
  readonly NFd: number;
  readonly OomKillDisable: boolean;
  readonly NGoroutines: number;
  readonly SystemTime: string;
  readonly LoggingDriver: string;
  readonly CgroupDriver: string;
  readonly CgroupVersion: string;
  readonly NEventsListener: number;
  readonly KernelVersion: string;
  readonly OperatingSystem: string;
  readonly OSVersion: string;
  readonly OSType: string;
  readonly Architecture: string;
  readonly IndexServerAddress: string;
  readonly RegistryConfig: {
    readonly InsecureRegistryCIDRs: readonly string[];
    readonly IndexConfigs: Readonly<Record<string, RegistryIndexInfo>>;
    readonly Mirrors: readonly string[] | null;
  };
  readonly NCPU: number;
  readonly MemTotal: number;
  readonly GenericResources: readonly object[] | null;
  readonly DockerRootDir: string;
  readonly HttpProxy: string;
  readonly HttpsProxy: string;
  readonly NoProxy: string;
  readonly Name: string;
  readonly Labels: readonly string[];
  readonly ExperimentalBuild: boolean;
  readonly ServerVersion: string;
  readonly Runtimes: Readonly<Record<string, RuntimeInfo>>;
  readonly DefaultRuntime: string;
  readonly Swarm: SwarmInfo;
  readonly LiveRestoreEnabled: boolean;
  readonly Isolation: string;
  readonly InitBinary: string;
  readonly ContainerdCommit: { readonly ID: string };
  readonly RuncCommit: { readonly ID: string };
  readonly InitCommit: { readonly ID: string };
  readonly SecurityOptions: readonly string[];
  readonly ProductLicense?: string;
  readonly FirewallBackend?: { readonly Driver: string; readonly Info?: readonly (readonly [string, string])[] };
  readonly DiscoveredDevices?: readonly { readonly Source: string; readonly ID: string }[];
  readonly CDISpecDirs: readonly string[];
  readonly Containerd?: { readonly Address?: string; readonly Namespaces: { readonly Containers: string; readonly Plugins: string } };
  readonly NRI?: object;
  readonly Warnings: readonly string[] | null;
}

export interface DiskUsageOf<Item> {
  readonly ActiveCount?: number;
  readonly TotalCount?: number;
  readonly Reclaimable?: number;
  readonly TotalSize?: number;
  readonly Items?: readonly Item[];
}
/** GET /system/df. The lists of single resources are there without `verbose=1` only, for older clients. */
export interface DiskUsage {
  readonly LayersSize?: number;
  readonly Images?: readonly ImageSummary[];
  readonly Containers?: readonly ContainerSummary[];
  readonly Volumes?: readonly Volume[];
  readonly BuildCache?: readonly BuildCacheRecord[];
  readonly ImageUsage?: DiskUsageOf<ImageSummary>;
  readonly ContainerUsage?: DiskUsageOf<ContainerSummary>;
  readonly VolumeUsage?: DiskUsageOf<Volume>;
  readonly BuildCacheUsage?: DiskUsageOf<BuildCacheRecord>;
}
