/** What runc says of itself: `runc features`, as dockerd asks it once when it starts and hands it on in /info. */
import type { RuntimeInfo } from '../../api-types/index.ts';
import { RUNC_COMMIT, RUNC_VERSION } from '../system/releases.ts';

const words = (text: string, prefix = ''): readonly string[] => text.split(/\s+/).map((word) => prefix + word);

const HOOKS = words(`prestart createRuntime createContainer startContainer poststart poststop`);
const MOUNT_OPTIONS = words(
  `async atime bind defaults dev diratime dirsync exec iversion lazytime loud mand noatime nodev nodiratime
  noexec noiversion nolazytime nomand norelatime nostrictatime nosuid nosymfollow private ratime rbind rdev
  rdiratime relatime remount rexec rnoatime rnodev rnodiratime rnoexec rnorelatime rnostrictatime rnosuid
  rnosymfollow ro rprivate rrelatime rro rrw rshared rslave rstrictatime rsuid rsymfollow runbindable rw shared
  silent slave strictatime suid symfollow sync tmpcopyup unbindable`,
);
const CAPABILITIES = words(
  `CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE
  NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT
  SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP
  MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE`,
  'CAP_',
);
const ACTIONS = words(`ALLOW ERRNO KILL KILL_PROCESS KILL_THREAD LOG NOTIFY TRACE TRAP`, 'SCMP_ACT_');
const OPERATORS = words(`EQ GE GT LE LT MASKED_EQ NE`, 'SCMP_CMP_');
const ARCHITECTURES = words(
  `AARCH64 ARM LOONGARCH64 MIPS MIPS64 MIPS64N32 MIPSEL MIPSEL64 MIPSEL64N32 PPC PPC64 PPC64LE RISCV64 S390 S390X
  X32 X86 X86_64`,
  'SCMP_ARCH_',
);
const FLAGS = words(`TSYNC SPEC_ALLOW LOG`, 'SECCOMP_FILTER_FLAG_');
const POLICIES = words(`BIND DEFAULT INTERLEAVE LOCAL PREFERRED PREFERRED_MANY WEIGHTED_INTERLEAVE`, 'MPOL_');
const POLICY_FLAGS = words(`NUMA_BALANCING RELATIVE_NODES STATIC_NODES`, 'MPOL_F_');
const LIBSECCOMP_VERSION = '2.5.4';
const ENABLED = { enabled: true };

/** In the order of the runtime specification's struct. */
const FEATURES = {
  ociVersionMin: '1.0.0',
  ociVersionMax: '1.3.0',
  hooks: HOOKS,
  mountOptions: MOUNT_OPTIONS,
  linux: {
    namespaces: words('cgroup ipc mount network pid time user uts'),
    capabilities: CAPABILITIES,
    cgroup: { v1: true, v2: true, systemd: true, systemdUser: true, rdma: true },
    seccomp: {
      ...ENABLED,
      actions: ACTIONS,
      operators: OPERATORS,
      archs: ARCHITECTURES,
      knownFlags: FLAGS,
      supportedFlags: FLAGS,
    },
    apparmor: ENABLED,
    selinux: ENABLED,
    intelRdt: { ...ENABLED, schemata: true, monitoring: true },
    memoryPolicy: { modes: POLICIES, flags: POLICY_FLAGS },
    mountExtensions: { idmap: ENABLED },
    netDevices: ENABLED,
  },
  annotations: {
    'io.github.seccomp.libseccomp.version': LIBSECCOMP_VERSION,
    'org.opencontainers.runc.checkpoint.enabled': 'true',
    'org.opencontainers.runc.commit': RUNC_COMMIT,
    'org.opencontainers.runc.version': RUNC_VERSION,
  },
  potentiallyUnsafeConfigAnnotations: ['bundle', 'org.systemd.property.', 'org.criu.config'],
};

const RUNC: RuntimeInfo = { path: 'runc', status: { 'org.opencontainers.runtime-spec.features': JSON.stringify(FEATURES) } };

/** The runtimes that there are without being configured: one, by its two names. */
export const STOCK_RUNTIMES: Readonly<Record<string, RuntimeInfo>> = { 'io.containerd.runc.v2': RUNC, runc: RUNC };
