import { describe, expect, it } from 'vitest';
import { keyBytes } from '../../../src/engine/daemon/containers/attach.ts';
import { escapeFilter } from '../../../src/engine/daemon/containers/attach-input.ts';
import { checkConfig, mergeConfig } from '../../../src/engine/daemon/containers/merge-config.ts';
import { hostConfigOf } from '../../../src/engine/daemon/containers/requests/host-config.ts';
import { parseFilters } from '../../../src/engine/daemon/filters.ts';
import { openPool, takeAddress } from '../../../src/engine/daemon/networks/ipam.ts';
import { usage } from '../../../src/engine/daemon/networks/usage.ts';
import { humanDuration, parseTime, parseTimestamp, rfc3339Nano } from '../../../src/engine/daemon/time.ts';
import { NEW_CGROUPS } from './cgroup-support.ts';

describe('times', () => {
  it('are written and read as Go does', () => {
    for (const text of ['2026-11-21T08:57:41.397094844Z', '2000-02-29T23:59:59Z', '1970-01-01T00:00:00.1Z'])
      expect(rfc3339Nano(parseTime(text) ?? 0n)).toBe(text);
    expect(parseTime('2026-11-21T10:00:00+01:00')).toBe(parseTime('2026-11-21T09:00:00Z'));
    expect(parseTime('yesterday')).toBeUndefined();
    expect(parseTimestamp('1700000000.5')).toBe(1_700_000_000_500_000_000n);
  });

  it('are told as people tell them', () => {
    const of = (seconds: number): string => humanDuration(BigInt(Math.round(seconds * 1e9)));
    expect([0.5, 1, 59, 60, 120, 3600, 7200, 49 * 3600, 15 * 86_400, 70 * 86_400, 800 * 86_400].map(of)).toEqual([
      'Less than a second',
      '1 second',
      '59 seconds',
      'About a minute',
      '2 minutes',
      'About an hour',
      '2 hours',
      '2 days',
      '2 weeks',
      '2 months',
      '2 years',
    ]);
  });
});

describe('a configuration', () => {
  const image = { Env: ['PATH=/bin', 'A=0'], Cmd: ['sh'], Entrypoint: ['/start'], Labels: { a: '1', b: '1' } };
  const merge = (asked: object): ReturnType<typeof mergeConfig> => mergeConfig(asked, image, { hostname: 'h' });

  it('is completed by the image: a new entrypoint drops its command', () => {
    expect(merge({})).toMatchObject({ Cmd: ['sh'], Entrypoint: ['/start'], Env: ['PATH=/bin', 'A=0'] });
    expect(merge({ Cmd: ['ls'], Env: ['A=2'], Labels: { b: '2' } })).toMatchObject({
      Cmd: ['ls'],
      Entrypoint: ['/start'],
      Env: ['A=2', 'PATH=/bin'],
      Labels: { a: '1', b: '2' },
    });
    expect(merge({ Entrypoint: ['env'] })).toMatchObject({ Cmd: null, Entrypoint: ['env'] });
    expect(merge({ Entrypoint: [''], Cmd: ['ls'] })).toMatchObject({ Cmd: ['ls'], Entrypoint: null });
  });

  it("is refused with Docker's sentence", () => {
    expect(() => checkConfig({ WorkingDir: 'relative' })).toThrow(
      "the working directory 'relative' is invalid, it needs to be an absolute path",
    );
    expect(() => checkConfig({ StopSignal: 'NOPE' })).toThrow('invalid signal: NOPE');
    const host = (asked: object): unknown => hostConfigOf(asked, { cpus: 2, cgroups: NEW_CGROUPS });
    expect(() => host({ Memory: 1024 })).toThrow('Minimum memory limit allowed is 6MB');
    expect(() => host({ NanoCpus: 3e9 })).toThrow('range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available');
    expect(() => host({ CapAdd: ['NOT_A_CAP'] })).toThrow('invalid CapAdd: unknown capability: "CAP_NOT_A_CAP"');
    expect(() => host({ RestartPolicy: { Name: 'sometimes', MaximumRetryCount: 0 } })).toThrow(
      "invalid restart policy: unknown policy 'sometimes'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
    );
  });

  it("has every key of HostConfig in Docker's order", () => {
    const keys = Object.keys(
      hostConfigOf(
        { Init: true, Mounts: [{ Type: 'bind', Source: '/a', Target: '/b' }], Memory: 64 * 2 ** 20 },
        { cpus: 2, cgroups: NEW_CGROUPS },
      ),
    );
    expect(keys.slice(0, 4)).toEqual(['Binds', 'ContainerIDFile', 'LogConfig', 'NetworkMode']);
    expect(keys.slice(-4)).toEqual(['Mounts', 'MaskedPaths', 'ReadonlyPaths', 'Init']);
  });
});

describe('addresses', () => {
  it('are given lowest first, from the range, and never twice', () => {
    const pool = openPool(
      { Subnet: '10.20.0.0/24', IPRange: '10.20.0.128/25', Gateway: '10.20.0.1', AuxiliaryAddresses: { printer: '10.20.0.130' } },
      [],
    );
    expect([takeAddress([pool]), takeAddress([pool], '10.20.0.7'), takeAddress([pool])]).toEqual([
      '10.20.0.128',
      '10.20.0.7',
      '10.20.0.129',
    ]);
    expect(usage(pool)).toEqual({ subnet: '10.20.0.0/24', IPsInUse: 7, DynamicIPsAvailable: 124 });
    expect(() => takeAddress([pool], '10.20.0.7')).toThrow('Address already in use');
    expect(() => openPool({ Subnet: '10.20.0.0/16' }, [pool.subnet])).toThrow('Pool overlaps with other one on this address space');
  });
});

describe('keys and filters', () => {
  it('find the detach sequence across pieces and let everything else through', () => {
    const filter = escapeFilter(keyBytes(''));
    const feed = (...bytes: number[]): unknown => {
      const { pass, isEscaped } = filter(Uint8Array.from(bytes));
      return [[...pass], isEscaped];
    };
    expect(feed(97, 16)).toEqual([[97], false]);
    expect(feed(98)).toEqual([[16, 98], false]);
    expect(feed(16, 16)).toEqual([[16], false]);
    expect(feed(17, 99)).toEqual([[], true]);
    expect([...keyBytes('ctrl-a,x')]).toEqual([1, 120]);
    expect(() => keyBytes('ctrl-!')).toThrow('Invalid detach keys');
  });

  it('read filters in both of their forms', () => {
    expect(parseFilters('{"status":{"running":true,"exited":false}}').get('status')).toEqual(['running']);
    expect(parseFilters('{"status":["running"]}').get('status')).toEqual(['running']);
    expect(() => parseFilters('[')).toThrow('invalid filter');
  });
});
