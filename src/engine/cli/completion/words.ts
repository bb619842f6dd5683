/** Words that the client knows by heart, for completion. Upstream: docker/cli's cli/command/completion and container/completion.go. */
const split = (text: string): readonly string[] => text.trim().split(/\s+/);

export const CAPABILITIES: readonly string[] = [
  'ALL',
  ...split(`
    CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST
    NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE
    SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM
    BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE`).map((name) => `CAP_${name}`),
];

const upTo = (count: number, name: (i: number) => string): readonly string[] => Array.from({ length: count }, (_, i) => name(i + 1));

/** The real client gives them in an order of chance. */
export const SIGNALS: readonly string[] = [
  ...split(`
    ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU
    URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN`),
  ...upTo(15, (i) => `RTMIN+${i}`),
  ...upTo(14, (i) => `RTMAX-${15 - i}`),
  'RTMAX',
];

export const ULIMITS = split(`
  as chroot core cpu data fsize locks maxlogins maxsyslogins memlock msgqueue nice nofile nproc priority rss rtprio sigpending stack`);

export const PLATFORMS = split(`
  linux/386 linux/amd64 linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm64 linux/arm64/v8 linux/ppc64le linux/s390x
  linux/riscv64 windows/amd64 wasip1/wasm`);

const BUFFER = 'max-buffer-size mode';
const FIELDS = `${BUFFER} env env-regex labels`;
/** Options of each logging driver. */
export const LOG_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  awslogs: split(`${BUFFER} awslogs-create-group awslogs-credentials-endpoint awslogs-datetime-format awslogs-group
    awslogs-multiline-pattern awslogs-region awslogs-stream tag`),
  fluentd: split(`${FIELDS} fluentd-address fluentd-async fluentd-buffer-limit fluentd-request-ack fluentd-retry-wait
    fluentd-max-retries fluentd-sub-second-precision fluentd-write-timeout tag`),
  gcplogs: split(`${FIELDS} gcp-log-cmd gcp-meta-id gcp-meta-name gcp-meta-zone gcp-project`),
  gelf: split(`${FIELDS} gelf-address gelf-compression-level gelf-compression-type gelf-tcp-max-reconnect gelf-tcp-reconnect-delay tag`),
  journald: split(`${FIELDS} tag`),
  'json-file': split(`${FIELDS} compress max-file max-size`),
  local: split(`${BUFFER} compress max-file max-size`),
  none: [],
  splunk: split(`${FIELDS} splunk-caname splunk-capath splunk-format splunk-gzip splunk-gzip-level splunk-index
    splunk-insecureskipverify splunk-source splunk-sourcetype splunk-token splunk-url splunk-verify-connection tag`),
  syslog: split(`${FIELDS} syslog-address syslog-facility syslog-format syslog-tls-ca-cert syslog-tls-cert syslog-tls-key
    syslog-tls-skip-verify tag`),
};

export const EVENT_FILTERS = split('container daemon event image label network node scope type volume');
export const EVENT_TYPES = split('builder config container daemon image network node plugin secret service volume');
export const EVENT_ACTIONS = split(`
  create start restart stop checkpoint pause unpause attach detach resize update rename kill die oom destroy remove commit top copy
  archive-path extract-to-dir export import save load tag untag push pull prune delete enable disable connect disconnect reload
  mount unmount exec_create exec_start exec_die exec_detach health_status`);
