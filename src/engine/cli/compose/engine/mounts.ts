/** A service's volumes, secrets and configs as binds and mounts. Upstream: compose pkg/compose/create.go buildContainerVolumes. */
import type { ContainerSummary, Mount, MountPoint, MountType } from '../../../api-types/index.ts';
import { CliError } from '../../errors.ts';
import type { FileObject, Grant, Project, ServiceVolume } from '../project/types.ts';
import type { Creating } from './create-request.ts';

export interface Mounted {
  readonly binds: readonly string[];
  readonly mounts: readonly Mount[];
}

export function mountsOf(creating: Creating): Mounted {
  const { project, service, inherit, imageVolumes } = creating;
  const volumes = service.volumes ?? [];
  const inherited = inherit === undefined ? [] : takenOver(inherit, { volumes, imageVolumes });
  const taken = new Set(inherited.map(({ Target }) => Target));
  const own = volumes.filter(({ target, source = '' }) => source !== '' || !taken.has(target));
  const objects = [
    ...grantMounts(project.secrets, service.secrets ?? [], '/run/secrets/'),
    ...grantMounts(project.configs, service.configs ?? [], '/'),
  ].filter((mount) => own.every(({ target }) => target !== mount.Target));
  const shown = own.map((volume) => ({ volume, bind: bindText(project, volume) }));
  return {
    binds: shown.flatMap(({ bind }) => (bind === undefined ? [] : [bind])),
    mounts: [
      ...inherited.filter(({ Target }) => own.every(({ target }) => target !== Target)),
      ...shown.flatMap(({ volume, bind }) => (bind === undefined ? [mountOf(project, volume)] : [])),
      ...objects,
    ],
  };
}

/** The anonymous volumes of the container before: those of its image, and those that the service has without a name. */
function takenOver(
  before: ContainerSummary,
  { volumes, imageVolumes }: { readonly volumes: readonly ServiceVolume[]; readonly imageVolumes: ReadonlySet<string> },
): readonly Mount[] {
  const isAnonymous = ({ Type, Destination }: MountPoint) =>
    Type !== 'tmpfs' &&
    (imageVolumes.has(Destination) || volumes.some(({ target, source = '' }) => target === Destination && source === ''));
  return before.Mounts.filter(isAnonymous).map(({ Type, Name, Source, Destination, RW }) => ({
    Type: Type as MountType,
    Source: Type === 'volume' ? (Name ?? '') : Source,
    Target: Destination,
    ...(RW ? {} : { ReadOnly: true }),
  }));
}

/** Named volumes and paths of the host go by the older form, which makes a path that is missing; undefined: they need a mount. */
function bindText(project: Project, volume: ServiceVolume): string | undefined {
  const { type, source = '', target, read_only: readOnly = false } = volume;
  const options = [readOnly ? 'ro' : 'rw', ...(volume.bind?.selinux === undefined ? [] : [volume.bind.selinux])];
  const bind = volume.bind ?? {};
  if (type === 'bind' && bind.create_host_path !== false && bind.propagation === undefined && bind.recursive === undefined)
    return `${source}:${target}:${options.join(',')}`;
  const own = volume.volume ?? {};
  const isPlain = own.labels === undefined && own.subpath === undefined && own.nocopy !== true;
  if (type === 'volume' && source !== '' && isPlain) return `${project.volumes[source]?.name ?? source}:${target}:${options.join(',')}`;
  return undefined;
}

function mountOf(project: Project, volume: ServiceVolume): Mount {
  const { type, source = '', target, read_only: ReadOnly } = volume;
  const named = type === 'volume' && source !== '' ? (project.volumes[source]?.name ?? source) : source;
  return {
    Type: type as MountType,
    ...(named === '' ? {} : { Source: named }),
    Target: target,
    ...(ReadOnly === true ? { ReadOnly } : {}),
    ...optionsOf(volume),
  };
}

function optionsOf({ type, bind, volume, tmpfs, image }: ServiceVolume): Partial<Mount> {
  if (type === 'bind')
    return {
      BindOptions: {
        ...(bind?.propagation === undefined ? {} : { Propagation: bind.propagation }),
        ...(bind?.create_host_path === false ? {} : { CreateMountpoint: true }),
        ...(bind?.recursive === 'disabled' ? { NonRecursive: true } : {}),
      },
    };
  if (type === 'volume' && volume !== undefined)
    return {
      VolumeOptions: {
        ...(volume.nocopy === true ? { NoCopy: true } : {}),
        ...(volume.subpath === undefined ? {} : { Subpath: volume.subpath }),
        ...(volume.labels === undefined ? {} : { Labels: volume.labels }),
      },
    };
  if (type === 'tmpfs' && tmpfs !== undefined)
    return {
      TmpfsOptions: {
        ...(tmpfs.size === undefined ? {} : { SizeBytes: Number(tmpfs.size) }),
        ...(tmpfs.mode === undefined ? {} : { Mode: tmpfs.mode }),
      },
    };
  return type === 'image' && image?.subpath !== undefined ? { ImageOptions: { Subpath: image.subpath } } : {};
}

/** Secrets and configs that are files are mounted; others are copied in once the container is there. */
function grantMounts(objects: Readonly<Record<string, FileObject>>, grants: readonly Grant[], directory: string): readonly Mount[] {
  return grants.flatMap(({ source, target = source }) => {
    const object = objects[source];
    if (object?.external === true) throw new CliError(`unsupported external ${directory === '/' ? 'config' : 'secret'} ${object.name}`);
    if (object?.file === undefined) return [];
    const Target = target.startsWith('/') ? target : `${directory}${target}`;
    return [{ Type: 'bind' as const, Source: object.file, Target, ReadOnly: true, BindOptions: {} }];
  });
}
