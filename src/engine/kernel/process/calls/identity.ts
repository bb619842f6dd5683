/** Who a process is and whom it belongs with: ids, groups, sessions. */
import { COSTS } from '../../costs.ts';
import { Errno } from '../../errno.ts';
import type { IdOps, Pid } from '../../sys.ts';
import type { Caller } from '../caller.ts';
import { withCapabilities, withGid, withGroups, withUid } from '../credentials.ts';
import { leaveGroup } from '../exit.ts';
import { createGroup } from '../fork.ts';
import { numberIn } from '../pids.ts';
import type { Group, Process, Session } from '../process.ts';

export function idCalls(caller: Caller): IdOps {
  const self = (): Process => {
    caller.begin(COSTS.callNs);
    return caller.process;
  };
  return {
    get: () => self().identity,
    setuid: (uid) => {
      self().identity = withUid(caller.process.identity, uid);
    },
    setgid: (gid) => {
      self().identity = withGid(caller.process.identity, gid);
    },
    setgroups: (groups) => {
      self().identity = withGroups(caller.process.identity, groups);
    },
    setCapabilities: (names) => {
      self().identity = withCapabilities(caller.process.identity, names);
    },
    getpgid: (pid) => numberIn(named(self(), pid).group.id, caller.process.id.namespace),
    setpgid: (pid, pgid) => setpgid(self(), pid, pgid),
    getsid: (pid) => numberIn(named(self(), pid).group.session.id, caller.process.id.namespace),
    setsid: () => setsid(self()),
  };
}

function named(self: Process, pid: Pid | undefined): Process {
  if (pid === undefined || pid === 0) return self;
  const found = self.id.namespace.ids.get(pid)?.process;
  if (found === null || found === undefined) throw new Errno('ESRCH');
  return found;
}

/** A process may put itself and its children into a group of its session. */
function setpgid(self: Process, pid: Pid, pgid: Pid): void {
  const target = named(self, pid);
  if (target !== self && target.parent !== self) throw new Errno('ESRCH');
  const { session } = self.group;
  if (target.group.session !== session || session.leader === target) throw new Errno('EPERM');
  const isOwn = pgid === 0 || pgid === numberIn(target.id, self.id.namespace);
  const group = isOwn ? (target.id.group ?? createGroup(target.id, session)) : self.id.namespace.ids.get(pgid)?.group;
  if (group === null || group === undefined || group.session !== session) throw new Errno('EPERM');
  join(target, group);
}

function join(process: Process, group: Group): void {
  if (process.group === group) return;
  group.members.add(process);
  leaveGroup(process);
  process.group = group;
}

/** A new session and group, both led by the caller; it has no controlling terminal. */
function setsid(self: Process): Pid {
  if (self.id.group !== null) throw new Errno('EPERM');
  join(self, createGroup(self.id, createSession(self)));
  return self.pid;
}

/** A session led by `leader`, still without groups. */
export function createSession(leader: Process): Session {
  const session: Session = { id: leader.id, leader, groups: new Set(), tty: null };
  leader.id.session = session;
  return session;
}
