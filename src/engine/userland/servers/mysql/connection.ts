/** One client's connection: who it is, then command after command. */

import type { Fd } from '../../../kernel/sys.ts';
import { concat, decode, encode, READ_BYTES } from '../../program-io.ts';
import { CACHING_SHA2, isProof, NATIVE, secretOf } from './passwords.ts';
import {
  bytesText,
  CAPABILITIES,
  CHARSETS,
  COMMANDS,
  EOF,
  ERROR,
  Fields,
  FLAGS,
  fixed,
  lenenc,
  lenencText,
  MORE_AUTH,
  NONCE_BYTES,
  OK,
  type Packet,
  PacketReader,
  packet,
  STATUS,
  zeroText,
} from './protocol.ts';
import { type Server, stop } from './server.ts';
import { type AccountRecord, findAccount, may } from './sql/accounts.ts';
import type { RelationColumn } from './sql/compile.ts';
import { accessDenied, MysqlError, plain } from './sql/errors.ts';
import { cutStatements } from './sql/parse/tokens.ts';
import { type SqlResult, SqlSession } from './sql/session.ts';
import { shownAs } from './sql/store.ts';
import { codeOf, isBinary, isNumericCode, scaleOf } from './sql/types.ts';

export interface Peer {
  readonly fd: Fd;
  readonly id: number;
  /** Null: by the socket file. */
  readonly ip: string | null;
  readonly port: number;
}

const OFFERED = Object.values(CAPABILITIES).reduce((all, one) => all | one, 0) & ~CAPABILITIES.ssl;
const MANY_CONNECTIONS = 1040;

class Channel {
  readonly #server: Server;
  readonly peer: Peer;
  readonly #reader = new PacketReader();
  #sequence = 0;
  capabilities = 0;

  constructor(server: Server, peer: Peer) {
    this.#server = server;
    this.peer = peer;
  }

  /** The next packet; null when the client is gone. */
  async next(): Promise<Packet | null> {
    for (;;) {
      const one = this.#reader.next();
      if (one !== undefined) {
        this.#sequence = one.sequence + 1;
        return one;
      }
      const piece = await this.#server.sys.read(this.peer.fd, READ_BYTES);
      if (piece.length === 0) return null;
      this.#reader.push(piece);
    }
  }

