import { describe, expect, it } from 'vitest';
import { answerFor } from '../../../src/engine/daemon/networks/answers.ts';
import { dnsNamesOf } from '../../../src/engine/daemon/networks/names.ts';

const endpoint = (network: string, ip: string, wanted: object = {}): object => ({
  network,
  networkId: `${network}-id`,
  wanted,
  active: { ip, ip6: '' },
});
const container = (name: string, endpoints: readonly object[]): object => ({
  id: `${name}${'0'.repeat(64)}`.slice(0, 64),
  name,
  config: { Hostname: `${name}-host` },
  hostConfig: {},
  endpoints,
});

const web = container('web', [endpoint('front', '10.1.0.3'), endpoint('back', '10.2.0.50', { Aliases: ['api'] })]);
const proxy = container('proxy', [endpoint('front', '10.1.0.2'), endpoint('back', '10.2.0.2', { Links: ['web:store'] })]);
const alone = container('alone', [endpoint('other', '10.3.0.2'), endpoint('bridge', '172.17.0.2')]);
const all = [web, proxy, alone];
const daemon = {
  swarm: { node: null },
  containers: { each: () => all, find: (name: string) => all.find((one) => (one as { name: string }).name === name) },
} as unknown as Parameters<typeof answerFor>[0];
const ask = (who: object, name: string, type = 'A'): readonly string[] | undefined =>
  answerFor(daemon, who as Parameters<typeof answerFor>[1], { name, type });

describe('the name server of a container', () => {
  it('knows names, aliases, short ids, host names and links of its networks', () => {
    for (const name of ['web', 'WEB', 'api', 'web-host', 'store', 'web.back', 'web000000000'])
      expect(ask(proxy, name), name).toEqual(['10.2.0.50']);
    expect(ask(proxy, 'web.front')).toEqual(['10.1.0.3']);
  });

  it('knows nobody of other networks, nor of the default bridge', () => {
    expect([ask(alone, 'web'), ask(proxy, 'alone')]).toEqual([undefined, undefined]);
    const [, bridge] = (alone as { endpoints: Parameters<typeof dnsNamesOf>[0][] }).endpoints;
    expect(bridge && dnsNamesOf(bridge, alone as Parameters<typeof dnsNamesOf>[1])).toBeNull();
  });

  it('says that a known name has no IPv6 address, and whose an address is', () => {
    expect(ask(proxy, 'web', 'AAAA')).toEqual([]);
    expect(ask(proxy, '50.0.2.10.in-addr.arpa', 'PTR')).toEqual(['web.back']);
    expect(ask(proxy, '50.0.2.10.in-addr.arpa')).toBeUndefined();
  });
});
