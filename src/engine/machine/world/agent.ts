/**
 * The agent is the first process of all, outside the host's own view: it makes the world, starts the host's systemd, and carries
 * out what enters the machine (a terminal, a command, a connection) by processes that it puts into the host.
 */
import { isErrno } from '../../kernel/errno.ts';
import type { Exited, Fd, NamespaceRef, Pid, Program, Sys } from '../../kernel/sys.ts';
import type { Input, Output, TerminalId } from '../types.ts';
import type { Connections } from './connections.ts';
import type { Jobs } from './jobs.ts';
import { become, encode, type Launch, login, pump, statusOf } from './launch.ts';
import { type Settings, settingsOf } from './settings.ts';

/** Everything that enters; the outside pushes, the agent takes. */
export interface Mailbox<T> {
  take(): Promise<T>;
}

export interface AgentOptions {
  readonly world: 'book' | 'oracle';
  readonly emit: (output: Output) => void;
  readonly hostPids: NamespaceRef;
  /** The masters of the terminals that are open: whoever draws them may look at them. */
  readonly masters: Map<TerminalId, Fd>;
}

/** A prompt that tells the terminal how the last command ended, where it begins, and where a line is awaited (OSC 133, as FinalTerm defined it). */
const MARKED_PROMPT = '\x1b]133;D;$?\x07\x1b]133;A\x07$ \x1b]133;B\x07';
/** The same for a command's next line. */
const MARKED_CONTINUATION = '\x1b]133;A;k=s\x07> \x1b]133;B\x07';
export class Agent {
  readonly sys: Sys;
  readonly settings: Settings;
  readonly emit: (output: Output) => void;
  /** What is still to be done to a descriptor. */
  readonly lines = new Map<Fd, ((fd: Fd) => Promise<void>)[]>();
  /** Who is told of a process's end. */
  readonly waiting = new Map<Pid, (exited: Exited) => void>();
  readonly #hostPids: NamespaceRef;
  readonly #masters: Map<TerminalId, Fd>;
  #jobs: Jobs | null = null;
  #connections: Connections | null = null;

  constructor(sys: Sys, options: AgentOptions) {
    this.sys = sys;
    this.settings = settingsOf(options.world);
    this.emit = options.emit;
    this.#hostPids = options.hostPids;
    this.#masters = options.masters;
  }

  /** Inputs in order, each begun before the next is looked at. */
  async serve(mailbox: Mailbox<Input>): Promise<never> {
    for (;;) await this.#enter(await mailbox.take());
  }

  /** Waits for every child of the agent: its own jobs, and orphans from outside the host. */
  async reap(childChanged: ReturnType<Sys['queue']>): Promise<void> {
    for (;;) {
      const exited = await this.sys.wait(-1, { noHang: true }).catch((error: unknown) => {
        if (isErrno(error, 'ECHILD', 'EINTR')) return null;
        throw error;
      });
      if (!exited) {
        await childChanged.wait();
        continue;
      }
      const told = this.waiting.get(exited.pid);
      this.waiting.delete(exited.pid);
      told?.(exited);
    }
  }

  /** Runs a command on the host whose output nobody sees; returns its status. */
  async runQuietly(argv: readonly string[], settings: Settings): Promise<number> {
    const ended = this.sys.queue();
    const result: { status: number | null } = { status: null };
    const nothing = await this.sys.open('/dev/null', { read: true, write: true });
    const fds = new Map([
      [nothing, 0],
      [this.sys.fds.dup(nothing), 1],
      [this.sys.fds.dup(nothing), 2],
    ]);
    const pid = this.spawn((sys) => become(sys, settings, { argv }), fds);
    for (const fd of fds.keys()) this.sys.fds.close(fd);
    this.waiting.set(pid, (exited) => {
      result.status = statusOf(exited);
      ended.wake();
    });
    while (result.status === null) await ended.wait();
    return result.status;
  }

  #enter(input: Input): void | Promise<void> {
    switch (input.kind) {
      case 'open-terminal':
        return this.#openTerminal(input);
      case 'type':
        return this.write(this.#masters.get(input.terminal), encode(input.text));
      case 'resize': {
        const master = this.#masters.get(input.terminal);
        return master === undefined ? undefined : this.sys.tty.setSize(master, input.size);
      }
      case 'hang-up':
        return this.#closeTerminal(input.terminal);
      case 'run':
      case 'feed':
      case 'feed-end':
        return this.#enterJob(input);
      default:
        return this.#enterConnection(input);
    }
  }

