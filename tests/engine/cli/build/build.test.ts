import { describe, expect, test } from 'vitest';
import type { BuildSessionRequest, BuildSessionResult } from '../../../../src/engine/api-types/build-session.ts';
import { encodeStatusResponse, type StatusResponse } from '../../../../src/engine/api-types/build-trace.ts';
import { docker } from '../../../../src/engine/cli/main.ts';
import { readTar, writeTar } from '../../../../src/engine/cli/tar/tar.ts';
import { world } from '../world.ts';
import { type Asked, engine, json, lines } from './engine.ts';

const DOCKERFILE = 'FROM busybox\nRUN false\n';
const FILES = {
  '/home/learner/lab/app/Dockerfile': DOCKERFILE,
  '/home/learner/lab/app/.dockerignore': 'Dockerfile\n*.log\n',
  '/home/learner/lab/app/a.txt': 'a',
  '/home/learner/lab/app/a.log': 'b',
  '/home/learner/lab/token': 's3cr3t',
};
const trace = (status: StatusResponse) => ({
  id: 'moby.buildkit.trace',
  aux: Buffer.from(encodeStatusResponse(status)).toString('base64'),
});
const STEP = trace({ vertexes: [{ digest: 'sha256:1', name: '[2/2] RUN false', started: 1n, completed: 1_000_000n }] });
const RESULT: BuildSessionResult = {
  ExporterResponse: { 'containerimage.digest': 'sha256:abc', 'containerimage.descriptor': Buffer.from('{"size":7}').toString('base64') },
  Warnings: [],
  HasOutput: [],
  Ref: 'ref1',
};

const withSession =
  (result: BuildSessionResult, output?: Uint8Array) =>
  ({ method, path }: Asked) => {
    if (path === '/drydock/build-session') return json(200, { ID: 's1' });
    if (path === '/build')
      return lines(
        STEP,
        ...(result.Error === undefined ? [] : [{ errorDetail: { message: result.Error.Message }, error: result.Error.Message }]),
      );
    if (path.endsWith('/result')) return json(200, result);
    if (path.endsWith('/output') && output !== undefined) return { status: 200, body: output };
    return method === 'PUT' ? { status: 204 } : undefined;
  };

async function run(argv: readonly string[], answer: Parameters<typeof engine>[0], options: Parameters<typeof world>[0] = {}) {
  const there = engine(answer);
  const machine = world({ files: FILES, dial: there.dial, ...options });
  machine.directories.add('/home/learner/lab/app');
  const status = await docker(argv, machine.io);
  return { status, stdout: machine.stdout(), stderr: machine.stderr(), asked: there.asked, files: machine.files };
}
const find = (asked: readonly Asked[], path: string) => asked.find((one) => one.path === path);
const sessionOf = (asked: readonly Asked[]) =>
  JSON.parse(new TextDecoder().decode(find(asked, '/drydock/build-session')?.bytes)) as BuildSessionRequest;
const namesIn = (asked: readonly Asked[]) => readTar(find(asked, '/build')?.bytes ?? new Uint8Array()).map(({ name }) => name);

