/** Ports that are published on every node: one service has each of them. Upstream: swarmkit manager/allocator/portallocator.go. */
import type { PortConfig } from '../../../api-types/index.ts';
import type { ServiceObject } from '../objects.ts';

const FIRST_DYNAMIC = 30_000;
const LAST_DYNAMIC = 32_767;

const keyOf = ({ Protocol = 'tcp' }: PortConfig, port: number): string => `${Protocol}/${port}`;
const isIngress = ({ PublishMode }: PortConfig): boolean => PublishMode !== 'host';

/** `tcp/8080` of every other service. */
export const portsTaken = (services: readonly ServiceObject[], except: string): ReadonlySet<string> =>
  new Set(
    services
      .filter(({ id }) => id !== except)
      .flatMap(({ endpoint }) => endpoint?.Ports ?? [])
      .filter((port) => isIngress(port) && port.PublishedPort)
      .map((port) => keyOf(port, port.PublishedPort ?? 0)),
  );

/** The ports with the numbers that were left open; one that had a number keeps it. */
export function allocatePorts(
  asked: readonly PortConfig[],
  known: readonly PortConfig[],
  taken: ReadonlySet<string>,
): readonly PortConfig[] {
  const used = new Set([...taken, ...asked.flatMap((port) => (port.PublishedPort ? [keyOf(port, port.PublishedPort)] : []))]);
  return asked.map((port) => {
    if (port.PublishedPort || !isIngress(port)) return port;
    const before = known.find(
      (one) => isIngress(one) && one.TargetPort === port.TargetPort && one.Protocol === port.Protocol && one.Name === port.Name,
    );
    const PublishedPort =
      before?.PublishedPort && !used.has(keyOf(port, before.PublishedPort)) ? before.PublishedPort : firstFree(port, used);
    used.add(keyOf(port, PublishedPort));
    return { ...port, PublishedPort };
  });
}

function firstFree(port: PortConfig, used: ReadonlySet<string>): number {
  for (let number = FIRST_DYNAMIC; number <= LAST_DYNAMIC; number += 1) if (!used.has(keyOf(port, number))) return number;
  return 0;
}
