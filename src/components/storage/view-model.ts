/** What `<Storage>` shows: for each container its paths that lead elsewhere, the places where they end, and which removal a place survives. Pure. */
import type { DrydockFile, MountPoint, Volume } from '../../engine/api-types/index.ts';
import { sizeText } from '../page/size.ts';
import type { Language } from '../page/words.ts';
import { storageWords } from './words.ts';

export type PlaceKind = 'writable' | 'volume' | 'bind' | 'tmpfs';

export interface Place {
  readonly key: string;
  readonly kind: PlaceKind;
  /** A volume's name, a host's folder; the container's name for its own layer. */
  readonly name: string;
  /** Where it lies on the host. */
  readonly path: string;
  readonly isAnonymous: boolean;
  readonly size: string;
}

export interface Path {
  readonly container: string;
  readonly path: string;
  readonly place: string;
  readonly isReadOnly: boolean;
}

export interface StorageView {
  readonly containers: readonly { readonly name: string; readonly state: string }[];
  readonly paths: readonly Path[];
  readonly places: readonly Place[];
}

/** What the Engine says of a container, as far as it matters here. */
export interface StoredContainer {
  readonly Id: string;
  readonly Name: string;
  readonly State: { readonly Status: string };
  readonly SizeRw?: number;
  readonly HostConfig: { readonly Tmpfs?: Readonly<Record<string, string>> | null; readonly AutoRemove?: boolean };
  readonly Mounts: readonly MountPoint[];
}

const ANONYMOUS = /^[0-9a-f]{64}$/;
const ANONYMOUS_LABEL = 'com.docker.volume.anonymous';

