import type { Volume } from '../../api-types/index.ts';
import { showLabels } from './containers.ts';
import type { ListFormat } from './list.ts';
import { humanSize } from './units.ts';

/** The rows of `docker volume ls`. */
export const VOLUMES: ListFormat<Volume> = {
  type: '*formatter.volumeContext',
  table: '{{.Driver}}\t{{.Name}}',
  quiet: '{{.Name}}',
  raw: 'name: {{.Name}}\ndriver: {{.Driver}}\n',
  rawQuiet: 'name: {{.Name}}',
  heads: {
    Name: 'VOLUME NAME',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    Availability: 'AVAILABILITY',
    Mountpoint: 'MOUNTPOINT',
    Labels: 'LABELS',
    Links: 'LINKS',
    Size: 'SIZE',
    Group: 'GROUP',
    Status: 'STATUS',
  },
  columns: {
    Availability: () => 'N/A',
    Driver: (row) => row.Driver,
    Group: () => 'N/A',
    Labels: (row) => showLabels(row.Labels),
    Links: (row) => (row.UsageData ? String(row.UsageData.RefCount) : 'N/A'),
    Mountpoint: (row) => row.Mountpoint,
    Name: (row) => row.Name,
    Scope: (row) => row.Scope,
    Size: (row) => (row.UsageData ? humanSize(row.UsageData.Size) : 'N/A'),
    Status: () => 'N/A',
  },
  methods: { Label: (row, name) => row.Labels?.[String(name)] ?? '' },
};
