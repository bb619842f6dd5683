/** The view models fed by a machine: what its engine tells is what they draw. */
import { describe, expect, it } from 'vitest';
import { History } from '../../src/components/build-cache/told.ts';
import { buildsOf } from '../../src/components/build-cache/view-model.ts';
import { LayerReader } from '../../src/components/layers/engine.ts';
import { changesOf } from '../../src/components/layers/view-model.ts';
import { topologyOf } from '../../src/components/network/topology.ts';
import { waysOf } from '../../src/components/network/ways.ts';
import { networkWords } from '../../src/components/network/words.ts';
import { call, type Transport } from '../../src/components/page/docker.ts';
import { namespacesOf } from '../../src/components/processes/inside.ts';
import { deedsOf } from '../../src/components/provenance/view-model.ts';
import { storageView } from '../../src/components/storage/view-model.ts';
import type {
  ContainerSummary,
  DrydockCauses,
  DrydockFlow,
  DrydockLookup,
  DrydockNetns,
  DrydockProcess,
  NetworkInspect,
  NetworkSummary,
} from '../../src/engine/api-types/index.ts';
import type { Machine } from '../../src/engine/machine/types.ts';
import { command, computer, openTerminal, pass } from '../machine/computer.ts';

/** A page's transport, as far as looking goes. */
const looking = (machine: Machine): Transport => ({
  http: async (target) => {
    const seen = await machine.look(target);
    if (seen.kind !== 'seen') throw new Error(`${target}: ${seen.kind}`);
    const pieces = [seen.body];
    return { status: seen.status, headers: new Map(), read: async () => pieces.shift() ?? null, cancel: () => {} };
  },
});

async function typed(images: readonly string[], lines: readonly string[]) {
  const machine = await computer({ start: 'images', images: [...images] });
  const terminal = openTerminal(machine);
  await command(terminal, '');
  for (const line of lines) {
    await command(terminal, line);
    await pass(machine, 2000);
  }
  return looking(machine);
}

describe('a machine', () => {
  it('tells of a dropped packet with the rule, of the name that led there, and of who made the rule', async () => {
    const lab = await typed(
      ['alpine:3.23'],
      [
        'docker run -d --name web alpine:3.23 sleep 900',
        'docker network create shop',
        'docker run -d --name db --network shop alpine:3.23 sleep 900',
        'docker exec web ping -c 1 -W 1 172.18.0.2',
        'docker run --rm --network shop alpine:3.23 ping -c 1 db',
      ],
    );
    const networks: NetworkInspect[] = [];
    for (const { Id } of await call<readonly NetworkSummary[]>(lab, '/networks'))
      networks.push(await call<NetworkInspect>(lab, `/networks/${Id}`));
    const topology = topologyOf(networks, await call<readonly ContainerSummary[]>(lab, '/containers/json'));
    expect(topology.lanes.map(({ network, stations }) => [network, stations.map(({ name, ip }) => `${name} ${ip}`)])).toEqual([
      ['bridge', ['web 172.17.0.2']],
      ['shop', ['db 172.18.0.2']],
    ]);
    const namespaces = await call<readonly DrydockNetns[]>(lab, '/drydock/namespaces');
    const flows = await call<readonly DrydockFlow[]>(lab, '/drydock/flows');
    const lookups = await call<readonly DrydockLookup[]>(lab, '/drydock/lookups');
    const ways = waysOf(flows, lookups, { topology, namespaces, words: networkWords.en });
    const [arrived, dropped] = ways;
    expect([arrived?.stoppedAt, arrived?.title, arrived?.steps[0]?.kind]).toEqual([0, expect.stringContaining('db'), 'name']);
    expect([dropped?.title, dropped?.steps.at(-1)?.isBad]).toEqual(['web → 172.18.0.2', true]);
    expect(dropped?.steps.at(-1)?.rule).toMatch(/-j DROP$/);
    const { commandOf } = deedsOf(await call<DrydockCauses>(lab, '/drydock/causes'));
    expect(commandOf(dropped?.steps.at(-1)?.span ?? 0)).toMatch(/^docker (run -d --name db|network create shop)/);
  });

  it('tells of copies, whiteouts, mounts and shared namespaces', async () => {
    const lab = await typed(
      ['alpine:3.23'],
      [
        'docker run -d --name w1 -v data:/data --tmpfs /run alpine:3.23 sleep 900',
        "docker exec w1 sh -c 'echo hi >> /etc/passwd; rm /etc/issue; echo x > /data/kept'",
        'docker run -d --name spy --pid container:w1 alpine:3.23 sleep 900',
      ],
    );
    const stack = await new LayerReader(lab).stack({ kind: 'container', name: 'w1' });
    const layers = stack?.layers ?? [];
    const done = changesOf(layers, layers.length - 1).map(({ change, path }) => `${change} ${path}`);
    expect(done).toEqual(expect.arrayContaining(['C /etc/passwd', 'D /etc/issue']));
    expect(done.join()).not.toContain('/data/kept');
    expect(await new LayerReader(lab).stack({ kind: 'image', name: 'ghost' })).toBeNull();
    const { places } = storageView([await call(lab, '/containers/w1/json?size=1')], [], 'w1');
    expect(places.map(({ kind }) => kind)).toEqual(['writable', 'volume', 'tmpfs']);
    const processes = await call<readonly DrydockProcess[]>(lab, '/drydock/processes');
    const { Id } = await call<{ Id: string }>(lab, '/containers/spy/json');
    const sharing = Object.fromEntries(namespacesOf(Id, processes, new Map()).map((row) => [row.kind, row.sharing]));
    expect([typeof sharing.pid, sharing.net, sharing.user]).toEqual(['object', 'own', 'host']);
  });

  it('tells of builds, and why a step was not in the cache', async () => {
    const lab = await typed(
      ['alpine:3.23'],
      [
        'mkdir app; cd app; echo a > a.txt; echo deps > deps.txt',
        "printf 'FROM alpine:3.23\\nCOPY deps.txt /app/\\nRUN cat /app/deps.txt\\nCOPY . /app/\\n' > Dockerfile",
        'docker build -q -t app .',
        'echo b >> a.txt; docker build -q -t app .',
        'echo x >> deps.txt; docker build -q -t app .',
      ],
    );
    const builds = buildsOf(await new History(lab).list(() => true, 5));
    expect(builds.map(({ steps }) => steps.map(({ why }) => why))).toEqual([
      ['hit', 'files', 'parent', 'parent'],
      ['hit', 'hit', 'hit', 'files'],
      ['first', 'first', 'first', 'first'],
    ]);
  });
});
