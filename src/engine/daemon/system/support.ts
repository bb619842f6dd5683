/** What of a container's host configuration Docker refuses or only warns of on Linux. Upstream: moby daemon/daemon_unix.go, runconfig. */
import type { DeviceRequest, HostConfig } from '../../api-types/index.ts';
import { type DockerError, invalid, system } from '../errors.ts';

const JSON_FILE_OPTIONS = ['max-file', 'max-size', 'compress', 'env', 'env-regex', 'labels', 'labels-regex', 'tag'];

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
  const { BlkioWeight = 0 } = config;
  if (BlkioWeight > 0 && (BlkioWeight < 10 || BlkioWeight > 1000)) throw invalid('Range of blkio weight is from 10 to 1000');
}

function checkLog(log: HostConfig['LogConfig'] | undefined): void {
  if (log?.Type !== '' && log?.Type !== 'json-file') return;
  for (const key of Object.keys(log.Config ?? {}))
    if (!JSON_FILE_OPTIONS.includes(key)) throw invalid(`unknown log opt '${key}' for json-file log driver`);
}

/** What the kernel cannot do, and so is left out. */
export function kernelWarnings({ OomKillDisable, MemorySwappiness }: Partial<HostConfig>): readonly string[] {
  return [
    ...(typeof MemorySwappiness === 'number' && MemorySwappiness >= 0
      ? ['Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. Memory swappiness discarded.']
      : []),
    ...(OomKillDisable ? ['Your kernel does not support OomKillDisable. OomKillDisable discarded.'] : []),
  ];
}

/** No machine of the model has a graphics card. */
export function noDevice({ Driver = '', Capabilities }: Partial<DeviceRequest>): DockerError {
  const wanted = (Capabilities ?? []).map((set) => set ?? []);
  const isGpu = wanted.some((set) => set.every((one) => ['gpu', 'amd'].includes(one)));
  if (Driver === '' && isGpu) return system('failed to discover GPU vendor from CDI: no known GPU vendor found');
  return invalid(`could not select device driver "${Driver}" with capabilities: [${wanted.map((set) => `[${set.join(' ')}]`).join(' ')}]`);
}

/** Whether the log can be opened: sizes are read only then. Throws DockerError. */
export function checkLogSizes({ Type, Config }: HostConfig['LogConfig']): void {
  if (Type !== 'json-file') return;
  const { 'max-size': size, 'max-file': files, compress } = Config ?? {};
  const refuse = (why: string): DockerError => system(`failed to create task for container: failed to initialize logging driver: ${why}`);
  if (size !== undefined && size !== '-1' && !/^\d+(\.\d+)?\s?([kKmMgGtTpP]?)i?[bB]?$/.test(size)) throw refuse(`invalid size: '${size}'`);
  if (files !== undefined && !/^[-+]?\d+$/.test(files)) throw refuse(`strconv.Atoi: parsing "${files}": invalid syntax`);
  if (files !== undefined && Number(files) < 1) throw refuse('max-file cannot be less than 1');
  if (compress !== undefined && !/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(compress))
    throw refuse(`strconv.ParseBool: parsing "${compress}": invalid syntax`);
}
