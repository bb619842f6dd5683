import { describe, expect, it } from 'vitest';
import { Errno } from '../../../../src/engine/kernel/errno.ts';
import { append, bytes, container, dial, dockerHost, type Process, publish, serve, socketFile, text, type World } from './machine.ts';

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Errno) return error.code;
    throw error;
  }
  return 'none';
};

function accept(process: Process, fd: number) {
  const file = socketFile(process.file(fd)).accept();
  if (file === 'again') throw new Error('nobody waits');
  return file;
}

function ping(world: World, from: Process, to: string): string {
  from.net.sendEcho(to, { id: 9, sequence: 0 });
  world.pass(3500);
  return from.net
    .echoes(9)
    .map(({ kind, from: who }) => `${kind} ${who}`)
    .join();
}

describe('a docker host', () => {
  it('carries bytes both ways through a published port', () => {
    const { world, host, router } = dockerHost();
    const web = container(world, host, 2);
    publish(host, 8080, 2);
    const listener = serve(web, 80);
    const client = dial(world, router, { ip: '192.168.50.10', port: 8080 });
    const server = accept(web, listener);
    router.file(client).write(bytes('GET'));
    expect(text(server.read(100))).toBe('GET');
    server.write(bytes('200'));
    expect(text(router.file(client).read(100))).toBe('200');
    server.close();
    expect(text(router.file(client).read(100))).toBe('');
    expect(router.net.peer(client)).toEqual({ family: 'inet', ip: '192.168.50.10', port: 8080 });
    const flow = world.network.flows.list().at(-1);
    expect(flow?.outcome).toBe('open');
    expect(flow?.there.filter(({ kind }) => kind === 'rewrite')).toEqual([
      { kind: 'rewrite', namespace: 1, what: 'destination', from: '192.168.50.10:8080', to: '172.17.0.2:80' },
    ]);
    expect(flow?.there.some((hop) => hop.kind === 'rule' && hop.chain === 'DOCKER' && hop.verdict === 'DNAT')).toBe(true);
  });

  it('reaches a published port from the host by its own address, not by localhost', () => {
    const { world, host } = dockerHost();
    const web = container(world, host, 2);
    publish(host, 8080, 2);
    const listener = serve(web, 80);
    dial(world, host, { ip: '192.168.50.10', port: 8080 });
    const peer = accept(web, listener);
    expect(peer.poll().hangup).toBe(false);
    expect(codeOf(() => dial(world, host, { ip: '127.0.0.1', port: 8080 }))).toBe('ECONNREFUSED');
  });

  it('drops what comes to a container from outside, and lets containers out with the host as their source', () => {
    const { world, host, router } = dockerHost();
    const box = container(world, host, 2);
    router.net.link.addRoute({ destination: '172.17.0.0/16', via: '192.168.50.10', device: 'lan' });
    expect(codeOf(() => dial(world, router, { ip: '172.17.0.2', port: 80 }))).toBe('ETIMEDOUT');
    router.net.link.deleteRoute({ destination: '172.17.0.0/16' });
    const listener = serve(router, 443);
    dial(world, box, { ip: '192.168.50.1', port: 443 });
    accept(router, listener);
    const peers = router.net
      .sockets()
      .filter(({ state }) => state === 'ESTAB')
      .map(({ peer }) => peer?.family === 'inet' && peer.ip);
    expect(peers).toEqual(['192.168.50.10']);
    expect(ping(world, box, '192.168.50.1')).toBe('reply 192.168.50.1');
  });

  it('joins containers by the bridge, unless a rule forbids it (icc=false)', () => {
    const { world, host } = dockerHost();
    const one = container(world, host, 2);
    const two = container(world, host, 3);
    expect(ping(world, one, '172.17.0.3')).toBe('reply 172.17.0.3');
    expect(ping(world, one, '172.17.0.1')).toBe('reply 172.17.0.1');
    host.net.rules.insert('filter', 'DOCKER-USER', ['-i', 'docker0', '-o', 'docker0', '-j', 'DROP']);
    expect(ping(world, two, '172.17.0.2')).toBe('');
    expect(world.network.flows.list().at(-1)).toMatchObject({ outcome: 'dropped' });
  });

  it('tells the several ways in which nobody is there apart', () => {
    const { world, host } = dockerHost();
    const box = container(world, host, 2);
    expect(codeOf(() => dial(world, box, { ip: '172.17.0.1', port: 1 }))).toBe('ECONNREFUSED');
    expect(codeOf(() => dial(world, box, { ip: '172.17.0.77', port: 1 }))).toBe('EHOSTUNREACH');
    expect(box.net.link.neighbours().find(({ ip }) => ip === '172.17.0.77')?.state).toBe('FAILED');
    expect(ping(world, box, '172.17.0.77')).toBe('unreachable-host 172.17.0.2');
    expect(ping(world, box, '192.168.50.77')).toBe('unreachable-host 172.17.0.1');
    box.net.link.deleteRoute({ destination: 'default' });
    expect(codeOf(() => dial(world, box, { ip: '192.168.50.1', port: 1 }))).toBe('ENETUNREACH');
  });

  it('rejects in the name of the host called, through translation', () => {
    const { world, host, router } = dockerHost();
    container(world, host, 2);
    publish(host, 8080, 2);
    expect(codeOf(() => dial(world, router, { ip: '192.168.50.10', port: 8080 }))).toBe('ECONNREFUSED');
    host.net.rules.insert('filter', 'DOCKER-USER', ['-p', 'tcp', '-j', 'REJECT']);
    expect(codeOf(() => dial(world, router, { ip: '192.168.50.10', port: 8080 }))).toBe('ECONNREFUSED');
    expect(host.net.rules.chains('filter').find(({ name }) => name === 'DOCKER-USER')?.rules[0]).toMatchObject({ packets: 1 });
  });

  it('counts the first packet of a connection where new ones go, and the rest where established ones do', () => {
    const { world, host, router } = dockerHost();
    const box = container(world, host, 2);
    const listener = serve(router, 443);
    const states = ['NEW', 'RELATED,ESTABLISHED'];
    for (const state of states) host.net.rules.insert('filter', 'DOCKER-USER', ['-m', 'conntrack', '--ctstate', state, '-j', 'RETURN']);
    const client = dial(world, box, { ip: '192.168.50.1', port: 443 });
    accept(router, listener);
    box.file(client).write(bytes('hello'));
    const rules = host.net.rules.chains('filter').find(({ name }) => name === 'DOCKER-USER')?.rules ?? [];
    // SYN one way; SYN-ACK the other, then the ACK and the data.
    expect(rules.map(({ packets, bytes: sizeBytes }) => ({ packets, sizeBytes }))).toEqual([
      { packets: 3, sizeBytes: 3 * 52 + 5 },
      { packets: 1, sizeBytes: 52 },
    ]);
  });

  it('loses a connection whose container has gone, and finds it again when the link is back', () => {
    const { world, host } = dockerHost();
    const web = container(world, host, 2);
    const listener = serve(web, 80);
    const client = dial(world, host, { ip: '172.17.0.2', port: 80 });
    const server = accept(web, listener);
    host.net.link.set('veth2', { up: false });
    expect(host.file(client).write(bytes('late'))).toBe(4);
    expect(text(server.read(10))).toBe('again');
    host.net.link.set('veth2', { up: true });
    world.pass(60_000);
    expect(text(server.read(10))).toBe('late');
  });

  it('answers datagrams through masquerading, and refuses where no socket is', () => {
    const { world, host, router } = dockerHost();
    const box = container(world, host, 2);
    const server = router.net.socket('inet', 'dgram');
    router.net.bind(server, { family: 'inet', ip: '0.0.0.0', port: 53 });
    const client = box.net.socket('inet', 'dgram');
    box.net.sendTo(client, bytes('who?'), { family: 'inet', ip: '192.168.50.1', port: 53 });
    const asked = router.net.receiveFrom(server);
    expect(asked?.from).toMatchObject({ ip: '192.168.50.10' });
    if (asked !== null) router.net.sendTo(server, bytes('me'), asked.from);
    expect(box.net.receiveFrom(client)).toMatchObject({ from: { ip: '192.168.50.1', port: 53 } });
    const other = box.net.socket('inet', 'dgram');
    socketFile(box.file(other)).connect({ family: 'inet', ip: '192.168.50.1', port: 99 });
    box.file(other).write(bytes('x'));
    expect(codeOf(() => box.file(other).read(1))).toBe('ECONNREFUSED');
  });

  it('redirects the embedded name server inside a container', () => {
    const { world, host } = dockerHost();
    const box = container(world, host, 2);
    const daemon = host.net.at(world.ref(box.namespace));
    const fd = daemon.socket('inet', 'dgram');
    daemon.bind(fd, { family: 'inet', ip: '127.0.0.11', port: 40_000 });
    append(daemon.rules, 'nat', 'OUTPUT -d 127.0.0.11/32 -p udp -m udp --dport 53 -j DNAT --to-destination 127.0.0.11:40000');
    append(daemon.rules, 'nat', 'POSTROUTING -s 127.0.0.11/32 -p udp -m udp --sport 40000 -j SNAT --to-source :53');
    const client = box.net.socket('inet', 'dgram');
    box.net.sendTo(client, bytes('web?'), { family: 'inet', ip: '127.0.0.11', port: 53 });
    const asked = daemon.receiveFrom(fd);
    if (asked !== null) daemon.sendTo(fd, bytes('yes'), asked.from);
    expect(box.net.receiveFrom(client)).toMatchObject({ from: { ip: '127.0.0.11', port: 53 } });
  });
});