  async send(...bodies: readonly Uint8Array[]): Promise<void> {
    const packets = bodies.map((body) => {
      const made = packet(this.#sequence, body);
      this.#sequence += 1;
      return made;
    });
    await this.#server.sys.write(this.peer.fd, concat(packets));
  }

  has(capability: number): boolean {
    return (this.capabilities & capability) !== 0;
  }

  async error({ code, state, message }: MysqlError): Promise<void> {
    await this.send(concat([new Uint8Array([ERROR]), fixed(code, 2), encode(`#${state}${message}`)]));
  }
}

interface Hello {
  readonly user: string;
  readonly database: string;
  readonly answer: Uint8Array;
  readonly plugin: string;
}

function greeting({ cluster }: Server, { id }: Peer, nonce: Uint8Array): Uint8Array {
  return concat([
    new Uint8Array([10]),
    zeroText(cluster.options.version),
    fixed(id, 4),
    nonce.subarray(0, 8),
    new Uint8Array(1),
    fixed(OFFERED & 0xffff, 2),
    new Uint8Array([CHARSETS.utf8mb4]),
    fixed(STATUS.autocommit, 2),
    fixed(Math.floor(OFFERED / 0x10000), 2),
    new Uint8Array([NONCE_BYTES + 1]),
    new Uint8Array(10),
    nonce.subarray(8),
    new Uint8Array(1),
    zeroText(CACHING_SHA2),
  ]);
}

function readHello(channel: Channel, body: Uint8Array): Hello {
  const fields = new Fields(body);
  channel.capabilities = fields.fixed(4);
  fields.bytes(4 + 1 + 23);
  const user = fields.zeroText();
  const length = channel.has(CAPABILITIES.lenencAuth) ? (fields.lenenc() ?? 0) : fields.fixed(1);
  const answer = fields.bytes(length);
  const database = channel.has(CAPABILITIES.connectWithDatabase) ? fields.zeroText() : '';
  const plugin = channel.has(CAPABILITIES.pluginAuth) ? fields.zeroText() : NATIVE;
  return { user, database, answer, plugin };
}

/** Bytes without zeros, which would end them too early. */
const nonceOf = (server: Server): Uint8Array => server.sys.random.bytes(NONCE_BYTES).map((byte) => (byte % 127) + 1);

/** Finds out who has come; null after a refusal, or if the client went. */
async function authenticate(server: Server, channel: Channel, hello: Hello, nonce: Uint8Array): Promise<AccountRecord | null> {
  const { cluster } = server;
  const { ip } = channel.peer;
  const account = findAccount(cluster.accounts(), hello.user, ip);
  const plugin = account?.plugin ?? CACHING_SHA2;
  let { answer } = hello;
  if (plugin !== hello.plugin) {
    await channel.send(concat([new Uint8Array([EOF]), zeroText(plugin), nonce, new Uint8Array(1)]));
    const next = await channel.next();
    if (next === null) return null;
    answer = next.body;
  }
  // A password of one zero byte is none.
  if (answer.length === 1 && answer[0] === 0) answer = new Uint8Array();
  const who = `'${hello.user}'@'${ip ?? 'localhost'}'`;
  if (account === undefined || !isProof(plugin, account.secret, { answer, nonce })) {
    await channel.error(accessDenied(who, answer.length === 0 ? undefined : 'given'));
    return null;
  }
  if (account.isLocked) {
    await channel.error(plain(3118, 'HY000', `Access denied for user ${who}. Account is locked.`));
    return null;
  }
  if (plugin === CACHING_SHA2 && answer.length > 0) await channel.send(new Uint8Array([MORE_AUTH, 3]));
  return account;
}

/** Talks to a client until it leaves. */
export async function converse(server: Server, peer: Peer): Promise<void> {
  const channel = new Channel(server, peer);
  if (server.connected.size >= Number(server.cluster.options.variables.get('max_connections') ?? 151))
    return channel.error(plain(MANY_CONNECTIONS, '08004', 'Too many connections'));
  const nonce = nonceOf(server);
  await channel.send(greeting(server, peer, nonce));
  const first = await channel.next();
  if (first === null) return;
  const hello = readHello(channel, first.body);
  const account = await authenticate(server, channel, hello, nonce);
  if (account === null) return;
  const session = sessionOf(server, channel, { account, user: hello.user });
  try {
    if (hello.database !== '') session.use(hello.database);
    await channel.send(okBody(session, { affected: 0n, insertId: 0n, info: '' }, 0));
    await loop(server, channel, session);
  } catch (error) {
    if (!(error instanceof MysqlError)) throw error;
    await channel.error(error);
  } finally {
    session.close();
  }
}

function sessionOf(
  server: Server,
  { peer }: Channel,
  { account, user }: { readonly account: AccountRecord; readonly user: string },
): SqlSession {
  const { sys, cluster } = server;
  const nowUs = (): number => Number(sys.clock.nowNs() / 1000n);
  const host = peer.ip === null ? 'localhost' : `${peer.ip}:${peer.port}`;
  const isPlugin = (plugin: string): boolean =>
    plugin === CACHING_SHA2 || (plugin === NATIVE && server.options.values.get('mysql_native_password') === 'ON');
  server.connected.set(peer.id, {
    fd: peer.fd,
    process: { id: peer.id, user, host, database: null, command: 'Sleep', sinceUs: nowUs(), state: '', info: null },
  });
  return new SqlSession({
    cluster,
    account,
    user,
    clientHost: peer.ip ?? 'localhost',
    id: peer.id,
    nowUs,
    random: () => new DataView(sys.random.bytes(4).buffer).getUint32(0) / 2 ** 32,
    waiting: { wait: (timeoutMs) => server.writerEnded.wait(timeoutMs), ended: () => server.writerEnded.wake() },
    processes: () => [...server.connected.values()].map((one) => one.process),
    secretOf: (plugin, password) => {
      if (!isPlugin(plugin)) throw plain(1524, 'HY000', `Plugin '${plugin}' is not loaded`);
      return secretOf(plugin, password);
    },
    kill: (id) => {
      const found = server.connected.get(id);
      if (found === undefined || !(may(account, 'SUPER') || found.process.user === user)) return false;
      sys.net.shutdown(found.fd, 'both');
      return true;
    },
    shutDown: () => stop(server, { thread: peer.id, who: user }),
  });
}

const statusOf = (session: SqlSession): number =>
  (session.isInTransaction ? STATUS.inTransaction : 0) | (session.variables.isOn('autocommit') ? STATUS.autocommit : 0);

type Done = Pick<SqlResult, 'affected' | 'insertId' | 'info'>;
function okBody(session: SqlSession, { affected, insertId, info }: Done, more: number): Uint8Array {
  const head = concat([
    new Uint8Array([OK]),
    lenenc(affected),
    lenenc(insertId),
    fixed(statusOf(session) | more, 2),
    fixed(session.warningCount, 2),
  ]);
  return info === '' ? head : concat([head, lenencText(info)]);
}

const eofBody = (session: SqlSession, more: number): Uint8Array =>
  concat([new Uint8Array([EOF]), fixed(session.warningCount, 2), fixed(statusOf(session) | more, 2)]);

/** The end of rows, for clients that have given up the older one. */
const endBody = (session: SqlSession, more: number): Uint8Array =>
  concat([new Uint8Array([EOF, 0, 0]), fixed(statusOf(session) | more, 2), fixed(session.warningCount, 2)]);

function columnBody({ name, type, nullable }: RelationColumn): Uint8Array {
  const code = codeOf(type);
  const isNumeric = isNumericCode(code);
  const charset = isNumeric || isBinary(type) || [7, 10, 11, 12].includes(code) ? CHARSETS.binary : CHARSETS.utf8mb4;
  const flags = (nullable ? 0 : FLAGS.notNull) | (type.isUnsigned ? FLAGS.unsigned : 0) | (charset === CHARSETS.binary ? FLAGS.binary : 0);
  const decimals = code === 5 || code === 4 ? (type.args[1] ?? 31) : (scaleOf(type) ?? 0);
  return concat([
    ...['def', '', '', '', name, name].map(lenencText),
    new Uint8Array([0x0c]),
    fixed(charset, 2),
    fixed((type.args[0] ?? 20) * 4, 4),
    new Uint8Array([code]),
    fixed(flags, 2),
    new Uint8Array([decimals, 0, 0]),
  ]);
}

function resultBodies(channel: Channel, session: SqlSession, result: SqlResult, more: number): readonly Uint8Array[] {
  const { columns, rows = [] } = result;
  if (columns === undefined) return [okBody(session, result, more)];
  const isNew = channel.has(CAPABILITIES.deprecateEof);
  const data = rows.map((row) =>
    concat(
      columns.map(({ type }, i) => {
        const value = row[i] ?? null;
        if (value === null) return new Uint8Array([0xfb]);
        const shown = shownAs(value, type);
        return isBinary(type) ? bytesText(new Uint8Array([...shown].map((char) => char.charCodeAt(0) & 255))) : lenencText(shown);
      }),
    ),
  );
  return [
    lenenc(columns.length),
    ...columns.map(columnBody),
    ...(isNew ? [] : [eofBody(session, more)]),
    ...data,
    isNew ? endBody(session, more) : eofBody(session, more),
  ];
}

async function loop(server: Server, channel: Channel, session: SqlSession): Promise<void> {
  for (;;) {
    const got = await channel.next();
    if (got === null) return;
    if (server.stopping !== null) return channel.error(plain(1053, '08S01', 'Server shutdown in progress'));
    const [command = 0] = got.body;
    const text = decode(got.body.subarray(1));
    if (command === COMMANDS.quit) return;
    if (command === COMMANDS.query) await query(server, channel, session, text);
    else if (command === COMMANDS.statistics) await channel.send(encode(statistics(server)));
    else await simple(channel, session, { command, text });
    note(server, channel, { command: 'Sleep', database: session.database, info: null, state: '' });
  }
}

/** COM_INIT_DB, COM_PING and COM_RESET_CONNECTION; other commands are refused. */
async function simple(
  channel: Channel,
  session: SqlSession,
  { command, text }: { readonly command: number; readonly text: string },
): Promise<void> {
  try {
    if (command === COMMANDS.initDb) session.use(text);
    else if (command === COMMANDS.resetConnection) session.close();
    else if (command === COMMANDS.prepare) throw plain(1235, '42000', "This model of the server doesn't support 'prepared statements'");
    else if (command !== COMMANDS.ping) throw plain(1047, '08S01', 'Unknown command');
    await channel.send(okBody(session, { affected: 0n, insertId: 0n, info: '' }, 0));
  } catch (error) {
    if (!(error instanceof MysqlError)) throw error;
    await channel.error(error);
  }
}

function note(
  server: Server,
  { peer }: Channel,
  change: { command: string; database: string | null; info: string | null; state: string },
): void {
  const found = server.connected.get(peer.id);
  if (found !== undefined) found.process = { ...found.process, ...change, sinceUs: Number(server.sys.clock.nowNs() / 1000n) };
}

function statistics({ sys, cluster, connected }: Server): string {
  const uptime = Math.max(1, Math.floor((Number(sys.clock.nowNs() / 1000n) - cluster.options.startedUs) / 1e6));
  const tables = [...cluster.world.values()].reduce((sum, schema) => sum + schema.tables.size, 0);
  return `Uptime: ${uptime}  Threads: ${connected.size}  Questions: ${cluster.questions}  Slow queries: 0  Opens: ${tables}  Flush tables: 3  Open tables: ${tables}  Queries per second avg: ${(cluster.questions / uptime).toFixed(3)}`;
}

const SLEEP = /\bsleep\s*\(\s*([\d.]+)\s*\)/i;

/** One or several statements; the first refusal ends it. */
async function query(server: Server, channel: Channel, session: SqlSession, text: string): Promise<void> {
  const { sys } = server;
  try {
    const statements = channel.has(CAPABILITIES.multiStatements) ? cutStatements(text) : [text];
    if (statements.length === 0) throw plain(1065, '42000', 'Query was empty');
    for (const [i, statement] of statements.entries()) {
      note(server, channel, { command: 'Query', database: session.database, info: statement, state: 'executing' });
      const result = await session.execute(statement);
      const seconds = SLEEP.exec(statement)?.[1];
      if (seconds !== undefined) await sys.sleep(Number(seconds) * 1000);
      await channel.send(...resultBodies(channel, session, result, i < statements.length - 1 ? STATUS.moreResults : 0));
      await sys.turn();
    }
  } catch (error) {
    if (!(error instanceof MysqlError)) throw error;
    await channel.error(error);
  }
}
