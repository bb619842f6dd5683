/** Puts a program's system calls together. One such object belongs to one image: after an exec, the old one is dead. */
import { namespaceCalls } from '../namespace/calls.ts';
import type { Sys } from '../sys.ts';
import { ttyCalls } from '../tty/calls.ts';
import { Caller } from './caller.ts';
import { fdCalls, pathCalls } from './calls/files.ts';
import { idCalls } from './calls/identity.ts';
import { ioCalls } from './calls/io.ts';
import { networkCalls } from './calls/network.ts';
import { processCalls } from './calls/process.ts';
import { selfCalls } from './calls/self.ts';
import { timeCalls } from './calls/time.ts';
import { numberIn } from './pids.ts';
import type { Image, Process } from './process.ts';
import type { KernelState } from './state.ts';

export function createSys(state: KernelState, process: Process, image: Image): Sys {
  const caller = new Caller(state, process, image);
  const sys: Sys = {
    pid: process.pid,
    get ppid() {
      return process.parent === null ? 0 : numberIn(process.parent.id, process.id.namespace);
    },
    argv: image.argv,
    note: image.note,
    env: image.env,
    path: pathCalls(caller),
    fds: fdCalls(caller),
    ids: idCalls(caller),
    tty: ttyCalls(caller),
    net: networkCalls(caller),
    ns: namespaceCalls(caller),
    ...ioCalls(caller),
    ...processCalls(caller),
    ...timeCalls(caller),
    ...selfCalls(caller),
  };
  process.identity.filter?.guard?.(sys);
  return sys;
}