  async #enterJob(input: Extract<Input, { kind: 'run' | 'feed' | 'feed-end' }>): Promise<void> {
    this.#jobs ??= new (await this.sys.stall(() => import('./jobs.ts'))).Jobs(this);
    if (input.kind === 'run') this.#jobs.run(input);
    else if (input.kind === 'feed') this.#jobs.feed(input.job, input.bytes);
    else this.#jobs.endFeed(input.job);
  }

  async #enterConnection(input: Extract<Input, { kind: 'dial' | 'send' | 'end' | 'abort' }>): Promise<void> {
    this.#connections ??= new (await this.sys.stall(() => import('./connections.ts'))).Connections(this);
    const connections = this.#connections;
    const { connection } = input;
    if (input.kind === 'dial') this.sys.thread(() => connections.dial(connection, input.to));
    else if (input.kind === 'send') connections.send(connection, input.bytes);
    else if (input.kind === 'end') connections.end(connection);
    else connections.abort(connection);
  }

  /** Writes, after what is still to be written there. */
  write(fd: Fd | undefined, bytes: Uint8Array): void {
    this.inLine(fd, async (open) => void (await this.sys.write(open, bytes)));
  }

  /** Does things to a descriptor one after the other, in a task of their own: a full pipe must not hold up what enters next. */
  inLine(fd: Fd | undefined, act: (fd: Fd) => Promise<void>): void {
    if (fd === undefined) return;
    const line = this.lines.get(fd) ?? [];
    line.push(act);
    if (line.length > 1) return;
    this.lines.set(fd, line);
    this.sys.thread(async () => {
      for (let next = line[0]; next; next = line[0]) {
        await next(fd).catch((error: unknown) => {
          if (!isErrno(error, 'EPIPE', 'EIO', 'ECONNRESET', 'EBADF', 'ENOTCONN')) throw error;
        });
        line.shift();
      }
      if (this.lines.get(fd) === line) this.lines.delete(fd);
    });
  }

  /** A process of the host. */
  spawn(program: Program, fds: ReadonlyMap<Fd, Fd>): Pid {
    return this.sys.fork(program, { join: [this.#hostPids], fds });
  }

  #openTerminal(input: Extract<Input, { kind: 'open-terminal' }>): void {
    const { emit } = this;
    const { terminal } = input;
    const { master, slave } = this.sys.tty.openpt(input.size);
    const marks = [
      ['PS1', MARKED_PROMPT],
      ['PS2', MARKED_CONTINUATION],
    ] as const;
    const env = input.env ?? [...this.settings.env, ['TERM', 'xterm-256color'], ...marks];
    const launch: Launch = { argv: input.command ?? ['-sh', '-E'], env, ...(input.cwd === undefined ? {} : { cwd: input.cwd }) };
    const fds = new Map([
      [slave, 0],
      [this.sys.fds.dup(slave), 1],
      [this.sys.fds.dup(slave), 2],
    ]);
    const pid = this.spawn(async (sys) => {
      sys.ids.setsid();
      sys.tty.control(0);
      return input.command ? become(sys, this.settings, launch) : this.#login(sys, launch);
    }, fds);
    for (const fd of fds.keys()) this.sys.fds.close(fd);
    this.#masters.set(terminal, master);
    this.sys.thread(async () => {
      await pump(this.sys, master, (bytes) => emit({ kind: 'terminal', terminal, bytes }));
    });
    this.waiting.set(pid, (exited) => {
      // What the last process printed is read before the end is told.
      this.sys.thread(async () => {
        await this.sys.sleep(1);
        emit({ kind: 'terminal-closed', terminal, status: statusOf(exited) });
        this.#closeTerminal(terminal);
      });
    });
  }

  /** A login shell: its name begins with a dash. */
  async #login(sys: Sys, launch: Launch): Promise<number> {
    login(sys, this.settings.uid);
    sys.path.chdir(launch.cwd ?? this.settings.cwd);
    return sys.exec('/bin/sh', launch.argv, new Map(launch.env));
  }

  #closeTerminal(terminal: number): void {
    const master = this.#masters.get(terminal);
    if (master === undefined) return;
    this.#masters.delete(terminal);
    this.sys.fds.close(master);
  }
}
