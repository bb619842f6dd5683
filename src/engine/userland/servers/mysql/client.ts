/** The client's end of a connection, for mysql and its relatives. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Fd, Sys } from '../../../kernel/sys.ts';
import { lookUp } from '../../net/resolve.ts';
import { openStream, openUnix } from '../../net/streams.ts';
import { concat, decode, encode, READ_BYTES } from '../../program-io.ts';
import { CACHING_SHA2, proofOf } from './passwords.ts';
import {
  bytesText,
  CAPABILITIES,
  CHARSETS,
  COMMANDS,
  EOF,
  ERROR,
  Fields,
  fixed,
  MORE_AUTH,
  OK,
  type Packet,
  PacketReader,
  packet,
  zeroText,
} from './protocol.ts';
import { MysqlError } from './sql/errors.ts';

export interface Target {
  /** `localhost` means the socket file. */
  readonly host: string;
  readonly port: number;
  readonly socket: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
  readonly protocol: 'tcp' | 'socket' | undefined;
  /** It will not talk without TLS. */
  readonly needsTls: boolean;
}

export interface ResultColumn {
  readonly name: string;
  readonly code: number;
  readonly flags: number;
  readonly charset: number;
}

export type QueryResult =
  | {
      readonly kind: 'rows';
      readonly columns: readonly ResultColumn[];
      readonly rows: readonly (readonly (string | null)[])[];
      readonly warnings: number;
    }
  | { readonly kind: 'done'; readonly affected: number; readonly info: string; readonly warnings: number };

export const isGone = ({ code }: MysqlError): boolean => code === 2013 || code === 2006;
const lost = (): MysqlError => new MysqlError(2013, 'HY000', 'Lost connection to MySQL server during query');
const WANTED =
  CAPABILITIES.longPassword |
  CAPABILITIES.longFlag |
  CAPABILITIES.protocol41 |
  CAPABILITIES.transactions |
  CAPABILITIES.secureConnection |
  CAPABILITIES.multiResults |
  CAPABILITIES.pluginAuth |
  CAPABILITIES.lenencAuth |
  CAPABILITIES.deprecateEof;
const MOST_PACKET = 16_777_216;
const ERRNO: Readonly<Record<string, number>> = {
  ENOENT: 2,
  EACCES: 13,
  ECONNREFUSED: 111,
  ETIMEDOUT: 110,
  EHOSTUNREACH: 113,
  ENETUNREACH: 101,
};

export class MysqlConnection {
  readonly #sys: Sys;
  readonly target: Target;
  readonly #reader = new PacketReader();
  #fd: Fd = -1;
  #sequence = 0;
  id = 0;
  version = '';
  database: string;

  private constructor(sys: Sys, target: Target) {
    this.#sys = sys;
    this.target = target;
    this.database = target.database;
  }

  static async open(sys: Sys, target: Target): Promise<MysqlConnection> {
    const connection = new MysqlConnection(sys, target);
    await connection.#open();
    return connection;
  }

  get isBySocket(): boolean {
    const { protocol, host } = this.target;
    return protocol === 'socket' || (protocol === undefined && host === 'localhost');
  }

