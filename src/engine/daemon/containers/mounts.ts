/** What a container asks to have mounted, from `-v`, `--mount`, `--volumes-from` and its image. Upstream: moby daemon/volumes.go. */
import type { ContainerConfig, HostConfig, Mount } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import { type DockerError, invalid } from '../errors.ts';
import { exists, mkdirAll } from '../files.ts';
import type { MountedImage } from '../volumes/image-mounts.ts';
import type { Volumes } from '../volumes/store.ts';
import type { Container, ContainerMountPoint } from './container.ts';

export interface MountContext {
  readonly sys: Sys;
  readonly volumes: Volumes;
  readonly find: (name: string) => Container;
  /** Makes an image ready to be mounted. Throws DockerError. */
  readonly image: (name: string) => MountedImage;
}

const MODES = new Set([
  'ro',
  'rw',
  'z',
  'Z',
  'nocopy',
  'private',
  'rprivate',
  'shared',
  'rshared',
  'slave',
  'rslave',
  'consistent',
  'cached',
  'delegated',
]);
const PROPAGATIONS = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'];

/** All mounts by destination; a later one takes the place of an earlier. Makes the volumes that are missing. Throws DockerError. */
export function resolveMounts(context: MountContext, config: ContainerConfig, hostConfig: HostConfig): readonly ContainerMountPoint[] {
  const found = new Map<string, ContainerMountPoint>();
  for (const from of hostConfig.VolumesFrom ?? []) for (const mount of mountsFrom(context, from)) found.set(mount.Destination, mount);
  const seen = new Set<string>();
  const add = (mount: ContainerMountPoint): void => {
    if (seen.has(mount.Destination) || hostConfig.Tmpfs?.[mount.Destination] !== undefined)
      throw invalid(`Duplicate mount point: ${mount.Destination}`);
    seen.add(mount.Destination);
    found.set(mount.Destination, mount);
  };
  for (const bind of hostConfig.Binds ?? []) add(bindMount(context, bind));
  for (const mount of hostConfig.Mounts ?? []) add(typedMount(context, mount));
  for (const path of Object.keys(config.Volumes ?? {})) {
    const destination = clean(path);
    if (!found.has(destination)) found.set(destination, anonymous(context, destination));
  }
  return [...found.values()];
}

const clean = (path: string): string =>
  `/${path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')}`;

function mountsFrom({ find }: MountContext, spec: string): readonly ContainerMountPoint[] {
  const [name = '', mode = ''] = spec.split(':');
  const readOnly = mode.split(',').includes('ro');
  return find(name)
    .mounts.filter(({ Type }) => Type !== 'tmpfs')
    .map((mount) => ({ ...mount, RW: mount.RW && !readOnly, ...(mode === '' ? {} : { Mode: mode }) }));
}

function anonymous({ volumes }: MountContext, destination: string): ContainerMountPoint {
  const { name } = volumes.create({ name: '' });
  return {
    Type: 'volume',
    Name: name,
    Source: volumes.directory(name),
    Destination: destination,
    Driver: 'local',
    Mode: '',
    RW: true,
    Propagation: '',
    isAnonymous: true,
  };
}

/** `[SOURCE:]DESTINATION[:MODE]`. */
function bindMount(context: MountContext, spec: string): ContainerMountPoint {
  const parts = spec.split(':');
  const [first = '', second, mode] = parts;
  if (parts.length > 3 || parts.some((part) => part === '')) throw invalid(`invalid volume specification: '${spec}'`);
  if (second === undefined || MODES.has(second.split(',')[0] ?? '')) {
    checkTarget(spec, first, 'volume');
    return anonymous(context, clean(first));
  }
  const words = mode?.split(',') ?? [];
  const bad = words.find((word) => !MODES.has(word));
  if (bad !== undefined) throw invalid(`invalid mode: ${mode ?? ''}`);
  const isBind = first.startsWith('/');
  checkTarget(spec, second, isBind ? 'bind' : 'volume');
  const common = { Destination: clean(second), RW: !words.includes('ro'), Mode: mode ?? (isBind ? '' : 'z') };
  if (!isBind) return namedVolume(context, { name: first, common, noCopy: words.includes('nocopy') });
  if (!exists(context.sys, first)) mkdirAll(context.sys, first);
  return { Type: 'bind', Source: clean(first), ...common, Propagation: words.find((word) => PROPAGATIONS.includes(word)) ?? 'rprivate' };
}

function checkTarget(spec: string, target: string, type: 'bind' | 'volume'): void {
  const refuse = (why: string): DockerError =>
    invalid(`invalid volume specification: '${spec}': invalid mount config for type "${type}": ${why}`);
  if (!target.startsWith('/')) throw refuse(`invalid mount path: '${target}' mount path must be absolute`);
  if (clean(target) === '/')
    throw invalid(
      `invalid volume specification: '${spec}': invalid mount config for type "${type}": invalid specification: destination can't be '/'`,
    );
}

