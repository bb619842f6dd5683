import { describe, expect, it } from 'vitest';
import { withEngine } from '../engine.ts';
import { INIT, stateOf, withSwarm } from './swarm.ts';

interface Listed {
  readonly Names: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
}

describe('a service', () => {
  it('becomes containers that bear the names and labels of its tasks', async () => {
    const { list, task, nodeId } = await withSwarm(async (swarm) => {
      await swarm.createService('web', {});
      await swarm.pass(2000);
      const [first] = await swarm.tasks('web');
      return { list: await swarm.get<Listed[]>('/containers/json'), task: first, nodeId: swarm.nodeId };
    });
    expect(task && stateOf(task)).toBe('running');
    expect(list.map(({ Names }) => Names)).toEqual([[`/web.1.${task?.ID}`]]);
    expect(list[0]?.Labels).toMatchObject({
      'com.docker.swarm.node.id': nodeId,
      'com.docker.swarm.service.name': 'web',
      'com.docker.swarm.task.id': task?.ID,
      'com.docker.swarm.task.name': `web.1.${task?.ID}`,
    });
  });

  it('grows and shrinks, and takes its containers with it', async () => {
    const seen = await withSwarm(async (swarm) => {
      const count = async (): Promise<number> => (await swarm.get<unknown[]>('/containers/json?all=1')).length;
      await swarm.createService('web', {});
      await swarm.pass(1000);
      await swarm.change('web', { Mode: { Replicated: { Replicas: 3 } } });
      await swarm.pass(2000);
      const grown = await count();
      await swarm.change('web', { Mode: { Replicated: { Replicas: 2 } } });
      await swarm.pass(3000);
      const shrunk = await count();
      await swarm.call('DELETE', '/services/web');
      await swarm.pass(3000);
      return { grown, shrunk, gone: await count() };
    });
    expect(seen).toEqual({ grown: 3, shrunk: 2, gone: 0 });
  });

  it('gets a name where none is asked for, and keeps one that is taken', async () => {
    const { unnamed, taken } = await withSwarm(async (swarm) => {
      await swarm.createService('', {});
      const [{ Spec }] = await swarm.get<[{ Spec: { Name: string } }]>('/services');
      return { unnamed: Spec.Name, taken: await swarm.createService(Spec.Name, {}) };
    });
    expect(unnamed).toMatch(/^[a-z]+_[a-z]+$/);
    expect([taken.status, taken.json.message]).toEqual([
      409,
      `rpc error: code = AlreadyExists desc = name conflicts with an existing object: service ${unnamed} already exists`,
    ]);
  });

  it('is changed only by who saw its last version', async () => {
    const late = await withSwarm(async (swarm) => {
      await swarm.createService('web', {});
      const { ID, Version, Spec } = await swarm.service('web');
      const target = `/services/${ID}/update?version=${Version.Index}`;
      await swarm.call('POST', target, { ...Spec, Labels: { a: '1' } });
      return swarm.call('POST', target, { ...Spec, Labels: { a: '2' } });
    });
    expect(late.json.message).toBe('rpc error: code = Unknown desc = update out of sequence');
  });

  it('is refused with words that the engine does not know', async () => {
    const refusals = await withSwarm(async (swarm) => {
      const messages: unknown[] = [];
      for (const wanted of [
        { EndpointSpec: { Mode: 'nosuch' as 'vip' } },
        { task: { RestartPolicy: { Condition: 'nosuch' } } },
        { UpdateConfig: { Parallelism: 1, Order: 'nosuch' as 'stop-first', MaxFailureRatio: 0, FailureAction: 'pause' as const } },
        { container: { Image: 'Not An Image' } },
      ])
        messages.push((await swarm.createService('web', wanted)).json.message);
      return messages;
    });
    expect(refusals).toEqual([
      'invalid resolution mode: "nosuch"',
      'invalid RestartCondition: "nosuch"',
      'unrecognized update order nosuch',
      'rpc error: code = InvalidArgument desc = ContainerSpec: "Not An Image" is not a valid repository/tag',
    ]);
  });

  it('writes what its tasks print to one log', async () => {
    const log = await withSwarm(async (swarm) => {
      await swarm.createService('say', { cmd: ['echo', 'hello'], task: { RestartPolicy: { Condition: 'none' } } });
      await swarm.pass(2000);
      return (await swarm.call('GET', '/services/say/logs?stdout=1')).text;
    });
    expect(log).toContain('hello\n');
  });
});

describe('a node', () => {
  it('leaves a swarm with all that ran for it, and not without being forced', async () => {
    const { kept, left, containers, networks } = await withSwarm(async (swarm) => {
      await swarm.createService('web', {});
      await swarm.pass(2000);
      const kept = await swarm.call('POST', '/swarm/leave');
      await swarm.call('POST', '/swarm/leave?force=1');
      return {
        kept,
        left: await swarm.call('GET', '/services'),
        containers: await swarm.get<unknown[]>('/containers/json?all=1'),
        networks: (await swarm.get<{ Name: string }[]>('/networks')).map(({ Name }) => Name),
      };
    });
    expect(kept.status).toBe(503);
    expect(left.json.message).toMatch(/^This node is not a swarm manager\./);
    expect(containers).toEqual([]);
    expect(networks).not.toContain('ingress');
  });

  it('says why it cannot come into a swarm', async () => {
    const joined = await withEngine(({ call }) =>
      call('POST', '/swarm/join', { ...INIT, RemoteAddrs: ['10.0.0.1:2377'], JoinToken: `SWMTKN-1-${'0'.repeat(50)}-${'0'.repeat(25)}` }),
    );
    expect(joined.json.message).toBe(
      'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.0.0.1:2377: connect: network is unreachable"',
    );
  });
});
