/** Two worlds differ in what Docker has, and in nothing else. */
import { describe, expect, it } from 'vitest';
import { differences, thingsOf } from '../../src/lab/compare.ts';
import { live } from './living.ts';

const things = async (lines: readonly string[]) => {
  const one = await live();
  for (const line of lines) await one.run(line);
  return thingsOf((target) => one.stage.look(target));
};

describe('two worlds', () => {
  it('are alike if the same was done, however long it took', async () => {
    const lines = ['docker run -d --name web -v data:/d alpine sleep 900', 'docker network create net'];
    expect(differences(await things(lines), await things([...lines, 'sleep 500']))).toEqual([]);
  });

  it('differ by a volume, its files, and what uses it', async () => {
    const put = "sh -c 'echo 1 > /d/one'";
    const without = await things([`docker run --name db -v /d alpine ${put}`, 'docker rm -v db']);
    const named = await things([
      `docker run --name db -v data:/d alpine ${put}`,
      'docker rm -v db',
      'docker create --name next -v data:/d alpine',
    ]);
    expect(differences(without, named)).toEqual([
      { kind: 'container', name: 'next', here: null, there: 'alpine, created, volume data → /d' },
      { kind: 'volume', name: 'data', here: null, there: 'local' },
      { kind: 'file', name: 'data:/one', here: null, there: expect.stringMatching(/^2 B, [0-9a-f]{8}$/) },
    ]);
  });

  it('differ by a file’s words, a state, an image, a network', async () => {
    const base = 'docker run -d --name web -v data:/d alpine sleep 900';
    const here = await things([base, 'docker exec web sh -c "echo here > /d/f"']);
    const there = await things([
      base,
      'docker exec web sh -c "echo THIS > /d/f"',
      'docker kill web',
      'docker tag alpine mine',
      'docker network create net',
    ]);
    expect(differences(here, there).map(({ kind, name, here: left, there: right }) => [kind, name, left === null, right === null])).toEqual(
      [
        ['container', 'web', false, false],
        ['file', 'data:/f', false, false],
        ['network', 'net', true, false],
        ['image', 'mine:latest', true, false],
      ],
    );
  });
});
