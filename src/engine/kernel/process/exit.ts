/**
 * The end of a process: descriptors are closed, children get a new parent, and what is left, a zombie, waits until the parent
 * has asked how it ended (kernel/exit.c). The death of a namespace's pid 1 is the death of everybody in it.
 */
import type { Cgroup } from '../cgroup/cgroup.ts';
import { processesIn, releaseId } from './pids.ts';
import type { Ending, Group, Process } from './process.ts';
import type { KernelState } from './state.ts';

/** Ends `process`. If it is the one that runs, its turn is over and nothing of it runs again. */
export function terminate(state: KernelState, process: Process, ending: Ending): void {
  if (process.state !== 'alive') return;
  const { scheduler } = state;
  const isRunning = scheduler.current !== null && process.tasks.includes(scheduler.current);
  process.state = 'zombie';
  process.ending = ending;
  process.image.isAlive = false;
  for (const task of process.tasks) task.kill();
  process.tasks = [];
  process.fds.closeAll();
  giveBack(state, process);
  if (process.isInit) endNamespace(state, process);
  disown(state, process);
  leaveTerminal(state, process);
  tellParent(state, process);
  if (isRunning) scheduler.endTurn();
}

function giveBack(state: KernelState, process: Process): void {
  process.view?.close();
  leaveCgroup(process, process.cgroup);
  state.namespaces.leave(process.namespaces);
}

/** Its memory is free; its place among the pids is given back when it is reaped. */
function leaveCgroup(process: Process, cgroup: Cgroup): void {
  cgroup.memory.move(-process.rssBytes);
  process.rssBytes = 0;
  cgroup.remove(process);
}

function endNamespace(state: KernelState, init: Process): void {
  const namespace = init.id.namespace;
  namespace.isDead = true;
  for (const process of processesIn(namespace)) if (process !== init) terminate(state, process, { signal: 'SIGKILL' });
  namespace.init = null;
}

/** Who takes over the children: the nearest subreaper above, else pid 1 of the namespace; nobody if that is what died. */
function reaperFor(process: Process): Process | null {
  const namespace = process.id.namespace;
  for (let at = process.parent; at !== null && at.id.namespace === namespace; at = at.parent)
    if (at.isSubreaper && at.state === 'alive') return at;
  const init = namespace.init;
  return init !== process && init?.state === 'alive' ? init : null;
}

function disown(state: KernelState, process: Process): void {
  const reaper = reaperFor(process);
  for (const child of process.children) {
    child.parent = reaper;
    reaper?.children.add(child);
    if (child.state === 'zombie') tellParent(state, child);
    else tellOrphans(state, child.group);
  }
  process.children.clear();
}

/** A stopped group without anybody above it that could continue it is woken to hang up (setpgid(2), orphaned groups). */
function tellOrphans(state: KernelState, group: Group): void {
  const members = [...group.members].filter((member) => member.state === 'alive');
  const hasKeeper = members.some(
    (member) => member.parent !== null && member.parent.group !== group && member.parent.group.session === group.session,
  );
  if (hasKeeper || !members.some((member) => member.isStopped)) return;
  for (const member of members) state.signal(member, 'SIGHUP', null);
  for (const member of members) state.signal(member, 'SIGCONT', null);
}

/** The death of a session's leader frees its terminal; whoever is in the foreground hears SIGHUP. */
function leaveTerminal(state: KernelState, process: Process): void {
  const { session } = process.group;
  if (session.leader !== process) return;
  session.leader = null;
  const tty = session.tty;
  if (tty === null) return;
  session.tty = null;
  tty.session = null;
  const foreground = tty.foreground;
  tty.foreground = null;
  if (foreground !== null) for (const member of [...foreground.members]) state.signal(member, 'SIGHUP', null);
}

function tellParent(state: KernelState, process: Process): void {
  const parent = process.parent;
  process.onExit?.(process.exited(process.pid));
  process.onExit = null;
  if (parent === null) {
    reap(process);
    return;
  }
  if (parent.dispositions.get('SIGCHLD') === 'ignore') reap(process);
  parent.childChanged.wake();
  state.signal(parent, 'SIGCHLD', null);
}

/** Takes the zombie away: its numbers are free again. */
export function reap(process: Process): void {
  if (process.state !== 'zombie') return;
  process.state = 'gone';
  const { parent, id } = process;
  if (parent !== null) {
    parent.children.delete(process);
    parent.childrenNs += process.selfNs + process.childrenNs;
  }
  process.cgroup.pids.move(-1);
  id.process = null;
  leaveGroup(process);
  releaseId(id);
}

/** Groups and sessions last as long as somebody is in them. */
export function leaveGroup(process: Process): void {
  const { group } = process;
  const { session } = group;
  group.members.delete(process);
  if (group.members.size > 0) return;
  session.groups.delete(group);
  group.id.group = null;
  releaseId(group.id);
  if (session.groups.size > 0) return;
  session.id.session = null;
  releaseId(session.id);
}
