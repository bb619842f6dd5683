/** What `<Dashboard>` shows and asks: rows out of the Engine's lists, and a form that becomes a container. Pure. */
import type { ContainerSummary, ImageSummary, NetworkInspect, Volume } from '../../engine/api-types/index.ts';
import { sizeText } from '../page/size.ts';

export const VIEWS = ['containers', 'images', 'volumes', 'networks'] as const;
export type View = (typeof VIEWS)[number];

/** The views that an author asks for, in that order; all of them if nothing is left. */
export function viewsIn(text: string): readonly View[] {
  const wanted = text.split(',').map((word) => word.trim());
  const known = VIEWS.filter((view) => wanted.includes(view)).sort((a, b) => wanted.indexOf(a) - wanted.indexOf(b));
  return known.length > 0 ? known : VIEWS;
}

export interface Request {
  readonly method: string;
  readonly target: string;
}

export interface Act extends Request {
  /** Docker's own verb. */
  readonly verb: string;
}

export interface Row {
  readonly key: string;
  readonly title: string;
  /** Under the title: an image, a short id. */
  readonly below: string;
  /** A state to draw, where there is one. */
  readonly shape: string | null;
  readonly cells: readonly string[];
  readonly acts: readonly Act[];
  /** Published ports of the host. */
  readonly ports: readonly number[];
}

export interface Listing {
  readonly containers: readonly ContainerSummary[];
  readonly images: readonly ImageSummary[];
  readonly volumes: readonly Volume[];
  readonly networks: readonly NetworkInspect[];
}

/** Docker's names of columns; the first is the row's title. */
export const COLUMNS: Readonly<Record<View, readonly string[]>> = {
  containers: ['NAMES', 'STATUS', 'PORTS'],
  images: ['IMAGE', 'ID', 'DISK USAGE'],
  volumes: ['VOLUME NAME', 'DRIVER', 'CONTAINERS'],
  networks: ['NAME', 'DRIVER', 'SUBNET', 'CONTAINERS'],
};

const post = (verb: string, target: string): Act => ({ verb, method: 'POST', target });
const remove = (target: string): Act => ({ verb: 'rm', method: 'DELETE', target });

const ACTS: Readonly<Record<string, (id: string) => readonly Act[]>> = {
  created: (id) => [post('start', `/containers/${id}/start`), remove(`/containers/${id}`)],
  running: (id) => [
    post('stop', `/containers/${id}/stop?t=1`),
    post('restart', `/containers/${id}/restart?t=1`),
    post('pause', `/containers/${id}/pause`),
  ],
  paused: (id) => [post('unpause', `/containers/${id}/unpause`), post('stop', `/containers/${id}/stop?t=1`)],
  restarting: (id) => [post('stop', `/containers/${id}/stop?t=1`)],
  exited: (id) => [post('start', `/containers/${id}/start`), remove(`/containers/${id}`)],
  dead: (id) => [remove(`/containers/${id}`)],
};

export const nameOf = ({ Names, Id }: ContainerSummary): string => Names[0]?.replace(/^\//, '') ?? Id.slice(0, 12);

/** A service's image has a tag and a digest; as in `docker ps` the tag is enough. */
const imageOf = ({ Image }: ContainerSummary): string => Image.replace(/(:[^:@/]+)@sha256:.*/, '$1');

function containerRow(container: ContainerSummary): Row {
  const isFailure = container.State === 'exited' && !container.Status.includes('(0)');
  const published = container.Ports.filter(({ PublicPort, IP = '' }) => PublicPort !== undefined && !IP.includes(':'));
  return {
    ...{ key: container.Id, title: nameOf(container), below: imageOf(container), shape: isFailure ? 'failed' : container.State },
    cells: [
      container.Status || 'Created',
      published
        .map(({ IP, PublicPort, PrivatePort }) => `${IP === undefined || IP === '0.0.0.0' ? '' : `${IP}:`}${PublicPort}→${PrivatePort}`)
        .join(', '),
    ],
    acts: ACTS[container.State]?.(container.Id) ?? [],
    ports: published.map(({ PublicPort = 0 }) => PublicPort),
  };
}

export function imageRow({ Id, RepoTags, Size }: ImageSummary): Row {
  const name = RepoTags?.[0] ?? '<untagged>';
  const target = `/images/${encodeURIComponent(RepoTags?.[0] ?? Id)}`;
  return {
    ...{ key: Id, title: name, below: (RepoTags ?? []).slice(1).join(', '), shape: null },
    ...{ cells: [Id.replace('sha256:', '').slice(0, 12), sizeText(Size)], acts: [remove(target)], ports: [] },
  };
}

function volumeRow({ Name, Driver, Mountpoint }: Volume, containers: readonly ContainerSummary[]): Row {
  const users = containers.filter(({ Mounts }) => Mounts.some((mount) => mount.Name === Name)).map(nameOf);
  return {
    ...{ key: Name, title: Name.length === 64 ? `${Name.slice(0, 12)}…` : Name, below: Mountpoint, shape: null },
    ...{ cells: [Driver, users.join(', ')], acts: [remove(`/volumes/${encodeURIComponent(Name)}`)], ports: [] },
  };
}

const PREDEFINED = new Set(['bridge', 'host', 'none']);

function networkRow({ Name, Id, Driver, IPAM, Containers }: NetworkInspect): Row {
  const inside = Object.values(Containers ?? {}).map((one) => one.Name);
  return {
    ...{ key: Id, title: Name, below: Id.slice(0, 12), shape: null, ports: [] },
    cells: [Driver, (IPAM.Config ?? []).map(({ Subnet }) => Subnet ?? '').join(', '), inside.join(', ')],
    acts: PREDEFINED.has(Name) ? [] : [remove(`/networks/${Id}`)],
  };
}

export function rowsOf(view: View, listing: Listing): readonly Row[] {
  const byName = (a: Row, b: Row): number => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0);
  if (view === 'containers') return listing.containers.map(containerRow);
  if (view === 'images') return listing.images.map(imageRow).sort(byName);
  if (view === 'volumes') return listing.volumes.map((volume) => volumeRow(volume, listing.containers)).sort(byName);
  return listing.networks.map(networkRow).sort(byName);
}

