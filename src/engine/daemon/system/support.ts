/** What of a container's host configuration Docker refuses or only warns of on Linux. Upstream: moby daemon/daemon_unix.go, runconfig. */

import type { HostConfig } from '../../api-types/index.ts';
import { sizeProblem } from '../containers/logging/options.ts';
import { invalid } from '../errors.ts';
import type { Cgroups } from '../runtime/cgroup.ts';

const TAGGED = ['env', 'env-regex', 'labels', 'labels-regex', 'tag'];
const FLUENTD = [
  'address',
  'async',
  'async-reconnect-interval',
  'buffer-limit',
  'max-retries',
  'request-ack',
  'retry-wait',
  'sub-second-precision',
  'write-timeout',
];
const SYSLOG = ['address', 'facility', 'format', 'tls-ca-cert', 'tls-cert', 'tls-key', 'tls-skip-verify'];
const GELF = ['address', 'compression-level', 'compression-type', 'tcp-max-reconnect', 'tcp-reconnect-delay'];
const prefixed = (prefix: string, names: readonly string[]): readonly string[] => names.map((name) => `${prefix}-${name}`);

/** Which options each log driver has; null: it looks at none. */
const LOG_OPTIONS: Readonly<Record<string, readonly string[] | null>> = {
  'json-file': ['max-file', 'max-size', 'compress', ...TAGGED],
  local: null,
  journald: TAGGED,
  syslog: [...prefixed('syslog', SYSLOG), ...TAGGED],
  fluentd: [...prefixed('fluentd', FLUENTD), ...TAGGED],
  gelf: [...prefixed('gelf', GELF), ...TAGGED],
};

/** Throws DockerError. */
export function checkPlatform(config: Partial<HostConfig>): void {
  checkKernel(config);
  const { Isolation = '', PidMode = '', UTSMode = '', ShmSize = 0, Annotations, Tmpfs } = config;
  if (!['', 'default'].includes(Isolation.toLowerCase())) throw invalid(`invalid isolation (${Isolation}): linux only supports 'default'`);
  if (!/^(|host|container:.+)$/.test(PidMode)) throw invalid(`invalid PID mode: ${PidMode}`);
  if (!/^(|host)$/.test(UTSMode)) throw invalid(`invalid UTS mode: ${UTSMode}`);
  if (ShmSize < 0) throw invalid('SHM size can not be less than 0');
  if (Object.keys(Annotations ?? {}).includes(''))
    throw invalid('invalid Annotations: the empty string is not permitted as an annotation key');
  for (const path of Object.keys(Tmpfs ?? {})) {
    if (!path.startsWith('/')) throw invalid(`invalid mount path: '${path}' mount path must be absolute`);
    if (path.replace(/[/.]/g, '') === '') throw invalid(`invalid specification: destination can't be '/'`);
  }
  checkLog(config.LogConfig);
}

function checkKernel(config: Partial<HostConfig>): void {
  const { IOMaximumBandwidth = 0, IOMaximumIOps = 0, CpuRealtimePeriod = 0, CpuRealtimeRuntime = 0, CpuShares = 0 } = config;
  if (IOMaximumBandwidth !== 0) throw invalid('invalid option: QoS maximum bandwidth configuration is not supported on linux');
  if (IOMaximumIOps !== 0) throw invalid('invalid option: QoS maximum IOPs configuration is not supported on linux');
  if (CpuRealtimePeriod !== 0 || CpuRealtimeRuntime !== 0) throw invalid('kernel does not support CPU real-time scheduler');
  if (CpuShares < 0) throw invalid(`invalid CPU shares (${CpuShares}): value must be a positive integer`);
}

function checkSyslog({ 'syslog-address': address = '', 'syslog-facility': facility = '' }: Readonly<Record<string, string>>): void {
  const scheme = /^([a-z][\w+.-]*):/.exec(address)?.[1] ?? '';
  if (address !== '' && !['udp', 'tcp', 'tcp+tls', 'unix', 'unixgram'].includes(scheme)) throw invalid(`unsupported scheme: '${scheme}'`);
  if (!/^(|\d|1\d|2[0-3]|kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local[0-7])$/.test(facility))
    throw invalid('invalid syslog facility');
}

function checkLog(log: HostConfig['LogConfig'] | undefined): void {
  const type = log?.Type || 'json-file';
  if (type === 'none') return;
  const { mode = '', 'max-buffer-size': buffer, ...options } = log?.Config ?? {};
  if (!['', 'blocking', 'non-blocking'].includes(mode)) throw invalid(`logger: logging mode not supported: ${mode}`);
  if (buffer !== undefined && mode !== 'non-blocking')
    throw invalid("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
  const wrong = buffer === undefined ? undefined : sizeProblem(buffer);
  if (wrong !== undefined) throw invalid(`error parsing option max-buffer-size: ${wrong}`);
  if (type === 'syslog') checkSyslog(options);
  const known = LOG_OPTIONS[type];
  if (known === undefined) throw invalid(`error looking up logging plugin ${type}: plugin "${type}" not found`);
  for (const key of Object.keys(options).sort())
    if (known !== null && !known.includes(key)) throw invalid(`unknown log opt '${key}' for ${type} log driver`);
}

/** What the kernel cannot do, and so is left out; and what it better did not do. */
export function kernelWarnings(
  { BlkioWeight, BlkioWeightDevice, OomKillDisable, MemorySwappiness, Memory }: Partial<HostConfig>,
  can: Cgroups['can'],
): readonly string[] {
  return [
    ...(!can.swappiness && typeof MemorySwappiness === 'number' && MemorySwappiness >= 0
      ? ['Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. Memory swappiness discarded.']
      : []),
    ...(!can.weighBlockIo && (BlkioWeight ?? 0) > 0
      ? ['Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.']
      : []),
    ...(!can.weighBlockIo && (BlkioWeightDevice ?? []).length > 0
      ? ['Your kernel does not support Block I/O weight_device or the cgroup is not mounted. Weight-device discarded.']
      : []),
    ...(OomKillDisable && !can.disableOomKill ? ['Your kernel does not support OomKillDisable. OomKillDisable discarded.'] : []),
    ...(OomKillDisable && can.disableOomKill && !Memory
      ? ['OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources.']
      : []),
  ];
}
