/** redis-cli: one command, many from standard input, or a conversation. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Program, Sys } from '../../../kernel/sys.ts';
import { lookUp } from '../../net/resolve.ts';
import { openStream } from '../../net/streams.ts';
import { leave, print, sentence } from '../../net/text.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { bytesOf, LineReader, READ_BYTES, rawOf, readAll, toRaw } from '../../program-io.ts';
import { rawText, standardText } from './cli-format.ts';
import { versionOf } from './index.ts';
import { encodeRequest, type Reply, RespReader, splitWords } from './resp.ts';

interface Target {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly db: number;
}

/** The server cannot be reached, or went away; the message is what redis-cli says. */
class NoConnection extends Error {
  override readonly name = 'NoConnection';
}

class Connection {
  readonly target: Target;
  readonly #sys: Sys;
  #fd: Fd | null = null;
  #reader = new RespReader();
  /** It was told to end: that it says no more is the answer. */
  #isEnding = false;
  db: number;

  constructor(sys: Sys, target: Target) {
    this.#sys = sys;
    this.target = target;
    this.db = target.db;
  }

  get isOpen(): boolean {
    return this.#fd !== null;
  }

  get prompt(): string {
    if (!this.isOpen) return 'not connected> ';
    return `${this.target.host}:${this.target.port}${this.db === 0 ? '' : `[${this.db}]`}> `;
  }

