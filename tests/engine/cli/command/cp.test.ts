import { expect, it } from 'vitest';
import { docker } from '../../../../src/engine/cli/main.ts';
import { type Asked, recordedEngine } from '../recorded-engine.ts';
import { world } from '../world.ts';

const exchange = (method: string, path: string, response: object) => ({
  request: { method, path, query: {} },
  response: { status: 200, ...response },
});
const absent = { status: 404, contentType: 'application/json' };

it('copies to a place that is not there yet: the 404 of a HEAD has no body', async () => {
  const engine = recordedEngine({
    cmd: '',
    exit: 0,
    stdout: '',
    stderr: '',
    exchanges: [
      exchange('HEAD', '/_ping', { headers: { 'Api-Version': '1.55' } }),
      exchange('HEAD', '/archive', absent),
      exchange('PUT', '/archive', {}),
    ],
  });
  const { io, stderr } = world({ dial: engine.dial, files: { '/home/learner/lab/a.txt': 'a' } });
  expect(await docker(['cp', 'a.txt', 'box:/new.txt'], io)).toBe(0);
  expect(stderr()).toBe('');
  expect(engine.asked.map(({ method, query }: Asked) => [method, query.path])).toEqual([
    ['HEAD', undefined],
    ['HEAD', '/new.txt'],
    ['PUT', '/'],
  ]);
});

it('says of a deprecated flag what to do instead', async () => {
  const engine = recordedEngine({
    cmd: '',
    exit: 0,
    stdout: '',
    stderr: '',
    exchanges: [
      exchange('HEAD', '/_ping', { headers: { 'Api-Version': '1.55' } }),
      exchange('POST', '/commit', { contentType: 'application/json', body: { Id: 'sha256:1' } }),
    ],
  });
  const { io, stdout } = world({ dial: engine.dial });
  expect(await docker(['commit', '--pause=false', 'box'], io)).toBe(0);
  expect(stdout()).toBe(
    'Flag --pause has been deprecated, and enabled by default. Use --no-pause to disable pausing during commit.\nsha256:1\n',
  );
});
