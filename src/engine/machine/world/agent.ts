/**
 * The agent is the first process of all, outside the host's own view: it makes the world, starts the host's systemd, and carries
 * out what enters the machine (a terminal, a command, a connection) by processes that it puts into the host.
 */
import { isErrno } from '../../kernel/errno.ts';
import type { Exited, Fd, NamespaceRef, Pid, Program, Signal, Sys } from '../../kernel/sys.ts';
import type { Input, Output } from '../types.ts';
import { type Settings, settingsOf } from './settings.ts';

/** Everything that enters; the outside pushes, the agent takes. */
export interface Mailbox<T> {
  take(): Promise<T>;
}

export interface AgentOptions {
  readonly world: 'book' | 'oracle';
  readonly emit: (output: Output) => void;
  readonly hostPids: NamespaceRef;
}

const READ_BYTES = 65_536;
/** A prompt that tells the terminal how the last command ended, where it begins, and where a line is awaited (OSC 133, as FinalTerm defined it). */
const MARKED_PROMPT = '\x1b]133;D;$?\x07\x1b]133;A\x07$ \x1b]133;B\x07';
/** The same for a command's next line. */
const MARKED_CONTINUATION = '\x1b]133;A;k=s\x07> \x1b]133;B\x07';
const STATUS_FD = 3;
const SIGNAL_STATUS = 128;
const NOT_FOUND = 127;
const NUMBERS: Partial<Record<Signal, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
};

/** As a shell has it: 128 and the signal's number. */
export const statusOf = ({ status, signal }: Exited): number => status ?? SIGNAL_STATUS + ((signal && NUMBERS[signal]) ?? 0);

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Hands on what comes out of a descriptor until its end. A hung-up terminal ends with EIO, one that was closed meanwhile with EBADF. */
async function pump(sys: Sys, fd: Fd, take: (bytes: Uint8Array) => void): Promise<void> {
  try {
    for (let bytes = await sys.read(fd, READ_BYTES); bytes.length > 0; bytes = await sys.read(fd, READ_BYTES)) take(bytes);
  } catch (error) {
    if (!isErrno(error, 'EIO', 'ECONNRESET', 'EBADF')) throw error;
  }
}

interface Launch {
  readonly argv: readonly string[];
  readonly env?: readonly (readonly [string, string])[];
  readonly cwd?: string;
  readonly uid?: number;
}

/** Becomes the user, goes to the directory, and runs the command, which is looked up on PATH. */
async function become(sys: Sys, settings: Settings, launch: Launch): Promise<never> {
  const env = new Map(launch.env ?? settings.env);
  login(sys, launch.uid ?? settings.uid);
  sys.path.chdir(launch.cwd ?? settings.cwd);
  const [name = 'sh'] = launch.argv;
  const folders = name.includes('/') ? [''] : (env.get('PATH') ?? '').split(':').map((folder) => `${folder}/`);
  const file = folders.map((folder) => `${folder}${name}`).find((path) => sys.path.access(path, { execute: true }));
  if (file !== undefined) await sys.exec(file, launch.argv, env);
  await sys.write(2, encode(`${name}: command not found\n`));
  return sys.exit(NOT_FOUND);
}

/** Takes on a user's ids and the groups that /etc/group lists her in. */
function login(sys: Sys, uid: number): void {
  if (uid === 0) return;
  const lines = (path: string): string[][] =>
    new TextDecoder()
      .decode(sys.path.readFile(path))
      .split('\n')
      .map((line) => line.split(':'));
  const account = lines('/etc/passwd').find((fields) => Number(fields[2]) === uid && fields.length > 3);
  const gid = Number(account?.[3] ?? uid);
  const groups = lines('/etc/group')
    .filter((fields) => (fields[3] ?? '').split(',').includes(account?.[0] ?? '?'))
    .map((fields) => Number(fields[2]));
  sys.ids.setgroups([gid, ...groups]);
  sys.ids.setgid(gid);
  sys.ids.setuid(uid);
}

export class Agent {
  readonly #sys: Sys;
  readonly #options: AgentOptions;
  readonly #settings: Settings;
  readonly #masters = new Map<number, Fd>();
  readonly #connections = new Map<number, Fd>();
  readonly #feeds = new Map<number, Fd>();
  readonly #lines = new Map<Fd, ((fd: Fd) => Promise<void>)[]>();
  readonly #waiting = new Map<Pid, (exited: Exited) => void>();

  constructor(sys: Sys, options: AgentOptions) {
    this.#sys = sys;
    this.#options = options;
    this.#settings = settingsOf(options.world);
  }

