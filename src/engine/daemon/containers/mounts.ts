/** What a container asks to have mounted, from `-v`, `--mount`, `--volumes-from` and its image. Upstream: moby daemon/volumes.go. */
import type { ContainerConfig, HostConfig, Mount } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import { type DockerError, invalid, notFound } from '../errors.ts';
import { exists } from '../files.ts';
import { create as createVolume } from '../volumes/create.ts';
import type { MountedImage } from '../volumes/image-mounts.ts';
import type { Volumes } from '../volumes/store.ts';
import type { Container, ContainerMountPoint } from './container.ts';

export interface MountContext {
  readonly sys: Sys;
  readonly volumes: Volumes;
  readonly find: (name: string) => Container;
  /** Of volumes that name none: `--volume-driver`. */
  readonly driver: string;
  /** Throws DockerError if something is mounted there already. */
  readonly claim?: (destination: string) => void;
  /** Makes an image ready to be mounted. Throws DockerError. */
  readonly image: (name: string) => MountedImage;
}

const PROPAGATIONS = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'];
/** Of each kind a mode may have one word. */
const MODE_WORDS = [['ro', 'rw'], ['z', 'Z'], PROPAGATIONS, ['nocopy'], ['consistent', 'cached', 'delegated']] as const;

function isMode(text: string): boolean {
  const kinds = text.split(',').map((word) => MODE_WORDS.findIndex((kind) => (kind as readonly string[]).includes(word)));
  return !kinds.includes(-1) && new Set(kinds).size === kinds.length;
}

const badMode = (mode: string): DockerError => invalid(`invalid mode: ${mode}`);

/** All mounts by destination; a later one takes the place of an earlier. Makes the volumes that are missing. Throws DockerError. */
export function resolveMounts(context: MountContext, config: ContainerConfig, hostConfig: HostConfig): readonly ContainerMountPoint[] {
  const found = new Map<string, ContainerMountPoint>();
  for (const from of hostConfig.VolumesFrom ?? []) for (const mount of mountsFrom(context, from)) found.set(mount.Destination, mount);
  const seen = new Set<string>();
  const claim = (destination: string): void => {
    if (seen.has(destination) || hostConfig.Tmpfs?.[destination] !== undefined) throw invalid(`Duplicate mount point: ${destination}`);
  };
  const add = (mount: ContainerMountPoint): void => {
    claim(mount.Destination);
    seen.add(mount.Destination);
    found.set(mount.Destination, mount);
  };
  // A place is asked for before a volume is made for it.
  const claiming = { ...context, claim };
  for (const bind of hostConfig.Binds ?? []) add(bindMount(claiming, bind));
  for (const mount of hostConfig.Mounts ?? []) add(typedMount(claiming, mount));
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
  if (spec === '') throw invalid('volumes-from specification cannot be an empty string');
  const [name = '', ...rest] = spec.split(':');
  const mode = rest.join(':');
  if (mode !== '' && (!isMode(mode) || mode.split(',').some((word) => word === 'nocopy' || PROPAGATIONS.includes(word))))
    throw badMode(mode);
  const readOnly = mode.split(',').includes('ro');
  const { mounts } = find(name);
  // A tmpfs is looked for by the name that it has not.
  if (mounts.some(({ Type }) => Type === 'tmpfs')) throw notFound('get: no such volume');
  return mounts.map((mount) => ({ ...mount, RW: mount.RW && !readOnly, ...(mode === '' ? {} : { Mode: mode }) }));
}

