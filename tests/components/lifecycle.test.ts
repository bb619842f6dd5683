/** The picture of a container's states: it has room at every width, and a way for everything that is legal. */
import { describe, expect, it } from 'vitest';
import { isOpen } from '../../src/components/processes/board.ts';
import { lifecycleAt } from '../../src/components/processes/lifecycle.ts';
import { containerView } from '../../src/components/processes/view-model.ts';
import type { Box } from '../../src/components/section/shape.ts';

const WIDTHS = [286, 328, 420, 599, 600, 704, 900, 1200];
const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const container = (Status: string) =>
  containerView(
    { Id: 'abc', Name: '/web', State: { Status, ExitCode: 0, Pid: 0, OOMKilled: false }, Config: { Cmd: null, Image: 'nginx' } },
    null,
  );

describe.each(WIDTHS)('at %i px', (width) => {
  const { stations, ways, height } = lifecycleAt(width);
  const labels = ways.flatMap(({ name, label: { x, y }, action }): { name: string; at: Box }[] => {
    const wide = name.length * 7 + (action ? 18 : 4);
    return name === '' ? [] : [{ name, at: { x: x - wide / 2, y: y - 13, width: wide, height: action ? 26 : 18 } }];
  });

  it('keeps everything inside', () => {
    for (const { x, y, width: wide, height: high } of [...stations.values(), ...labels.map(({ at }) => at)]) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(-2);
      expect(x + wide).toBeLessThanOrEqual(width);
      expect(y + high).toBeLessThanOrEqual(height);
    }
  });

  it('lays no state on another, and no name on a state or a name that can be pressed at the same time', () => {
    const places = [...stations.values()];
    const hit = labels.flatMap(({ name, at }, index) => [
      ...places.filter((place) => overlap(at, place)).map(() => name),
      ...labels.slice(index + 1).flatMap((other) => (overlap(at, other.at) ? [`${name} ${other.name}`] : [])),
    ]);
    expect(hit.filter((pair) => pair !== 'pause unpause')).toEqual([]);
    expect(places.flatMap((one, index) => places.slice(index + 1).filter((other) => overlap(one, other)))).toEqual([]);
  });
});

it.each(['created', 'running', 'paused', 'restarting', 'exited', 'dead'])(
  'has one open way for each thing that is legal when %s',
  (state) => {
    const view = container(state);
    const open = lifecycleAt(704).ways.filter((way) => isOpen(way, view));
    expect(open.map(({ action }) => action).sort()).toEqual([...view.actions].sort());
    expect(view.actions.length).toBeGreaterThan(0);
  },
);

it('has no open way for nobody', () => {
  expect(lifecycleAt(704).ways.some((way) => isOpen(way, null))).toBe(false);
});
