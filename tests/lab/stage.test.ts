/** Going back, forth and aside: the machine is then the one that was there, with everything in it. */
import { describe, expect, it } from 'vitest';
import { History } from '../../src/lab/history.ts';
import { type Living, live, never, text } from './living.ts';

/** What depends on everything: chance, ids, names, the clock to the second, files, what runs. */
const PROBE =
  "docker run --name probe alpine sh -c 'echo $RANDOM'; docker ps -a --no-trunc --format '{{.ID}} {{.Names}} {{.State}}'; docker volume ls; cat note; date";

async function both(first: readonly string[], undone: readonly string[]): Promise<[Living, Living]> {
  const straight = await live();
  const round = await live();
  for (const line of first) for (const one of [straight, round]) await one.run(line);
  for (const line of undone) await round.run(line);
  return [straight, round];
}

const PREPARED = [
  'docker run -d --name web alpine sleep 900',
  'docker volume create data',
  'echo kept > note',
  'docker create --name rest alpine true',
];

describe('undo', () => {
  it.each([
    ['docker system prune -af --volumes'],
    ['docker rm -f web'],
    ['rm note'],
    ['docker run --rm -v data:/d alpine touch /d/x'],
    ['export X=1; cd /tmp; alias ls=true'],
    ['sudo systemctl stop docker.socket docker'],
    ['sleep 100'],
  ])('takes back “%s”: what comes next is what would have come', async (line) => {
    const [straight, round] = await both(PREPARED, [line]);
    const before = straight.stage.session.machine;
    await round.stage.goTo(PREPARED.length);
    expect(round.stage.history.position).toBe(PREPARED.length);
    expect(round.stage.screens.bytes(1).length).toBeLessThanOrEqual(straight.stage.screens.bytes(1).length);
    const [was, is] = [await straight.run(PROBE), await round.run(PROBE)];
    const timeless = (shown: string): string => shown.replace(/\d\d:\d\d:\d\d/g, 'T');
    expect(timeless(is)).toBe(timeless(was));
    expect(before.faults()).toEqual([]);
  });

  it('puts the clock back', async () => {
    const one = await live();
    await one.run('date +%s');
    const seconds = async (): Promise<number> => Number(/\n(\d{10})/.exec(await one.run('date +%s'))?.[1]);
    const before = await seconds();
    await one.run('sleep 3000');
    await one.stage.goTo(2);
    expect((await seconds()) - before).toBeLessThan(100);
  });

  it('is undone by redo, step by step and at once, with the very machines', async () => {
    const one = await live();
    for (const line of PREPARED) await one.run(line);
    const all = one.shown();
    const digest = one.stage.session.machine.digest();
    for (let position = 3; position >= 0; position--) await one.stage.goTo(position);
    expect(one.shown()).not.toContain('web');
    await one.stage.goTo(1);
    expect(one.shown()).toContain('--name web');
    expect(one.shown()).not.toContain('data');
    await one.stage.goTo(4);
    expect(one.stage.session.machine.digest()).toBe(digest);
    expect(one.shown()).toBe(all);
  });

  it('takes a follower that was brought near while nobody was busy', async () => {
    const one = await live();
    for (let step = 0; step < 12; step++) await one.run(`echo ${step}`);
    await one.stage.tend(never);
    const { steps } = one.stage.history;
    expect(one.stage.followers).toEqual([steps[4]?.index, steps[11]?.index]);
    const next = one.stage.followers.at(-1);
    await one.stage.goTo(11);
    expect(one.stage.history.live).toBe(next);
    await one.stage.tend(never);
    expect(one.stage.followers).toEqual([steps[3]?.index, steps[10]?.index, one.stage.history.line.length]);
  });
});

describe('worlds', () => {
  it('keeps what was done before something else was done in its place', async () => {
    const one = await live();
    await one.run('docker create --name first alpine true');
    await one.stage.goTo(0);
    await one.run('docker create --name second alpine true');
    const [left] = one.stage.history.worlds;
    expect(left).toMatchObject({ label: 'docker create --name first alpine true', isLeft: true });
    await one.stage.enterWorld(left?.id ?? 0, 'with second');
    expect(one.shown()).toContain('first');
    expect(await one.run('docker ps -a --format {{.Names}}')).toMatch(/\nfirst/);
    expect(one.stage.history.worlds.map(({ label }) => label)).toEqual(['with second']);
  });

  it('forks: both worlds have the past, each its own present', async () => {
    const one = await live();
    await one.run('docker volume create past');
    const fork = one.stage.fork('fork');
    await one.run('docker volume create here');
    const world = one.stage.history.worlds.find(({ id }) => id === fork);
    const there = await one.stage.visit(world?.entries ?? [], world?.end ?? 0n);
    const names = async (look: typeof there.look): Promise<string[]> => {
      const seen = await look('/volumes');
      return seen.kind === 'seen' ? JSON.parse(text(seen.body)).Volumes.map(({ Name }: { Name: string }) => Name) : [];
    };
    expect(await names((target) => there.look(target))).toEqual(['past']);
    expect((await names((target) => one.stage.look(target))).sort()).toEqual(['here', 'past']);
  });
});

describe('scrubbing', () => {
  it('shows what was, to every look, and moves nothing', async () => {
    const one = await live();
    await one.run('docker create --name aa alpine true');
    await one.run('docker create --name bb alpine true');
    const digest = one.stage.session.machine.digest();
    await one.stage.peek(1);
    const { seen } = one.stage;
    const names = async (): Promise<string> => {
      const look = await one.stage.look('/containers/json?all=1');
      return look.kind === 'seen' ? text(look.body) : look.kind;
    };
    expect(text(seen.screens.bytes(1, seen.until))).not.toContain('--name bb');
    expect(await names()).not.toContain('/bb');
    await one.stage.peek(null);
    expect(await names()).toContain('/bb');
    expect(one.stage.history.position).toBe(2);
    expect(one.stage.session.machine.digest()).toBe(digest);
  });
});

describe('a history', () => {
  it('comes back from its record in the middle of the line, and can go forward', async () => {
    const one = await live();
    for (const line of ['echo one', 'echo two', 'echo three']) await one.run(line);
    await one.stage.goTo(1);
    await one.stage.close();
    const again = await live(new History(structuredClone(one.stage.history.record)));
    expect(again.stage.history.position).toBe(1);
    expect(again.shown()).not.toContain('two');
    await again.stage.goTo(3);
    expect(again.shown()).toContain('\nthree');
  });
});
