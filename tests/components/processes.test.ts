import { describe, expect, it } from 'vitest';
import type { ContainerInspect, Top } from '../../src/components/page/docker.ts';
import { fateOf, insideTree, metersOf, namespacesOf, startersOf, type Use } from '../../src/components/processes/inside.ts';
import { containerView, inWords, processTree } from '../../src/components/processes/view-model.ts';

const top: Top = {
  Titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
  Processes: [
    ['root', '210', '190', '0', '09:00', '?', '00:00:00', 'nginx: master process'],
    ['101', '231', '210', '0', '09:00', '?', '00:00:00', 'nginx: worker process'],
    ['root', '240', '190', '0', '09:00', '?', '00:00:00', 'sh'],
  ],
};
const inspected = (Status: string, ExitCode = 0, Pid = 210): ContainerInspect => ({
  Id: 'abc',
  Name: '/web',
  State: { Status, ExitCode, Pid, OOMKilled: false },
  Config: { Cmd: null, Image: 'nginx' },
});

describe('the tree of processes', () => {
  it('hangs children below their parents; who came by exec is a root beside', () => {
    const tree = processTree(top, 210);
    expect(tree.map(({ hostPid }) => hostPid)).toEqual([210, 240]);
    expect(tree[0]?.children.map(({ command }) => command)).toEqual(['nginx: worker process']);
  });

  it('knows the first process by the engine’s word, and claims no number that it was not told', () => {
    const [first, second] = processTree(top, 210);
    expect([first?.insidePid, second?.insidePid]).toEqual([1, null]);
  });
});

describe('what can be done', () => {
  it.each([
    ['created', ['start', 'rm']],
    ['running', ['stop', 'kill', 'pause', 'restart']],
    ['paused', ['unpause', 'stop', 'kill', 'restart']],
    ['exited', ['start', 'rm']],
    ['a state of another engine', []],
  ])('in the state %s', (state, actions) => {
    expect(containerView(inspected(state), null).actions).toEqual(actions);
  });
});

it('draws an exit that is not 0 as a failure, and says the code only of what ended', () => {
  expect(containerView(inspected('exited', 137, 0), null)).toMatchObject({ shape: 'failed', exitCode: 137 });
  expect(containerView(inspected('exited', 0, 0), null)).toMatchObject({ shape: 'exited', exitCode: 0 });
  expect(containerView(inspected('running'), top)).toMatchObject({ shape: 'running', exitCode: null });
});

it('says the same in words, in both languages', () => {
  expect(inWords(containerView(inspected('exited', 3, 0), null), 'en')).toBe(
    'web (nginx): exited, exit code 3. It has no process. Possible now: start, rm.',
  );
  expect(inWords(containerView(inspected('running'), top), 'en')).toContain(
    '3 processes: nginx: master process (PID 1 inside, 210 on the host)',
  );
  expect(inWords(containerView(inspected('exited', 3, 0), null), 'ko')).toBe(
    'web (nginx): 상태 exited, 종료 코드 3. 프로세스가 없습니다. 지금 할 수 있는 일: start, rm.',
  );
});

describe('inside', () => {
  const process = (
    Pid: number,
    PPid: number,
    NsPids: readonly number[],
    Container: string,
    pid: number,
    Caught: readonly string[] = [],
  ) => ({
    ...{ Pid, PPid, NsPids, Command: 'x', State: 'S', Uid: 0, Container, Caught },
    Namespaces: { pid, net: pid === 3 ? 2 : pid, user: 1 },
  });
  const all = [
    process(1, 0, [1], '', 1),
    process(20, 5, [20, 1], 'a', 2, ['SIGTERM']),
    process(30, 20, [30, 7], 'a', 2),
    process(40, 5, [40, 1], 'b', 3),
  ];

  it('knows both numbers', () => {
    const [first] = insideTree(all.filter(({ Container }) => Container === 'a'));
    expect([first?.hostPid, first?.insidePid, first?.children[0]?.hostPid, first?.children[0]?.insidePid]).toEqual([20, 1, 30, 7]);
  });

  it('knows who started a container, from the host’s first process down', () => {
    const shim = process(5, 1, [5], '', 1);
    expect(startersOf('a', [...all, shim]).map(({ Pid }) => Pid)).toEqual([1, 5]);
    expect(startersOf('gone', all)).toEqual([]);
  });

  it('knows which namespaces are shared, and with whom', () => {
    const rows = namespacesOf('a', all, new Map([['b', 'bb']]));
    expect(rows.map(({ kind, sharing }) => [kind, sharing])).toEqual([
      ['pid', 'own'],
      ['net', ['bb']],
      ['user', 'host'],
    ]);
    expect(namespacesOf('gone', all, new Map())).toEqual([]);
  });

  it('measures use against limits as docker stats does', () => {
    const use = (total: number, system: number): Use => ({
      ...{ memory_stats: { usage: 32 * 2 ** 20, limit: 64 * 2 ** 20 }, pids_stats: { current: 5 } },
      cpu_stats: { cpu_usage: { total_usage: total }, system_cpu_usage: system, online_cpus: 2 },
    });
    expect(metersOf(use(500, 2000), use(0, 0), { NanoCpus: 5e8, PidsLimit: 20 }).map(({ text, percent }) => [text, percent])).toEqual([
      ['32.0MiB / 64.0MiB', 50],
      ['50% / 50%', 100],
      ['5 / 20', 25],
    ]);
    expect(metersOf(use(500, 2000), null, {}).map(({ text }) => text)).toEqual(['32.0MiB / 64.0MiB', '0% / 200%', '5 / max']);
  });

  it('foretells what a signal does to PID 1', () => {
    expect(fateOf('SIGKILL', 'inside', { Caught: [] })).toBe('bounces');
    expect(fateOf('SIGKILL', 'host', { Caught: [] })).toBe('kills');
    expect(fateOf('SIGTERM', 'host', { Caught: [] })).toBe('bounces');
    expect(fateOf('SIGTERM', 'inside', { Caught: ['SIGTERM'] })).toBe('heard');
  });
});
