/** One connection to `sshd`: who it is, and then a shell or a command with or without a terminal, as that user. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Exited, Fd, Pid, Sys, Thread, WindowSize } from '../../../kernel/sys.ts';
import { become, goHome } from '../../coreutils/system/become.ts';
import { fileLines, type User, users } from '../../coreutils/users.ts';
import { READ_BYTES, say } from '../../program-io.ts';
import { textOf } from '../text.ts';
import { blobOfLine, sameKey } from './read-keys.ts';
import { MESSAGE, type Message, ProtocolError, textIn, Wire } from './wire.ts';

const HOST_KEY = '/etc/ssh/ssh_host_ed25519_key.pub';
const MAX_TRIES = 6;
const TTY_GROUP = 5;
const STDERR = '1';
const FALLBACK_PATH = '/usr/local/bin:/usr/bin:/bin';

/** Serves until the client is gone or its command has ended; returns sshd's exit status. */
export async function serveConnection(sys: Sys, connection: Fd): Promise<number> {
  sys.on('SIGPIPE', 'ignore');
  sys.on('SIGCHLD', 'default');
  const wire = new Wire(sys, connection);
  try {
    await wire.greet();
    const hostKey = blobOfLine(textOf(sys, HOST_KEY) ?? '');
    if (hostKey === undefined) return 255;
    await wire.send(MESSAGE.hostKey, hostKey);
    const user = await authenticate(sys, wire);
    return user === undefined ? 255 : await new Session(sys, { wire, user, connection }).serve();
  } catch (error) {
    if (error instanceof ProtocolError || isErrno(error, 'EPIPE', 'ECONNRESET')) return 255;
    throw error;
  }
}

async function authenticate(sys: Sys, wire: Wire): Promise<User | undefined> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const message = await wire.receive();
    if (message?.type !== MESSAGE.authRequest) return undefined;
    const user = users(sys).find(({ name }) => name === textIn(message, 0));
    if (user !== undefined && knows(sys, user, message.fields[2])) {
      await wire.send(MESSAGE.authSuccess);
      return user;
    }
    await wire.send(MESSAGE.authFailure, 'publickey');
  }
  return undefined;
}

const knows = (sys: Sys, { home }: User, key: Uint8Array | undefined): boolean =>
  key !== undefined &&
  fileLines(sys, `${home}/.ssh/authorized_keys`).some((line) => {
    const known = blobOfLine(line);
    return known !== undefined && sameKey(known, key);
  });

interface Terminal {
  readonly master: Fd;
  readonly slave: Fd;
  readonly path: string;
  readonly term: string;
}

class Session {
  readonly #sys: Sys;
  readonly #wire: Wire;
  readonly #user: User;
  readonly #env = new Map<string, string>();
  #terminal: Terminal | undefined;
  /** Where what the client types goes; undefined before there is a command, and after its end. */
  #input: Fd | undefined;
  #pid: Pid = 0;