/** The text twin of a row. */
export const rowInWords = (view: View, { title, below, cells }: Row): string => {
  const told = COLUMNS[view].slice(1).flatMap((column, index) => (cells[index] ? [`${column} ${cells[index]}`] : []));
  return [`${title}${below ? ` (${below})` : ''}`, ...told].join(', ');
};

/** What somebody fills in to run a container. Lists are separated by commas or lines. */
export interface RunForm {
  readonly image: string;
  readonly name: string;
  readonly command: string;
  readonly ports: string;
  readonly volumes: string;
  readonly env: string;
  readonly network: string;
}

const listIn = (text: string): readonly string[] =>
  text
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Words as a shell takes them: quotes hold words together. */
export const wordsIn = (line: string): readonly string[] =>
  [...line.matchAll(/(?:"((?:\\.|[^"\\])*)"|'([^']*)'|[^\s"']+)+/g)].map(([word]) =>
    word.replace(
      /"((?:\\.|[^"\\])*)"|'([^']*)'/g,
      (_, double?: string, single?: string) => double?.replace(/\\(.)/g, '$1') ?? single ?? '',
    ),
  );

interface PortSpec {
  readonly port: string;
  readonly binding: { readonly HostIp: string; readonly HostPort: string };
}

/** `8080:80`, `127.0.0.1:8080:80/udp`, `80`. */
function portIn(text: string): PortSpec {
  const [address = '', protocol = 'tcp'] = text.split('/');
  const parts = address.split(':');
  const inside = parts.pop() ?? '';
  const HostPort = parts.pop() ?? '';
  return { port: `${inside}/${protocol}`, binding: { HostIp: parts.join(':'), HostPort } };
}

/** The body of POST /containers/create. */
export function createBody(form: RunForm): object {
  const ports = listIn(form.ports).map(portIn);
  const command = wordsIn(form.command);
  return {
    Image: form.image.trim(),
    ...(command.length > 0 ? { Cmd: command } : {}),
    Env: listIn(form.env),
    ExposedPorts: Object.fromEntries(ports.map(({ port }) => [port, {}])),
    HostConfig: {
      Binds: listIn(form.volumes),
      PortBindings: Object.fromEntries(ports.map(({ port, binding }) => [port, [binding]])),
      NetworkMode: form.network.trim() || 'default',
    },
  };
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** The same container by the client. */
export function runCommand(form: RunForm): string {
  const option = (flag: string, values: readonly string[]): readonly string[] => values.flatMap((value) => [flag, quoted(value)]);
  return [
    'docker run -d',
    ...option('--name', form.name.trim() === '' ? [] : [form.name.trim()]),
    ...option('-p', listIn(form.ports)),
    ...option('-v', listIn(form.volumes)),
    ...option('-e', listIn(form.env)),
    ...option('--network', form.network.trim() === '' ? [] : [form.network.trim()]),
    ...(form.image.trim() === '' ? [] : [quoted(form.image.trim())]),
    ...wordsIn(form.command).map(quoted),
  ].join(' ');
}

/** Name and tag of a reference, as POST /images/create takes them. */
export function pullTarget(image: string): string {
  const [, name = image, tag = 'latest'] = /^(.+?)(?::([\w.-]+))?$/.exec(image.trim()) ?? [];
  return `/images/create?fromImage=${encodeURIComponent(name)}&tag=${encodeURIComponent(name.includes('@') ? '' : tag)}`;
}

/** A folder's entries out of the paths of all files. */
export function folderOf<File extends { readonly path: string }>(files: readonly File[], folder: string): readonly File[] {
  const start = folder === '/' ? '/' : `${folder}/`;
  return files.filter(({ path }) => path.startsWith(start) && path.length > start.length && !path.slice(start.length).includes('/'));
}
