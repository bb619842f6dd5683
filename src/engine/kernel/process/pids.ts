/**
 * Process ids. A process that lives in nested pid namespaces has one number in each of them, from the outermost inwards
 * (Linux: struct pid). Groups and sessions are named by the id of the process that began them, and outlive it.
 */
import { Errno } from '../errno.ts';
import type { Pid } from '../sys.ts';
import type { Group, Process, Session } from './process.ts';

const PID_MAX = 4_194_304;

export interface PidNamespace {
  readonly inode: number;
  readonly parent: PidNamespace | null;
  readonly level: number;
  readonly ids: Map<Pid, ProcessId>;
  /** Its pid 1, while that lives. */
  init: Process | null;
  /** Its pid 1 has died: nobody can be born into it any more. */
  isDead: boolean;
  last: Pid;
}

export interface ProcessId {
  readonly namespace: PidNamespace;
  /** The number at each level; the last is that of `namespace`. */
  readonly numbers: readonly Pid[];
  process: Process | null;
  group: Group | null;
  session: Session | null;
}

export function createPidNamespace(inode: number, parent: PidNamespace | null): PidNamespace {
  return { inode, parent, level: parent === null ? 0 : parent.level + 1, ids: new Map(), init: null, isDead: false, last: 0 };
}

/** Draws a number in `namespace` and in each one around it. */
export function allocateId(namespace: PidNamespace): ProcessId {
  if (namespace.isDead) throw new Errno('ENOMEM');
  const chain: PidNamespace[] = [];
  for (let at: PidNamespace | null = namespace; at !== null; at = at.parent) chain.unshift(at);
  const numbers = chain.map(nextNumber);
  const id: ProcessId = { namespace, numbers, process: null, group: null, session: null };
  for (const level of chain) level.ids.set(numbers[level.level] ?? 0, id);
  return id;
}

/** Draws a number at each level as `allocateId` does, and nobody keeps it. */
export function passId(namespace: PidNamespace): void {
  for (let at: PidNamespace | null = namespace; at !== null; at = at.parent) nextNumber(at);
}

function nextNumber(namespace: PidNamespace): Pid {
  for (let tries = 0; tries < PID_MAX; tries += 1) {
    namespace.last = namespace.last >= PID_MAX ? 300 : namespace.last + 1;
    if (!namespace.ids.has(namespace.last)) return namespace.last;
  }
  throw new Errno('EAGAIN');
}

/** Gives the numbers back when neither process, group nor session carries them. */
export function releaseId(id: ProcessId): void {
  if (id.process !== null || id.group !== null || id.session !== null) return;
  for (let at: PidNamespace | null = id.namespace; at !== null; at = at.parent) at.ids.delete(id.numbers[at.level] ?? 0);
}

/** How `id` is called in `namespace`; 0 if it cannot be seen from there. */
export function numberIn(id: ProcessId, namespace: PidNamespace): Pid {
  return isInside(id.namespace, namespace) ? (id.numbers[namespace.level] ?? 0) : 0;
}

/** Whether `namespace` is `outer` or lies within it. */
export function isInside(namespace: PidNamespace, outer: PidNamespace): boolean {
  for (let at: PidNamespace | null = namespace; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

/** The living or zombie processes that can be seen in `namespace`, by number. */
export function processesIn(namespace: PidNamespace): readonly Process[] {
  const numbers = [...namespace.ids.keys()].sort((a, b) => a - b);
  return numbers.flatMap((number) => namespace.ids.get(number)?.process ?? []);
}