describe('a rule', () => {
  it('may ask which port a connection was for before it was sent elsewhere', () => {
    const { world, host, router } = dockerHost();
    const web = container(world, host, 2);
    publish(host, 8080, 2);
    serve(web, 80);
    expect(host.net.rules.chains('filter').map(({ name }) => name)).toContain('DOCKER-USER');
    const rule = 'DOCKER-USER -p tcp -m conntrack --ctorigdstport 8080 -j REJECT --reject-with tcp-reset';
    append(host.net.rules, 'filter', rule);
    expect(codeOf(() => dial(world, router, { ip: '192.168.50.10', port: 8080 }))).toBe('ECONNREFUSED');
    host.net.rules.remove('filter', 'DOCKER-USER', 1);
    append(host.net.rules, 'filter', rule.replace('8080', '80'));
    expect(codeOf(() => dial(world, router, { ip: '192.168.50.10', port: 8080 }))).toBe('none');
  });
});

describe('a connection that is over', () => {
  it('is seen for a minute at the end that closed first', () => {
    const { world, host } = dockerHost();
    const web = container(world, host, 2);
    const listener = serve(web, 80);
    const client = dial(world, host, { ip: '172.17.0.2', port: 80 });
    accept(web, listener).close();
    host.close(client);
    const states = (process: Process): readonly string[] => process.net.sockets().map(({ state }) => state);
    expect(states(web)).toEqual(['LISTEN', 'TIME-WAIT']);
    expect(states(host)).toEqual([]);
    world.pass(61_000);
    expect(states(web)).toEqual(['LISTEN']);
  });
});

