/** Job control: a group in the background that reads from its terminal is stopped (SIGTTIN). */
import { Errno } from '../errno.ts';
import type { OpenFile } from '../open-file.ts';
import type { Caller } from '../process/caller.ts';
import { dispositionOf } from '../process/signal.ts';
import { TtyEnd } from './tty.ts';

/** Whether the caller is in the background of the terminal `file`; it has been stopped then, and tries again when continued. */
export function stopsInBackground(caller: Caller, file: OpenFile): boolean {
  if (!(file instanceof TtyEnd) || file.end !== 'slave') return false;
  const { group } = caller.process;
  const { tty } = file;
  if (tty.session !== group.session || tty.foreground === group || tty.foreground === null) return false;
  if (dispositionOf(caller.process, 'SIGTTIN') === 'ignore' || isOrphaned(caller)) throw new Errno('EIO');
  for (const member of [...group.members]) caller.state.signal(member, 'SIGTTIN', null);
  return true;
}

/** Nobody of the session, outside the group, is there to continue it. */
function isOrphaned(caller: Caller): boolean {
  const { group } = caller.process;
  return ![...group.members].some(({ parent }) => parent !== null && parent.group !== group && parent.group.session === group.session);
}
