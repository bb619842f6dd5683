// Records what the real `go` on this machine makes of the programs beside this file: `node tests/engine/userland/go/record.mjs`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const { settings } = JSON.parse(readFileSync(path.join(here, 'settings.json'), 'utf8'));
const work = mkdtempSync('/tmp/record-go-');
const run = (command, args, options = {}) => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  return { exit: status, stdout, stderr };
};
/** Traces name places of memory, and where the sources lie. */
const plain = (text) => text.replaceAll(`${path.join(here, 'programs')}/`, '/src/').replace(/ \+0x[0-9a-f]+$/gm, '').replace(/^(\S+)\((?:0x|\{|\.\.\.).*\)$/gm, '$1(...)').replace(/ pc=0x[0-9a-f]+\]/g, ']').replace(/ addr=0x[0-9a-f]+/g, '');

const programs = {};
const sources = readdirSync(path.join(here, 'programs')).map((file) => file.replace(/\.go$/, ''));
for (const name of [...new Set([...sources, ...Object.keys(settings)])].sort()) {
  const { program = name, args = [], stdin = '', env = {} } = settings[name] ?? {};
  const file = `${program}.go`;
  const built = run('go', ['build', '-o', path.join(work, name), path.join(here, 'programs', file)]);
  if (built.exit !== 0) throw new Error(`${file}: ${built.stderr}`);
  const ran = run(path.join(work, name), args, { input: stdin, env: { PATH: '/usr/bin:/bin', ...env }, cwd: work });
  programs[name] = { exit: ran.exit, stdout: plain(ran.stdout).replaceAll(work, '/work'), stderr: plain(ran.stderr).replaceAll(work, '/work') };
}
writeFileSync(path.join(here, 'recorded.json'), `${JSON.stringify({ version: run('go', ['version']).stdout.trim(), programs }, null, 2)}\n`);
