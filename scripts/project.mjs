// What every command of the project needs first: packages as the lock file says, and a Node that runs TypeScript as it is.
// Plain JavaScript without dependencies, so that it starts on any Node from 20, before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST = 20;
const STRIPS_TYPES = [22, 18];

export const say = (text) => process.stdout.write(`${text}\n`);

/** Ends with a sentence that says what to do. */
export function stop(text) {
  process.stderr.write(`\n${text}\n`);
  process.exit(1);
}

const versionOf = (text) => text.replace(/^v/, '').split('.').map(Number);

export function checkNode() {
  const [major] = versionOf(process.version);
  if (major < OLDEST)
    stop(`Drydock needs Node ${OLDEST} or newer; this is ${process.version}. Install a current one from https://nodejs.org and try again.`);
}

/** Runs a command, its output passed through (or collected with `quiet`); resolves to its exit status. */
export function run(command, args, { env = {}, quiet = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    let text = '';
    child.stdout?.on('data', (piece) => {
      text += piece;
    });
    child.stderr?.on('data', (piece) => {
      text += piece;
    });
    child.on('error', (error) => resolve({ status: 127, text: `${text}${error.message}\n` }));
    child.on('close', (status, signal) => resolve({ status: status ?? (signal ? 128 : 1), text }));
  });
}

/** Installs what the lock file says, unless exactly that is there already. */
export async function ensureInstalled() {
  const digest = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(root, 'node_modules', '.drydock-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  say('Installing packages as the lock file says (once; about a minute) …');
  const { status, text } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true });
  if (status !== 0) stop(`${text}\nnpm ci failed. Check the network and the disk, then try again.`);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

/** The path of a Node that runs TypeScript as it is: the packaged one, or this one if it is new enough. */
export function modernNode() {
  const packaged = path.join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(packaged)) return packaged;
  const [major, minor] = versionOf(process.version);
  if (major > STRIPS_TYPES[0] || (major === STRIPS_TYPES[0] && minor >= STRIPS_TYPES[1])) return process.execPath;
  return stop(
    `On ${process.platform}-${process.arch} no Node comes with the packages, and ${process.version} cannot run TypeScript. Install Node ${STRIPS_TYPES.join('.')} or newer.`,
  );
}

/** Runs a program of the packages (`astro`, `vitest`, …) or a script with that Node. */
export function node(args, options = {}) {
  const executable = modernNode();
  return run(executable, args, {
    ...options,
    env: {
      PATH: `${path.dirname(executable)}${path.delimiter}${process.env.PATH}`,
      NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'compile'),
      ...options.env,
    },
  });
}

/** The JavaScript file behind a package's command. */
export function bin(name, command = name) {
  const folder = path.join(root, 'node_modules', name);
  const { bin: entry } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof entry === 'string' ? entry : entry[command]);
}

/** Runs a step with a line of progress; its output is shown only if it fails. */
export async function step(title, job) {
  const started = Date.now();
  process.stdout.write(`${title} … `);
  const { status, text } = await job();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(status === 0 ? `${seconds} s` : 'failed');
  if (status !== 0) stop(text);
}
