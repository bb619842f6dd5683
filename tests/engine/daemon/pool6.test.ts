import { describe, expect, it } from 'vitest';
import { openPool6, poolOf6, releaseAddress6, takeAddress6 } from '../../../src/engine/daemon/networks/pool6.ts';
import { usage6 } from '../../../src/engine/daemon/networks/usage.ts';

describe('an IPv6 pool', () => {
  it('keeps the network and the gateway for itself, and gives the lowest address that is free', () => {
    const pool = openPool6({ Subnet: '2001:db8:1::/64' }, []);
    expect(pool.gateway).toBe('2001:db8:1::1');
    expect([takeAddress6([pool]), takeAddress6([pool], '2001:db8:1::99'), takeAddress6([pool])]).toEqual([
      '2001:db8:1::2',
      '2001:db8:1::99',
      '2001:db8:1::3',
    ]);
    releaseAddress6([pool], '2001:db8:1::2');
    expect(takeAddress6([pool])).toBe('2001:db8:1::2');
  });

  it('refuses an address twice, and a subnet that overlaps, whichever is the larger', () => {
    const pool = poolOf6({ Subnet: '2001:db8:1::/64' });
    expect(() => takeAddress6([pool], '2001:db8:1::1')).toThrow('Address already in use');
    for (const Subnet of ['2001:db8::/32', '2001:db8:1:0:1::/80']) expect(() => openPool6({ Subnet }, [pool])).toThrow('overlaps');
    expect(() => openPool6({ Subnet: '2001:db8:1::' }, [])).toThrow('invalid CIDR');
  });

  it('is full when every address is given', () => {
    const pool = poolOf6({ Subnet: '2001:db8:1::/126' });
    expect([takeAddress6([pool]), takeAddress6([pool])]).toEqual(['2001:db8:1::2', '2001:db8:1::3']);
    expect(takeAddress6([pool])).toBeUndefined();
  });

  it('counts its addresses in numbers that fit into 64 bits, as they are written', () => {
    for (const Subnet of ['2001:db8::/32', '2001:db8:1::/64', '2001:db8:1::/120']) {
      const { DynamicIPsAvailable } = usage6(openPool6({ Subnet }, []));
      expect(BigInt(JSON.stringify(DynamicIPsAvailable))).toBeLessThan(2n ** 64n);
    }
  });
});
