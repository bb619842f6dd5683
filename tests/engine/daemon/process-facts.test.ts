import { expect, it } from 'vitest';
import { passes } from '../../../src/engine/daemon/events/filter.ts';
import { withEngine } from './engine.ts';

const status = (text: string, name: string): string | undefined => new RegExp(`^${name}:\\t(.*)$`, 'm').exec(text)?.[1];

it('keeps the bounding set and the seccomp filter of a process that is not root', async () => {
  const { stdout, free } = await withEngine(async ({ run }) => ({
    ...(await run({ Cmd: ['cat', '/proc/self/status'], User: 'ada' })),
    free: (await run({ Cmd: ['cat', '/proc/self/status'], HostConfig: { SecurityOpt: ['seccomp=unconfined'] } })).stdout,
  }));
  expect([status(stdout, 'CapEff'), status(stdout, 'CapBnd'), status(stdout, 'Seccomp')]).toEqual([
    '0000000000000000',
    '00000000a80425fb',
    '2',
  ]);
  expect(status(free, 'Seccomp')).toBe('0');
});

it('adjusts how soon the kernel ends a process that lacks memory', async () => {
  const { stdout } = await withEngine(({ run }) => run({ Cmd: ['cat', '/proc/self/oom_score_adj'], HostConfig: { OomScoreAdj: 500 } }));
  expect(stdout).toBe('500\n');
});

it('keeps the container whose network is shared by its id, and has its host name', async () => {
  const seen = await withEngine(async ({ create, call, inspect, run }) => {
    const donor = await create({ Cmd: ['sleep', '100'] }, 'donor');
    await call('POST', `/containers/${donor}/start`);
    const side = await create({ HostConfig: { NetworkMode: 'container:donor' } });
    const { HostConfig } = (await inspect(side)) as unknown as { HostConfig: { NetworkMode: string } };
    const { stdout } = await run({ Cmd: ['ids'], HostConfig: { NetworkMode: 'container:donor' } });
    return { mode: HostConfig.NetworkMode, stdout, donor };
  });
  expect(seen.mode).toBe(`container:${seen.donor}`);
  expect(seen.stdout.trim().endsWith(seen.donor.slice(0, 12))).toBe(true);
});

it('shares the IPC namespace of those only who are made to be shared', async () => {
  const answers = await withEngine(async ({ create, call }) => {
    for (const [name, IpcMode] of [
      ['closed', ''],
      ['open', 'shareable'],
    ])
      await call('POST', `/containers/${await create({ HostConfig: { IpcMode } }, name)}/start`);
    const closed = await call('POST', `/containers/${await create({ HostConfig: { IpcMode: 'container:closed' } })}/start`);
    const open = await call('POST', `/containers/${await create({ HostConfig: { IpcMode: 'container:open' } })}/start`);
    const wrong = await call('POST', '/containers/create', { Image: 'test:1', HostConfig: { IpcMode: 'nosuch' } });
    return [closed.status, open.status, wrong.status, wrong.json.message];
  });
  expect(answers).toEqual([500, 204, 400, 'invalid IPC mode: nosuch']);
});

it('finds events by the beginning of an id or name, whatever they happened to', () => {
  const event = (Type: 'image' | 'container', name: string) => ({
    Type,
    Action: 'tag',
    Actor: { ID: 'sha256:0', Attributes: { name } },
    scope: 'local' as const,
    time: 0,
    timeNano: 0n,
  });
  const filters = new Map([['container', ['depot']]]);
  expect([passes(event('image', 'depot:1'), filters), passes(event('container', 'other'), filters)]).toEqual([true, false]);
});
