/** wait4(2): a parent asks what became of its children. */
import { COSTS } from '../costs.ts';
import { Errno } from '../errno.ts';
import { AGAIN, type Again } from '../open-file.ts';
import type { Exited, Pid, WaitOptions } from '../sys.ts';
import type { Caller } from './caller.ts';
import { reap } from './exit.ts';
import { numberIn } from './pids.ts';
import type { Process } from './process.ts';

/** Waits for a child that has ended (or stopped, if asked): the oldest first. ECHILD if there is none to wait for. */
export function waitForChild(caller: Caller, pid?: Pid, options: WaitOptions = {}): Promise<Exited | null> {
  return caller.call<Exited | null>({
    costNs: COSTS.callNs,
    attempt: () => attempt(caller.process, pid, options),
    queues: () => [caller.process.childChanged],
  });
}

function attempt(parent: Process, pid: Pid | undefined, options: WaitOptions): Exited | null | Again {
  let isAnyWanted = false;
  for (const child of parent.children) {
    if (!isWanted(parent, child, { pid, options })) continue;
    isAnyWanted = true;
    const news = newsOf(parent, child, options);
    if (news !== null) return news;
  }
  if (!isAnyWanted) throw new Errno('ECHILD');
  return options.noHang === true ? null : AGAIN;
}

function isWanted(parent: Process, child: Process, { pid, options }: { pid: Pid | undefined; options: WaitOptions }): boolean {
  const { namespace } = parent.id;
  if (pid !== undefined && pid > 0) return numberIn(child.id, namespace) === pid;
  const pgid = options.pgid ?? groupOf(parent, pid);
  return pgid === undefined || numberIn(child.group.id, namespace) === pgid;
}

/** As waitpid(2): 0 is the caller's own group, less than -1 the group of that number, -1 anybody. */
function groupOf(parent: Process, pid: Pid | undefined): Pid | undefined {
  if (pid === 0) return numberIn(parent.group.id, parent.id.namespace);
  return pid === undefined || pid === -1 ? undefined : -pid;
}

function newsOf(parent: Process, child: Process, options: WaitOptions): Exited | null {
  const pid = numberIn(child.id, parent.id.namespace);
  if (child.state === 'zombie') {
    reap(child);
    return child.exited(pid);
  }
  if (options.stopped !== true || child.stopSignal === null) return null;
  const signal = child.stopSignal;
  child.stopSignal = null;
  return { pid, signal, stopped: true };
}
