import { describe, expect, it } from 'vitest';
import { withEngine } from '../engine.ts';
import { build, ownSteps } from './build-client.ts';

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
    const stages = ['a', 'b'].map((name) => `FROM test:1 AS ${name}\nRUN ["sleep", "1"]\nRUN ["write", "/${name}", "${name}"]\n`).join('');
    const built = await withEngine((engine) =>
      build(engine, { Dockerfile: `${stages}FROM test:1\nCOPY --from=a /a /\nCOPY --from=b /b /\n` }),
    );
    expect(built.error).toBeUndefined();
    expect(built.seconds).toBeGreaterThan(1);
    expect(built.seconds).toBeLessThan(1.5);
  });

  it('says which step failed and how', async () => {
    const built = await withEngine((engine) => build(engine, { Dockerfile: 'FROM test:1\nRUN ["exit", "3"]\n' }));
    expect(built.error).toBe('process "exit 3" did not complete successfully: exit code: 3');
    expect(built.steps).toContain('[2/2] RUN ["exit", "3"] ERROR: process "exit 3" did not complete successfully: exit code: 3');
  });
});
