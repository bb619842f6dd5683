import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIp, parseIp, parseSubnet } from '../../../src/engine/daemon/networks/ip.ts';
import { openPool, poolOf, releaseAddress, takeAddress } from '../../../src/engine/daemon/networks/ipam.ts';
import { usage } from '../../../src/engine/daemon/networks/usage.ts';

const RUNS = Number(process.env.DRYDOCK_RUNS ?? 300);
const subnetOf = (text: string) => {
  const subnet = parseSubnet(text);
  if (!subnet) throw new Error(text);
  return subnet;
};

/** Give one back (by its place among those out), ask for any, or ask for a certain one of the subnet. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: 'take' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('release' as const), place: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ask' as const), host: fc.nat({ max: 63 }) }) },
);

/** The naive allocator: the lowest number that nobody has. */
function lowest(pool: ReturnType<typeof poolOf>, out: ReadonlySet<string>, reserved: ReadonlySet<string>): string | undefined {
  const size = 2 ** (32 - pool.range.prefixLength);
  for (let at = 0; at < size; at++) {
    const ip = formatIp(pool.range.base + at);
    if (!out.has(ip) && !reserved.has(ip)) return ip;
  }
  return undefined;
}

const attempt = (job: () => string | undefined): string | undefined => {
  try {
    return job();
  } catch {
    return undefined;
  }
};

describe('addresses of a subnet', () => {
  it('are given once, the lowest free one first, and all come back', () => {
    const config = fc.constantFrom<{ Subnet: string; IPRange?: string; Gateway?: string }>(
      { Subnet: '10.1.2.0/26' },
      { Subnet: '10.1.2.0/26', IPRange: '10.1.2.16/28' },
      { Subnet: '10.1.2.0/26', Gateway: '10.1.2.40' },
      { Subnet: '10.1.2.0/29' },
    );
    fc.assert(
      fc.property(config, fc.array(step, { maxLength: 150 }), (wanted, steps) => {
        const pool = poolOf(subnetOf(wanted.Subnet), wanted);
        const reserved = new Set([...pool.reserved].map(formatIp));
        const before = usage(pool);
        const out = new Set<string>();
        for (const one of steps) {
          if (one.do === 'release') {
            const ip = [...out][one.place % Math.max(1, out.size)];
            if (ip === undefined) continue;
            releaseAddress([pool], ip);
            out.delete(ip);
            continue;
          }
          const asked = one.do === 'ask' ? formatIp(pool.subnet.base + (one.host % 2 ** (32 - pool.subnet.prefixLength))) : undefined;
          const ip = attempt(() => takeAddress([pool], asked));
          const expected = asked === undefined ? lowest(pool, out, reserved) : out.has(asked) || reserved.has(asked) ? undefined : asked;
          expect(ip).toBe(expected);
          if (ip !== undefined) out.add(ip);
        }
        expect(usage(pool).IPsInUse).toBe(before.IPsInUse + out.size);
        for (const ip of out) releaseAddress([pool], ip);
        expect(usage(pool)).toEqual(before);
      }),
      { numRuns: RUNS },
    );
  });

  it('stay with their network when something else is given back', () => {
    const pool = poolOf(subnetOf('10.1.2.0/29'), { Subnet: '10.1.2.0/29' });
    for (const reserved of ['10.1.2.0', '10.1.2.1', '10.1.2.7']) {
      releaseAddress([pool], reserved);
      expect(attempt(() => takeAddress([pool], reserved))).toBeUndefined();
    }
  });

  it('are of subnets that never overlap, and a subnet that is gone is given again', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant('open' as const), fc.nat()), { maxLength: 80 }), (steps) => {
        const open: ReturnType<typeof openPool>[] = [];
        for (const one of steps) {
          if (one === 'open') {
            const taken = open.map(({ subnet }) => subnet);
            const made = openPool(undefined, taken);
            for (const { base, prefixLength } of taken) {
              const size = 2 ** (32 - Math.min(prefixLength, made.subnet.prefixLength));
              expect(Math.floor(base / size)).not.toBe(Math.floor(made.subnet.base / size));
            }
            open.push(made);
          } else if (open.length > 0) open.splice(one % open.length, 1);
          if (open.length > 28) open.pop();
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('are read as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (ip) => {
        expect(parseIp(formatIp(ip))).toBe(ip);
      }),
    );
  });
});
