/** Which ports of the machine's host a browser can try, as the Engine lists them. */
import type { ContainerSummary } from '../page/docker.ts';

/** Ports of the host that lead into running containers, once each, in order. */
export function publishedPorts(containers: readonly ContainerSummary[]): readonly number[] {
  const ports = containers.flatMap(({ Ports = [] }) =>
    Ports.flatMap(({ PublicPort, Type = 'tcp' }) => (PublicPort && Type === 'tcp' ? [PublicPort] : [])),
  );
  return [...new Set(ports)].sort((a, b) => a - b);
}
