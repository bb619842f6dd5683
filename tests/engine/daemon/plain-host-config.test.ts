import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostConfig } from '../../../src/engine/api-types/index.ts';
import { DEFAULTS, plainHostConfig } from '../../../src/engine/daemon/containers/host-config.ts';
import { hostConfigOf, warningsOf } from '../../../src/engine/daemon/containers/requests/host-config.ts';
import { NEW_CGROUPS, OLD_CGROUPS } from './cgroup-support.ts';

const KEYS = [...Object.keys(DEFAULTS), 'Annotations', 'Init', 'Mounts', 'Sysctls', 'Tmpfs'];
const VALUES = [
  null,
  undefined,
  '',
  0,
  -1,
  false,
  true,
  [],
  {},
  ['a'],
  'host',
  'default',
  'private',
  { Type: '', Config: {} },
  { Name: 'no', MaximumRetryCount: 0 },
];
const asked = fc
  .array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES, 'own')), { maxLength: 4 })
  .map(
    (pairs) =>
      Object.fromEntries(
        pairs.map(([key, value]) => [key, value === 'own' ? DEFAULTS[key as keyof HostConfig] : value]),
      ) as Partial<HostConfig>,
  );

describe('a request that asks for what every container has', () => {
  it('gets what the checks of all others would give it', () => {
    fc.assert(
      fc.property(asked, fc.constantFrom(NEW_CGROUPS, OLD_CGROUPS), (request, cgroups) => {
        const plain = plainHostConfig(request, cgroups.defaults);
        if (plain === undefined) return;
        const checked = hostConfigOf(request, { cpus: 2, cgroups });
        expect(JSON.stringify(plain)).toBe(JSON.stringify(checked));
        expect(warningsOf(request, checked, cgroups)).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  it('is what `docker run IMAGE` sends, and not one with a wish', () => {
    expect(plainHostConfig({ NetworkMode: 'default', ConsoleSize: [24, 80], MemorySwappiness: -1 }, {})?.ConsoleSize).toEqual([24, 80]);
    for (const wish of [{ Memory: 2 ** 30 }, { CapAdd: ['ALL'] }, { Init: false }, { AutoRemove: true }])
      expect(plainHostConfig(wish, {})).toBeUndefined();
  });
});
