import { describe, expect, it } from 'vitest';
import type { BuildSessionResult } from '../../../../src/engine/api-types/build-session.ts';
import type { Sys } from '../../../../src/engine/kernel/sys.ts';
import { withEngine } from '../engine.ts';
import { type Built, build, contextOf, ownSteps } from './build-client.ts';

const commandOf = (sys: Sys, pid: string): string => new TextDecoder().decode(sys.path.readFile(`/proc/${pid}/cmdline`));

const DOCKERFILE = `FROM test:1
WORKDIR /app
COPY hello.txt .
RUN ["write", "/app/made", "by a step"]
CMD ["cat", "/app/hello.txt"]
`;

describe('POST /build?version=2', () => {
  it('builds an image that runs, and does nothing the second time', async () => {
    const seen = await withEngine(async (engine) => {
      const first = await build(engine, { Dockerfile: DOCKERFILE, 'hello.txt': 'hello\n' });
      const run = await engine.run({ Image: 'app:latest' });
      const made = await engine.run({ Image: 'app:latest', Cmd: ['cat', '/app/made'] });
      const second = await build(engine, { Dockerfile: DOCKERFILE, 'hello.txt': 'hello\n' });
      const changed = await build(engine, { Dockerfile: DOCKERFILE, 'hello.txt': 'bye\n' });
      return { first, run, made, second, changed };
    });
    expect(seen.first.error).toBeUndefined();
    expect(seen.first.id).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(seen.run.stdout).toBe('hello\n');
    expect(seen.made.stdout).toBe('by a step');
    expect(ownSteps(seen.first)).toEqual([
      '[2/4] WORKDIR /app DONE',
      '[3/4] COPY hello.txt . DONE',
      '[4/4] RUN ["write", "/app/made", "by a step"] DONE',
    ]);
    expect(ownSteps(seen.second)).toEqual([
      '[2/4] WORKDIR /app CACHED',
      '[3/4] COPY hello.txt . CACHED',
      '[4/4] RUN ["write", "/app/made", "by a step"] CACHED',
    ]);
    expect(ownSteps(seen.changed)).toEqual([
      '[2/4] WORKDIR /app CACHED',
      '[3/4] COPY hello.txt . DONE',
      '[4/4] RUN ["write", "/app/made", "by a step"] DONE',
    ]);
  });

  it('runs independent stages side by side', async () => {
    const stage = (name: string, seconds: string) =>
      `FROM test:1 AS ${name}\nRUN ["write", "/${name}", "x"]\nRUN ["sleep", "${seconds}"]\n`;
    const last = 'FROM test:1\nRUN ["sleep", "1.2"]\nCOPY --from=a /a /\nCOPY --from=b /b /\n';
    const built = await withEngine((engine) => build(engine, { Dockerfile: stage('a', '1') + stage('b', '1.1') + last }));
    expect(built.error).toBeUndefined();
    expect(built.seconds).toBeGreaterThan(1.2);
    expect(built.seconds).toBeLessThan(1.6);
  });

  it('ends the other stages with the one that fails, and says why', async () => {
    const stages = 'FROM test:1 AS a\nRUN ["sleep", "5"]\nFROM test:1 AS b\nRUN ["sleep", "1"]\nRUN ["exit", "3"]\n';
    const last = 'FROM test:1\nCOPY --from=a /etc /a\nCOPY --from=b /etc /b\n';
    const built = await withEngine((engine) => build(engine, { Dockerfile: stages + last }));
    expect(built.error).toBe('process "exit 3" did not complete successfully: exit code: 3');
    expect(built.steps).toContain('[a 2/2] RUN ["sleep", "5"] ERROR: context canceled');
    expect(built.seconds).toBeLessThan(1.5);
  });

  it('refuses a build argument that is no option of checks before it shows anything', async () => {
    const query = `t=app:latest&buildargs=${encodeURIComponent(JSON.stringify({ BUILDKIT_DOCKERFILE_CHECK: 'odd=1' }))}`;
    const built = await withEngine((engine) => build(engine, { Dockerfile: 'FROM test:1\n' }, query));
    expect(built.error).toBe('failed to parse build-arg:BUILDKIT_DOCKERFILE_CHECK: invalid check option "odd"');
    expect(built.steps).toEqual([]);
  });

  it('names the place that a step writes to as the builder mounts it', async () => {
    const files = { Dockerfile: 'FROM test:1\nRUN ["write", "/f", "x"]\nCOPY dir /f\n', 'dir/a': 'a' };
    const built = await withEngine((engine) => build(engine, files));
    expect(built.error).toMatch(
      /^cannot copy to non-directory: \/var\/lib\/docker\/buildkit\/containerd-overlayfs\/cachemounts\/buildkit\d+\/f$/,
    );
  });

  it('says which step failed and how', async () => {
    const built = await withEngine((engine) => build(engine, { Dockerfile: 'FROM test:1\nRUN ["exit", "3"]\n' }));
    expect(built.error).toBe('process "exit 3" did not complete successfully: exit code: 3');
    expect(built.steps).toContain('[2/2] RUN ["exit", "3"] ERROR: process "exit 3" did not complete successfully: exit code: 3');
  });

  it('ends when it is told to, with what it runs', async () => {
    const seen = await withEngine(async (engine) => {
      let built: Built | undefined;
      const running = engine.sys.thread(async () => {
        built = await build(engine, { Dockerfile: 'FROM test:1\nRUN ["sleep", "1000"]\n' }, 'buildid=one');
      });
      await engine.sys.sleep(500);
      const before = await engine.call('GET', '/drydock/build-history');
      await engine.call('POST', '/build/cancel?id=one');
      await running.join();
      const { json } = await engine.call('GET', '/containers/json?all=1');
      return { built, before: before.text, containers: json };
    });
    expect(seen.before).toContain('"running"');
    expect(seen.built?.error).toBe('context canceled');
    expect(seen.built?.steps.at(-1)).toBe('[2/2] RUN ["sleep", "1000"] ERROR: context canceled');
    expect(seen.built?.seconds).toBeLessThan(2);
    expect(seen.containers).toEqual([]);
  });

  it('leaves nothing behind when dockerd is killed in the middle', async () => {
    const seen = await withEngine(async (engine) => {
      engine.sys.thread(async () => {
        await build(engine, { Dockerfile: 'FROM test:1\nCOPY f /f\nRUN ["sleep", "1000"]\n', f: 'f' }, '').catch(() => undefined);
      });
      await engine.sys.sleep(500);
      const sleepers = (): number =>
        engine.sys.path.readdir('/proc').filter(({ name }) => /^\d+$/.test(name) && commandOf(engine.sys, name).includes('sleep')).length;
      const before = sleepers();
      await engine.restartDaemon('SIGKILL');
      await engine.sys.sleep(100);
      const left = sleepers();
      const after = await build(engine, { Dockerfile: 'FROM test:1\nCOPY f /f\nRUN ["cat", "/f"]\n', f: 'f' });
      const mounts = engine.sys.path.mounts().filter(({ target }) => target.includes('/buildkit/'));
      return { after, mounts, before, left };
    });
    expect(seen.after.error).toBeUndefined();
    expect(ownSteps(seen.after)).toEqual(['[2/3] COPY f /f CACHED', '[3/3] RUN ["cat", "/f"] DONE']);
    expect(seen.mounts).toEqual([]);
    expect([seen.before, seen.left]).toEqual([1, 0]);
  });

  it('speaks as before BuildKit to who knows nothing else', async () => {
    const { text, again } = await withEngine(async (engine) => {
      const files = { Dockerfile: 'FROM test:1\nENV A=b\nCOPY f /f\nRUN ["echo", "hi"]\n', f: 'f' };
      const one = await engine.call('POST', '/build?t=old', contextOf(files));
      const two = await engine.call('POST', '/build?t=old', contextOf(files));
      return { text: one.text, again: two.text };
    });
    const lines = (answer: string): readonly string[] =>
      answer
        .split('\r\n')
        .filter((line) => line !== '')
        .map((line) =>
          String((JSON.parse(line) as { stream?: string }).stream ?? 'aux')
            .replace(/\n$/, '')
            .replace(/[0-9a-f]{12}/, 'ID'),
        );
    expect(lines(text)).toEqual([
      'Step 1/4 : FROM test:1',
      ' ---> ID',
      'Step 2/4 : ENV A=b',
      ' ---> Running in ID',
      ' ---> Removed intermediate container ID',
      ' ---> ID',
      'Step 3/4 : COPY f /f',
      ' ---> ID',
      'Step 4/4 : RUN ["echo", "hi"]',
      ' ---> Running in ID',
      'hi',
      ' ---> Removed intermediate container ID',
      ' ---> ID',
      'aux',
      'Successfully built ID',
      'Successfully tagged old:latest',
    ]);
    expect(lines(again).filter((line) => line === ' ---> Using cache')).toHaveLength(3);
  });

  it('tells null from absence in what a session asks: no provenance, no such Dockerfile', async () => {
    const seen = await withEngine(async (engine) => {
      const withSession = async (request: object): Promise<Built> => {
        const { text } = await engine.call('POST', '/drydock/build-session', request);
        const { ID } = JSON.parse(text) as { readonly ID: string };
        return build(engine, { Dockerfile: DOCKERFILE, 'hello.txt': 'hello\n' }, `t=app:latest&session=${ID}`);
      };
      return { plain: await withSession({ Attests: { provenance: null } }), missing: await withSession({ Dockerfile: null }) };
    });
    expect(seen.plain.statuses.some((text) => text.startsWith('exporting attestation'))).toBe(false);
    expect(seen.missing.error).toBe('failed to read dockerfile: open Dockerfile: no such file or directory');
    expect(seen.missing.steps).toContain('[internal] load build definition from Dockerfile DONE');
  });

  it('answers a question about a Dockerfile that cannot be read', async () => {
    const seen = await withEngine(async (engine) => {
      const ask = async (request: object): Promise<BuildSessionResult> => {
        const { ID } = JSON.parse((await engine.call('POST', '/drydock/build-session', request)).text) as { readonly ID: string };
        await build(engine, { Dockerfile: 'NONSENSE here\n' }, `session=${ID}`);
        return JSON.parse((await engine.call('GET', `/drydock/build-session/${ID}/result`)).text) as BuildSessionResult;
      };
      return { targets: await ask({ Call: 'targets' }), outline: await ask({ Call: 'outline' }) };
    });
    for (const { Error: error } of Object.values(seen))
      expect(error?.Message).toBe('dockerfile parse error on line 1: unknown instruction: NONSENSE');
    expect(seen.targets.Targets).toBeUndefined();
  });

  it('builds under the name that the client has for it, if that is one', async () => {
    const seen = await withEngine(async (engine) => {
      const open = (Ref: string) => engine.call('POST', '/drydock/build-session', { Ref });
      const { ID } = JSON.parse((await open('abc123')).text) as { readonly ID: string };
      await build(engine, { Dockerfile: DOCKERFILE, 'hello.txt': '' }, `session=${ID}`);
      return { bad: await open('../../etc'), history: (await engine.call('GET', '/drydock/build-history')).text };
    });
    expect(seen.bad.status).toBe(400);
    expect(seen.history).toContain('"Ref":"abc123"');
  });
});
