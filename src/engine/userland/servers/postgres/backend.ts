/** One client's connection: who it is, then query after query. */
import type { Fd, Pid } from '../../../kernel/sys.ts';
import { decode, encode, READ_BYTES } from '../../program-io.ts';
import { SqlError } from '../sql/errors.ts';
import { cutStatements, type Piece } from '../sql/parse-statement.ts';
import { type SqlResult, SqlSession } from '../sql/session.ts';
import { oidOf, outputText } from '../sql/types.ts';
import { ruleFor } from './data-directory.ts';
import { hidePassword, isPassword } from './passwords.ts';
import type { Postmaster } from './postmaster.ts';
import {
  CANCEL_REQUEST,
  Fields,
  GSS_REQUEST,
  int16,
  int32,
  join,
  type Message,
  MessageReader,
  message,
  noticeFields,
  PROTOCOL_3,
  ProtocolViolation,
  SSL_REQUEST,
  text,
} from './protocol.ts';

export interface Peer {
  readonly fd: Fd;
  /** Null: by the socket file. */
  readonly ip: string | null;
  readonly port: number;
  /** Told when it is known who has come; gives the backend's process. */
  begin(user: string, database: string): Pid;
}

/** The connection is over, for a reason that was told. */
class Refused extends Error {
  override readonly name = 'Refused';
}

const REPORTED = [
  'server_version',
  'server_encoding',
  'client_encoding',
  'application_name',
  'datestyle',
  'timezone',
  'standard_conforming_strings',
];
const NAMES: Readonly<Record<string, string>> = { datestyle: 'DateStyle', timezone: 'TimeZone' };

class Connection {
  readonly #master: Postmaster;
  readonly peer: Peer;
  readonly #reader = new MessageReader();
  pid: Pid;

  constructor(master: Postmaster, peer: Peer) {
    this.#master = master;
    this.peer = peer;
    this.pid = master.sys.pid;
  }

  async send(...bytes: readonly Uint8Array[]): Promise<void> {
    await this.#master.sys.write(this.peer.fd, join(...bytes));
  }

  /** The next message; null when the client is gone. */
  async next(options: { readonly isFirst?: boolean } = {}): Promise<Message | null> {
    for (;;) {
      const one = this.#reader.next(options);
      if (one !== undefined) return one;
      const piece = await this.#master.sys.read(this.peer.fd, READ_BYTES);
      if (piece.length === 0) return null;
      this.#reader.push(piece);
    }
  }

  /** Tells the client and the log. */
  async error(severity: 'ERROR' | 'FATAL', { code, message: words, details }: SqlError, statement?: Piece): Promise<void> {
    const { detail, hint, at } = details;
    const fields = new Map([
      ['S', severity],
      ['V', severity],
      ['C', code],
      ['M', words],
    ]);
    if (detail !== undefined) fields.set('D', detail);
    if (hint !== undefined) fields.set('H', hint);
    if (at !== undefined && statement !== undefined) fields.set('P', String(statement.from + at + 1));
    const log = (level: string, line: string): Promise<void> => this.#master.log(level, line.replaceAll('\n', '\n\t'), this.pid);
    await log(severity, `${words}${at === undefined || statement === undefined ? '' : ` at character ${at + 1}`}`);
    if (detail !== undefined) await log('DETAIL', detail);
    if (hint !== undefined) await log('HINT', hint);
    if (statement !== undefined) await log('STATEMENT', `${statement.text};`.replace(/;;$/, ';'));
    await this.send(message('E', noticeFields(fields)));
  }

  async refuse(code: string, words: string): Promise<never> {
    await this.error('FATAL', new SqlError(code, words));
    throw new Refused(words);
  }
}

/** Talks to a client until it leaves. */
export async function converse(master: Postmaster, peer: Peer): Promise<void> {
  const connection = new Connection(master, peer);
  try {
    const startup = await hello(connection);
    if (startup === null) return;
    await serve(master, connection, startup);
  } catch (error) {
    if (error instanceof Refused) return;
    if (!(error instanceof ProtocolViolation)) throw error;
    await connection.error('FATAL', new SqlError('08P01', error.message));
  }
}

type Startup = ReadonlyMap<string, string>;

