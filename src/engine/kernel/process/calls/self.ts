/** What a process asks about itself and its machine, and sets for itself. */

import { COSTS } from '../../costs.ts';
import { Errno } from '../../errno.ts';
import { mayCall } from '../../fs/permission.ts';
import type { Rlimit, RlimitName, SpanId, Sys } from '../../sys.ts';
import type { Caller } from '../caller.ts';
import { DEFAULT_RLIMITS } from '../rlimits.ts';

type SelfCalls = Pick<
  Sys,
  | 'clock'
  | 'random'
  | 'uname'
  | 'hostname'
  | 'setHostname'
  | 'umask'
  | 'rlimit'
  | 'nice'
  | 'prctl'
  | 'retitle'
  | 'seccomp'
  | 'klog'
  | 'times'
  | 'cause'
>;

export function selfCalls(caller: Caller): SelfCalls {
  const { state, process } = caller;
  return {
    clock: state.clock,
    random: { bytes: (count) => state.random.bytes(count) },
    uname: state.uname,
    hostname: () => process.namespaces.uts.payload.hostname,
    setHostname: (name) => setHostname(caller, name),
    umask: (mask) => umask(caller, mask),
    rlimit: (name, value) => rlimit(caller, name, value),
    nice: (value) => nice(caller, value),
    prctl: (option, value) => prctl(caller, option, value),
    retitle: (title) => {
      process.image.argv = [title];
    },
    seccomp: (filter) => {
      process.identity = { ...process.identity, filter };
    },
    klog: (action) => klog(caller, action),
    times: () => ({
      selfNs: BigInt(Math.floor(process.selfNs + state.scheduler.unchargedNs)),
      childrenNs: BigInt(Math.floor(process.childrenNs)),
    }),
    cause: causeCalls(caller),
  };
}

function setHostname(caller: Caller, name: string): void {
  caller.begin(COSTS.callNs);
  if (!mayCall(caller.process.identity, 'CAP_SYS_ADMIN')) throw new Errno('EPERM');
  caller.process.namespaces.uts.payload.hostname = name;
}

function umask({ view }: Caller, mask?: number): number {
  const before = view.umask;
  if (mask !== undefined) view.umask = mask & 0o777;
  return before;
}

function rlimit({ process }: Caller, name: RlimitName, value?: Rlimit): Rlimit {
  const before = process.rlimits.get(name) ?? DEFAULT_RLIMITS[name];
  if (value === undefined) return before;
  if (value.soft > value.hard) throw new Errno('EINVAL');
  if (value.hard > before.hard && !process.identity.capabilities.has('CAP_SYS_RESOURCE')) throw new Errno('EPERM');
  process.rlimits.set(name, value);
  if (name === 'nofile') process.fds.limit = value.soft;
  return value;
}

function nice({ process }: Caller, value?: number): number {
  if (value === undefined) return process.nice;
  if (value < process.nice && !process.identity.capabilities.has('CAP_SYS_NICE')) throw new Errno('EPERM');
  process.nice = Math.min(19, Math.max(-20, Math.trunc(value)));
  return process.nice;
}

function klog(caller: Caller, action: 'read' | 'clear'): string {
  caller.begin(COSTS.callNs);
  const { identity } = caller.process;
  if (!mayCall(identity, 'CAP_SYSLOG') && !mayCall(identity, 'CAP_SYS_ADMIN')) throw new Errno('EPERM');
  const { log } = caller.state;
  if (action === 'read') return log.read();
  log.clear();
  return '';
}

function prctl(caller: Caller, option: 'no-new-privs' | 'subreaper' | 'name', value?: string): void {
  caller.begin(COSTS.callNs);
  const { process } = caller;
  if (option === 'no-new-privs') process.noNewPrivileges = true;
  else if (option === 'subreaper') process.isSubreaper = value !== '0';
  else process.name = (value ?? '').slice(0, 15);
}

function causeCalls(caller: Caller): Sys['cause'] {
  const { state, process } = caller;
  return {
    span: () => state.scheduler.current?.span ?? 0,
    begin: (label, parent) => {
      const task = caller.begin(0);
      const span: SpanId = state.spans.begin({
        parent: parent ?? task.span,
        label,
        pid: process.id.numbers[0] ?? 0,
        atNs: state.clock.nowNs(),
      });
      task.span = span;
      return span;
    },
    adopt: (span) => {
      caller.begin(0).span = span;
    },
  };
}
