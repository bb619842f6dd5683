import { describe, expect, it } from 'vitest';
import { stateOf, withSwarm } from './swarm.ts';

const SECOND_NS = 1_000_000_000;
const QUICK = { Delay: SECOND_NS / 10 };

describe('the restart supervisor', () => {
  it('replaces a task that ended, as often as it may', async () => {
    const states = await withSwarm(async (swarm) => {
      await swarm.createService('exits', {
        cmd: ['exit', '3'],
        task: { RestartPolicy: { ...QUICK, Condition: 'on-failure', MaxAttempts: 2 } },
      });
      await swarm.pass(10_000);
      return (await swarm.tasks('exits')).map(stateOf);
    });
    expect(states).toEqual(['shutdown/failed', 'shutdown/failed', 'shutdown/failed']);
  });

  it('lets a task be that ended well, unless any end is to be followed by a start', async () => {
    const counts = await withSwarm(async (swarm) => {
      await swarm.createService('once', { cmd: ['exit', '0'], task: { RestartPolicy: { ...QUICK, Condition: 'on-failure' } } });
      await swarm.createService('ever', { cmd: ['exit', '0'], task: { RestartPolicy: { ...QUICK, Condition: 'any' } } });
      await swarm.pass(5000);
      return [(await swarm.tasks('once')).length, (await swarm.tasks('ever')).length];
    });
    expect(counts[0]).toBe(1);
    expect(counts[1]).toBeGreaterThan(3);
  });

  it('keeps of each slot as many tasks as the history is long', async () => {
    const count = await withSwarm(async (swarm) => {
      await swarm.createService('ever', { cmd: ['exit', '0'], task: { RestartPolicy: { ...QUICK, Condition: 'any' } } });
      await swarm.pass(30_000);
      return (await swarm.tasks('ever')).length;
    });
    expect(count).toBeLessThanOrEqual(7);
    expect(count).toBeGreaterThanOrEqual(5);
  });

  it('tells why a task could not be started', async () => {
    const task = await withSwarm(async (swarm) => {
      await swarm.createService('bad', { cmd: ['nosuch'], task: { RestartPolicy: { Condition: 'none' } } });
      await swarm.pass(3000);
      return (await swarm.tasks('bad'))[0];
    });
    expect(task && stateOf(task)).toBe('shutdown/failed');
    expect(task?.Status.Err).toContain('starting container failed');
  });
});