/** The first message, after any questions for encryption; null if it was not a session. */
async function hello(connection: Connection): Promise<Startup | null> {
  for (;;) {
    const first = await connection.next({ isFirst: true });
    if (first === null) return null;
    const fields = new Fields(first.body);
    const version = fields.int32();
    if (version === SSL_REQUEST || version === GSS_REQUEST) {
      await connection.send(encode('N'));
      continue;
    }
    if (version === CANCEL_REQUEST) return null;
    if (version >> 16 !== PROTOCOL_3 >> 16)
      return connection.refuse('0A000', `unsupported frontend protocol ${version >> 16}.${version & 0xffff}: server supports 3.0 to 3.0`);
    const startup = new Map<string, string>();
    for (let name = fields.text(); name !== ''; name = fields.text()) startup.set(name.toLowerCase(), fields.text());
    return startup;
  }
}

async function authenticate(
  master: Postmaster,
  connection: Connection,
  { user, database }: { user: string; database: string },
): Promise<void> {
  const { ip } = connection.peer;
  const rule = ruleFor(master.rules, { ip, database, user });
  const where = ip === null ? 'host "[local]"' : `host "${ip}"`;
  if (rule === undefined || rule.method === 'reject')
    return connection.refuse(
      '28000',
      `${rule === undefined ? 'no pg_hba.conf entry' : 'pg_hba.conf rejects connection'} for ${where}, user "${user}", database "${database}", no encryption`,
    );
  const role = master.cluster.role(user);
  if (rule.method !== 'trust' && rule.method !== 'peer') {
    await connection.send(message('R', int32(3)));
    const answer = await connection.next();
    if (answer === null || answer.type !== 'p') throw new Refused('gone');
    const password = decode(answer.body.subarray(0, -1));
    if (role === undefined || !isPassword(role.password, password))
      return connection.refuse('28P01', `password authentication failed for user "${user}"`);
  }
  if (role === undefined) return connection.refuse('28000', `role "${user}" does not exist`);
  if (!role.canLogin) return connection.refuse('28000', `role "${user}" is not permitted to log in`);
  if (master.cluster.database(database) === undefined) return connection.refuse('3D000', `database "${database}" does not exist`);
  if (database === 'template0') return connection.refuse('55000', 'database "template0" is not currently accepting connections');
  if (master.backends.size >= Number(master.settings.get('max_connections') ?? 100))
    return connection.refuse('53300', 'sorry, too many clients already');
}

async function serve(master: Postmaster, connection: Connection, startup: Startup): Promise<void> {
  const { sys, cluster } = master;
  const user = startup.get('user') ?? '';
  const database = startup.get('database') ?? user;
  if (user === '') return connection.refuse('28000', 'no PostgreSQL user name specified in startup packet');
  if (master.isStopping) return connection.refuse('57P03', 'the database system is shutting down');
  await authenticate(master, connection, { user, database });
  connection.pid = connection.peer.begin(user, database);
  const { pid } = connection;
  const nowUs = (): number => Number(sys.clock.nowNs() / 1000n);
  const random = (): number => new DataView(sys.random.bytes(4).buffer).getUint32(0) / 2 ** 32;
  const others = (): readonly { readonly database: string }[] => [...master.backends.values()].map(({ activity }) => activity);
  const session = new SqlSession({
    ...{ cluster, database, user, pid, nowUs, random },
    waitForWriter: async () => {
      await master.writerEnded.wait();
    },
    writerEnded: () => master.writerEnded.wake(),
    activity: () => [...master.backends.values()].map(({ activity }) => activity),
    databaseUsers: (name) => others().filter((one) => one.database === name).length,
  });
  session.settings.set('application_name', startup.get('application_name') ?? '');
  const activity = {
    database,
    pid,
    user,
    application: startup.get('application_name') ?? '',
    address: connection.peer.ip,
    startedUs: nowUs(),
    state: 'idle',
    query: '',
  };
  master.backends.set(connection.peer.fd, { activity, fd: connection.peer.fd, pid });
  const parameters: Uint8Array[] = REPORTED.map((name) => message('S', text(NAMES[name] ?? name), text(session.settings.get(name) ?? '')));
  const isSuperuser = cluster.role(user)?.isSuperuser === true ? 'on' : 'off';
  parameters.push(message('S', text('is_superuser'), text(isSuperuser)), message('S', text('session_authorization'), text(user)));
  await connection.send(message('R', int32(0)), ...parameters, message('K', int32(pid), int32(0)), ready(session));
  try {
    await loop(master, connection, session);
  } finally {
    session.close();
  }
}