  /** Inputs in order, each begun before the next is looked at. */
  async serve(mailbox: Mailbox<Input>): Promise<never> {
    for (;;) this.#enter(await mailbox.take());
  }

  /** Waits for every child of the agent: its own jobs, and orphans from outside the host. */
  async reap(childChanged: ReturnType<Sys['queue']>): Promise<void> {
    for (;;) {
      const exited = await this.#sys.wait(-1, { noHang: true }).catch((error: unknown) => {
        if (isErrno(error, 'ECHILD', 'EINTR')) return null;
        throw error;
      });
      if (!exited) {
        await childChanged.wait();
        continue;
      }
      const told = this.#waiting.get(exited.pid);
      this.#waiting.delete(exited.pid);
      told?.(exited);
    }
  }

  /** Runs a command on the host whose output nobody sees; returns its status. */
  async runQuietly(argv: readonly string[], settings: Settings): Promise<number> {
    const ended = this.#sys.queue();
    const result: { status: number | null } = { status: null };
    const nothing = await this.#sys.open('/dev/null', { read: true, write: true });
    const fds = new Map([
      [nothing, 0],
      [this.#sys.fds.dup(nothing), 1],
      [this.#sys.fds.dup(nothing), 2],
    ]);
    const pid = this.#spawn((sys) => become(sys, settings, { argv }), fds);
    for (const fd of fds.keys()) this.#sys.fds.close(fd);
    this.#waiting.set(pid, (exited) => {
      result.status = statusOf(exited);
      ended.wake();
    });
    while (result.status === null) await ended.wait();
    return result.status;
  }

  #enter(input: Input): void {
    switch (input.kind) {
      case 'run':
        return this.#run(input);
      case 'open-terminal':
        return this.#openTerminal(input);
      case 'type':
        return this.#write(this.#masters.get(input.terminal), encode(input.text));
      case 'resize': {
        const master = this.#masters.get(input.terminal);
        return master === undefined ? undefined : this.#sys.tty.setSize(master, input.size);
      }
      case 'hang-up':
        return this.#closeTerminal(input.terminal);
      case 'feed':
        return this.#write(this.#feeds.get(input.job), input.bytes);
      case 'feed-end':
        return this.#endFeed(input.job);
      case 'dial': {
        const { connection } = input;
        this.#sys.thread(() => this.#dial(connection, input.to));
        return;
      }
      case 'send':
        return this.#write(this.#connections.get(input.connection), input.bytes);
      case 'end': {
        const fd = this.#connections.get(input.connection);
        return this.#then(fd, async (open) => this.#sys.net.shutdown(open, 'write'));
      }
      case 'abort':
        return this.#abort(input.connection);
    }
  }

  #write(fd: Fd | undefined, bytes: Uint8Array): void {
    this.#then(fd, async (open) => void (await this.#sys.write(open, bytes)));
  }

  /** Does things to a descriptor one after the other, in a task of their own: a full pipe must not hold up what enters next. */
  #then(fd: Fd | undefined, act: (fd: Fd) => Promise<void>): void {
    if (fd === undefined) return;
    const line = this.#lines.get(fd) ?? [];
    line.push(act);
    if (line.length > 1) return;
    this.#lines.set(fd, line);
    this.#sys.thread(async () => {
      for (let next = line[0]; next; next = line[0]) {
        await next(fd).catch((error: unknown) => {
          if (!isErrno(error, 'EPIPE', 'EIO', 'ECONNRESET', 'EBADF', 'ENOTCONN')) throw error;
        });
        line.shift();
      }
      if (this.#lines.get(fd) === line) this.#lines.delete(fd);
    });
  }

  #spawn(program: Program, fds: ReadonlyMap<Fd, Fd>): Pid {
    return this.#sys.fork(program, { join: [this.#options.hostPids], fds });
  }

  #run(input: Extract<Input, { kind: 'run' }>): void {
    const { emit } = this.#options;
    const [out, err, status] = [this.#sys.fds.pipe(), this.#sys.fds.pipe(), this.#sys.fds.pipe()];
    const fds = new Map([
      [this.#feedOf(input), 0],
      [out.write, 1],
      [err.write, 2],
      ...(input.interactive ? [[status.write, STATUS_FD] as const] : []),
    ]);
    if (!input.interactive) this.#sys.fds.close(status.write);
    const pid = this.#spawn((sys) => {
      sys.ids.setsid();
      return become(sys, this.#settings, input);
    }, fds);
    for (const fd of fds.keys()) this.#sys.fds.close(fd);
    const ends = { left: 4, status: 0 };
    const ended = (): void => {
      if (--ends.left === 0) emit({ kind: 'job-done', job: input.job, status: ends.status });
    };
    this.#waiting.set(pid, (exited) => {
      ends.status = statusOf(exited);
      ended();
    });
    for (const [stream, fd] of [
      ['stdout', out.read],
      ['stderr', err.read],
      ['status', status.read],
    ] as const) {
      this.#sys.thread(async () => {
        await pump(this.#sys, fd, (bytes) => emit({ kind: 'job', job: input.job, stream, bytes }));
        this.#sys.fds.close(fd);
        ended();
      });
    }
  }

  /** A job's input: what is fed to it, or nothing. */
  #feedOf({ job, interactive }: Extract<Input, { kind: 'run' }>): Fd {
    const { read, write } = this.#sys.fds.pipe();
    if (interactive) this.#feeds.set(job, write);
    else this.#sys.fds.close(write);
    return read;
  }

  #endFeed(job: number): void {
    const fd = this.#feeds.get(job);
    if (fd === undefined) return;
    this.#feeds.delete(job);
    this.#then(fd, async () => this.#sys.fds.close(fd));
  }

  #openTerminal(input: Extract<Input, { kind: 'open-terminal' }>): void {
    const { emit } = this.#options;
    const { terminal } = input;
    const { master, slave } = this.#sys.tty.openpt(input.size);
    const marks = [
      ['PS1', MARKED_PROMPT],
      ['PS2', MARKED_CONTINUATION],
    ] as const;
    const env = input.env ?? [...this.#settings.env, ['TERM', 'xterm-256color'], ...marks];
    const launch: Launch = { argv: input.command ?? ['-sh', '-E'], env, ...(input.cwd === undefined ? {} : { cwd: input.cwd }) };
    const fds = new Map([
      [slave, 0],
      [this.#sys.fds.dup(slave), 1],
      [this.#sys.fds.dup(slave), 2],
    ]);
    const pid = this.#spawn(async (sys) => {
      sys.ids.setsid();
      sys.tty.control(0);
      return input.command ? become(sys, this.#settings, launch) : this.#login(sys, launch);
    }, fds);
    for (const fd of fds.keys()) this.#sys.fds.close(fd);
    this.#masters.set(terminal, master);
    this.#sys.thread(async () => {
      await pump(this.#sys, master, (bytes) => emit({ kind: 'terminal', terminal, bytes }));
    });
    this.#waiting.set(pid, (exited) => {
      // What the last process printed is read before the end is told.
      this.#sys.thread(async () => {
        await this.#sys.sleep(1);
        emit({ kind: 'terminal-closed', terminal, status: statusOf(exited) });
        this.#closeTerminal(terminal);
      });
    });
  }

  /** A login shell: its name begins with a dash. */
  async #login(sys: Sys, launch: Launch): Promise<number> {
    login(sys, this.#settings.uid);
    sys.path.chdir(launch.cwd ?? this.#settings.cwd);
    return sys.exec('/bin/sh', launch.argv, new Map(launch.env));
  }

  #closeTerminal(terminal: number): void {
    const master = this.#masters.get(terminal);
    if (master === undefined) return;
    this.#masters.delete(terminal);
    this.#sys.fds.close(master);
  }

  async #dial(connection: number, to: Extract<Input, { kind: 'dial' }>['to']): Promise<void> {
    const { emit } = this.#options;
    const unix = 'unix' in to;
    const fd = this.#sys.net.socket(unix ? 'unix' : 'inet', 'stream');
    try {
      await this.#sys.connect(fd, unix ? { family: 'unix', path: to.unix } : { family: 'inet', ip: to.host, port: to.port });
    } catch (error) {
      this.#sys.fds.close(fd);
      emit({ kind: 'refused', connection, code: isErrno(error) ? error.code : 'EIO' });
      return;
    }
    this.#connections.set(connection, fd);
    emit({ kind: 'connected', connection });
    await pump(this.#sys, fd, (bytes) => emit({ kind: 'received', connection, bytes })).catch((error: unknown) => {
      if (!isErrno(error, 'EBADF')) throw error;
    });
    emit({ kind: 'ended', connection });
  }

  #abort(connection: number): void {
    const fd = this.#connections.get(connection);
    if (fd === undefined) return;
    this.#connections.delete(connection);
    this.#sys.net.shutdown(fd, 'both');
    this.#lines.get(fd)?.splice(1);
    this.#lines.delete(fd);
    this.#sys.fds.close(fd);
  }
}
