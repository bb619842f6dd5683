import type { ContainerSummary, MountPoint, Platform } from '../../api-types/index.ts';
import { struct, toJson } from '../template/index.ts';
import { humanDuration } from './human.ts';
import { type ListFormat, tryTemplate } from './list.ts';
import { showPorts } from './ports.ts';
import { byBytes, ellipsis, quote, truncateId } from './text.ts';
import { showTime } from './time.ts';
import { humanSize } from './units.ts';

interface Options {
  readonly nowNs: bigint;
  readonly truncate: boolean;
  readonly size: boolean;
}

const TABLE = '{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}';
const RAW = `container_id: {{.ID}}
image: {{.Image}}
command: {{.Command}}
created_at: {{.CreatedAt}}
state: {{- pad .State 1 0}}
status: {{- pad .Status 1 0}}
names: {{.Names}}
labels: {{- pad .Labels 1 0}}
ports: {{- pad .Ports 1 0}}
`;
/** What columns of containers are called. */
export const HEADS = {
  ID: 'CONTAINER ID',
  Names: 'NAMES',
  Image: 'IMAGE',
  Command: 'COMMAND',
  CreatedAt: 'CREATED AT',
  RunningFor: 'CREATED',
  Ports: 'PORTS',
  State: 'STATE',
  Status: 'STATUS',
  HealthStatus: 'HEALTH STATUS',
  Size: 'SIZE',
  Labels: 'LABELS',
  Mounts: 'MOUNTS',
  LocalVolumes: 'LOCAL VOLUMES',
  Networks: 'NETWORKS',
  Platform: 'PLATFORM',
};

/** The rows of `docker ps`. */
export function CONTAINERS(options: Options): ListFormat<ContainerSummary> {
  const { nowNs, truncate } = options;
  return {
    type: '*formatter.ContainerContext',
    table: options.size ? `${TABLE}\t{{.Size}}` : TABLE,
    quiet: '{{.ID}}',
    raw: options.size ? `${RAW}size: {{.Size}}\n` : RAW,
    rawQuiet: 'container_id: {{.ID}}',
    heads: HEADS,
    columns: {
      ID: (row) => (truncate ? truncateId(row.Id) : row.Id),
      Names: (row) => showNames(row.Names, truncate),
      Image: (row) => showImage(row, truncate),
      Command: (row) => quote(truncate ? ellipsis(row.Command, 20) : row.Command),
      CreatedAt: (row) => showTime(row.Created),
      RunningFor: (row) => `${humanDuration(Number(nowNs) - row.Created * 1e9)} ago`,
      Ports: (row) => showPorts(row.Ports),
      State: (row) => row.State,
      Status: (row) => row.Status,
      HealthStatus: (row) => row.Health?.Status ?? '',
      Size: showSize,
      Labels: (row) => showLabels(row.Labels),
      Mounts: (row) => row.Mounts.map((mount) => showMount(mount, truncate)).join(','),
      LocalVolumes: (row) => String(row.Mounts.filter((mount) => mount.Driver === 'local').length),
      Networks: (row) => Object.keys(row.NetworkSettings.Networks).sort(byBytes).join(','),
      Platform: ({ ImageManifestDescriptor }) => platformOf(ImageManifestDescriptor?.platform),
    },
    methods: { Label: (row, name) => row.Labels[String(name)] ?? '' },
  };
}

/** A container that is nothing: what a template is tried on. */
const NOBODY = { Id: '', Names: [], Image: '', ImageID: '', Command: '', Created: 0, Ports: [], Labels: {}, Mounts: [] } as const;

/** Does a template want sizes? They cost the daemon time, so they are asked for only then. Throws CliError for one that cannot run. */
export function showsSize(format: string): boolean {
  let asked = false;
  const list = CONTAINERS({ nowNs: 0n, truncate: true, size: false });
  const Size = (): string => {
    asked = true;
    return '';
  };
  const empty = { ...NOBODY, State: '', Status: '', NetworkSettings: { Networks: {} } } as unknown as ContainerSummary;
  tryTemplate({ ...list, columns: { ...list.columns, Size } }, format, empty);
  return asked;
}

function showNames(names: readonly string[], truncate: boolean): string {
  const bare = names.map((name) => name.replace(/^\//, ''));
  const own = truncate ? bare.filter((name) => !name.includes('/')) : bare;
  return own.join(',');
}

function showImage(row: ContainerSummary, truncate: boolean): string {
  if (row.Image === '') return '<no image>';
  if (!truncate) return row.Image;
  if (truncateId(row.ImageID) === truncateId(row.Image)) return truncateId(row.Image);
  return row.Image.replace(/@sha256:[0-9a-f]+$/, '');
}

function showSize(row: ContainerSummary): string {
  const own = humanSize(row.SizeRw ?? 0, 3);
  return (row.SizeRootFs ?? 0) > 0 ? `${own} (virtual ${humanSize(row.SizeRootFs ?? 0, 3)})` : own;
}

/** A platform that prints as `linux/amd64`, and is a document in JSON. */
function platformOf(platform: Platform | undefined): unknown {
  if (!platform) return null;
  const { os = '', architecture = '', variant = '' } = platform;
  const text = os === '' ? 'unknown' : [os, architecture, variant].filter((part) => part !== '').join('/');
  return { ...struct('*formatter.Platform', { ...platform }, () => toJson({ ...platform })), text };
}

export const showLabels = (labels: Readonly<Record<string, string>> | null | undefined): string =>
  Object.keys(labels ?? {})
    .sort(byBytes)
    .map((name) => `${name}=${labels?.[name] ?? ''}`)
    .join(',');

function showMount(mount: MountPoint, truncate: boolean): string {
  const name = mount.Name === undefined || mount.Name === '' ? mount.Source : mount.Name;
  return truncate ? ellipsis(name, 15) : name;
}
