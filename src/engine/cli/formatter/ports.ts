import type { PortSummary } from '../../api-types/index.ts';
import { byBytes } from './text.ts';

/** `0.0.0.0:8080->80/tcp, 9000-9002/tcp`: neighbours are put together. Upstream: docker/cli formatter DisplayablePorts. */
export function showPorts(ports: readonly PortSummary[]): string {
  const groups = new Map<string, { first: number; last: number }>();
  const done: string[] = [];
  const single: string[] = [];
  for (const port of [...ports].sort(comparePorts)) {
    const key = groupKey(port);
    if (key === null) {
      single.push(`${address(port)}:${port.PublicPort}->${port.PrivatePort}/${port.Type}`);
      continue;
    }
    const group = groups.get(key);
    if (group !== undefined && group.last + 1 === port.PrivatePort) {
      group.last = port.PrivatePort;
      continue;
    }
    if (group !== undefined) done.push(showGroup(key, group));
    groups.set(key, { first: port.PrivatePort, last: port.PrivatePort });
  }
  const rest = [...groups].map(([key, group]) => showGroup(key, group));
  return [...done, ...rest, ...single].join(', ');
}

/** Ports of one key may be shown as a range; null: shown alone, because it is published under another number. */
function groupKey(port: PortSummary): string | null {
  if (port.IP === undefined || port.IP === '') return port.Type;
  return port.PublicPort === port.PrivatePort ? `${address(port)}/${port.Type}` : null;
}

function showGroup(key: string, { first, last }: { first: number; last: number }): string {
  const range = first === last ? String(first) : `${first}-${last}`;
  const at = key.lastIndexOf('/');
  if (at < 0) return `${range}/${key}`;
  return `${key.slice(0, at)}:${range}->${range}/${key.slice(at + 1)}`;
}

const address = ({ IP = '' }: PortSummary): string => (IP.includes(':') ? `[${IP}]` : IP);

function comparePorts(a: PortSummary, b: PortSummary): number {
  if (a.PrivatePort !== b.PrivatePort) return a.PrivatePort - b.PrivatePort;
  if ((a.IP ?? '') !== (b.IP ?? '')) return byBytes(a.IP ?? '', b.IP ?? '');
  if ((a.PublicPort ?? 0) !== (b.PublicPort ?? 0)) return (a.PublicPort ?? 0) - (b.PublicPort ?? 0);
  return byBytes(a.Type, b.Type);
}
