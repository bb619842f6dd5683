import { describe, expect, it } from 'vitest';
import { drawNetwork } from '../../src/components/network/draw.ts';
import { commandsFor, send } from '../../src/components/network/send.ts';
import { focusOn, isInside, topologyOf } from '../../src/components/network/topology.ts';
import { wayInWords, wayOf, waysOf } from '../../src/components/network/ways.ts';
import { networkWords } from '../../src/components/network/words.ts';
import type { Transport } from '../../src/components/page/docker.ts';
import { markup } from '../../src/components/section/shape.ts';
import type { ContainerSummary, DrydockFlow, DrydockLookup, DrydockNetns, NetworkInspect } from '../../src/engine/api-types/index.ts';

const network = (Name: string, Driver: string, Gateway = ''): NetworkInspect => ({
  ...{ Name, Id: `${Name}-`.padEnd(64, '0'), Created: '', Scope: 'local', Driver, EnableIPv4: true, EnableIPv6: false, Internal: false },
  IPAM: { Driver: 'default', Options: null, Config: Gateway === '' ? [] : [{ Subnet: `${Gateway.replace(/1$/, '0')}/16`, Gateway }] },
  ...{ Attachable: false, Ingress: false, ConfigFrom: { Network: '' }, ConfigOnly: false, Options: null, Labels: null, Containers: {} },
});
const container = (name: string, networks: Readonly<Record<string, string>>, more: Partial<ContainerSummary> = {}): ContainerSummary => ({
  ...{
    Id: name.padEnd(64, '0'),
    Names: [`/${name}`],
    Image: 'x',
    ImageID: 'x',
    Command: '',
    Created: 0,
    Ports: [],
    Labels: {},
    State: 'running',
  },
  ...{ Status: '', HostConfig: {}, Mounts: [] },
  NetworkSettings: { Networks: Object.fromEntries(Object.entries(networks).map(([key, IPAddress]) => [key, { IPAddress }])) },
  ...more,
});
const networks = [
  network('none', 'null'),
  network('shop', 'bridge', '172.18.0.1'),
  network('bridge', 'bridge', '172.17.0.1'),
  network('host', 'host'),
];
const containers = [
  container('db', { shop: '172.18.0.2' }),
  container('web', { bridge: '172.17.0.2' }),
  container('gone', { bridge: '' }, { State: 'exited' }),
];
const topology = topologyOf(networks, containers);
const netns = (Namespace: number, Containers: readonly string[]): DrydockNetns => ({
  Namespace,
  Containers,
  Links: [],
  Routes: [],
  Listening: [],
});
const around = {
  topology,
  namespaces: [netns(1, []), netns(2, ['web'.padEnd(64, '0')]), netns(3, ['db'.padEnd(64, '0')])],
  words: networkWords.en,
};

const dropped: DrydockFlow = {
  ...{ Id: 7, AtNs: '2000', Span: 1, HealthCheck: false, Protocol: 'icmp', Outcome: 'dropped', Back: [] },
  ...{ From: { Ip: '172.17.0.2', Port: 0, Namespace: 2, Program: 'ping' }, To: { Ip: '172.18.0.2', Port: 0 } },
  There: [
    { Kind: 'process', Namespace: 2, Pid: 9, Program: 'ping' },
    { Kind: 'route', Namespace: 2, Destination: 'default', Via: '172.17.0.1', Device: 'eth0' },
    { Kind: 'interface', Namespace: 2, Name: 'eth0', Direction: 'out' },
    { Kind: 'bridge', Namespace: 1, Name: 'docker0', Port: 'veth1', Flooded: false },
    { Kind: 'route', Namespace: 1, Destination: '172.18.0.0/16', Device: 'br-shop' },
    {
      Kind: 'rule',
      Namespace: 1,
      Table: 'filter',
      Chain: 'DOCKER',
      Number: 2,
      Spec: '-A DOCKER ! -i br-shop -o br-shop -j DROP',
      Verdict: 'DROP',
      Span: 4,
    },
    { Kind: 'end', Namespace: 1, Reason: 'dropped-by-rule' },
  ],
};
const published: DrydockFlow = {
  ...{ Id: 8, AtNs: '9000000000', Span: 1, HealthCheck: false, Protocol: 'tcp', Outcome: 'open', Back: [] },
  ...{ From: { Ip: '172.17.0.2', Port: 4000, Namespace: 2, Program: 'wget' }, To: { Ip: '192.168.50.10', Port: 8080 } },
  There: [
    { Kind: 'process', Namespace: 2, Pid: 9, Program: 'wget' },
    { Kind: 'rewrite', Namespace: 1, What: 'destination', From: '192.168.50.10:8080', To: '172.18.0.2:80' },
    { Kind: 'end', Namespace: 3, Reason: 'delivered' },
  ],
};

