import { describe, expect, test } from 'vitest';
import { docker } from '../../../../src/engine/cli/main.ts';
import { world } from '../world.ts';

async function complete(...words: readonly string[]): Promise<string> {
  const machine = world();
  await docker(['__complete', ...words], machine.io);
  return machine.stdout();
}
async function run(...words: readonly string[]) {
  const machine = world();
  return { status: await docker(words, machine.io), stdout: machine.stdout(), stderr: machine.stderr() };
}

describe('completion of builds', () => {
  test('directories, files and values stand where they belong', async () => {
    expect(await complete('build', '')).toBe(':16\n');
    expect(await complete('build', '-t', 'app', '')).toBe(':16\n');
    expect(await complete('build', '.', '')).toBe(':4\n');
    expect(await complete('build', '-f', '')).toBe(':0\n');
    // The shell picks those that fit.
    const modes = 'auto\nnone\nplain\nquiet\nrawjson\ntty\n:4\n';
    expect(await complete('build', '--progress', 'p')).toBe(modes);
    expect(await complete('build', '--progress=q')).toBe(modes);
    expect(await complete('build', '--no-cache-')).toContain('--no-cache-filter\t');
  });
  test('commands and groups of Buildx', async () => {
    expect(await complete('buildx', 'h')).toBe('history\tCommands to work on build records\n:4\n');
    expect(await complete('buildx', 'history', 'l')).toBe('logs\tPrint the logs of a build record\nls\tList build records\n:4\n');
    expect(await complete('buildx', 'inspect', '')).toBe('default\tcurrent\n:4\n');
  });
});

describe('Buildx as a plugin', () => {
  test('flags may stand before its commands', async () => {
    const version = 'github.com/docker/buildx v0.36.1 29f401b496b1531d391cca6cabd8d30b6c478b66\n';
    expect((await run('buildx', '--builder', 'default', '-D', 'version')).stdout).toBe(version);
    expect((await run('builder', '--builder=default', 'version')).stdout).toBe(version);
  });
  test('its errors say that they are errors', async () => {
    expect(await run('buildx', 'build')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^ERROR: docker: 'docker buildx build' requires 1 argument\n/),
    });
    expect(await run('build', '--nope', '.')).toMatchObject({ status: 125, stderr: expect.stringMatching(/^unknown flag: --nope\n/) });
    expect(await run('build', '--builder', 'nosuch', '.')).toMatchObject({ status: 1, stderr: 'ERROR: no builder "nosuch" found\n' });
    expect(await run('build', '--progress', 'bogus', '.')).toMatchObject({ status: 1, stderr: 'ERROR: invalid progress mode bogus\n' });
    expect(await run('build', '--progress', 'tty', '.')).toMatchObject({
      stderr: 'ERROR: failed to get console: provided file is not a console\n',
    });
  });
  test('what is unknown gets help and an error', async () => {
    const { status, stdout, stderr } = await run('buildx', 'nosuch');
    expect([status, stderr]).toEqual([1, 'ERROR: unknown command: "nosuch"\n']);
    expect(stdout).toContain('Usage:  docker buildx [OPTIONS] COMMAND');
  });
  test('its own help leaves the builder open, that of docker build does not', async () => {
    expect((await run('buildx', 'build', '--help')).stdout).not.toContain('(default "default")\n      --cache-from');
    expect((await run('build', '--help')).stdout).toContain('instance (default "default")');
  });
  test('every command has help', async () => {
    const groups = {
      buildx: 'bake build create dial-stdio du inspect ls prune rm stop use version',
      'buildx history': 'export import inspect logs ls open rm trace',
      'buildx imagetools': 'create inspect',
      'buildx policy': 'eval test',
      'buildx dap': 'build',
    };
    for (const [group, verbs] of Object.entries(groups))
      for (const verb of verbs.split(' ')) {
        const { status, stdout } = await run(...group.split(' '), verb, '--help');
        expect([status, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining(`Usage:  docker ${group} ${verb}`)]);
      }
  });
});
