import { cleanPath } from '../../api-types/ignore/clean-path.ts';
import type { ContainerConfig, HealthConfig } from '../../api-types/index.ts';
import type { ContainerConfig as ImageDefaults } from '../../oci/config.ts';
import { invalid } from '../errors.ts';
import { badSignal, noCommand, relativeDirectory } from './errors.ts';
import { parseSignal } from './signals.ts';

const nameOf = (entry: string): string => entry.split('=', 1)[0] ?? '';
const nonEmpty = (value: Readonly<Record<string, object>> | null | undefined): Readonly<Record<string, object>> | null =>
  value && Object.keys(value).length > 0 ? value : null;

/** What was asked for, completed by what the image says. Throws DockerError. Upstream: moby daemon/commit.go merge. */
export function mergeConfig(
  asked: Partial<ContainerConfig>,
  image: ImageDefaults,
  defaults: { readonly hostname: string },
): ContainerConfig {
  const command = mergeCommand(asked, image);
  const ports = nonEmpty({ ...image.ExposedPorts, ...asked.ExposedPorts });
  const health = mergeHealth(asked.Healthcheck, image.Healthcheck);
  const stopSignal = asked.StopSignal || image.StopSignal;
  return {
    Hostname: asked.Hostname || defaults.hostname,
    Domainname: asked.Domainname ?? '',
    User: asked.User || image.User || '',
    AttachStdin: asked.AttachStdin ?? false,
    AttachStdout: asked.AttachStdout ?? false,
    AttachStderr: asked.AttachStderr ?? false,
    ...(ports ? { ExposedPorts: ports } : {}),
    Tty: asked.Tty ?? false,
    OpenStdin: asked.OpenStdin ?? false,
    StdinOnce: asked.StdinOnce ?? false,
    Env: mergeEnv(asked.Env ?? [], image.Env ?? []),
    Cmd: command.Cmd,
    ...(health ? { Healthcheck: health } : {}),
    Image: asked.Image ?? '',
    Volumes: nonEmpty({ ...image.Volumes, ...asked.Volumes }),
    WorkingDir: workingDir(asked.WorkingDir || image.WorkingDir || ''),
    Entrypoint: command.Entrypoint,
    Labels: { ...image.Labels, ...asked.Labels },
    ...(stopSignal ? { StopSignal: stopSignal } : {}),
    ...(asked.StopTimeout === undefined || asked.StopTimeout === null ? {} : { StopTimeout: asked.StopTimeout }),
    ...(image.Shell && image.Shell.length > 0 ? { Shell: image.Shell } : {}),
  };
}

const workingDir = (path: string): string => (path === '' ? '' : cleanPath(path));

function mergeCommand(asked: Partial<ContainerConfig>, image: ImageDefaults): Pick<ContainerConfig, 'Cmd' | 'Entrypoint'> {
  const own = asked.Entrypoint ?? null;
  const takesImage = own === null || own.length === 0;
  const askedCmd = asked.Cmd ?? null;
  const Cmd = takesImage && (askedCmd === null || askedCmd.length === 0) ? (image.Cmd ?? null) : askedCmd;
  const merged = own === null ? (image.Entrypoint ?? null) : own;
  // `--entrypoint ''` arrives as one empty word.
  const Entrypoint = merged?.length === 1 && merged[0] === '' ? null : merged;
  if ((Entrypoint ?? []).length === 0 && (Cmd ?? []).length === 0) throw noCommand();
  return { Cmd, Entrypoint: Entrypoint && Entrypoint.length > 0 ? Entrypoint : null };
}

const mergeEnv = (asked: readonly string[], image: readonly string[]): readonly string[] => {
  const names = new Set(asked.map(nameOf));
  return [...asked, ...image.filter((entry) => !names.has(nameOf(entry)))];
};

function mergeHealth(asked: HealthConfig | undefined, image: HealthConfig | undefined): HealthConfig | undefined {
  if (!asked || !image) return asked ?? image;
  const pick = <K extends keyof HealthConfig>(key: K): Partial<HealthConfig> => {
    const value = asked[key] || image[key];
    return value === undefined ? {} : { [key]: value };
  };
  const test = asked.Test && asked.Test.length > 0 ? asked.Test : image.Test;
  return {
    ...(test ? { Test: test } : {}),
    ...pick('Interval'),
    ...pick('Timeout'),
    ...pick('StartPeriod'),
    ...pick('StartInterval'),
    ...pick('Retries'),
  };
}

const MAX_HOSTNAME_BYTES = 64;

/** What is wrong with what was asked for, whatever the image says. Throws DockerError. Upstream: moby daemon validateContainerConfig. */
export function checkConfig({ WorkingDir = '', StopSignal, Healthcheck, Env, Hostname = '' }: Partial<ContainerConfig>): void {
  if (WorkingDir !== '' && !WorkingDir.startsWith('/')) throw relativeDirectory(WorkingDir);
  if (StopSignal && parseSignal(StopSignal) === undefined && !/^\+?0*[1-9]\d*$/.test(StopSignal)) throw badSignal(StopSignal);
  const bad = (Env ?? []).find((entry) => entry === '' || entry.startsWith('='));
  if (bad !== undefined) throw invalid(`invalid environment variable: ${bad}`);
  if (Healthcheck) checkHealth(Healthcheck);
  if (new TextEncoder().encode(Hostname).length > MAX_HOSTNAME_BYTES)
    throw invalid(`hostname ${JSON.stringify(Hostname)} is too long (maximum ${MAX_HOSTNAME_BYTES} bytes)`);
}

function checkHealth({ Interval = 0, Timeout = 0, StartPeriod = 0, StartInterval = 0, Retries = 0 }: HealthConfig): void {
  const least = 1_000_000;
  const spans = { Interval, Timeout, StartPeriod, StartInterval };
  for (const [name, span] of Object.entries(spans))
    if (span !== 0 && span < least) throw invalid(`${name} in Healthcheck cannot be less than 1ms`);
  if (Retries < 0) throw invalid('Retries in Healthcheck cannot be negative');
}
