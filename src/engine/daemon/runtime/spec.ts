/** What a container's first process is started with: runc's config.json, as a record. */
import type { MountRequest } from '../../kernel/fs/types.ts';
import type { NamespaceKind, NamespaceRef, Rlimit, RlimitName, SeccompFilter } from '../../kernel/sys.ts';

/** What a process keeps from its container, whatever else it is given. */
export interface Security {
  readonly noNewPrivileges?: boolean | undefined;
  readonly seccomp?: SeccompFilter | undefined;
}

export interface ProcessSpec extends Security {
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly cwd: string;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly capabilities: ReadonlySet<string>;
  readonly rlimits: readonly (readonly [RlimitName, Rlimit])[];
  readonly oomScoreAdj?: number;
  readonly tty: boolean;
  /** 0o022 unless said. */
  readonly umask?: number;
}

/** A mount below the container's root; the place is made if it is missing. */
export interface ContainerMount extends MountRequest {
  readonly place: 'file' | 'directory';
  /** Names beside it that lead to it. */
  readonly links?: readonly string[];
}

export interface DeviceSpec {
  readonly path: string;
  readonly type: 'char-device' | 'block-device';
  readonly rdev: number;
  readonly mode: number;
}

export interface RuntimeSpec {
  readonly rootfs: string;
  readonly hostname: string | undefined;
  readonly process: ProcessSpec;
  readonly mounts: readonly ContainerMount[];
  readonly devices: readonly DeviceSpec[];
  readonly maskedPaths: readonly string[];
  readonly readonlyPaths: readonly string[];
  readonly readonlyRoot: boolean;
  readonly sysctls: Readonly<Record<string, string>>;
  /** New ones; the others are the host's or those in `join`. */
  readonly unshare: readonly NamespaceKind[];
  readonly join: readonly NamespaceRef[];
  readonly cgroup: string;
}
