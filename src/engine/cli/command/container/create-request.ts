/** The flags of `run` and `create` as the body of POST /containers/create. Upstream: docker/cli cli/command/container/opts.go. */
import type { ContainerConfig, ContainerCreateRequest, HealthConfig } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import { type Io, loadCode } from '../../io.ts';
import type { CreateFlags } from './create-flags.ts';
import { hostConfig } from './host-config.ts';
import type { keyValues } from './key-values.ts';
import { endpoints } from './network-spec.ts';
import type { PublishedPorts } from './port-spec.ts';
import type { VolumeSpecs } from './volume-spec.ts';

export interface CreateInput {
  readonly io: Io;
  readonly flags: CreateFlags;
  readonly changed: ReadonlySet<string>;
  /** The image, and the command with its arguments. */
  readonly args: readonly string[];
  readonly detach: boolean;
}

/** Builds the request. What it refuses never reaches the daemon. */
export async function createRequest(input: CreateInput): Promise<ContainerCreateRequest> {
  const { flags } = input;
  checkValues(input);
  const volumes = await volumesOf(input);
  const ports = await portsOf(input);
  const attachments = [...flags.network, ...flags.net];
  const networkMode = attachments[0]?.target ?? 'default';
  const config = await containerConfig(input, { anonymous: volumes.anonymous, exposed: ports.exposed });
  const HostConfig = await hostConfig(input, { binds: volumes.binds, bindings: ports.bindings, networkMode });
  if (flags.rm && !['', 'no'].includes(HostConfig.RestartPolicy?.Name ?? ''))
    throw new CliError('conflicting options: cannot specify both --restart and --rm');
  const EndpointsConfig = endpoints(attachments, {
    aliases: [...flags['network-alias'], ...flags['net-alias']],
    links: flags.link,
    ipv4: flags.ip,
    ipv6: flags.ip6,
    linkLocalIps: flags['link-local-ip'].filter((ip) => /^[\d.]+$|:/.test(ip)),
    macAddress: flags['mac-address'],
  });
  return { ...config, HostConfig, NetworkingConfig: { EndpointsConfig } };
}

async function volumesOf({ io, flags: { volume } }: CreateInput): Promise<VolumeSpecs> {
  if (volume.length === 0) return { binds: [], anonymous: {} };
  return (await loadCode(io, () => import('./volume-spec.ts'))).parseVolumes(volume, io.cwd);
}

async function pairsOf(io: Io, options: Parameters<typeof keyValues>[1]): Promise<readonly string[]> {
  if (options.files.length + options.given.length === 0) return [];
  return (await loadCode(io, () => import('./key-values.ts'))).keyValues(io, options);
}

async function healthOf({ io, flags, changed }: CreateInput): Promise<HealthConfig | undefined> {
  if (![...changed].some((name) => /^(no-healthcheck|health-.*)$/.test(name))) return undefined;
  return (await loadCode(io, () => import('../../flags/health.ts'))).healthConfig(flags);
}

async function portsOf({ io, flags: { publish, expose } }: CreateInput): Promise<PublishedPorts> {
  if (publish.length + expose.length === 0) return { exposed: {}, bindings: {} };
  const { parsePorts } = await loadCode(io, () => import('./port-spec.ts'));
  return parsePorts(publish, expose);
}

function checkValues({ flags }: CreateInput): void {
  for (const mac of [flags['mac-address'].trim(), ...flags.network.map(({ macAddress }) => macAddress)])
    if (mac !== '' && !/^([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}$/.test(mac)) throw new CliError(`${mac} is not a valid mac address`);
  if (flags['memory-swappiness'] !== -1 && (flags['memory-swappiness'] < 0 || flags['memory-swappiness'] > 100)) {
    throw new CliError(`invalid value: ${flags['memory-swappiness']}. Valid memory swappiness range is 0-100`);
  }
}

async function containerConfig(
  input: CreateInput,
  parts: { anonymous: Readonly<Record<string, object>>; exposed: Readonly<Record<string, object>> },
): Promise<ContainerConfig> {
  const { io, flags, changed, args, detach } = input;
  const [Image = '', ...command] = args;
  const env = await pairsOf(io, { flag: '--env-file: ', files: flags['env-file'], given: flags.env, fromEnv: true });
  const labels = await pairsOf(io, { flag: '--label-file: ', files: flags['label-file'], given: flags.label, fromEnv: false });
  const attach = attached(flags, detach);
  const healthcheck = await healthOf(input);
  return {
    Hostname: flags.hostname,
    Domainname: flags.domainname,
    User: flags.user,
    AttachStdin: attach.stdin,
    AttachStdout: attach.stdout,
    AttachStderr: attach.stderr,
    ...(Object.keys(parts.exposed).length === 0 ? {} : { ExposedPorts: parts.exposed }),
    Tty: flags.tty,
    OpenStdin: flags.interactive,
    StdinOnce: flags.interactive && attach.stdin,
    Env: env.length === 0 ? null : env,
    Cmd: command.length === 0 ? null : command,
    ...(healthcheck === undefined ? {} : { Healthcheck: healthcheck }),
    Image,
    Volumes: parts.anonymous,
    WorkingDir: flags.workdir,
    Entrypoint: changed.has('entrypoint') ? [flags.entrypoint] : null,
    Labels: Object.fromEntries(labels.map((label) => [label.split('=')[0] ?? '', label.split(/=(.*)/s)[1] ?? ''])),
    ...(flags['stop-signal'] === '' ? {} : { StopSignal: flags['stop-signal'] }),
    ...(changed.has('stop-timeout') ? { StopTimeout: flags['stop-timeout'] } : {}),
  };
}

function attached(flags: CreateFlags, detach: boolean): { stdin: boolean; stdout: boolean; stderr: boolean } {
  if (detach) return { stdin: false, stdout: false, stderr: false };
  if (flags.attach.length === 0) return { stdin: flags.interactive, stdout: true, stderr: true };
  return {
    stdin: flags.interactive || flags.attach.includes('stdin'),
    stdout: flags.attach.includes('stdout'),
    stderr: flags.attach.includes('stderr'),
  };
}
