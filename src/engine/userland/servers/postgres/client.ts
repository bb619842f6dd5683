/** The client's end of a connection, for psql and its relatives. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { userName } from '../../coreutils/users.ts';
import { lookUp } from '../../net/resolve.ts';
import { openStream, openUnix } from '../../net/streams.ts';
import { sentence } from '../../net/text.ts';
import type { Options } from '../../options.ts';
import { decode, encode, READ_BYTES } from '../../program-io.ts';
import { Fields, int32, join, type Message, MessageReader, message, type Notice, PROTOCOL_3, readNotice, text } from './protocol.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password: string | undefined;
  readonly application: string;
}

export interface ResultColumn {
  readonly name: string;
  readonly type: number;
}

/** What a query answers, statement by statement. */
export type QueryEvent =
  | {
      readonly kind: 'rows';
      readonly columns: readonly ResultColumn[];
      readonly rows: readonly (readonly (string | null)[])[];
      readonly tag: string;
    }
  | { readonly kind: 'done'; readonly tag: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'notice' | 'error'; readonly notice: Notice };

/** No connection; the message is what comes after `psql: error: `. */
export class ConnectionFailed extends Error {
  override readonly name = 'ConnectionFailed';
  /** The server wants a password, and none was given. */
  readonly wantsPassword: boolean;

  constructor(words: string, wantsPassword = false) {
    super(words);
    this.wantsPassword = wantsPassword;
  }
}

const SOCKETS = '/var/run/postgresql';

/** Flags, then the environment, then what is usual. */
export function targetOf(sys: Sys, options: Options, application: string): Target {
  const env = (name: string): string | undefined => sys.env.get(name) || undefined;
  const [first, second] = options.operands;
  const url = /^postgres(?:ql)?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^:/?]*)(?::(\d+))?(?:\/([^?]*))?/.exec(
    options.value('d') ?? first ?? '',
  );
  const [, urlUser, urlPassword, urlHost, urlPort, urlDatabase] = url ?? [];
  const user =
    (urlUser || options.value('U')) ?? (url ? undefined : second) ?? env('PGUSER') ?? userName(sys, sys.ids.get().euid) ?? 'postgres';
  return {
    host: (urlHost || options.value('h')) ?? env('PGHOST') ?? SOCKETS,
    port: Number(urlPort ?? options.value('p') ?? env('PGPORT') ?? 5432),
    user,
    database: url ? urlDatabase || user : (options.value('d') ?? first ?? env('PGDATABASE') ?? user),
    password: urlPassword ?? env('PGPASSWORD'),
    application,
  };
}

export class PgConnection {
  readonly #sys: Sys;
  readonly target: Target;
  readonly #reader = new MessageReader();
  #fd: Fd = -1;
  /** As the server told last: I idle, T in a transaction, E in a failed one. */
  status = 'I';
  readonly parameters = new Map<string, string>();

  private constructor(sys: Sys, target: Target) {
    this.#sys = sys;
    this.target = target;
  }

  static async open(sys: Sys, target: Target): Promise<PgConnection> {
    const connection = new PgConnection(sys, target);
    await connection.#open();
    return connection;
  }

