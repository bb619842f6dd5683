import { describe, expect, it } from 'vitest';
import { checkBridge, checkPools, checkRequest } from '../../../src/engine/daemon/networks/check.ts';
import { checkAddress6 } from '../../../src/engine/daemon/networks/pool6.ts';

const bridge = (options: Record<string, string>, more = {}) =>
  checkBridge({ options, internal: false, enableIPv4: true, enableIPv6: false, ...more });
const OPTION = 'com.docker.network.bridge.';

describe('what a network may ask for', () => {
  it('a subnet without the bits of a host, and a gateway in it; all faults are told at once', () => {
    expect(() => checkPools([{ Subnet: '10.1.0.0/16', Gateway: '10.1.0.1', IPRange: '10.1.2.0/24' }], false)).not.toThrow();
    expect(() => checkPools([{ Subnet: '10.1.0.5/24' }], false)).toThrow(
      'invalid network config:\ninvalid subnet 10.1.0.5/24: it should be 10.1.0.0/24',
    );
    expect(() => checkPools([{ Subnet: '10.1.0.5/24', Gateway: '10.2.0.1' }], false)).toThrow(
      "invalid network config:\n* invalid subnet 10.1.0.5/24: it should be 10.1.0.0/24\n* invalid gateway 10.2.0.1: parent subnet 10.1.0.5/24 doesn't contain this address",
    );
    expect(() => checkPools([{ Subnet: '10.1.0.0/24', IPRange: '10.1.0.0/16' }], false)).toThrow(
      'CIDR block is bigger than its parent subnet 10.1.0.0/24',
    );
  });

  it('IPv6 subnets count only where IPv6 is on', () => {
    const pools = [{ Subnet: '2001:db8::1/64' }];
    expect(() => checkPools(pools, false)).not.toThrow();
    expect(() => checkPools(pools, true)).toThrow('it should be 2001:db8::/64');
    expect(() => checkAddress6('ff00::1', 64)).toThrow("multicast subnet 'ff00::1/64' is not allowed");
    expect(() => checkAddress6('fe80::1', 10)).toThrow('clashes with the Link-Local prefix');
    expect(() => checkAddress6('fe80::1', 64)).not.toThrow();
  });

  it('options of a bridge that can be read', () => {
    expect(() => bridge({ [`${OPTION}enable_icc`]: '0', 'com.docker.network.driver.mtu': '1400' })).not.toThrow();
    expect(() => bridge({ [`${OPTION}enable_icc`]: 'maybe' })).toThrow('strconv.ParseBool: parsing "maybe": invalid syntax');
    expect(() => bridge({ [`${OPTION}gateway_mode_ipv4`]: 'strange' })).toThrow('unknown gateway mode strange');
    expect(() => bridge({ [`${OPTION}gateway_mode_ipv4`]: 'isolated' })).toThrow('can only be used for an internal network');
    expect(() => bridge({}, { enableIPv4: false })).toThrow('IPv4 or IPv6 must be enabled');
  });

  it('a configuration only, or one of its own', () => {
    expect(() => checkRequest({ Name: 'a', ConfigOnly: true, Internal: true })).toThrow('configuration network can only contain');
    expect(() => checkRequest({ Name: 'a', ConfigFrom: { Network: 'b' }, Labels: { own: '1' } })).toThrow('user-specified configurations');
    expect(() => checkRequest({ Name: 'a', ConfigFrom: { Network: 'b' } })).not.toThrow();
  });
});