  constructor(sys: Sys, { wire, user, connection }: { wire: Wire; user: User; connection: Fd }) {
    this.#sys = sys;
    this.#wire = wire;
    this.#user = user;
    for (const line of fileLines(sys, '/etc/environment')) {
      const [, name, value] = /^(\w+)="?([^"]*)"?$/.exec(line) ?? [];
      if (name !== undefined) this.#env.set(name, value ?? '');
    }
    const [peer, local] = [sys.net.peer(connection), sys.net.local(connection)];
    if (peer.family !== 'unix' && local.family !== 'unix') {
      const from = `${plain(peer.ip)} ${peer.port}`;
      this.#env.set('SSH_CLIENT', `${from} ${local.port}`);
      this.#env.set('SSH_CONNECTION', `${from} ${plain(local.ip)} ${local.port}`);
    }
  }

  async serve(): Promise<number> {
    for (let message = await this.#wire.receive(); message !== null; message = await this.#wire.receive()) {
      if (message.type === MESSAGE.data) await this.#type(message.fields[0] ?? new Uint8Array());
      else if (message.type === MESSAGE.eof) this.#endInput();
      else if (message.type === MESSAGE.request) this.#request(message);
    }
    return 255;
  }

  async #type(bytes: Uint8Array): Promise<void> {
    if (this.#input === undefined) return;
    try {
      await this.#sys.write(this.#input, bytes);
    } catch (error) {
      if (!isErrno(error, 'EPIPE', 'EIO')) throw error;
    }
  }

  /** A terminal stays open: its end of input is a character. */
  #endInput(): void {
    if (this.#input === undefined || this.#terminal !== undefined) return;
    this.#sys.fds.close(this.#input);
    this.#input = undefined;
  }

  #request(message: Message): void {
    const size = (at: number): WindowSize => ({ columns: Number(textIn(message, at)) || 80, rows: Number(textIn(message, at + 1)) || 24 });
    switch (textIn(message, 0)) {
      case 'pty-req':
        this.#terminal ??= this.#openTerminal(textIn(message, 1), size(2));
        return;
      case 'window-change':
        if (this.#terminal !== undefined) this.#sys.tty.setSize(this.#terminal.master, size(1));
        return;
      case 'shell':
        return this.#start(undefined);
      case 'exec':
        return this.#start(textIn(message, 1));
    }
  }

  #openTerminal(term: string, size: WindowSize): Terminal {
    const { master, slave, slavePath } = this.#sys.tty.openpt(size);
    this.#sys.path.chown(slavePath, this.#user.uid, TTY_GROUP);
    return { master, slave, path: slavePath, term };
  }

  #start(command: string | undefined): void {
    if (this.#pid > 0) return;
    const sys = this.#sys;
    const terminal = this.#terminal;
    const threads: Thread[] = [];
    if (terminal !== undefined) {
      const { slave, master } = terminal;
      this.#pid = this.#fork(command, [slave, sys.fds.dup(slave), sys.fds.dup(slave)]);
      this.#input = master;
      threads.push(sys.thread(() => this.#pass(master, undefined)));
    } else {
      const [input, out, err] = [sys.fds.pipe(), sys.fds.pipe(), sys.fds.pipe()];
      this.#pid = this.#fork(command, [input.read, out.write, err.write]);
      this.#input = input.write;
      threads.push(
        sys.thread(() => this.#pass(out.read, undefined)),
        sys.thread(() => this.#pass(err.read, STDERR)),
      );
    }
    sys.thread(() => this.#finish(threads));
  }

  #fork(command: string | undefined, stdio: readonly Fd[]): Pid {
    const pid = this.#sys.fork((child) => this.#become(child, command), { fds: new Map(stdio.map((fd, at) => [fd, at])) });
    for (const fd of stdio) this.#sys.fds.close(fd);
    return pid;
  }

  async #become(sys: Sys, command: string | undefined): Promise<number> {
    const { name, home, shell: own } = this.#user;
    const shell = own === '' ? '/bin/sh' : own;
    sys.on('SIGPIPE', 'default');
    sys.ids.setsid();
    if (this.#terminal !== undefined) sys.tty.control(0);
    become(sys, this.#user);
    goHome(sys, home);
    const env = new Map([
      ['PATH', FALLBACK_PATH],
      ...this.#env,
      ...Object.entries({ HOME: home, USER: name, LOGNAME: name, SHELL: shell }),
      ...(this.#terminal === undefined ? [] : Object.entries({ SSH_TTY: this.#terminal.path, TERM: this.#terminal.term })),
    ]);
    const base = shell.replace(/.*\//, '');
    try {
      return await sys.exec(shell, command === undefined ? [`-${base}`] : [base, '-c', command], env);
    } catch (error) {
      if (!isErrno(error)) throw error;
      await say(sys, 2, `${shell}: ${error.message}\n`);
      return 1;
    }
  }

  /** What the command prints goes to the client, until the end. */
  async #pass(from: Fd, stream: string | undefined): Promise<void> {
    try {
      for (;;) {
        const bytes = await this.#sys.read(from, READ_BYTES);
        if (bytes.length === 0) return;
        if (stream === undefined) await this.#wire.send(MESSAGE.data, bytes);
        else await this.#wire.send(MESSAGE.extendedData, stream, bytes);
      }
    } catch (error) {
      if (!isErrno(error, 'EIO', 'EPIPE', 'ECONNRESET', 'EBADF')) throw error;
    }
  }

  /** The end of the command ends the connection: what it printed is sent first. A terminal may be held by others, who are not waited for. */
  async #finish(threads: readonly Thread[]): Promise<void> {
    const ended = await this.#sys.wait(this.#pid);
    if (this.#terminal === undefined) for (const thread of threads) await thread.join();
    else await this.#sys.sleep(1);
    try {
      await this.#tell(ended);
      await this.#wire.send(MESSAGE.close);
    } catch (error) {
      if (!isErrno(error, 'EPIPE', 'ECONNRESET')) throw error;
    }
    this.#sys.exit(0);
  }

  async #tell(ended: Exited | null): Promise<void> {
    if (ended?.signal === undefined) await this.#wire.send(MESSAGE.request, 'exit-status', String(ended?.status ?? 0));
    else await this.#wire.send(MESSAGE.request, 'exit-signal', ended.signal.replace(/^SIG/, ''));
  }
}

/** An IPv4 address that a socket of both families has. */
const plain = (ip: string): string => ip.replace(/^::ffff:/, '');
