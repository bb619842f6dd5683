/** A project as it is run: Compose files read, merged, in the long form, with what belongs to a service resolved. */
import type { Mapping } from './value.ts';

export interface Port {
  readonly mode?: string;
  readonly host_ip?: string;
  readonly target: number;
  readonly published?: string;
  readonly protocol: string;
}
export interface ServiceVolume {
  readonly type: string;
  readonly source?: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly bind?: {
    readonly create_host_path?: boolean;
    readonly propagation?: string;
    readonly selinux?: string;
    readonly recursive?: string;
  };
  readonly volume?: { readonly nocopy?: boolean; readonly subpath?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly tmpfs?: { readonly size?: string | number; readonly mode?: number };
  readonly image?: { readonly subpath?: string };
}
export interface Dependency {
  readonly condition: 'service_started' | 'service_healthy' | 'service_completed_successfully';
  readonly restart?: boolean;
  readonly required: boolean;
}
export interface Attachment {
  readonly aliases?: readonly string[];
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly gw_priority?: number;
  readonly interface_name?: string;
  readonly ipv4_address?: string;
  readonly ipv6_address?: string;
  readonly link_local_ips?: readonly string[];
  readonly mac_address?: string;
  readonly priority?: number;
}
export interface Grant {
  readonly source: string;
  readonly target?: string;
  readonly uid?: string;
  readonly gid?: string;
  /** Octal, four digits. */
  readonly mode?: string;
}
export interface Build {
  readonly context: string;
  readonly dockerfile?: string;
  readonly dockerfile_inline?: string;
  readonly args?: Readonly<Record<string, string | null>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly no_cache?: boolean;
  readonly pull?: boolean;
  readonly tags?: readonly string[];
  readonly platforms?: readonly string[];
  readonly network?: string;
  readonly extra_hosts?: readonly string[];
  readonly additional_contexts?: Readonly<Record<string, string>>;
  readonly secrets?: readonly Grant[];
}
export interface HealthCheck {
  readonly test?: readonly string[];
  readonly timeout?: string;
  readonly interval?: string;
  readonly retries?: number;
  readonly start_period?: string;
  readonly start_interval?: string;
  readonly disable?: boolean;
}
interface Limits {
  readonly cpus?: number;
  readonly memory?: string;
  readonly pids?: number;
}

/** A command in a container that runs. */
export interface Hook {
  readonly command?: readonly string[] | null;
  readonly user?: string;
  readonly privileged?: boolean;
  readonly working_dir?: string;
  readonly environment?: Readonly<Record<string, string | null>>;
}

/** What is watched for a service, and what happens when it changes. */
export interface Trigger {
  readonly path: string;
  readonly action: 'rebuild' | 'restart' | 'sync' | 'sync+restart' | 'sync+exec';
  readonly target?: string;
  readonly exec?: Hook;
  readonly include?: readonly string[];
  readonly ignore?: readonly string[];
  readonly initial_sync?: boolean;
}

/** A service. Sizes are texts of bytes, durations are Go's (`1m30s`). */
export interface Service {
  readonly name: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly attach?: boolean;
  readonly build?: Build;
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly cgroup?: string;
  readonly cgroup_parent?: string;
  readonly command?: readonly string[] | null;
  readonly configs?: readonly Grant[];
  readonly container_name?: string;
  readonly cpus?: number;
  readonly cpu_shares?: number;
  readonly cpu_quota?: number;
  readonly cpu_period?: number;
  readonly cpuset?: string;
  readonly depends_on?: Readonly<Record<string, Dependency>>;
  readonly develop?: { readonly watch?: readonly Trigger[] } | null;
  readonly deploy?: {
    readonly replicas?: number;
    readonly resources?: { readonly limits?: Limits; readonly reservations?: Limits };
    readonly restart_policy?: { readonly condition?: string; readonly max_attempts?: number };
  };
  readonly devices?: readonly { readonly source: string; readonly target: string; readonly permissions: string }[];
  readonly dns?: readonly string[];
  readonly dns_opt?: readonly string[];
  readonly dns_search?: readonly string[];
  readonly domainname?: string;
  readonly entrypoint?: readonly string[] | null;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly expose?: readonly string[];
  readonly external_links?: readonly string[];
  readonly extra_hosts?: readonly string[];
  readonly group_add?: readonly string[];
  readonly healthcheck?: HealthCheck;
  readonly hostname?: string;
  readonly image?: string;
  readonly init?: boolean;
  readonly ipc?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly links?: readonly string[];
  readonly logging?: { readonly driver?: string; readonly options?: Readonly<Record<string, string>> };
  readonly mac_address?: string;
  readonly mem_limit?: string;
  readonly mem_reservation?: string;
  readonly memswap_limit?: string;
  readonly mem_swappiness?: string;
  readonly network_mode?: string;
  readonly networks?: Readonly<Record<string, Attachment | null>>;
  readonly oom_kill_disable?: boolean;
  readonly oom_score_adj?: number;
  readonly pid?: string;
  readonly pids_limit?: number;
  readonly platform?: string;
  readonly ports?: readonly Port[];
  readonly post_start?: readonly Hook[];
  readonly pre_start?: readonly unknown[];
  readonly pre_stop?: readonly Hook[];
  readonly privileged?: boolean;
  readonly profiles?: readonly string[];
  readonly provider?: { readonly type: string };
  readonly models?: unknown;
  readonly pull_policy?: string;
  readonly read_only?: boolean;
  readonly restart?: string;
  readonly runtime?: string;
  readonly scale?: number;
  readonly secrets?: readonly Grant[];
  readonly security_opt?: readonly string[];
  readonly shm_size?: string;
  readonly stdin_open?: boolean;
  readonly stop_grace_period?: string;
  readonly stop_signal?: string;
  readonly storage_opt?: Readonly<Record<string, string>>;
  readonly sysctls?: Readonly<Record<string, string>>;
  readonly tmpfs?: readonly string[];
  readonly tty?: boolean;
  readonly ulimits?: Readonly<Record<string, number | { readonly soft: number; readonly hard: number }>>;
  readonly user?: string;
  readonly userns_mode?: string;
  readonly uts?: string;
  readonly volumes?: readonly ServiceVolume[];
  readonly volumes_from?: readonly string[];
  readonly working_dir?: string;
}

export interface NetworkConfig {
  readonly name: string;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly external?: boolean;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly enable_ipv4?: boolean;
  readonly enable_ipv6?: boolean;
  readonly ipam?: {
    readonly driver?: string;
    readonly options?: Readonly<Record<string, string>>;
    readonly config?: readonly {
      readonly subnet?: string;
      readonly gateway?: string;
      readonly ip_range?: string;
      readonly aux_addresses?: Readonly<Record<string, string>>;
    }[];
  };
  readonly labels?: Readonly<Record<string, string>>;
}
export interface VolumeConfig {
  readonly name: string;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly external?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}
export interface FileObject {
  readonly name: string;
  readonly file?: string;
  readonly environment?: string;
  readonly content?: string;
  readonly external?: boolean;
}

export interface Project {
  readonly name: string;
  readonly workingDir: string;
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly services: Readonly<Record<string, Service>>;
  /** Services whose profile is not active. */
  readonly disabled: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, NetworkConfig>>;
  readonly volumes: Readonly<Record<string, VolumeConfig>>;
  readonly secrets: Readonly<Record<string, FileObject>>;
  readonly configs: Readonly<Record<string, FileObject>>;
  /** Fields of the file that begin with x-. */
  readonly extensions: Mapping;
}
