/** A real Buildx, as the docker client's plugin, builds on `drydock serve`. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = mkdtempSync(path.join(os.tmpdir(), 'drydock-buildx-'));
const context = path.join(home, 'context');
let server: ChildProcess;
let env: NodeJS.ProcessEnv = {};

const write = (name: string, text: string): void => {
  const file = path.join(context, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function docker(...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync('docker', args, { cwd: context, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}
const build = (...args: readonly string[]): Ran => docker('buildx', 'build', '--progress=plain', ...args);

beforeAll(async () => {
  mkdirSync(context);
  server = spawn(process.execPath, [path.join(root, 'src/bin/drydock.ts'), 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const host = await new Promise<string>((resolve) => {
    server.stdout?.on('data', (piece: Buffer) => {
      const address = /tcp:\/\/127\.0\.0\.1:\d+/.exec(String(piece))?.[0];
      if (address) resolve(address);
    });
  });
  const config = process.env.DOCKER_CONFIG ?? path.join(process.env.HOME ?? '', '.docker');
  // Plugins may lie in the home of whoever runs this.
  mkdirSync(path.join(home, '.docker'));
  writeFileSync(path.join(home, '.docker/config.json'), JSON.stringify({ cliPluginsExtraDirs: [path.join(config, 'cli-plugins')] }));
  env = { PATH: process.env.PATH, HOME: home, DOCKER_HOST: host };
});

afterAll(() => {
  server?.kill();
  rmSync(home, { recursive: true, force: true });
});

describe('a real Buildx', () => {
  it('finds the engine as its builder', () => {
    expect(docker('buildx', 'ls', '--format', '{{.Name}} {{.DriverEndpoint}} {{.Status}}').stdout).toContain('default');
    expect(docker('buildx', 'inspect').stdout).toContain('Status:           running');
  });

  it('builds an image that runs, and takes what it has built before', () => {
    write('Dockerfile', 'FROM busybox\nCOPY word /word\nRUN cat /word > /copy\nCMD ["cat", "/copy"]\n');
    write('word', 'built by the real one\n');
    write('.dockerignore', 'left-out\n');
    write('left-out', 'not for the engine');
    const { status, stderr } = build('-t', 'app', '.');
    expect(stderr).toContain('[2/3] COPY word /word');
    expect(status).toBe(0);
    expect(docker('run', '--rm', 'app').stdout).toBe('built by the real one\n');
    expect(build('-t', 'app', '.').stderr).toMatch(/\[3\/3\] RUN cat \/word > \/copy\n#\d+ CACHED/);
  });

  it('shows the lines of the Dockerfile that failed, and what the step said', () => {
    write('broken.df', 'FROM busybox\nRUN echo about to fail && exit 7\n');
    const { status, stderr } = build('-f', 'broken.df', '.');
    expect(stderr).toContain('broken.df:2\n');
    expect(stderr).toContain('   2 | >>> RUN echo about to fail && exit 7');
    expect(stderr).toContain('about to fail');
    expect(stderr).toContain('did not complete successfully: exit code: 7');
    expect(status).toBe(1);
  });

  it('hands a secret over for the step that needs it', () => {
    write('secret.df', 'FROM busybox\nRUN --mount=type=secret,id=word wc -c < /run/secrets/word\n');
    expect(build('-f', 'secret.df', '--secret', 'id=word,src=word', '.').stderr).toMatch(/ 22\n/);
  });

  it('gets files and archives back', () => {
    write('files.df', 'FROM scratch\nCOPY word /deep/er/word\n');
    expect(build('-f', 'files.df', '-o', 'out', '.').status).toBe(0);
    expect(readFileSync(path.join(context, 'out/deep/er/word'), 'utf8')).toBe('built by the real one\n');
    expect(build('-f', 'files.df', '-o', 'type=tar,dest=out.tar', '.').status).toBe(0);
    expect(readFileSync(path.join(context, 'out.tar')).includes('built by the real one')).toBe(true);
  });

  it('takes a context from its standard input', () => {
    const dockerfile = 'FROM busybox\nRUN echo from nowhere\n';
    const { status, stderr } = spawnSync('docker', ['buildx', 'build', '--progress=plain', '-'], {
      cwd: context,
      env,
      input: dockerfile,
      encoding: 'utf8',
    });
    expect(String(stderr)).toContain('from nowhere');
    expect(status).toBe(0);
  });

  it('checks a Dockerfile', () => {
    write('odd.df', 'from busybox\nRUN true\n');
    const { status, stdout } = docker('buildx', 'build', '-f', 'odd.df', '--check', '.');
    expect(stdout).toContain('WARNING: ConsistentInstructionCasing');
    expect(status).toBe(1);
  });

  it('builds several targets at a time', () => {
    write(
      'docker-bake.json',
      JSON.stringify({
        group: { default: { targets: ['a', 'b'] } },
        target: { a: { args: { X: '1' }, tags: ['bake:a'] }, b: { tags: ['bake:b'] } },
      }),
    );
    expect(docker('buildx', 'bake', '--progress=plain').status).toBe(0);
    expect(docker('images', '--format', '{{.Tag}}', 'bake').stdout.trim().split('\n').sort()).toEqual(['a', 'b']);
  });

  it('is interrupted: the engine stops what it did', async () => {
    write('long.df', 'FROM busybox\nRUN echo begun; sleep 1000\n');
    const child = spawn('docker', ['buildx', 'build', '--progress=plain', '-f', 'long.df', '.'], { cwd: context, env });
    child.stderr.on('data', (piece: Buffer) => {
      if (String(piece).includes('begun\n')) child.kill('SIGINT');
    });
    await new Promise((resolve) => child.on('close', resolve));
    expect(docker('buildx', 'history', 'inspect').stdout).toMatch(/Status:\s+Canceled\n/);
  });

  it('lists builds and cache, and clears them', () => {
    expect(docker('buildx', 'history', 'ls', '--format', '{{.Name}}').stdout).toContain('context/broken.df');
    expect(docker('buildx', 'history', 'logs').status).toBe(0);
    expect(docker('buildx', 'du').stdout).toContain('Reclaimable:');
    expect(docker('buildx', 'prune', '-af').stdout).toContain('Total:');
    expect(docker('buildx', 'du').stdout).toMatch(/Total:\s+0B/);
  });
});
