/** `node --watch`: the script runs in a child, which begins again when a file of the project changes. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Exited, Signal, Sys } from '../../../kernel/sys.ts';
import { encode } from '../../encoding.ts';
import type { Flags } from './flags.ts';

const EVERY_MS = 500;
const GRACE_MS = 5000;
const SCRIPTS = /\.(?:js|mjs|cjs|json|node)$/;

/** What each file of the project looks like now. */
function stamps(sys: Sys, folder: string, found: Map<string, string> = new Map()): Map<string, string> {
  try {
    for (const { name, type } of sys.path.readdir(folder)) {
      if (name.startsWith('.') || name === 'node_modules') continue;
      const path = `${folder}/${name}`;
      if (type === 'directory') stamps(sys, path, found);
      else if (SCRIPTS.test(name)) {
        const { mtimeNs, sizeBytes, ino } = sys.path.stat(path);
        found.set(path, `${mtimeNs} ${sizeBytes} ${ino}`);
      }
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  return found;
}

const differ = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size !== b.size || [...a].some(([path, stamp]) => b.get(path) !== stamp);

export async function watch(sys: Sys, flags: Flags): Promise<number> {
  const script = flags.script ?? '';
  const argv = [sys.argv[0] ?? 'node', ...flags.own.filter((word) => !word.startsWith('--watch')), script, ...flags.args];
  const begin = (): number => sys.fork((child) => child.exec('/usr/local/bin/node', argv));
  const state: { pid: number | null; stopped: Signal | null } = { pid: begin(), stopped: null };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    sys.on(signal, () => {
      state.stopped = signal;
      if (state.pid !== null) sys.kill(state.pid, signal);
    });
  let before = stamps(sys, sys.path.cwd());
  for (;;) {
    await rest(sys, EVERY_MS);
    const ended = state.pid === null ? null : await sys.wait(state.pid, { noHang: true });
    if (ended !== null) {
      state.pid = null;
      if (state.stopped === null)
        await sys.write(
          1,
          encode(`${ended.status === 0 ? 'Completed' : 'Failed'} running '${script}'. Waiting for file changes before restarting...\n`),
        );
    }
    if (state.stopped !== null && state.pid === null) return state.stopped === 'SIGINT' ? 130 : 143;
    const now = stamps(sys, sys.path.cwd());
    if (state.stopped !== null || !differ(before, now)) continue;
    before = now;
    if (state.pid !== null) await stop(sys, state.pid);
    await sys.write(1, encode(`Restarting '${script}'\n`));
    state.pid = begin();
  }
}

async function rest(sys: Sys, ms: number): Promise<void> {
  try {
    await sys.sleep(ms);
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error;
  }
}

/** Asks a child to end; after a while it is made to. */
async function stop(sys: Sys, pid: number): Promise<void> {
  sys.kill(pid, 'SIGTERM');
  let ended: Exited | null = null;
  for (let waitedMs = 0; ended === null && waitedMs < GRACE_MS; waitedMs += 50) {
    await rest(sys, 50);
    ended = await sys.wait(pid, { noHang: true });
  }
  if (ended !== null) return;
  sys.kill(pid, 'SIGKILL');
  await sys.wait(pid);
}
