// Records what the real Pythons on this machine make of the programs beside this file: `node tests/engine/userland/python/record.mjs`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const here = import.meta.dirname;
const VERSIONS = process.env.PYENV_VERSIONS ?? '/root/.pyenv/versions';
const PYTHONS = { 3.9: `${VERSIONS}/3.9.18`, 3.13: `${VERSIONS}/3.13.0` };
/** As the end by a signal shows to a shell. */
const INTERRUPTED = 130;

const folder = mkdtempSync(path.join(tmpdir(), 'python-programs-'));
const small = readFileSync(path.join(here, 'small-programs.txt'), 'utf8').split(/^### (\S+)\n/m);
mkdirSync(path.join(folder, 'small'));
for (let at = 1; at < small.length; at += 2) writeFileSync(path.join(folder, 'small', `${small[at]}.py`), small[at + 1]);

/** What a version makes of each program of a folder; `shown` is where the model has it. */
function record(python, from, shown) {
  const programs = {};
  for (const file of readdirSync(from).filter((name) => name.endsWith('.py')).sort()) {
    const env = { PATH: '/usr/bin:/bin', PYTHONDONTWRITEBYTECODE: '1' };
    const settings = { encoding: 'utf8', input: '', cwd: '/tmp', env };
    const { status, stdout, stderr } = spawnSync(`${python}/bin/python3`, [path.join(from, file)], settings);
    const plain = (text) => text.replaceAll(`${from}/`, `${shown}/`).replaceAll(python, '/usr/local');
    programs[file.replace(/\.py$/, '')] = { exit: status ?? INTERRUPTED, stdout: plain(stdout), stderr: plain(stderr) };
  }
  return programs;
}

const versions = {};
for (const [version, python] of Object.entries(PYTHONS))
  versions[version] = {
    programs: record(python, path.join(here, 'programs'), '/src'),
    small: record(python, path.join(folder, 'small'), '/src/small'),
  };
rmSync(folder, { recursive: true });
writeFileSync(path.join(here, 'recorded.json'), `${JSON.stringify({ versions }, null, 1)}\n`);
