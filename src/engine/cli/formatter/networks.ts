import type { NetworkSummary } from '../../api-types/index.ts';
import { showLabels } from './containers.ts';
import type { ListFormat } from './list.ts';
import { truncateId } from './text.ts';
import { parseTimeNs, showTime } from './time.ts';

/** The rows of `docker network ls`. */
export const NETWORKS = (options: { truncate: boolean }): ListFormat<NetworkSummary> => ({
  type: '*network.networkContext',
  table: '{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}',
  quiet: '{{.ID}}',
  raw: 'network_id: {{.ID}}\nname: {{.Name}}\ndriver: {{.Driver}}\nscope: {{.Scope}}\n',
  rawQuiet: 'network_id: {{.ID}}',
  heads: {
    ID: 'NETWORK ID',
    Name: 'NAME',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    IPv4: 'IPV4',
    IPv6: 'IPV6',
    Internal: 'INTERNAL',
    Labels: 'LABELS',
    CreatedAt: 'CREATED AT',
  },
  columns: {
    CreatedAt: (row) => withFraction(row.Created),
    Driver: (row) => row.Driver,
    ID: (row) => (options.truncate ? truncateId(row.Id) : row.Id),
    IPv4: (row) => String(row.EnableIPv4),
    IPv6: (row) => String(row.EnableIPv6),
    Internal: (row) => String(row.Internal),
    Labels: (row) => showLabels(row.Labels),
    Name: (row) => row.Name,
    Scope: (row) => row.Scope,
  },
  methods: { Label: (row, name) => row.Labels?.[String(name)] ?? '' },
});

/** Go's Time.String(), with the decimals that are there. */
function withFraction(created: string): string {
  const ns = parseTimeNs(created);
  const fraction = String(ns % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return showTime(Number(ns / 1_000_000_000n)).replace(' +0000', fraction === '' ? ' +0000' : `.${fraction} +0000`);
}
