import { describe, expect, it } from 'vitest';
import { withEngine } from '../engine.ts';
import { INIT, stateOf, swarmOf, withSwarm } from './swarm.ts';

describe('the state of a swarm', () => {
  it('is there again after dockerd was, and services come up again', async () => {
    const seen = await withSwarm(async (swarm) => {
      await swarm.createService('web', { task: { RestartPolicy: { Condition: 'any', Delay: 100_000_000 } } });
      await swarm.pass(2000);
      const before = await swarm.service('web');
      await swarm.restartDaemon();
      await swarm.pass(5000);
      const after = await swarm.service('web');
      const states = (await swarm.tasks('web')).map(stateOf);
      return {
        isSame: before.ID === after.ID,
        running: states.filter((state) => state === 'running').length,
        nodeId: swarm.nodeId,
        info: await swarm.get<{ Swarm: object }>('/info'),
      };
    });
    expect(seen.isSame).toBe(true);
    expect(seen.running).toBe(1);
    expect(seen.info.Swarm).toMatchObject({ NodeID: seen.nodeId, LocalNodeState: 'active', ControlAvailable: true, Nodes: 1, Managers: 1 });
  });

  it('is locked after a restart if managers lock themselves, until its key is given', async () => {
    const seen = await withEngine(async (engine) => {
      const nodeId = JSON.parse((await engine.call('POST', '/swarm/init', { ...INIT, AutoLockManagers: true })).text) as string;
      const swarm = swarmOf(engine, nodeId);
      const { UnlockKey } = await swarm.get<{ UnlockKey: string }>('/swarm/unlockkey');
      await swarm.restartDaemon();
      const locked = await swarm.call('GET', '/services');
      const wrong = await swarm.call('POST', '/swarm/unlock', { UnlockKey: 'SWMKEY-1-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' });
      const right = await swarm.call('POST', '/swarm/unlock', { UnlockKey });
      await swarm.pass(1000);
      return {
        locked: [locked.status, locked.json.message],
        wrong: wrong.status,
        right: right.status,
        open: (await swarm.call('GET', '/services')).status,
      };
    });
    expect(seen.locked[0]).toBe(503);
    expect(seen.locked[1]).toMatch(/^Swarm is encrypted and needs to be unlocked before it can be used\./);
    expect([seen.wrong >= 400, seen.right, seen.open]).toEqual([true, 200, 200]);
  });

  it('gives the same ids to the same commands', async () => {
    const once = (): Promise<readonly string[]> =>
      withSwarm(async (swarm) => {
        await swarm.createService('web', {});
        await swarm.pass(1000);
        return [swarm.nodeId, (await swarm.service('web')).ID, ...(await swarm.tasks('web')).map(({ ID }) => ID)];
      });
    const [first, second] = [await once(), await once()];
    expect(first).toEqual(second);
    expect(first.every((id) => /^[0-9a-z]{25}$/.test(id))).toBe(true);
  });

  it('leaves no trace on an engine that was never in one', async () => {
    const seen = await withEngine(async ({ call, sys }) => ({
      info: (await call('GET', '/info')).text,
      chains: sys.net.rules.chains('nat').map(({ name }) => name),
      networks: (await call('GET', '/networks')).text,
    }));
    expect(JSON.parse(seen.info)).toMatchObject({ Swarm: { LocalNodeState: 'inactive', NodeID: '' } });
    expect(seen.chains).not.toContain('DOCKER-INGRESS');
    expect(seen.networks).not.toContain('docker_gwbridge');
  });
});
