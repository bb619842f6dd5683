/** The script of `docker completion bash`, in a real bash, with a `docker` that answers what a test says. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { docker } from '../../../src/engine/cli/main.ts';
import { world } from './world.ts';

async function printed(...words: readonly string[]) {
  const machine = world();
  const status = await docker(words, machine.io);
  return { status, stdout: machine.stdout(), stderr: machine.stderr() };
}

/** What bash would put in the place of the last of its words. */
async function replies(line: string, answer: string): Promise<readonly string[]> {
  const { stdout: script } = await printed('completion', 'bash');
  // As bash has it: `=` and `:` are words of their own.
  const words = line.split(/\s+|(?<=[=:])|(?=[=:])/);
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      '--norc',
      '-c',
      `${script}
docker() { printf '%s' "$ANSWER"; }
COMP_LINE=$1 COMP_POINT=\${#1}; shift
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 ))
_docker_complete
printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      line,
      ...words,
    ],
    { encoding: 'utf8', env: { ...process.env, ANSWER: answer } },
  );
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n');
}

describe('docker completion bash', () => {
  it.each([
    ['docker st', 'start\nstats\nrun\n:4\n', ['start', 'stats']],
    ['docker run --restart ', 'no\nalways\n:4\n', ['no', 'always']],
    ['docker run --restart=al', 'no\nalways\n:4\n', ['always']],
    ['docker run --pid container:b', 'container:boat\ncontainer:ship\n:4\n', ['boat']],
    ['docker rmi alpine:', 'alpine:3\nalpine:x\n:4\n', ['3', 'x']],
    ['docker start ', ':1\n', ['']],
  ])('%j', async (line, answer, words) => {
    expect(await replies(line, answer)).toEqual(words);
  });

  it('says of other shells that there is no script, and of words that it does not know that it does not', async () => {
    expect(await printed('completion', 'fish')).toMatchObject({
      status: 1,
      stderr: "'docker completion fish' is not there yet in this client\n",
    });
    expect(await printed('completion', 'bash', 'x')).toMatchObject({
      status: 1,
      stderr: 'unknown command "x" for "docker completion bash"\n',
    });
    expect((await printed('completion', 'nosuch')).stdout).toBe((await printed('completion')).stdout);
    expect((await printed('completion', 'bash', '--help')).stdout).toMatch(
      /^Usage: {2}docker completion bash\n[\s\S]*\nOptions:\n {6}--no-descriptions {3}disable completion descriptions\n$/,
    );
  });

  it('leaves checkpoints to engines with experiments', async () => {
    for (const words of [['checkpoint'], ['checkpoint', 'ls', 'x']])
      expect(await printed(...words)).toMatchObject({
        status: 1,
        stderr: `docker ${words.slice(0, 2).join(' ')} is only supported on a Docker daemon with experimental features enabled\n`,
      });
  });
});