describe('the lanes', () => {
  it('are bridges first, the default one at the top, and others only if somebody is there', () => {
    expect(topology.lanes.map(({ device, stations }) => [device, stations.map(({ name }) => name)])).toEqual([
      ['docker0', ['web']],
      ['br-shop-0000000', ['db']],
    ]);
  });

  it('are those that are asked for, and those that a way crosses', () => {
    const named = (focus: string, crossed: readonly string[] = []): readonly string[] =>
      focusOn(topology, focus, new Set(crossed)).lanes.map(({ network: name }) => name);
    expect(named('db')).toEqual(['shop']);
    expect(named('')).toEqual(['bridge', 'shop']);
    expect(named('db', ['web'.padEnd(64, '0')])).toEqual(['bridge', 'shop']);
    expect(named('web', [topology.lanes[1]?.key ?? ''])).toEqual(['bridge', 'shop']);
  });

  it('have the addresses of their network', () => {
    expect(isInside('172.17.255.2', '172.17.0.1/16')).toBe(true);
    expect(isInside('172.18.0.2', '172.17.0.1/16')).toBe(false);
    expect(isInside('192.168.50.11', '192.168.50.0/24')).toBe(true);
    expect(isInside('fd00::2', 'fd00::1/64')).toBe(false);
    expect(isInside('172.17.0.2', '')).toBe(false);
  });
});