interface VolumeMount {
  readonly name: string;
  readonly common: Pick<ContainerMountPoint, 'Destination' | 'RW' | 'Mode'>;
  readonly noCopy: boolean;
}

function namedVolume({ volumes }: MountContext, { name, common, noCopy }: VolumeMount): ContainerMountPoint {
  const record = volumes.create({ name });
  return {
    Type: 'volume',
    Name: record.name,
    Source: volumes.directory(record.name),
    ...withMode(common),
    Driver: 'local',
    Propagation: '',
    ...(noCopy ? { noCopy } : {}),
  };
}

const withMode = ({ Destination, RW, Mode }: VolumeMount['common']): VolumeMount['common'] => ({ Destination, Mode, RW });

/** `--mount`. */
function typedMount(context: MountContext, mount: Mount): ContainerMountPoint {
  const refuse = (why: string): DockerError => invalid(`invalid mount config for type "${mount.Type}": ${why}`);
  if (!['bind', 'volume', 'tmpfs', 'image'].includes(mount.Type)) throw refuse('mount type unknown');
  if (!mount.Target) throw refuse('field Target must not be empty');
  if (!mount.Target.startsWith('/')) throw refuse(`invalid mount path: '${mount.Target}' mount path must be absolute`);
  const common = { Destination: clean(mount.Target), RW: !mount.ReadOnly };
  if (mount.Type === 'tmpfs') return { Type: 'tmpfs', Source: '', ...common, Mode: '', Propagation: '', data: tmpfsData(mount) };
  if (mount.Type === 'volume') return volumeMount(context, mount);
  if (mount.Type === 'image') return imageMount(context, mount);
  if (!mount.Source) throw refuse('field Source must not be empty');
  if (!exists(context.sys, mount.Source)) {
    if (!mount.BindOptions?.CreateMountpoint) throw refuse(`bind source path does not exist: ${mount.Source}`);
    mkdirAll(context.sys, mount.Source);
  }
  return { Type: 'bind', Source: clean(mount.Source), ...common, Mode: '', Propagation: mount.BindOptions?.Propagation || 'rprivate' };
}

/** `app/logs`, but nothing that leads out. */
function checkSubpath(type: 'volume' | 'image', subpath = ''): void {
  let depth = 0;
  let lowest = subpath.startsWith('/') ? -1 : 0;
  for (const part of subpath.split('/')) {
    depth += part === '..' ? -1 : part === '' || part === '.' ? 0 : 1;
    lowest = Math.min(lowest, depth);
  }
  if (lowest < 0) throw invalid(`invalid mount config for type "${type}": subpath must be a relative path within the ${type}`);
}

function imageMount({ image }: MountContext, { Source = '', Target, ImageOptions }: Mount): ContainerMountPoint {
  if (Source === '') throw invalid('invalid mount config for type "image": field Source must not be empty');
  checkSubpath('image', ImageOptions?.Subpath);
  const { imageId, snapshot, source } = image(Source);
  return {
    Type: 'image',
    Name: Source,
    Source: source,
    Destination: clean(Target),
    Mode: '',
    RW: false,
    Propagation: 'rprivate',
    ...(ImageOptions?.Subpath ? { subpath: ImageOptions.Subpath } : {}),
    mountedImage: { imageId, snapshot },
  };
}

function volumeMount({ volumes }: MountContext, { Source = '', Target, ReadOnly, VolumeOptions }: Mount): ContainerMountPoint {
  checkSubpath('volume', VolumeOptions?.Subpath);
  const record = volumes.create({
    name: Source,
    labels: VolumeOptions?.Labels ?? null,
    driver: VolumeOptions?.DriverConfig?.Name ?? 'local',
    options: VolumeOptions?.DriverConfig?.Options ?? null,
  });
  return {
    Type: 'volume',
    Name: record.name,
    Source: volumes.directory(record.name),
    Destination: clean(Target),
    Driver: 'local',
    Mode: 'z',
    RW: !ReadOnly,
    Propagation: '',
    ...(VolumeOptions?.NoCopy || VolumeOptions?.Subpath ? { noCopy: true } : {}),
    ...(VolumeOptions?.Subpath ? { subpath: VolumeOptions.Subpath } : {}),
    ...(Source === '' ? { isAnonymous: true } : {}),
  };
}

function tmpfsData({ TmpfsOptions }: Mount): string {
  const size = TmpfsOptions?.SizeBytes ? [`size=${TmpfsOptions.SizeBytes}`] : [];
  return [...size, `mode=${(TmpfsOptions?.Mode ?? 0o1777).toString(8)}`].join(',');
}
