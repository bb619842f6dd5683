import type { ContainerSummary, MountPoint } from '../../api-types/index.ts';
import type { ListFormat } from './list.ts';
import { showPorts } from './ports.ts';
import { byBytes, ellipsis, quote, truncateId } from './text.ts';
import { showTime } from './time.ts';
import { humanDuration, humanSize } from './units.ts';

interface Options {
  readonly nowNs: bigint;
  readonly truncate: boolean;
  readonly size: boolean;
}

const TABLE = '{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}';
const HEADS = {
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
    failure: 'failed to execute template',
    table: options.size ? `${TABLE}\t{{.Size}}` : TABLE,
    quiet: '{{.ID}}',
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
      Platform: (row) => row.ImageManifestDescriptor?.platform ?? null,
    },
    methods: { Label: (row, name) => row.Labels[String(name)] ?? '' },
  };
}

/** Does a template want sizes? They cost the daemon time, so they are asked for only then. */
export const showsSize = (format: string): boolean => /\.Size\b|json \.(?!\w)/.test(format);

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

export const showLabels = (labels: Readonly<Record<string, string>> | null | undefined): string =>
  Object.keys(labels ?? {})
    .sort(byBytes)
    .map((name) => `${name}=${labels?.[name] ?? ''}`)
    .join(',');

function showMount(mount: MountPoint, truncate: boolean): string {
  const name = mount.Name === undefined || mount.Name === '' ? mount.Source : mount.Name;
  return truncate ? ellipsis(name, 15) : name;
}