  async #dial(): Promise<Fd> {
    const { host, port, socket } = this.target;
    if (this.isBySocket) {
      try {
        return await openUnix(this.#sys, socket);
      } catch (error) {
        if (!isErrno(error)) throw error;
        throw new MysqlError(2002, 'HY000', `Can't connect to local MySQL server through socket '${socket}' (${ERRNO[error.code] ?? 2})`);
      }
    }
    const found = await lookUp(this.#sys, host);
    if (found.kind !== 'found')
      throw new MysqlError(2005, 'HY000', `Unknown MySQL server host '${host}' (${found.kind === 'again' ? -3 : -2})`);
    try {
      return await openStream(this.#sys, found.addresses, port);
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new MysqlError(2003, 'HY000', `Can't connect to MySQL server on '${host}:${port}' (${ERRNO[error.code] ?? 111})`);
    }
  }

  async #open(): Promise<void> {
    this.#fd = await this.#dial();
    const first = await this.#next();
    if (first.body[0] === ERROR) throw refusalOf(first.body);
    const fields = new Fields(first.body);
    fields.fixed(1);
    this.version = fields.zeroText();
    this.id = fields.fixed(4);
    const start = fields.bytes(8);
    fields.bytes(1);
    const offered = fields.fixed(2);
    fields.bytes(1 + 2 + 2);
    const length = fields.fixed(1);
    fields.bytes(10);
    const nonce = concat([start, fields.bytes(Math.max(12, length - 9))]);
    fields.fixed(1);
    if (this.target.needsTls && (offered & CAPABILITIES.ssl) === 0)
      throw new MysqlError(2026, 'HY000', "SSL connection error: SSL is required but the server doesn't support it");
    await this.#login(nonce, fields.zeroText() || CACHING_SHA2);
  }

  async #login(nonce: Uint8Array, plugin: string): Promise<void> {
    const { user, password = '', database } = this.target;
    const flags = WANTED | (database === '' ? 0 : CAPABILITIES.connectWithDatabase);
    await this.#send(
      concat([
        fixed(flags, 4),
        fixed(MOST_PACKET, 4),
        new Uint8Array([CHARSETS.utf8mb4]),
        new Uint8Array(23),
        zeroText(user),
        bytesText(proofOf(plugin, password, nonce)),
        ...(database === '' ? [] : [zeroText(database)]),
        zeroText(plugin),
      ]),
    );
    for (;;) {
      const { body } = await this.#next();
      if (body[0] === ERROR) throw refusalOf(body);
      if (body[0] === OK) return;
      if (body[0] === MORE_AUTH) continue;
      const fields = new Fields(body.subarray(1));
      const other = fields.zeroText();
      await this.#send(proofOf(other, password, fields.rest().slice(0, -1)));
    }
  }

  async #send(body: Uint8Array): Promise<void> {
    try {
      await this.#sys.write(this.#fd, packet(this.#sequence, body));
    } catch (error) {
      if (!isErrno(error, 'EPIPE', 'ECONNRESET', 'EBADF')) throw error;
      throw lost();
    }
  }

  async #next(): Promise<Packet> {
    for (;;) {
      const one = this.#reader.next();
      if (one !== undefined) {
        this.#sequence = one.sequence + 1;
        return one;
      }
      const piece = await this.#sys.read(this.#fd, READ_BYTES).catch((error: unknown) => {
        if (isErrno(error, 'ECONNRESET', 'EBADF')) return new Uint8Array();
        throw error;
      });
      if (piece.length === 0) throw lost();
      this.#reader.push(piece);
    }
  }

  async #command(command: number, text = ''): Promise<Packet> {
    this.#sequence = 0;
    await this.#send(concat([new Uint8Array([command]), encode(text)]));
    const answer = await this.#next();
    if (answer.body[0] === ERROR) throw refusalOf(answer.body);
    return answer;
  }

  /** Runs one statement. */
  async query(statement: string): Promise<QueryResult> {
    const { body } = await this.#command(COMMANDS.query, statement);
    if (body[0] === OK) return doneOf(body);
    const count = new Fields(body).lenenc() ?? 0;
    const columns: ResultColumn[] = [];
    for (let i = 0; i < count; i += 1) columns.push(columnOf((await this.#next()).body));
    const rows: (readonly (string | null)[])[] = [];
    for (;;) {
      const next = (await this.#next()).body;
      if (next[0] === ERROR) throw refusalOf(next);
      if (next[0] === EOF && next.length < 9) {
        const end = new Fields(next);
        end.bytes(5);
        return { kind: 'rows', columns, rows, warnings: end.fixed(2) };
      }
      const fields = new Fields(next);
      rows.push(columns.map(() => fields.lenencText()));
    }
  }

  /** The rows of a query; none of a statement that has no rows. */
  async rows(statement: string): Promise<readonly (readonly (string | null)[])[]> {
    const result = await this.query(statement);
    return result.kind === 'rows' ? result.rows : [];
  }

  async use(database: string): Promise<void> {
    await this.#command(COMMANDS.initDb, database);
    this.database = database;
  }

  async ping(): Promise<void> {
    await this.#command(COMMANDS.ping);
  }

  async statistics(): Promise<string> {
    return decode((await this.#command(COMMANDS.statistics)).body);
  }

  close(): void {
    if (this.#fd >= 0 && this.#sys.fds.has(this.#fd)) this.#sys.fds.close(this.#fd);
    this.#fd = -1;
  }
}

function refusalOf(body: Uint8Array): MysqlError {
  const fields = new Fields(body);
  fields.fixed(1);
  const code = fields.fixed(2);
  const [, state = 'HY000', message = ''] = /^(?:#(.{5}))?(.*)$/s.exec(decode(fields.rest())) ?? [];
  return new MysqlError(code, state, message);
}

function doneOf(body: Uint8Array): QueryResult {
  const fields = new Fields(body);
  fields.fixed(1);
  const affected = fields.lenenc() ?? 0;
  fields.lenenc();
  fields.fixed(2);
  const warnings = fields.fixed(2);
  return { kind: 'done', affected, warnings, info: fields.isOver ? '' : (fields.lenencText() ?? '') };
}

function columnOf(body: Uint8Array): ResultColumn {
  const fields = new Fields(body);
  const texts = Array.from({ length: 6 }, () => fields.lenencText());
  fields.fixed(1);
  const charset = fields.fixed(2);
  fields.fixed(4);
  const code = fields.fixed(1);
  return { name: texts[4] ?? '', charset, code, flags: fields.fixed(2) };
}