function placesOf(container: StoredContainer): readonly { readonly path: string; readonly isReadOnly: boolean; readonly place: Place }[] {
  const name = container.Name.replace(/^\//, '');
  const own: Place = {
    ...{ key: `layer ${container.Id}`, kind: 'writable', name, path: 'overlayfs upperdir', isAnonymous: false },
    size: container.SizeRw === undefined ? '' : sizeText(container.SizeRw),
  };
  const mounted = container.Mounts.map((mount) => {
    const kind: PlaceKind = mount.Type === 'volume' ? 'volume' : mount.Type === 'tmpfs' ? 'tmpfs' : 'bind';
    const isAnonymous = kind === 'volume' && ANONYMOUS.test(mount.Name ?? '');
    const key = kind === 'tmpfs' ? `tmpfs ${container.Id} ${mount.Destination}` : `${kind} ${mount.Name ?? mount.Source}`;
    const place: Place = { key, kind, name: mount.Name ?? mount.Source, path: mount.Source, isAnonymous, size: '' };
    return { path: mount.Destination, isReadOnly: !mount.RW, place };
  });
  const memory = Object.entries(container.HostConfig.Tmpfs ?? {})
    .filter(([path]) => !mounted.some((known) => known.path === path))
    .map(([path, options]) => ({
      ...{ path, isReadOnly: /(^|,)ro(,|$)/.test(options) },
      place: {
        key: `tmpfs ${container.Id} ${path}`,
        kind: 'tmpfs' as const,
        name,
        path: '',
        isAnonymous: false,
        size: /size=([^,]+)/.exec(options)?.[1] ?? '',
      },
    }));
  return [{ path: '/', isReadOnly: false, place: own }, ...[...mounted, ...memory].sort((a, b) => (a.path < b.path ? -1 : 1))];
}

/** Containers, then volumes that none of them mounts. With a name, that container alone and who shares a place with it. */
export function storageView(containers: readonly StoredContainer[], volumes: readonly Volume[], only = ''): StorageView {
  const all = containers.map((container) => ({ container, name: container.Name.replace(/^\//, ''), placed: placesOf(container) }));
  const wanted = only.split(',').filter((name) => name !== '');
  const named = all.filter(({ name }) => wanted.includes(name));
  const shared = new Set(named.flatMap(({ placed }) => placed.map(({ place }) => place.key)));
  const shown =
    wanted.length === 0 ? all : all.filter((one) => named.includes(one) || one.placed.some(({ place }) => shared.has(place.key)));
  const places = new Map(shown.flatMap(({ placed }) => placed.map(({ place }) => [place.key, withLabel(place, volumes)] as const)));
  for (const { Name, Mountpoint, Labels } of volumes)
    if (!places.has(`volume ${Name}`) && (wanted.length === 0 || named.length === 0))
      places.set(`volume ${Name}`, {
        ...{ key: `volume ${Name}`, kind: 'volume', name: Name, path: Mountpoint, size: '' },
        isAnonymous: Labels?.[ANONYMOUS_LABEL] !== undefined,
      });
  return {
    containers: shown.map(({ name, container }) => ({ name, state: container.State.Status })),
    paths: shown.flatMap(({ name, placed }) =>
      placed.map(({ path, isReadOnly, place }) => ({ container: name, path, isReadOnly, place: place.key })),
    ),
    places: [...places.values()],
  };
}

/** A volume is anonymous if Docker says so; a name of 64 digits is only a sign of it. */
function withLabel(place: Place, volumes: readonly Volume[]): Place {
  const volume = place.kind === 'volume' ? volumes.find(({ Name }) => Name === place.name) : undefined;
  return volume ? { ...place, isAnonymous: volume.Labels?.[ANONYMOUS_LABEL] !== undefined } : place;
}

/** What can happen to a container and to volumes, by the command that does it. */
export const REMOVALS = ['stop', 'rm', 'rm -v', 'rm, volume prune', 'rm, volume prune -a'] as const;
export type Removal = (typeof REMOVALS)[number];

/** Whether a place is there after the command; a prune spares what is still mounted. */
export function survives({ kind, isAnonymous }: Place, removal: Removal): boolean {
  switch (kind) {
    case 'bind':
      return true;
    case 'tmpfs':
      return false;
    case 'writable':
      return removal === 'stop';
    case 'volume':
      if (removal === 'rm -v' || removal === 'rm, volume prune') return !isAnonymous;
      return removal !== 'rm, volume prune -a';
  }
}

export const placeName = (place: Place, language: Language): string => {
  const { kinds, anonymous, memory } = storageWords[language];
  if (place.kind === 'writable') return `${kinds.writable} (${place.name})`;
  if (place.kind === 'tmpfs') return memory;
  if (place.kind === 'bind') return place.path;
  return place.isAnonymous ? `${anonymous} ${place.name.slice(0, 12)}…` : `${kinds.volume} ${place.name}`;
};

/** Where the Engine is asked for the files of a place: a layer's own are what `docker diff` prints. */
export function filesTarget(view: StorageView, place: Place): string {
  if (place.kind === 'writable') return `/containers/${place.name}/changes`;
  if (place.kind === 'volume') return `/drydock/volumes/${place.name}/files`;
  const path = view.paths.find((one) => one.place === place.key);
  return `/drydock/containers/${path?.container ?? ''}/files?path=${encodeURIComponent(path?.path ?? '')}`;
}

/** What GET /containers/{id}/changes says of a path. */
interface Change {
  readonly Path: string;
  readonly Kind: 0 | 1 | 2;
}

const KINDS = 'CAD';
const MOST_LINES = 200;

/** A line for each file: its path and its size, or as `docker diff` prints it. */
export function fileLines(answer: readonly (DrydockFile | Change)[] | null): readonly string[] {
  const lines = (answer ?? []).map((file) => {
    if ('Kind' in file) return `${KINDS[file.Kind] ?? '?'} ${file.Path}`;
    if (file.Type === 'directory') return `${file.Path}/`;
    return file.Type === 'file' ? `${file.Path}  ${sizeText(file.SizeBytes)}` : file.Path;
  });
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `… +${lines.length - MOST_LINES}`] : lines;
}

/** The text twin: a sentence for each path, and for each place. */
export function storageInWords(view: StorageView, language: Language): readonly string[] {
  const words = storageWords[language];
  const nameOf = (key: string): string => {
    const place = view.places.find((one) => one.key === key);
    return place ? placeName(place, language) : key;
  };
  const leads = view.paths.map(({ container, path, place, isReadOnly }) =>
    words.leads(container, isReadOnly ? `${path} (ro)` : path, nameOf(place)),
  );
  const lasting = view.places.map((place) => {
    const verbs = REMOVALS.filter((removal) => survives(place, removal));
    return verbs.length === 0 ? words.survivesNothing(nameOf(place.key)) : words.survives(nameOf(place.key), verbs.join('; '));
  });
  return [...leads, ...lasting];
}
