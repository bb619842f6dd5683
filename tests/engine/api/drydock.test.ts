import { describe, expect, it } from 'vitest';
import type {
  DrydockCauses,
  DrydockChain,
  DrydockFile,
  DrydockLayer,
  DrydockNetns,
  DrydockProcess,
} from '../../../src/engine/api-types/index.ts';
import { readAll, request } from '../../../src/engine/http/index.ts';
import type { Machine } from '../../../src/engine/machine/types.ts';
import { command, computer, openTerminal, pass } from '../../machine/computer.ts';

async function get<T>(machine: Machine, target: string): Promise<T> {
  let answer: unknown;
  const asking = (async () => {
    const connection = await machine.dial({ unix: '/var/run/docker.sock' });
    const response = await request(connection, {
      method: 'GET',
      target,
      headers: [
        ['host', 'docker'],
        ['user-agent', 'drydock-page'],
      ],
    });
    const bytes = await readAll(response);
    answer =
      response.headers.get('content-type')?.[0] === 'application/octet-stream'
        ? new TextDecoder().decode(bytes)
        : JSON.parse(new TextDecoder().decode(bytes));
  })();
  for (let i = 0; i < 100 && answer === undefined; i++) await pass(machine, 20);
  await asking;
  return answer as T;
}

async function running() {
  const machine = await computer({ start: 'images', images: ['alpine:3.23'] });
  const terminal = openTerminal(machine);
  await command(terminal, '');
  await command(terminal, "docker run -d --name box -p 8080:80 alpine:3.23 sh -c 'trap : TERM; while :; do sleep 1; done'");
  await command(terminal, "docker exec box sh -c 'echo hello > /etc/motd; rm /etc/issue; echo new > /new'");
  return { machine, terminal };
}

