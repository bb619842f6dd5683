import type { Signal } from '../../../kernel/sys.ts';
import { quoted, type Utility } from '../../tool.ts';
import { parseDurationMs } from '../durations.ts';
import { start, statusOf, waitFor } from '../execute.ts';
import { parseSignal } from '../signals.ts';
import { cannotRun } from './run.ts';

const TIMED_OUT = 124;
const FORWARDED: readonly Signal[] = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];

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
  if (tool.isBusybox) return statusOf(exited);
  return watch.killed || signal === 'SIGKILL' ? statusOf(exited) : TIMED_OUT;
};
