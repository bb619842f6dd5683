/** What `systemctl` asks for, done to units: loaded when it first asks. */
import type { Signal } from '../../kernel/sys.ts';
import type { ControlAnswer, ControlRequest, UnitState } from './control.ts';
import type { Job, Services } from './services.ts';
import type { Unit } from './unit.ts';

export async function perform(services: Services, request: ControlRequest): Promise<ControlAnswer> {
  for (const name of request.units) {
    const unit = services.find(name);
    if (!unit && request.verb !== 'status' && request.verb !== 'is-active') return { error: name, states: [] };
    if (!unit) continue;
    if (request.verb === 'stop' || request.verb === 'restart') await stop(services, unit);
    if (request.verb === 'start' || request.verb === 'restart') await services.start(unit);
    if (request.verb === 'kill') kill(services, unit, (request.signal ?? 'SIGTERM') as Signal);
  }
  return { states: request.units.map((name) => stateOf(services, name)) };
}

async function stop(services: Services, unit: Unit): Promise<void> {
  const { sys, jobs, ended } = services;
  const job = jobs.get(unit.name);
  if (!job) return;
  if (job.listening !== null && unit.listenStream !== undefined) {
    sys.fds.close(job.listening);
    job.listening = null;
    sys.path.unlink(unit.listenStream);
    ended.wake();
  }
  if (job.pid > 0) await terminate(services, job);
}

async function terminate({ sys, ended }: Services, job: Job): Promise<void> {
  job.stopping = true;
  sys.kill(job.pid, 'SIGTERM');
  const deadline = sys.clock.monotonicNs() + BigInt(job.unit.stopTimeoutMs) * 1_000_000n;
  while (job.pid > 0) {
    const leftMs = Number(deadline - sys.clock.monotonicNs()) / 1_000_000;
    if (leftMs <= 0) sys.kill(job.pid, 'SIGKILL');
    await ended.wait(leftMs > 0 ? leftMs : undefined);
  }
}

function kill({ sys, jobs }: Services, unit: Unit, signal: Signal): void {
  const pid = jobs.get(unit.name)?.pid ?? 0;
  if (pid > 0) sys.kill(pid, signal);
}

function stateOf(services: Services, name: string): UnitState {
  const unit = services.find(name);
  const job = unit && services.jobs.get(unit.name);
  const running = (job?.pid ?? 0) > 0;
  const listening = job?.listening != null;
  return {
    name: unit?.name ?? name,
    known: unit !== undefined,
    description: unit?.description ?? '',
    path: unit?.path ?? '',
    active: running || listening ? 'active' : job?.failed ? 'failed' : 'inactive',
    sub: running ? 'running' : listening ? 'listening' : job?.failed ? 'failed' : 'dead',
    pid: job?.pid ?? 0,
    sinceNs: String(job?.sinceNs ?? 0n),
    command: unit?.execStart?.join(' ') ?? '',
    triggeredBy: unit
      ? services
          .sockets(unit)
          .filter((socket) => services.isActive(socket))
          .map(({ name: socket }) => socket)
      : [],
  };
}