describe('the updater', () => {
  it('brings one task after the other to the new specification', async () => {
    const seen = await withSwarm(async (swarm) => {
      const update = {
        UpdateConfig: { Parallelism: 1, Delay: SECOND_NS, FailureAction: 'pause', MaxFailureRatio: 0, Order: 'stop-first' },
      } as const;
      const mode = { Mode: { Replicated: { Replicas: 2 } } };
      await swarm.createService('web', { ...mode, ...update });
      await swarm.pass(2000);
      await swarm.change('web', { ...mode, ...update, container: { Env: ['A=1'] } });
      await swarm.pass(1000);
      const during = (await swarm.tasks('web')).map(stateOf).sort();
      const { UpdateStatus } = await swarm.service('web');
      await swarm.pass(12_000);
      return {
        during,
        UpdateStatus,
        after: (await swarm.tasks('web')).map(stateOf).sort(),
        end: (await swarm.service('web')).UpdateStatus,
      };
    });
    expect(seen.UpdateStatus?.State).toBe('updating');
    expect(seen.during).toContain('running');
    expect(seen.during.length).toBe(3);
    expect(seen.after).toEqual(['running', 'running', 'shutdown', 'shutdown']);
    expect(seen.end).toMatchObject({ State: 'completed', Message: 'update completed' });
  });

  it('starts the new task first where that is asked for', async () => {
    const running = await withSwarm(async (swarm) => {
      const update = { UpdateConfig: { Parallelism: 1, FailureAction: 'pause', MaxFailureRatio: 0, Order: 'start-first' } } as const;
      // It does not listen to SIGTERM, so both run while the old one's grace lasts.
      const slow = { cmd: ['sleep', '1000'], container: { StopGracePeriod: 5 * SECOND_NS } };
      await swarm.createService('web', { ...update, ...slow });
      await swarm.pass(2000);
      await swarm.change('web', { ...update, ...slow, container: { ...slow.container, Env: ['A=1'] } });
      await swarm.pass(2000);
      return (await swarm.tasks('web')).map(({ Status }) => Status.State);
    });
    expect(running).toEqual(['running', 'running']);
  });

  it('pauses, or goes back, when a new task fails', async () => {
    const config = { Parallelism: 1, MaxFailureRatio: 0, Order: 'stop-first', Monitor: SECOND_NS } as const;
    const seen = await withSwarm(async (swarm) => {
      const update = async (name: string, FailureAction: 'pause' | 'rollback') => {
        const how = { UpdateConfig: { ...config, FailureAction }, RollbackConfig: { ...config, FailureAction: 'pause' as const } };
        await swarm.createService(name, how);
        await swarm.pass(2000);
        await swarm.change(name, { ...how, cmd: ['nosuch'] });
        await swarm.pass(15_000);
        const { UpdateStatus, Spec } = await swarm.service(name);
        return {
          state: UpdateStatus?.State,
          message: UpdateStatus?.Message.replace(/\w{25}$/, 'ID'),
          args: Spec.TaskTemplate.ContainerSpec?.Args,
        };
      };
      return [await update('stays', 'pause'), await update('returns', 'rollback')];
    });
    expect(seen).toEqual([
      { state: 'paused', message: 'update paused due to failure or early termination of task ID', args: ['nosuch'] },
      { state: 'rollback_completed', message: 'rollback completed', args: ['polite'] },
    ]);
  });

  it('goes back to the specification before, when it is told to', async () => {
    const seen = await withSwarm(async (swarm) => {
      await swarm.createService('web', {});
      await swarm.pass(2000);
      await swarm.change('web', { container: { Env: ['A=1'] } });
      await swarm.pass(8000);
      const { ID, Version, Spec } = await swarm.service('web');
      await swarm.call('POST', `/services/${ID}/update?version=${Version.Index}&rollback=previous`, Spec);
      await swarm.pass(8000);
      const after = await swarm.service('web');
      return {
        env: after.Spec.TaskTemplate.ContainerSpec?.Env,
        state: after.UpdateStatus?.State,
        tasks: (await swarm.tasks('web')).length,
      };
    });
    expect(seen).toEqual({ env: undefined, state: 'rollback_completed', tasks: 3 });
  });
});

describe('a job', () => {
  it('runs as often as it shall, a few at a time, and is done', async () => {
    const seen = await withSwarm(async (swarm) => {
      await swarm.createService('job', { cmd: ['sleep', '2'], Mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 3 } } });
      await swarm.pass(1500);
      const at = async () => (await swarm.tasks('job')).map(stateOf).sort();
      const early = await at();
      await swarm.pass(10_000);
      return { early, late: await at() };
    });
    expect(seen.early).toEqual(['complete/running', 'complete/running']);
    expect(seen.late).toEqual(['complete', 'complete', 'complete']);
  });

  it('runs again when it is changed', async () => {
    const count = await withSwarm(async (swarm) => {
      const job = { cmd: ['exit', '0'], Mode: { GlobalJob: {} } };
      await swarm.createService('job', job);
      await swarm.pass(3000);
      await swarm.change('job', { ...job, task: { ForceUpdate: 1 } });
      await swarm.pass(3000);
      return (await swarm.tasks('job')).filter((task) => stateOf(task) === 'complete').length;
    });
    expect(count).toBe(1);
  });
});

describe('a service on each node', () => {
  it('leaves a node that is drained, and comes back', async () => {
    const seen = await withSwarm(async (swarm) => {
      const set = async (Availability: string): Promise<void> => {
        const { Version, Spec } = await swarm.get<{ Version: { Index: number }; Spec: object }>(`/nodes/${swarm.nodeId}`);
        await swarm.call('POST', `/nodes/${swarm.nodeId}/update?version=${Version.Index}`, { ...Spec, Availability });
        await swarm.pass(3000);
      };
      await swarm.createService('each', { Mode: { Global: {} } });
      await swarm.pass(2000);
      const running = async (): Promise<number> => (await swarm.tasks('each')).filter((task) => stateOf(task) === 'running').length;
      const before = await running();
      await set('drain');
      const drained = await running();
      await set('active');
      return [before, drained, await running()];
    });
    expect(seen).toEqual([1, 0, 1]);
  });
});
