import { describe, expect, it } from 'vitest';
import { byKind, deedInWords, deedsOf } from '../../src/components/provenance/view-model.ts';
import type { DrydockCauses, DrydockSpan } from '../../src/engine/api-types/index.ts';

const span = (Id: number, Parent: number, Label: string): DrydockSpan => ({ Id, Parent, Label, Pid: 1, AtNs: '0' });
const causes: DrydockCauses = {
  Spans: [
    span(1, 0, 'agent'),
    span(2, 1, '/usr/bin/dockerd -H fd://'),
    span(3, 1, '-bash'),
    span(4, 3, 'docker network create shop'),
    span(5, 4, 'POST /v1.55/networks/create'),
    span(6, 5, 'iptables -A DOCKER'),
    span(7, 1, 'POST /v1.55/containers/web/stop?t=1'),
    span(8, 3, 'ip link add br0 type bridge'),
    span(9, 3, 'docker build -t app .'),
    span(10, 9, 'POST /v1.55/build?t=app'),
    span(11, 10, '[2/2] RUN echo hi > /hi'),
    span(12, 0, 'docker pull -q alpine'),
    span(13, 12, 'POST /v1.55/images/create?fromImage=alpine'),
  ],
  Things: [
    { Span: 2, Kind: 'rule', Name: '-A FORWARD -j DOCKER-USER' },
    { Span: 13, Kind: 'layer', Name: `sha256:${'e'.repeat(64)}` },
    { Span: 5, Kind: 'request', Name: '12' },
    { Span: 5, Kind: 'event', Name: `network create ${'a'.repeat(64)}` },
    { Span: 5, Kind: 'rule', Name: '-A DOCKER -j DROP' },
    { Span: 7, Kind: 'event', Name: 'container stop web' },
    { Span: 8, Kind: 'link', Name: 'br0' },
    { Span: 10, Kind: 'layer', Name: `sha256:${'b'.repeat(64)}` },
    { Span: 11, Kind: 'layer', Name: `sha256:${'c'.repeat(64)}` },
    { Span: 8, Kind: 'layer', Name: `${'d'.repeat(64)} /etc/motd` },
  ],
};

describe('what made what', () => {
  const deeds = deedsOf(causes);

  it('puts all that a command made under it, the newest command first', () => {
    const typed = deeds.list.filter(({ isPreparation }) => !isPreparation);
    expect(typed.map(({ command, things }) => [command, things.map(({ text }) => text)])).toEqual([
      ['docker build -t app .', ['b'.repeat(12), `${'c'.repeat(12)} [2/2] RUN echo hi > /hi`]],
      ['ip link add br0 type bridge', ['br0', `${'d'.repeat(12)} /etc/motd`]],
      ['POST /containers/web/stop?t=1', ['container stop web']],
      ['docker network create shop', ['POST /networks/create', `network create ${'a'.repeat(12)}`, '-A DOCKER -j DROP']],
    ]);
    expect(typed[3] && byKind(typed[3]).map(([kind]) => kind)).toEqual(['request', 'event', 'rule']);
  });

  it('leads back from a rule; what the engine did by itself has no command', () => {
    for (const id of [5, 6]) expect(deeds.commandOf(id)).toBe('docker network create shop');
    expect(deeds.commandOf(7)).toBe('POST /containers/web/stop?t=1');
    expect([deeds.commandOf(2), deeds.commandOf(99)]).toEqual([undefined, undefined]);
  });

  it('leads back from a layer, and from what was written into it', () => {
    expect(deeds.makerOf('layer', `sha256:${'c'.repeat(64)}`)?.command).toBe('docker build -t app .');
    expect(deeds.makerOf('layer', `${'d'.repeat(64)} /etc/motd`)?.command).toBe('ip link add br0 type bridge');
    // What the machine began with was pulled by somebody, too.
    const pull = deeds.makerOf('layer', `sha256:${'e'.repeat(64)}`);
    expect([pull?.command, pull?.isPreparation]).toEqual(['docker pull -q alpine', true]);
    expect(deeds.makerOf('layer', 'nobody’s')).toBeUndefined();
  });

  it('is told in words', () => {
    const stopped = deeds.list.find(({ command }) => command.startsWith('POST'));
    expect(stopped && deedInWords(stopped, '–')).toBe('POST /containers/web/stop?t=1: container stop web');
  });
});
