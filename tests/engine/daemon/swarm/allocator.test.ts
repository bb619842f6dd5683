import { describe, expect, it } from 'vitest';
import { Addresses, DEFAULT_POOLS } from '../../../../src/engine/daemon/swarm/allocator/addresses.ts';
import { allocatePorts } from '../../../../src/engine/daemon/swarm/allocator/ports.ts';

const pools = (): Addresses => new Addresses(() => DEFAULT_POOLS);

describe('the addresses of networks', () => {
  it('come from the first free subnet, which the gateway leads', () => {
    const addresses = pools();
    expect([addresses.open('a', null), addresses.open('b', null)]).toEqual([
      { Subnet: '10.0.0.0/24', Gateway: '10.0.0.1' },
      { Subnet: '10.0.1.0/24', Gateway: '10.0.1.1' },
    ]);
    expect([addresses.take('a'), addresses.take('a')]).toEqual(['10.0.0.2/24', '10.0.0.3/24']);
  });

  it('do not name somebody else at once when they are given back', () => {
    const addresses = pools();
    addresses.open('a', null);
    addresses.take('a');
    addresses.release('a', '10.0.0.2/24');
    expect(addresses.take('a')).toBe('10.0.0.3/24');
  });

  it('are counted, and run out', () => {
    const addresses = pools();
    addresses.open('a', { Configs: [{ Subnet: '10.9.0.0/30', Gateway: '10.9.0.1' }] });
    expect(addresses.usage('a')).toEqual({ '10.9.0.0/30': { IPsInUse: 3, DynamicIPsAvailable: 1 } });
    expect([addresses.take('a'), addresses.take('a')]).toEqual(['10.9.0.2/30', undefined]);
  });

  it('never belong to two networks', () => {
    const addresses = pools();
    addresses.open('a', { Configs: [{ Subnet: '10.9.0.0/24' }] });
    expect(() => addresses.open('b', { Configs: [{ Subnet: '10.9.0.128/25' }] })).toThrow('Pool overlaps with other one');
  });
});

describe('published ports', () => {
  const port = (TargetPort: number, PublishedPort?: number) =>
    ({ Protocol: 'tcp', TargetPort, PublishMode: 'ingress', ...(PublishedPort && { PublishedPort }) }) as const;
  const numbers = (...args: Parameters<typeof allocatePorts>) => allocatePorts(...args).map(({ PublishedPort }) => PublishedPort);

  it('keep the number that was asked for, and get one from 30000 on', () => {
    expect(numbers([port(80, 8080), port(81), port(82)], [], new Set(['tcp/30000']))).toEqual([8080, 30001, 30002]);
  });

  it('keep the number that they had', () => {
    expect(numbers([port(81)], [port(81, 30007)], new Set())).toEqual([30007]);
  });
});