  async open(): Promise<string> {
    const { host, port, user, password } = this.target;
    const where = `${host}:${port}`;
    const found = await lookUp(this.#sys, host, 'inet');
    if (found.kind !== 'found') {
      const why = found.kind === 'again' ? 'Try again' : 'Name does not resolve';
      throw new NoConnection(`Could not connect to Redis at ${where}: ${why}`);
    }
    try {
      this.#fd = await openStream(this.#sys, found.addresses, port);
    } catch (error) {
      throw new NoConnection(`Could not connect to Redis at ${where}: ${sentence(error)}`);
    }
    this.#reader = new RespReader();
    let said = '';
    if (password !== undefined) {
      const reply = await this.ask(user === undefined ? ['AUTH', password] : ['AUTH', user, password]);
      if (reply.kind === 'error') said = `AUTH failed: ${reply.text}\n`;
    }
    if (this.db !== 0) await this.ask(['SELECT', String(this.db)]);
    return said;
  }

  close(): void {
    if (this.#fd !== null) this.#sys.fds.close(this.#fd);
    this.#fd = null;
  }

  async ask(words: readonly string[]): Promise<Reply> {
    this.#isEnding = /^shutdown$/i.test(words[0] ?? '');
    try {
      await this.#sys.write(this.#fd ?? 0, bytesOf(encodeRequest(words)));
    } catch (error) {
      if (!isErrno(error, 'EPIPE', 'ECONNRESET')) throw error;
    }
    return this.hear();
  }

  /** The next reply. */
  async hear(): Promise<Reply> {
    for (;;) {
      const reply = this.#reader.reply();
      if (reply !== undefined) return reply;
      const bytes = await this.#read();
      if (bytes.length === 0) {
        this.close();
        throw new NoConnection(this.#isEnding ? '' : 'Error: Server closed the connection');
      }
      this.#reader.push(rawOf(bytes));
    }
  }

  async #read(): Promise<Uint8Array> {
    try {
      return await this.#sys.read(this.#fd ?? 0, READ_BYTES);
    } catch (error) {
      if (isErrno(error, 'ECONNRESET', 'EPIPE')) return new Uint8Array();
      throw error;
    }
  }
}

const SPEC = {
  short: 'h:p:a:n:r:i:u:xv3',
  long: {
    raw: '--raw',
    'no-raw': '--no-raw',
    user: '--user:',
    pass: 'a:',
    'no-auth-warning': '--no-auth-warning',
    scan: '--scan',
    pattern: '--pattern:',
    version: 'v',
    help: '--help',
  },
  stopsAtOperand: true,
};

function targetOf(sys: Sys, options: Options): Target {
  const url = options.value('u');
  const [, user, password, host, port, db] =
    /^rediss?:\/\/(?:([^:@]*)(?::([^@]*))?@)?([^:/]*)(?::(\d+))?(?:\/(\d+))?$/.exec(url ?? '') ?? [];
  return {
    host: host || (options.value('h') ?? '127.0.0.1'),
    port: Number(port ?? options.value('p') ?? 6379),
    user: user || options.value('--user'),
    password: password ?? options.value('a') ?? sys.env.get('REDISCLI_AUTH'),
    db: Number(db ?? options.value('n') ?? 0),
  };
}

export const redisCli: Program = async (sys) => {
  let options: Options;
  try {
    options = parseOptions(sys.argv.slice(1), SPEC);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    const wrong = sys.argv.slice(1).find((arg) => arg.startsWith('-')) ?? '';
    return leave(sys, `Unrecognized option or bad number of args for: '${wrong}'\n`);
  }
  if (options.has('v')) return print(sys, `redis-cli ${versionOf(sys)}\n`).then(() => 0);
  if (options.has('--help')) return leave(sys, `redis-cli ${versionOf(sys)}\n\nUsage: redis-cli [OPTIONS] [cmd [arg [arg ...]]]\n`, 0);
  if (options.has('a') && !options.has('--no-auth-warning') && sys.fds.isatty(2))
    await leave(sys, "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n");
  const cli = new Cli(sys, options);
  return cli.run();
};

class Cli {
  readonly #sys: Sys;
  readonly #options: Options;
  readonly #connection: Connection;
  readonly #isRaw: boolean;

  constructor(sys: Sys, options: Options) {
    this.#sys = sys;
    this.#options = options;
    this.#connection = new Connection(sys, targetOf(sys, options));
    this.#isRaw = options.has('--raw') || (!sys.fds.isatty(1) && !options.has('--no-raw'));
  }

  async run(): Promise<number> {
    const words = this.#options.operands.map(toRaw);
    if (this.#options.has('x')) words.push(rawOf(await readAll(this.#sys, 0)));
    if (this.#options.has('--scan')) words.push('SCAN', '0', 'MATCH', this.#options.value('--pattern') ?? '*', 'COUNT', '1000');
    if (words.length > 0) return this.#once(words);
    return this.#sys.fds.isatty(0) ? this.#talk() : this.#lines();
  }

  #show(reply: Reply): Promise<void> {
    return this.#write(this.#isRaw ? `${rawText(reply)}\n` : standardText(reply));
  }

  async #write(raw: string): Promise<void> {
    await this.#sys.write(1, bytesOf(raw));
  }

  async #once(words: readonly string[]): Promise<number> {
    const times = Number(this.#options.value('r') ?? 1);
    const pauseMs = Number(this.#options.value('i') ?? 0) * 1000;
    let status = 0;
    try {
      await this.#write(await this.#connection.open());
      for (let i = 0; i < times || times < 0; i += 1) {
        const reply = await this.#connection.ask(words);
        if (reply.kind === 'error') status = 1;
        const shown = this.#options.has('--scan') && reply.kind === 'array' ? (reply.items[1] ?? reply) : reply;
        if (shown.kind !== 'array' || shown.items.length > 0 || !this.#options.has('--scan')) await this.#show(shown);
        if (isSubscription(words)) await this.#listen();
        if (pauseMs > 0) await this.#sys.sleep(pauseMs);
      }
      // Errors of one command are its output, as the real client has it: only -e turns them into a status.
      return this.#options.has('e') ? status : 0;
    } catch (error) {
      return this.#lost(error);
    }
  }

  async #lost(error: unknown): Promise<number> {
    if (!(error instanceof NoConnection)) throw error;
    return error.message === '' ? 0 : leave(this.#sys, `${error.message}\n`);
  }

  async #listen(): Promise<void> {
    for (;;) await this.#show(await this.#connection.hear());
  }

  /** Commands from a pipe, one a line. */
  async #lines(): Promise<number> {
    const lines = new LineReader(this.#sys, 0);
    try {
      await this.#write(await this.#connection.open());
      for (let line = await lines.next(); line !== null; line = await lines.next()) {
        const words = splitWords(line);
        if (words === null) await this.#write('Invalid argument(s)\n');
        else if (words.length > 0) await this.#show(await this.#connection.ask(words));
      }
      return 0;
    } catch (error) {
      return this.#lost(error);
    }
  }

  async #connect(): Promise<void> {
    try {
      await this.#write(await this.#connection.open());
    } catch (error) {
      await this.#lost(error);
    }
  }

  async #talk(): Promise<number> {
    const lines = new LineReader(this.#sys, 0);
    await this.#connect();
    for (;;) {
      await this.#write(this.#connection.prompt);
      const line = await lines.next();
      if (line === null) {
        await this.#write('\n');
        return 0;
      }
      const words = splitWords(line);
      if (words === null) await this.#write('Invalid argument(s)\n');
      else if (words.length > 0 && (await this.#respond(words))) return 0;
    }
  }

  /** One line of the conversation; true if it was the last. */
  async #respond(words: readonly string[]): Promise<boolean> {
    const name = (words[0] ?? '').toLowerCase();
    if (name === 'quit' || name === 'exit') return true;
    if (name === 'clear') {
      await this.#write('\x1b[H\x1b[2J');
      return false;
    }
    if (!this.#connection.isOpen) await this.#connect();
    if (!this.#connection.isOpen) return false;
    try {
      const reply = await this.#connection.ask(words);
      if (name === 'select' && reply.kind === 'status') this.#connection.db = Number(words[1]);
      await this.#show(reply);
      if (isSubscription(words)) {
        await this.#write('Reading messages... (press Ctrl-C to quit or any key to type command)\r\n');
        await this.#listen();
      }
    } catch (error) {
      await this.#lost(error);
    }
    return false;
  }
}

const isSubscription = ([name = '']: readonly string[]): boolean => /^p?subscribe$/i.test(name);