  async #dial(): Promise<{ readonly fd: Fd; readonly where: string }> {
    const { host, port } = this.target;
    if (host.startsWith('/')) {
      const path = `${host}/.s.PGSQL.${port}`;
      const where = `connection to server on socket "${path}" failed: `;
      try {
        return { fd: await openUnix(this.#sys, path), where };
      } catch (error) {
        throw new ConnectionFailed(`${where}${sentence(error)}\n\tIs the server running locally and accepting connections on that socket?`);
      }
    }
    const found = await lookUp(this.#sys, host);
    if (found.kind !== 'found')
      throw new ConnectionFailed(
        `could not translate host name "${host}" to address: ${found.kind === 'again' ? 'Try again' : 'Name does not resolve'}`,
      );
    const [ip = host] = found.addresses;
    const where = `connection to server at "${host}"${ip === host ? '' : ` (${ip})`}, port ${port} failed: `;
    try {
      return { fd: await openStream(this.#sys, found.addresses, port), where };
    } catch (error) {
      throw new ConnectionFailed(`${where}${sentence(error)}\n\tIs the server running on that host and accepting TCP/IP connections?`);
    }
  }

  async #open(): Promise<void> {
    const { user, database, password, application } = this.target;
    const { fd, where } = await this.#dial();
    this.#fd = fd;
    const startup = join(
      int32(PROTOCOL_3),
      ...['user', user, 'database', database, 'application_name', application, 'client_encoding', 'UTF8'].map(text),
      new Uint8Array(1),
    );
    await this.#send(join(int32(startup.length + 4), startup));
    for (;;) {
      const { type, body } = await this.#next();
      if (type === 'E') throw new ConnectionFailed(`${where}${severity(readNotice(body))}`);
      if (type === 'R' && new Fields(body).int32() !== 0) {
        if (password === undefined) {
          this.close();
          throw new ConnectionFailed(`${where}fe_sendauth: no password supplied`, true);
        }
        await this.#send(message('p', text(password)));
      }
      if (type === 'S') this.#parameter(body);
      if (type === 'Z') return;
    }
  }

  #parameter(body: Uint8Array): void {
    const fields = new Fields(body);
    this.parameters.set(fields.text(), fields.text());
  }

  async #send(bytes: Uint8Array): Promise<void> {
    try {
      await this.#sys.write(this.#fd, bytes);
    } catch (error) {
      if (!isErrno(error, 'EPIPE', 'ECONNRESET', 'EBADF')) throw error;
      throw new ConnectionFailed(
        'server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.',
      );
    }
  }

  async #next(): Promise<Message> {
    for (;;) {
      const one = this.#reader.next();
      if (one !== undefined) return one;
      const piece = await this.#sys.read(this.#fd, READ_BYTES).catch((error: unknown) => {
        if (isErrno(error, 'ECONNRESET', 'EBADF')) return new Uint8Array();
        throw error;
      });
      if (piece.length === 0)
        throw new ConnectionFailed(
          'server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.',
        );
      this.#reader.push(piece);
    }
  }

  /** Runs a script; `each` sees every answer as it comes. */
  async query(script: string, each: (event: QueryEvent) => Promise<void>): Promise<void> {
    await this.#send(message('Q', encode(`${script}\0`)));
    let columns: readonly ResultColumn[] | null = null;
    let rows: (readonly (string | null)[])[] = [];
    for (;;) {
      const { type, body } = await this.#next();
      switch (type) {
        case 'T':
          columns = described(body);
          rows = [];
          break;
        case 'D':
          rows.push(values(body));
          break;
        case 'C': {
          const tag = new Fields(body).text();
          await each(columns === null ? { kind: 'done', tag } : { kind: 'rows', columns, rows, tag });
          columns = null;
          break;
        }
        case 'I':
          await each({ kind: 'empty' });
          break;
        case 'E':
          await each({ kind: 'error', notice: readNotice(body) });
          columns = null;
          break;
        case 'N':
          await each({ kind: 'notice', notice: readNotice(body) });
          break;
        case 'S':
          this.#parameter(body);
          break;
        case 'Z':
          this.status = decode(body);
          return;
      }
    }
  }

  /** The rows of one query; a refusal gives none. */
  async rows(script: string): Promise<readonly (readonly (string | null)[])[]> {
    let found: readonly (readonly (string | null)[])[] = [];
    await this.query(script, async (event) => {
      if (event.kind === 'rows') found = event.rows;
    });
    return found;
  }

  close(): void {
    if (this.#fd >= 0) this.#sys.fds.close(this.#fd);
    this.#fd = -1;
  }
}

const severity = (notice: Notice): string => {
  const lines = [`${notice.get('S') ?? 'ERROR'}:  ${notice.get('M') ?? ''}`];
  for (const [letter, word] of [
    ['D', 'DETAIL'],
    ['H', 'HINT'],
  ] as const)
    if (notice.has(letter)) lines.push(`${word}:  ${notice.get(letter)}`);
  return lines.join('\n');
};

function described(body: Uint8Array): readonly ResultColumn[] {
  const fields = new Fields(body);
  return Array.from({ length: fields.int16() }, () => {
    const name = fields.text();
    fields.bytes(6);
    const type = fields.int32();
    fields.bytes(8);
    return { name, type };
  });
}

function values(body: Uint8Array): readonly (string | null)[] {
  const fields = new Fields(body);
  return Array.from({ length: fields.int16() }, () => {
    const length = fields.int32();
    return length < 0 ? null : decode(fields.bytes(length));
  });
}
