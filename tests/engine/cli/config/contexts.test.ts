import { expect, test } from 'vitest';
import { docker } from '../../../../src/engine/cli/main.ts';
import { type WorldOptions, world } from '../world.ts';

/** Runs lines one after the other in one world. */
async function session(lines: readonly (readonly string[])[], options: WorldOptions = {}): Promise<readonly string[]> {
  const machine = world(options);
  const seen: string[] = [];
  for (const line of lines) {
    const [out, err] = [machine.stdout().length, machine.stderr().length];
    const status = await docker(line, machine.io);
    seen.push(
      `${machine.stdout().slice(out)}${machine
        .stderr()
        .slice(err)
        .replace(/^(?=.)/gm, '! ')}${status === 0 ? '' : `[exit ${status}]`}`,
    );
  }
  return seen;
}
const META = '/home/learner/.docker/contexts/meta/a51146d38077ff992eba84cf1d5e9b249073503eb74c765f90eb214360b21f0e96'.slice(0, 44);

test('contexts are made, used, shown and removed', async () => {
  const seen = await session([
    ['context', 'show'],
    ['context', 'create', 'lab', '--description', 'the lab', '--docker', 'host=unix:///run/lab.sock'],
    ['context', 'use', 'lab'],
    ['context', 'ls'],
    ['context', 'rm', 'lab'],
    ['context', 'inspect', '-f', '{{.Storage.MetadataPath}}', 'lab'],
    ['ps'],
    ['context', 'use', 'default'],
    ['context', 'rm', 'lab'],
    ['context', 'create', 'bad name'],
    ['context', 'use', 'nosuch'],
  ]);
  expect(seen.slice(0, 5)).toEqual([
    'default\n',
    'lab\n! Successfully created context "lab"\n',
    'lab\n! Current context is now "lab"\n',
    'NAME      DESCRIPTION                               DOCKER ENDPOINT               ERROR\ndefault   Current DOCKER_HOST based configuration   unix:///var/run/docker.sock   \nlab *     the lab                                   unix:///run/lab.sock          \n',
    '! context "lab" is in use, set -f flag to force remove\n[exit 1]',
  ]);
  expect(seen[5]).toContain(META);
  expect(seen[6]).toBe(
    '! failed to connect to the docker API at unix:///run/lab.sock; check if the path is correct and if the daemon is running: dial unix /run/lab.sock: connect: no such file or directory\n[exit 1]',
  );
  expect(seen.slice(7, 9)).toEqual(['default\n! Current context is now "default"\n', 'lab\n']);
  expect(seen[9]).toContain('names are validated against regexp "^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$"');
  expect(seen[10]).toContain('/meta/9e62f93eb7d2499903ac66232f187c56fc050eb74c765f90eb214360b21f0e96/meta.json: no such file or directory');
});