function anonymous({ volumes, driver }: MountContext, destination: string): ContainerMountPoint {
  const { name } = createVolume(volumes, { name: '', ...(driver !== '' && { driver }) });
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
  if (parts.length > 3 || parts.some((part) => part === '')) throw badSpec(spec);
  if (second === undefined) {
    checkTarget(spec, first, 'volume');
    return anonymous(context, clean(first));
  }
  if (mode === undefined && isMode(second)) throw badSpec(spec);
  if (mode !== undefined && !isMode(mode)) throw badMode(mode);
  const words = mode?.split(',') ?? [];
  const isBind = first.startsWith('/');
  const propagation = words.find((word) => PROPAGATIONS.includes(word));
  if (propagation !== undefined && !isBind)
    throw badSpec(spec, 'invalid mount config for type "volume": field BindOptions must not be specified');
  if (words.includes('nocopy') && isBind)
    throw badSpec(spec, 'invalid mount config for type "bind": field VolumeOptions must not be specified');
  checkTarget(spec, second, isBind ? 'bind' : 'volume');
  const common = { Destination: clean(second), RW: !words.includes('ro'), Mode: mode ?? (isBind ? '' : 'z') };
  if (!isBind) return namedVolume(context, { name: first, common, noCopy: words.includes('nocopy') });
  return { Type: 'bind', Source: clean(first), ...common, Propagation: propagation ?? 'rprivate', makesSource: true };
}

const badSpec = (spec: string, why?: string): DockerError =>
  invalid(`invalid volume specification: '${spec}'${why === undefined ? '' : `: ${why}`}`);

function checkTarget(spec: string, target: string, type: 'bind' | 'volume'): void {
  const why = targetFault(target);
  if (why !== undefined) throw badSpec(spec, `invalid mount config for type "${type}": ${why}`);
}

/** What is wrong with a place in the container. */
function targetFault(target: string): string | undefined {
  if (clean(target) === '/') return "invalid specification: destination can't be '/'";
  return target.startsWith('/') ? undefined : notAbsolute(target);
}

const notAbsolute = (path: string): string => `invalid mount path: '${path}' mount path must be absolute`;

interface VolumeMount {
  readonly name: string;
  readonly common: Pick<ContainerMountPoint, 'Destination' | 'RW' | 'Mode'>;
  readonly noCopy: boolean;
}

function namedVolume({ volumes, driver, claim }: MountContext, { name, common, noCopy }: VolumeMount): ContainerMountPoint {
  claim?.(common.Destination);
  const record = createVolume(volumes, { name, ...(driver !== '' && { driver }) });
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
  const fault = targetFault(mount.Target);
  if (fault !== undefined) throw refuse(fault);
  const common = { Destination: clean(mount.Target), RW: !mount.ReadOnly };
  if (mount.Type === 'tmpfs' && mount.Source) throw refuse('field Source must not be specified');
  if (mount.Type === 'tmpfs') return { Type: 'tmpfs', Source: '', ...common, Mode: '', Propagation: '', data: tmpfsData(mount) };
  if (mount.Type === 'volume') return volumeMount(context, mount);
  if (mount.Type === 'image') return imageMount(context, mount);
  if (!mount.Source) throw refuse('field Source must not be empty');
  const propagation = mount.BindOptions?.Propagation || 'rprivate';
  if (!PROPAGATIONS.includes(propagation)) throw refuse(`invalid propagation mode: ${propagation}`);
  if (!mount.Source.startsWith('/')) throw refuse(notAbsolute(mount.Source));
  const makesSource = mount.BindOptions?.CreateMountpoint ?? false;
  if (!exists(context.sys, mount.Source) && !makesSource) throw refuse(`bind source path does not exist: ${mount.Source}`);
  return { Type: 'bind', Source: clean(mount.Source), ...common, Mode: '', Propagation: propagation, ...(makesSource && { makesSource }) };
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

function volumeMount({ volumes, claim }: MountContext, { Source = '', Target, ReadOnly, VolumeOptions }: Mount): ContainerMountPoint {
  if (VolumeOptions?.Subpath && Source === '')
    throw invalid('invalid mount config for type "volume": must not set Subpath when using anonymous volumes');
  checkSubpath('volume', VolumeOptions?.Subpath);
  claim?.(clean(Target));
  const record = createVolume(volumes, {
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
