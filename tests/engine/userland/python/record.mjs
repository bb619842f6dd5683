// Records what the real Python on this machine makes of the programs beside this file: `node tests/engine/userland/python/record.mjs`.
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const PYTHON = process.env.PYTHON ?? '/root/.pyenv/versions/3.11.7/bin/python3';
/** As the end by a signal shows to a shell. */
const INTERRUPTED = 130;
const plain = (text) => text.replaceAll(`${path.join(here, 'programs')}/`, '/src/');

const programs = {};
for (const file of readdirSync(path.join(here, 'programs')).filter((name) => name.endsWith('.py')).sort()) {
  const env = { PATH: '/usr/bin:/bin', PYTHONDONTWRITEBYTECODE: '1' };
  const { status, stdout, stderr } = spawnSync(PYTHON, [path.join(here, 'programs', file)], { encoding: 'utf8', input: '', cwd: '/tmp', env });
  programs[file.replace(/\.py$/, '')] = { exit: status ?? INTERRUPTED, stdout: plain(stdout), stderr: plain(stderr) };
}
const version = spawnSync(PYTHON, ['--version'], { encoding: 'utf8' }).stdout.trim();
writeFileSync(path.join(here, 'recorded.json'), `${JSON.stringify({ version, programs }, null, 2)}\n`);