describe('what is told under /drydock/', () => {
  it('tells of each process both numbers, its namespaces and the signals that it listens to', async () => {
    const { machine } = await running();
    const all = await get<readonly DrydockProcess[]>(machine, '/drydock/processes');
    const inside = await get<readonly DrydockProcess[]>(machine, '/drydock/processes?container=box');
    expect(inside[0]).toMatchObject({ NsPids: [inside[0]?.Pid, 1], Caught: expect.arrayContaining(['SIGTERM']) });
    const init = all.find(({ Pid }) => Pid === 1);
    expect(init).toMatchObject({ Container: '', NsPids: [1] });
    expect(inside[0]?.Namespaces.pid).not.toBe(init?.Namespaces.pid);
    expect(inside[0]?.Namespaces.user).toBe(init?.Namespaces.user);
    expect(await get(machine, '/drydock/containers/box/stats')).toMatchObject({ name: '/box', pids_stats: { current: 2 } });
    expect(await get(machine, '/drydock/processes?container=ghost')).toEqual({ message: 'No such container: ghost' });
  });

  it('tells what lies where a path leads: in a volume, a folder of the host, memory; also while nothing runs', async () => {
    const { machine, terminal } = await running();
    await command(terminal, 'mkdir -p site && echo 1 > site/index.html');
    await command(terminal, 'docker run -d --name ship -v hold:/data -v ./site:/site --tmpfs /run alpine:3.23 sleep 900');
    await command(
      terminal,
      "docker exec ship sh -c 'mkdir /data/a; echo 42 > /data/a/n; echo 7 > /run/pid'; echo written$((1))",
      'written1',
    );
    const paths = async (target: string) => (await get<readonly DrydockFile[]>(machine, target)).map(({ Path }) => Path);
    const at = (path: string) => paths(`/drydock/containers/ship/files?path=${path}`);
    expect([await at('/data'), await at('/site'), await at('/run')]).toEqual([['/a', '/a/n'], ['/index.html'], ['/pid']]);
    await command(terminal, 'docker stop -t 0 ship; echo stopped$((1))', 'stopped1');
    expect([await at('/data'), await at('/site'), await at('/run')]).toEqual([['/a', '/a/n'], ['/index.html'], []]);
    await command(terminal, 'docker rm ship; echo removed$((1))', 'removed1');
    expect(await paths('/drydock/volumes/hold/files')).toEqual(['/a', '/a/n']);
    expect(await get(machine, '/drydock/volumes/ghost/files')).toEqual({ message: 'get ghost: no such volume' });
  });

  it('tells what each layer holds itself: copies, marks of what was taken away', async () => {
    const { machine } = await running();
    const layers = await get<readonly DrydockLayer[]>(machine, '/drydock/layers?container=box');
    expect(layers.map(({ Kind }) => Kind)).toEqual(['image', 'init', 'writable']);
    const key = layers.at(-1)?.Key ?? '';
    const files = await get<readonly DrydockFile[]>(machine, `/drydock/layers/${key}/files`);
    expect(files.filter(({ Type }) => Type !== 'directory').map(({ Path, Type }) => [Path, Type])).toEqual([
      ['/etc/issue', 'whiteout'],
      ['/etc/motd', 'file'],
      ['/new', 'file'],
    ]);
    expect(await get(machine, `/drydock/layers/${key}/content?path=/etc/motd`)).toBe('hello\n');
    expect(await get(machine, `/drydock/layers/${key}/content?path=/../../x`)).toMatchObject({
      message: expect.stringContaining('/../../x'),
    });
    expect(await get(machine, '/drydock/layers/ghost/files')).toEqual({ message: 'No such layer: ghost' });
    expect(await get(machine, '/drydock/layers')).toEqual({ message: 'either image or container must be given' });
    expect((await get<readonly DrydockLayer[]>(machine, '/drydock/layers?image=alpine:3.23'))[0]).toMatchObject({ Key: layers[0]?.Key });
  });

  it('tells of the network what ip, ss and iptables would tell', async () => {
    const { machine } = await running();
    const [host, box] = await get<readonly DrydockNetns[]>(machine, '/drydock/namespaces');
    const inner = box?.Links.find(({ Kind }) => Kind === 'veth');
    expect(host?.Links.find(({ Index }) => Index === inner?.PeerIndex)).toMatchObject({ Kind: 'veth', Master: 'docker0' });
    expect(inner?.Addresses).toEqual(['172.17.0.2/16']);
    expect(host?.Listening).toContainEqual(expect.objectContaining({ Address: '0.0.0.0:8080', Protocol: 'tcp' }));
    const chains = await get<readonly DrydockChain[]>(machine, '/drydock/rules');
    expect(chains.flatMap(({ Rules }) => Rules.map(({ Spec }) => Spec)).join('\n')).toContain('--to-destination 172.17.0.2:80');
  });

  it('leads from a rule back to the command that was typed', async () => {
    const { machine } = await running();
    const { Spans, Things } = await get<DrydockCauses>(machine, '/drydock/causes');
    const rule = Things.find(({ Kind, Name }) => Kind === 'rule' && Name.includes('172.17.0.2:80'));
    const way: string[] = [];
    for (let at = Spans.find(({ Id }) => Id === rule?.Span); at; at = Spans.find(({ Id }) => Id === at?.Parent)) way.push(at.Label);
    expect(way.find((label) => /^POST .*\/start$/.test(label))).toBeDefined();
    expect(way.find((label) => label.startsWith('docker run -d --name box'))).toBeDefined();
    expect(Things.some(({ Kind, Name, Span }) => Kind === 'event' && Name.startsWith('container start') && Span !== 0)).toBe(true);
  });

  it('leads from each layer back to the pull, the step of a build, the commit and the write that made it', async () => {
    const { machine, terminal } = await running();
    await command(terminal, 'docker pull -q busybox');
    await command(terminal, "printf 'FROM alpine:3.23\\nRUN echo step > /step\\n' | docker build -q -t stepped -");
    await command(terminal, 'docker commit box kept');
    await pass(machine, 2000);
    const { Spans, Things } = await get<DrydockCauses>(machine, '/drydock/causes');
    const wayTo = (span: number | undefined): string => {
      const way: string[] = [];
      for (let at = Spans.find(({ Id }) => Id === span); at; at = Spans.find(({ Id }) => Id === at?.Parent)) way.push(at.Label);
      return way.join(' < ');
    };
    const topOf = async (query: string): Promise<string> =>
      (await get<readonly DrydockLayer[]>(machine, `/drydock/layers?${query}`)).at(-1)?.Key ?? '';
    const maker = (name: string): string => wayTo(Things.find((thing) => thing.Kind === 'layer' && thing.Name === name)?.Span);
    expect(maker(await topOf('image=busybox'))).toMatch(/^POST \S*\/images\/create\?.* < docker pull -q busybox/);
    expect(maker(await topOf('image=stepped'))).toMatch(/^\[2\/2\] RUN echo step > \/step < .*docker build -q -t stepped -/);
    expect(maker(await topOf('image=kept'))).toMatch(/^POST \S*\/commit\?.* < docker commit box kept/);
    const box = await topOf('container=box');
    expect(maker(box)).toMatch(/^POST \S*\/containers\/create\?name=box < docker run -d --name box/);
    for (const path of ['/etc/motd', '/etc/issue', '/new'])
      expect(maker(`${box} ${path}`)).toMatch(/sh -c echo hello.* < POST \S*\/exec\/[0-9a-f]+\/start < docker exec box sh -c/);
    // The machine was prepared by a pull like any other.
    expect(maker(await topOf('image=alpine:3.23'))).toMatch(/ < docker pull -q alpine:3.23$/);
  });
});