describe('a way', () => {
  it('stops at the very rule', () => {
    const way = wayOf(dropped, [], around);
    expect(way.title).toBe('web → 172.18.0.2');
    expect(way.steps.map(({ kind }) => kind)).toEqual(['process', 'route', 'bridge', 'route', 'rule']);
    expect([way.stoppedAt, way.steps.at(-1)?.rule, way.steps.at(-1)?.span]).toEqual([5, '-A DOCKER ! -i br-shop -o br-shop -j DROP', 4]);
    expect(wayInWords(way).at(-1)).toBe('5. filter DOCKER: DROP, 172.17.0.2 → 172.18.0.2: -A DOCKER ! -i br-shop -o br-shop -j DROP');
  });

  it('says what the packet says at each step, and which end was rewritten', () => {
    const way = wayOf(published, [], around);
    expect(way.steps.map(({ says, rewritten }) => [says, rewritten])).toEqual([
      ['172.17.0.2:4000 → 192.168.50.10:8080', null],
      ['172.17.0.2:4000 → 172.18.0.2:80', 'destination'],
      ['172.17.0.2:4000 → 172.18.0.2:80', null],
    ]);
    expect([way.stoppedAt, way.steps.at(-1)?.text]).toEqual([0, 'arrives at db']);
  });

  it('between two hosts goes in a packet of the network between them', () => {
    const sea = network('sea', 'overlay', '10.0.0.1');
    const overlaid = topologyOf([sea], [container('web', { sea: '10.0.0.3' })]);
    const [lane] = overlaid.lanes;
    expect([lane?.kind, lane?.device, lane?.address]).toEqual(['overlay', 'vxlan0', '10.0.0.0/16']);
    const There: DrydockFlow['There'] = [
      { Kind: 'process', Namespace: 2, Pid: 9, Program: 'wget' },
      { Kind: 'bridge', Namespace: 7, Name: 'br0', Port: 'vxlan0', Flooded: false },
      { Kind: 'interface', Namespace: 7, Name: 'vxlan0', Direction: 'out' },
      { Kind: 'route', Namespace: 1, Destination: '192.168.50.0/24', Device: 'eth0' },
      { Kind: 'bridge', Namespace: 8, Name: 'lan', Port: 'port2', Flooded: false },
      { Kind: 'interface', Namespace: 9, Name: 'vxlan0', Direction: 'in' },
      { Kind: 'bridge', Namespace: 9, Name: 'br0', Port: 'veth1', Flooded: false },
      { Kind: 'end', Namespace: 10, Reason: 'delivered' },
    ];
    const [From, To] = [
      { ...published.From, Ip: '10.0.0.3' },
      { Ip: '10.0.0.4', Port: 80 },
    ];
    const there = wayOf({ ...published, From, To, There }, [], { ...around, topology: overlaid });
    expect(there.steps.map(({ at }) => at)).toEqual(['web'.padEnd(64, '0'), lane?.key, lane?.key, 'host', ...Array(3).fill('outside')]);
    expect(there.steps.map(({ says }) => says !== '')).toEqual([true, true, true, false, true, true, true]);
    expect(there.steps[1]?.text).toBe('bridge br0 (sea)');
    const back = { ...published, From: { ...From, Ip: '10.0.0.4', Namespace: 10 }, To, There: There.slice(1) };
    const at = wayOf(back, [], { ...around, topology: overlaid }).steps.map((step) => step.at);
    expect([at[0], at.at(-1)]).toEqual(['outside', lane?.key]);
  });

  it('of a container that is gone begins at its bridge, and is not another machine’s', () => {
    const way = wayOf(dropped, [], { ...around, namespaces: [netns(1, []), netns(3, ['db'.padEnd(64, '0')])] });
    const docker0 = topology.lanes[0]?.key;
    expect([way.title, way.source]).toEqual(['172.17.0.2 → 172.18.0.2', '']);
    expect(way.steps.map(({ at }) => at)).toEqual([docker0, docker0, docker0, 'host', 'host']);
    expect(way.steps[0]?.text).toBe('a container that is gone, ping sends');
    const stranger = { ...dropped, From: { ...dropped.From, Ip: '192.168.50.11', Namespace: 9 }, There: dropped.There.slice(3) };
    expect(wayOf(stranger, [], around).title).toBe('192.168.50.11 → 172.18.0.2');
  });

  it('ends where an echo came in, though no process takes it', () => {
    const echo: DrydockFlow = {
      ...{ ...dropped, Outcome: 'answered' },
      There: [...dropped.There.slice(0, 4), { Kind: 'interface', Namespace: 3, Name: 'eth0', Direction: 'in' }],
    };
    const way = wayOf(echo, [], around);
    expect([way.stoppedAt, way.steps.at(-1)?.text, way.steps.at(-1)?.at]).toEqual([0, 'arrives at db', 'db'.padEnd(64, '0')]);
  });

  it('is not what the engine’s name server answers', () => {
    const answer: DrydockFlow = {
      ...published,
      ...{ Protocol: 'udp', Outcome: 'sent' },
      ...{ From: { Ip: '127.0.0.11', Port: 48752, Namespace: 2, Program: 'dockerd' }, To: { Ip: '127.0.0.1', Port: 58805 } },
    };
    expect(waysOf([answer], [], around)).toEqual([]);
  });

  it('stops in one step where nobody has the address that it looks for', () => {
    const lost: DrydockFlow = {
      ...dropped,
      Outcome: 'unreachable',
      There: [
        ...dropped.There.slice(0, 2),
        { Kind: 'neighbour', Namespace: 2, Ip: '172.17.0.99', Device: 'eth0' },
        { Kind: 'end', Namespace: 2, Reason: 'no-neighbour' },
      ],
    };
    const way = wayOf(lost, [], around);
    expect([way.stoppedAt, way.steps.length, way.steps.at(-1)?.text]).toEqual([3, 3, 'nobody answers for 172.17.0.99']);
  });

  it('is not what a health check asks at home, unless nobody listens; what somebody asks there is one', () => {
    const atHome: DrydockFlow = { ...published, From: { ...published.From, Namespace: 2 }, To: { Ip: '127.0.0.1', Port: 80 } };
    const shown = (flow: DrydockFlow): number => waysOf([flow], [], around).length;
    expect(shown(atHome)).toBe(1);
    expect(shown({ ...atHome, HealthCheck: true })).toBe(0);
    expect(shown({ ...atHome, HealthCheck: true, Outcome: 'refused' })).toBe(1);
    expect(shown({ ...published, HealthCheck: true })).toBe(1);
  });

  it('begins with the name that was asked for; a name that nobody knows is a way of its own', () => {
    const web = 'web'.padEnd(64, '0');
    const lookup = (Id: number, Name: string, Answers: readonly string[]): DrydockLookup => ({
      Id,
      AtNs: '1000',
      Container: web,
      Name,
      Type: 'A',
      Answers,
      Source: '127.0.0.11',
    });
    const ways = waysOf([dropped], [lookup(1, 'db', ['172.18.0.2']), lookup(2, 'nobody', []), lookup(3, 'db', [])], around);
    expect(ways.map(({ title, stoppedAt }) => [title, stoppedAt])).toEqual([
      ['web → db', 6],
      ['web → nobody', 1],
    ]);
  });
});

