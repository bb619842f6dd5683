/** The units that were touched and what they are doing: services with their processes, sockets with their listening descriptors. */
import { isErrno } from '../../kernel/errno.ts';
import type { Exited, Fd, Sys } from '../../kernel/sys.ts';
import { listUnits, loadUnit, type Unit } from './unit.ts';

/** Where an activated service finds its first socket (sd_listen_fds(3)). */
const FIRST_LISTEN_FD = 3;
const CGROUPS = '/sys/fs/cgroup';
const decoder = new TextDecoder();
const RESTART_DELAY_MS = 2000;
const STDIO = [0, 1, 2];

export interface Job {
  readonly unit: Unit;
  pid: number;
  listening: Fd | null;
  failed: boolean;
  stopping: boolean;
  sinceNs: bigint;
}

export class Services {
  readonly sys: Sys;
  readonly jobs = new Map<string, Job>();
  /** Woken when a service ended. */
  readonly ended: ReturnType<Sys['queue']>;
  /** Where the groups are: with cgroup v1 below the names of the controllers. */
  readonly #cgroups: string;

  constructor(sys: Sys) {
    this.sys = sys;
    this.ended = sys.queue();
    const [, controllers] = decoder.decode(sys.path.readFile('/proc/self/cgroup')).split(':');
    this.#cgroups = controllers ? `${CGROUPS}/${controllers}` : CGROUPS;
  }

  find(name: string): Unit | undefined {
    return loadUnit(this.sys, name);
  }

  #job(unit: Unit): Job {
    const known = this.jobs.get(unit.name);
    if (known) return known;
    const job: Job = { unit, pid: 0, listening: null, failed: false, stopping: false, sinceNs: 0n };
    this.jobs.set(unit.name, job);
    return job;
  }

  sockets(unit: Unit): readonly Unit[] {
    return listUnits(this.sys).filter(({ service }) => service === unit.name);
  }

  async start(unit: Unit): Promise<void> {
    for (const name of unit.requires) {
      const required = this.find(name);
      if (required && required.name !== unit.name && !this.isActive(required)) await this.start(required);
    }
    if (unit.listenStream !== undefined) this.#listen(unit);
    if (unit.execStart) this.#spawn(unit);
  }

  isActive(unit: Unit): boolean {
    const job = this.jobs.get(unit.name);
    return job !== undefined && (job.pid > 0 || job.listening !== null);
  }

  #listen(unit: Unit): void {
    const job = this.#job(unit);
    if (job.listening !== null || unit.listenStream === undefined) return;
    const { net, path } = this.sys;
    try {
      path.unlink(unit.listenStream);
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error;
    }
    const fd = net.socket('unix', 'stream');
    net.bind(fd, { family: 'unix', path: unit.listenStream });
    path.chmod(unit.listenStream, unit.socketMode);
    path.chown(unit.listenStream, 0, this.#groupId(unit.socketGroup ?? 'root'));
    net.listen(fd);
    job.listening = fd;
    job.sinceNs = this.sys.clock.nowNs();
    this.sys.thread(() => this.#activate(job));
  }

  #groupId(name: string): number {
    const line = new TextDecoder()
      .decode(this.sys.path.readFile('/etc/group'))
      .split('\n')
      .find((text) => text.startsWith(`${name}:`));
    return Number(line?.split(':')[2] ?? 0);
  }

  /** Starts the socket's service as soon as somebody connects and nobody serves. */
  async #activate(job: Job): Promise<void> {
    while (job.listening !== null) {
      const service = this.find(job.unit.service ?? '');
      const listening = job.listening;
      if (service && !this.isActive(service)) {
        const isCalled = await this.#isCalled(listening);
        if (isCalled && job.listening !== null && !this.isActive(service)) await this.start(service);
      } else {
        await this.ended.wait();
      }
    }
  }

  /** Somebody connects, before it is time to look again. The socket may be closed meanwhile. */
  async #isCalled(listening: Fd): Promise<boolean> {
    try {
      return (await this.sys.poll([{ fd: listening, events: { read: true } }], RESTART_DELAY_MS)).length > 0;
    } catch (error) {
      if (isErrno(error, 'EBADF')) return false;
      throw error;
    }
  }

  #spawn(unit: Unit): void {
    const job = this.#job(unit);
    const command = unit.execStart ?? [];
    if (job.pid > 0) return;
    const sockets = this.sockets(unit).flatMap((socket) => this.jobs.get(socket.name)?.listening ?? []);
    const fds = new Map<Fd, Fd>([
      ...STDIO.map((fd): [Fd, Fd] => [fd, fd]),
      ...sockets.map((fd, index): [Fd, Fd] => [fd, FIRST_LISTEN_FD + index]),
    ]);
    const env = new Map(this.sys.env);
    if (sockets.length > 0) env.set('LISTEN_FDS', String(sockets.length));
    const cgroup = `/system.slice/${unit.name}`;
    for (const folder of ['/system.slice', cgroup])
      if (!this.sys.path.access(`${this.#cgroups}${folder}`, {})) this.sys.path.mkdir(`${this.#cgroups}${folder}`, 0o755);
    job.pid = this.sys.fork((child) => child.exec(command[0] ?? '', command), { pgid: 0, env, fds, argv: command, cgroup });
    job.failed = false;
    job.stopping = false;
    job.sinceNs = this.sys.clock.nowNs();
  }

  /** A child of pid 1 is gone: if it was a service, its unit says so, and is started again if it asks for that. */
  childEnded({ pid, status }: Exited): void {
    const job = [...this.jobs.values()].find((candidate) => candidate.pid === pid);
    if (!job) return;
    job.pid = 0;
    job.sinceNs = this.sys.clock.nowNs();
    const clean = status === 0 || job.stopping;
    job.failed = !clean;
    this.ended.wake();
    const again = job.unit.restart === 'always' || (job.unit.restart === 'on-failure' && !clean);
    if (again && !job.stopping) this.sys.thread(() => this.#restartLater(job));
  }

  async #restartLater(job: Job): Promise<void> {
    await this.sys.sleep(RESTART_DELAY_MS);
    if (job.pid === 0 && !job.stopping) this.#spawn(job.unit);
  }
}
