/** Commands that enter the machine, with what they print and what is fed to them. */
import type { Fd } from '../../kernel/sys.ts';
import type { Input } from '../types.ts';
import type { Agent } from './agent.ts';
import { become, pump, statusOf } from './launch.ts';

const STATUS_FD = 3;

export class Jobs {
  readonly #agent: Agent;
  readonly #feeds = new Map<number, Fd>();

  constructor(agent: Agent) {
    this.#agent = agent;
  }

  run(input: Extract<Input, { kind: 'run' }>): void {
    const { emit } = this.#agent;
    const [out, err, status] = [this.#agent.sys.fds.pipe(), this.#agent.sys.fds.pipe(), this.#agent.sys.fds.pipe()];
    const fds = new Map([
      [this.#feedOf(input), 0],
      [out.write, 1],
      [err.write, 2],
      ...(input.interactive ? [[status.write, STATUS_FD] as const] : []),
    ]);
    if (!input.interactive) this.#agent.sys.fds.close(status.write);
    const pid = this.#agent.spawn((sys) => {
      sys.ids.setsid();
      return become(sys, this.#agent.settings, input);
    }, fds);
    for (const fd of fds.keys()) this.#agent.sys.fds.close(fd);
    const ends = { left: 4, status: 0 };
    const ended = (): void => {
      if (--ends.left === 0) emit({ kind: 'job-done', job: input.job, status: ends.status });
    };
    this.#agent.waiting.set(pid, (exited) => {
      ends.status = statusOf(exited);
      ended();
    });
    for (const [stream, fd] of [
      ['stdout', out.read],
      ['stderr', err.read],
      ['status', status.read],
    ] as const) {
      this.#agent.sys.thread(async () => {
        await pump(this.#agent.sys, fd, (bytes) => emit({ kind: 'job', job: input.job, stream, bytes }));
        this.#agent.sys.fds.close(fd);
        ended();
      });
    }
  }

  /** A job's input: what is fed to it, or nothing. */
  #feedOf({ job, interactive }: Extract<Input, { kind: 'run' }>): Fd {
    const { read, write } = this.#agent.sys.fds.pipe();
    if (interactive) this.#feeds.set(job, write);
    else this.#agent.sys.fds.close(write);
    return read;
  }

  endFeed(job: number): void {
    const fd = this.#feeds.get(job);
    if (fd === undefined) return;
    this.#feeds.delete(job);
    this.#agent.inLine(fd, async () => this.#agent.sys.fds.close(fd));
  }

  feed(job: number, bytes: Uint8Array): void {
    this.#agent.write(this.#feeds.get(job), bytes);
  }
}