const ready = ({ status }: SqlSession): Uint8Array => message('Z', encode({ idle: 'I', open: 'T', failed: 'E' }[status]));

async function loop(master: Postmaster, connection: Connection, session: SqlSession): Promise<void> {
  let isSkipping = false;
  for (;;) {
    const got = await connection.next();
    if (got === null || got.type === 'X') return;
    if (master.isStopping) return connection.refuse('57P01', 'terminating connection due to administrator command');
    if (got.type === 'Q') await query(master, connection, { session, script: new Fields(got.body).text() });
    else if (got.type === 'S') {
      isSkipping = false;
      await connection.send(ready(session));
    } else if (!isSkipping && 'PBDECHFd'.includes(got.type)) {
      isSkipping = true;
      await connection.error(
        'ERROR',
        new SqlError('0A000', 'the extended query protocol is not supported by this model of the server', {
          hint: 'Use simple queries, without parameters.',
        }),
      );
    }
  }
}

/** A script: its statements one by one; the first refusal ends it. More than one are one transaction. */
async function query(
  master: Postmaster,
  connection: Connection,
  { session, script }: { session: SqlSession; script: string },
): Promise<void> {
  let piece: Piece | undefined;
  try {
    const pieces = cutStatements(script);
    if (pieces.length === 0) await connection.send(message('I'));
    const isBlock =
      pieces.length > 1 &&
      session.status === 'idle' &&
      !pieces.some(({ text: one }) => /^\s*(begin|start|commit|end|rollback|create\s+database|drop\s+database)\b/i.test(one));
    if (isBlock) await session.execute('begin');
    for (piece of pieces) {
      const result = await session.execute(protect(master, piece.text));
      await connection.send(...resultMessages(result));
      await sleepIfAsked(master, piece.text);
      await master.sys.turn();
    }
    piece = undefined;
    if (isBlock) await session.execute('commit');
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const at = error.details.at;
    piece ??= { from: 0, text: script };
    await connection.error(
      'ERROR',
      new SqlError(error.code, error.message, { ...error.details, ...(at === undefined ? {} : { at }) }),
      piece,
    );
    if (session.status === 'failed' && !/\bbegin\b|\bstart\s+transaction\b/i.test(script) && cutsMany(script))
      await session.execute('rollback');
  }
  await connection.send(ready(session));
}

const cutsMany = (script: string): boolean => {
  try {
    return cutStatements(script).length > 1;
  } catch (error) {
    if (error instanceof SqlError) return false;
    throw error;
  }
};

/** A password in a statement is hidden before anything keeps it. */
const protect = ({ sys }: Postmaster, statement: string): string =>
  /^\s*(create|alter)\s+(role|user)\b/i.test(statement)
    ? statement.replace(
        /(\bpassword\s+)'((?:[^']|'')*)'/i,
        (_, word: string, password: string) => `${word}'${hidePassword(sys, password.replaceAll("''", "'"))}'`,
      )
    : statement;

const SLEEP = /\bpg_sleep\s*\(\s*([\d.]+)\s*\)/i;

async function sleepIfAsked({ sys }: Postmaster, statement: string): Promise<void> {
  const seconds = SLEEP.exec(statement)?.[1];
  if (seconds !== undefined) await sys.sleep(Number(seconds) * 1000);
}

function resultMessages({ columns, rows, tag, notices }: SqlResult): readonly Uint8Array[] {
  const remarks = notices.map((one) => {
    const [, severity = 'NOTICE', words = one] = /^([A-Z]+): {2}(.*)$/s.exec(one) ?? [];
    return message(
      'N',
      noticeFields(
        new Map([
          ['S', severity],
          ['V', severity],
          ['C', '00000'],
          ['M', words],
        ]),
      ),
    );
  });
  if (columns === undefined) return [...remarks, message('C', text(tag))];
  const described = columns.map(({ name, type }) =>
    join(text(name), int32(0), int16(0), int32(oidOf(type)), int16(-1), int32(-1), int16(0)),
  );
  const data = (rows ?? []).map((row) =>
    message(
      'D',
      int16(columns.length),
      ...columns.map(({ type }, i) => {
        const value = row[i] ?? null;
        if (value === null) return int32(-1);
        const bytes = encode(outputText(value, type));
        return join(int32(bytes.length), bytes);
      }),
    ),
  );
  return [...remarks, message('T', int16(columns.length), ...described), ...data, message('C', text(tag))];
}
