import { isErrno } from '../../../kernel/errno.ts';
import type { Signal, Sys } from '../../../kernel/sys.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { parseDurationMs } from '../durations.ts';
import { executeOrSay, start, statusOf, waitFor } from '../execute.ts';
import { parseSignal } from '../signals.ts';
import { cannotRun } from './run.ts';

const TIMED_OUT = 124;
const FORWARDED: readonly Signal[] = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];

interface Limited {
  readonly command: readonly string[];
  readonly limitMs: number;
  readonly signal: Signal;
}

const LOOK_MS = 1000;

/** busybox becomes the program itself; a grandchild that nobody waits for looks each second, and sends the signal in the end. */
async function inPlaceOf(tool: Tool, { command, limitMs, signal }: Limited): Promise<number> {
  const { sys } = tool;
  const watched = sys.pid;
  const child = sys.fork(async (parent) => {
    parent.fork(async (watcher) => {
      for (let left = limitMs; left > 0; left -= LOOK_MS) {
        await watcher.sleep(Math.min(left, LOOK_MS));
        if (!isThere(watcher, watched)) return 1;
      }
      if (isThere(watcher, watched)) watcher.kill(watched, signal);
      return 0;
    });
    return 0;
  });
  await waitFor(sys, child);
  return executeOrSay(sys, command, cannotRun(tool));
}

function isThere(sys: Sys, pid: number): boolean {
  try {
    sys.kill(pid, null);
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** The watcher is a second task: it sleeps while the first one waits for the child. */
export const timeout: Utility = async (tool) => {
  const { sys } = tool;
  const spec = {
    short: 's:k:v',
    long: { signal: 's:', 'kill-after': 'k:', 'preserve-status': 'preserve', foreground: 'foreground', verbose: 'v' },
    stopsAtOperand: true,
    usage: '[-s SIG] [-k KILL_SECS] SECS PROG ARGS',
    usageStatus: tool.isBusybox ? 1 : 125,
  };
  const options = await tool.options(spec);
  const [limit, ...command] = options.operands;
  if (limit === undefined || command.length === 0) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'missing operand');
  const limitMs = parseDurationMs(limit);
  if (limitMs === undefined)
    return tool.isBusybox ? tool.die(`invalid number '${limit}'`) : tool.wrongUsage(spec, `invalid time interval ${quoted(limit)}`);
  const signal = parseSignal(options.value('s') ?? 'TERM');
  if (signal === undefined || signal === null)
    return tool.die(
      tool.isBusybox ? `bad signal name '${options.value('s')}'` : `${quoted(options.value('s') ?? '')}: invalid signal`,
      spec.usageStatus,
    );
  if (tool.isBusybox) return inPlaceOf(tool, { command, limitMs, signal });
  const child = start(sys, command, { complain: cannotRun(tool) });
  for (const forwarded of FORWARDED) sys.on(forwarded, () => sys.kill(child, forwarded));
  const watch = { isOver: false, timedOut: false, killed: false };
  const killAfterMs = parseDurationMs(options.value('k') ?? '');
  if (limitMs > 0) {
    sys.thread(async () => {
      await sys.sleep(limitMs);
      if (watch.isOver) return;
      watch.timedOut = true;
      sys.kill(child, signal);
      sys.kill(child, 'SIGCONT');
      if (killAfterMs === undefined) return;
      await sys.sleep(killAfterMs);
      if (watch.isOver) return;
      watch.killed = true;
      sys.kill(child, 'SIGKILL');
    });
  }
  const exited = await waitFor(sys, child);
  watch.isOver = true;
  if (!watch.timedOut || options.has('preserve')) return statusOf(exited);
  return watch.killed || signal === 'SIGKILL' ? statusOf(exited) : TIMED_OUT;
};