describe('docker build with sessions', () => {
  test('sends the context without what is ignored, and the rest beside it', async () => {
    const { status, asked, stderr } = await run(
      ['build', '-t', 'app:1', '--secret', 'id=t,src=token', '--build-arg', 'A=1', 'app'],
      withSession(RESULT),
    );
    expect(status).toBe(0);
    expect(namesIn(asked)).toEqual(['.dockerignore', 'a.txt']);
    expect(sessionOf(asked)).toMatchObject({
      Dockerfile: { Name: 'Dockerfile' },
      Dockerignore: { Name: '.dockerignore' },
      Secrets: { t: 'czNjcjN0' },
      Outputs: [{ Type: 'image', Attrs: { name: 'app:1' } }],
      ContextName: 'app',
      BuildName: 'app',
    });
    expect(Object.fromEntries(find(asked, '/build')?.query ?? [])).toMatchObject({
      version: '2',
      session: 's1',
      t: 'app:1',
      buildargs: '{"A":"1"}',
    });
    expect(stderr).toBe('#0 building with "default" instance using docker driver\n\n#1 [2/2] RUN false\n#1 DONE 0.0s\n');
  });

  test('a failed build ends with the lines that are to blame', async () => {
    const failed = {
      ...RESULT,
      Error: { Message: 'exit code: 1', Sources: [{ Filename: 'Dockerfile', Text: DOCKERFILE, Ranges: [{ Start: 2, End: 2 }] }] },
    };
    const { status, stderr } = await run(['build', 'app'], withSession(failed));
    expect(status).toBe(1);
    expect(stderr.slice(stderr.indexOf('Dockerfile:2'))).toBe(
      'Dockerfile:2\n--------------------\n   1 |     FROM busybox\n   2 | >>> RUN false\n   3 |     \n--------------------\nERROR: failed to build: failed to solve: exit code: 1\n',
    );
  });

  test('-q prints the id alone; files are written', async () => {
    const { stdout, stderr, files } = await run(['build', '-q', '--iidfile', 'id', '--metadata-file', 'meta', 'app'], withSession(RESULT));
    expect([stdout, stderr]).toEqual(['sha256:abc\n', '']);
    const read = (name: string) => new TextDecoder().decode(files.get(`/home/learner/lab/${name}`));
    expect(read('id')).toBe('sha256:abc');
    expect(JSON.parse(read('meta'))).toEqual({
      'buildx.build.ref': 'default/default/ref1',
      'containerimage.descriptor': { size: 7 },
      'containerimage.digest': 'sha256:abc',
    });
  });

  test('an archive goes to standard output or into a file', async () => {
    const tar = writeTar([]);
    const made = { ...RESULT, HasOutput: [0] };
    expect((await run(['build', '-o', '-', 'app'], withSession(made, tar))).stdout).toBe(new TextDecoder().decode(tar));
    expect((await run(['build', '-o', 'type=tar,dest=x.tar', 'app'], withSession(made, tar))).files.get('/home/learner/lab/x.tar')).toEqual(
      tar,
    );
  });

  test('an archive that wants out of its directory is refused', async () => {
    const evil = writeTar([
      { name: '../evil', type: 'file', mode: 0o644, uid: 0, gid: 0, mtimeSeconds: 0, linkName: '', bytes: new Uint8Array(1) },
    ]);
    const { status, stderr, files } = await run(['build', '-o', 'out', 'app'], withSession({ ...RESULT, HasOutput: [0] }, evil));
    expect([status, files.has('/home/learner/lab/evil')]).toEqual([1, false]);
    expect(stderr).toContain('ERROR: failed to build: invalid path in the output of the build: "../evil"');
  });

  test('named contexts are sent before the build', async () => {
    const { asked } = await run(
      ['build', '--build-context', 'lib=app', '--build-context', 'base=docker-image://alpine', 'app'],
      withSession(RESULT),
    );
    expect(sessionOf(asked).Contexts).toEqual({ lib: 'local', base: 'docker-image://alpine' });
    expect(asked.map(({ method, path }) => `${method} ${path}`).slice(0, 3)).toEqual([
      'POST /drydock/build-session',
      'PUT /drydock/build-session/s1/context/lib',
      'POST /build',
    ]);
  });
});

describe('docker build without sessions', () => {
  const plain = ({ path }: Asked) => (path === '/build' ? lines(STEP, { id: 'moby.image.id', aux: { ID: 'sha256:def' } }) : undefined);
  test('puts the Dockerfile into the tar and builds', async () => {
    const { status, asked, stdout } = await run(['build', '-q', '-t', 'a', 'app'], plain);
    expect([status, stdout]).toEqual([0, 'sha256:def\n']);
    expect(namesIn(asked)).toEqual(['.dockerignore', 'Dockerfile', 'a.txt']);
  });
  for (const flag of [
    '--secret=id=t,src=token',
    '--no-cache-filter=a',
    '--output=out',
    '--check',
    '--build-context=lib=app',
    '--cache-to=type=inline',
  ])
    test(`${flag} is refused`, async () => {
      const { status, stderr, asked } = await run(['build', flag, 'app'], plain);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^ERROR: failed to build: --[a-z-]+ is not supported by this client with this engine/);
      expect(find(asked, '/build')).toBeUndefined();
    });
});

describe('the classic builder', () => {
  const classic = ({ path }: Asked) =>
    path === '/build' ? lines({ stream: 'Step 1/1 : FROM x\n' }, { error: 'no', errorDetail: { code: 3, message: 'no' } }) : undefined;
  test('says what is sent, then what the daemon says, and ends with its code', async () => {
    const { status, stdout, stderr, asked } = await run(['build', 'app'], classic, { env: { DOCKER_BUILDKIT: '0' } });
    expect([status, stdout]).toEqual([3, 'Sending build context to Docker daemon  4.096kB\r\r\nStep 1/1 : FROM x\n']);
    expect(stderr.endsWith('environment-variable.\n\nno\n')).toBe(true);
    expect(find(asked, '/build')?.query.get('version')).toBe('1');
  });
  test('quiet, it prints what the daemon says in the end', async () => {
    const quiet = ({ path }: Asked) => (path === '/build' ? lines({ stream: 'sha256:abc\n' }) : undefined);
    expect((await run(['build', '-q', 'app'], quiet, { env: { DOCKER_BUILDKIT: '0' } })).stdout).toBe('sha256:abc\n');
  });
  test('quiet, it shows what it held back only if the build fails', async () => {
    const { stdout, stderr } = await run(['build', '-q', 'app'], classic, { env: { DOCKER_BUILDKIT: '0' } });
    expect(stdout).toBe('');
    expect(stderr).toContain('Step 1/1 : FROM x\nno\n');
  });
});