describe('ipvlans and macvlans', () => {
  function on(world: World, host: Process, { kind, mode, last }: { kind: 'ipvlan' | 'macvlan'; mode: string; last: number }): Process {
    const namespace = world.network.createNamespace();
    const name = `${mode}${last}`;
    host.net.link.add({ name, kind, mode, parent: 'eth0' });
    host.net.link.set(name, { namespace: world.ref(namespace) });
    const inside = world.process(namespace);
    inside.net.link.set('lo', { up: true });
    inside.net.link.addAddress(name, { ip: `10.80.0.${last}`, prefixLength: 24 });
    inside.net.link.set(name, { up: true });
    inside.net.link.addRoute({ destination: 'default', device: name });
    return inside;
  }

  it.each(['l3', 'l3s'])('route in mode %s: by the routes of the host, without neighbours of their own', (mode) => {
    const { world, host, router } = dockerHost();
    const [one, two] = [2, 3].map((last) => on(world, host, { kind: 'ipvlan', mode, last }));
    if (!one || !two) throw new Error('no ipvlans');
    expect(ping(world, one, '10.80.0.3')).toBe('reply 10.80.0.3');
    expect(ping(world, one, '192.168.50.1'), 'the router does not know the way back').toBe('');
    router.net.link.addRoute({ destination: '10.80.0.0/24', via: '192.168.50.10', device: 'lan' });
    expect(ping(world, one, '192.168.50.1')).toBe('reply 192.168.50.1');
    expect(ping(world, router, '10.80.0.3')).toBe('reply 10.80.0.3');
    expect(one.net.link.neighbours()).toEqual([]);
    append(host.net.rules, 'filter', 'INPUT -d 10.80.0.3 -j DROP');
    expect(ping(world, router, '10.80.0.3'), 'only l3s shows what comes in to the rules of the host').toBe(
      mode === 'l3s' ? '' : 'reply 10.80.0.3',
    );
    append(host.net.rules, 'filter', 'OUTPUT -s 10.80.0.2 -j DROP');
    expect(ping(world, one, '192.168.50.1'), 'what goes out is sent by the host').toBe('');
  });

  it('reach each other if both are in bridge mode', () => {
    const { world, host } = dockerHost();
    const [one, two, apart] = [
      on(world, host, { kind: 'macvlan', mode: 'bridge', last: 2 }),
      on(world, host, { kind: 'macvlan', mode: 'bridge', last: 3 }),
      on(world, host, { kind: 'macvlan', mode: 'private', last: 4 }),
    ];
    expect(ping(world, one, '10.80.0.3')).toBe('reply 10.80.0.3');
    expect(ping(world, two, '10.80.0.4')).not.toContain('reply');
    expect(ping(world, apart, '10.80.0.2')).not.toContain('reply');
  });
});