describe('the picture', () => {
  const at = (width: number, count: number) => {
    const many = Array.from({ length: count }, (_, index) => container(`c${index}`, { bridge: `172.17.0.${index + 2}` }));
    const options = {
      width,
      words: networkWords.ko,
      outside: { address: '192.168.50.10/24', others: ['192.168.50.11'] },
      way: wayOf(dropped, [], around),
    };
    return markup(drawNetwork(topologyOf(networks, [...many, ...containers]), options).picture);
  };

  it('has a pair of lines into each container, and no text too small to read', () => {
    const drawn = at(640, 3);
    expect([...drawn.matchAll(/class="veth"/g)].length).toBe(drawn.match(/class="arm"/g)?.length);
    expect((drawn.match(/ d="([^"]*)" class="veth"/)?.[1] ?? '').match(/M/g)?.length).toBeGreaterThanOrEqual(2);
    expect(drawn).not.toContain('small');
  });

  it('is drawn at any width, with none and with fifty', () => {
    for (const width of [300, 640, 1200]) for (const count of [0, 50]) expect(at(width, count)).not.toContain('NaN');
    expect(at(1200, 50).split('class="station"').length - 1).toBe(52);
  });
});

describe('what the reader sends', () => {
  it('is an echo to a name, a request to a port, and nothing that a shell could mistake', () => {
    expect(commandsFor('db')).toEqual([['ping', '-c', '1', '-W', '1', 'db']]);
    expect(commandsFor('web:80')).toEqual([
      ['wget', '-q', '-O', '-', '-T', '2', 'http://web:80'],
      ['curl', '-sS', '-m', '2', 'http://web:80'],
    ]);
    for (const target of ['-f', 'a b', '$(x)', '']) expect(commandsFor(target)).toBeNull();
  });

  it('is asked by another program where the image has not the first', async () => {
    const asked: string[] = [];
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    const transport: Transport = {
      http: async (target, { body } = {}) => {
        const cmd = body && target.endsWith('/exec') ? (JSON.parse(new TextDecoder().decode(body)) as { Cmd: string[] }).Cmd[0] : undefined;
        if (cmd) asked.push(cmd);
        const isCurl = asked.at(-1) === 'curl';
        const answer = target.endsWith('/exec')
          ? '{"Id":"e"}'
          : target.endsWith('/start')
            ? isCurl
              ? 'a page'
              : 'not found'
            : `{"ExitCode":${isCurl ? 0 : 127}}`;
        const pieces = [bytes(answer)];
        return { status: 200, headers: new Map(), read: async () => pieces.shift() ?? null, cancel: () => {} };
      },
    };
    expect(await send(transport, 'web', 'db:80')).toBe('# curl -sS -m 2 http://db:80\na page');
    expect(asked).toEqual(['wget', 'curl']);
  });
});
