// Records what the real node on this machine makes of the programs beside this file: `node tests/engine/userland/node/record.mjs`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
// Away from the project, whose own package says that its scripts are modules.
const folder = path.join(mkdtempSync('/tmp/record-node-'), 'src');
cpSync(path.join(here, 'programs'), folder, { recursive: true });
const { settings, commands } = JSON.parse(readFileSync(path.join(here, 'settings.json'), 'utf8'));
const programs = {};
for (const name of readdirSync(folder).sort()) {
  const { args = [], stdin = '', env = {} } = settings[name] ?? {};
  const ran = spawnSync(process.execPath, [path.join(folder, name), ...args], {
    encoding: 'utf8',
    input: stdin,
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: '/', ...env },
  });
  const plain = (text) => text.replaceAll(folder, '/src');
  programs[name] = { exit: ran.status, stdout: plain(ran.stdout), stderr: plain(ran.stderr) };
}
const project = path.join(path.dirname(folder), 'project');
cpSync(path.join(here, 'project'), project, { recursive: true });
renameSync(path.join(project, 'packages'), path.join(project, 'node_modules'));
const ran = {};
for (const [name, command] of Object.entries(commands)) {
  const env = { PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`, HOME: '/' };
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8', input: '', cwd: project, env });
  const plain = (text) => text.replaceAll(project, '/src').replaceAll(process.execPath, 'node');
  ran[name] = { exit: status, stdout: plain(stdout), stderr: plain(stderr) };
}
writeFileSync(path.join(here, 'recorded.json'), `${JSON.stringify({ version: process.version, programs, commands: ran }, null, 2)}\n`);
