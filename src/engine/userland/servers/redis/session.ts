/** One client's conversation: it authenticates, chooses a database, subscribes, makes transactions; everything else is a command. */
import { HASH_COMMANDS, LIST_COMMANDS, SET_COMMANDS, take } from './collections.ts';
import type { Call, Command, Commands } from './command.ts';
import { KEY_COMMANDS } from './keys.ts';
import { array, bulk, failure, int, NIL, OK, RedisError, type Reply, status, strings } from './resp.ts';
import type { Client, RedisServer } from './server.ts';
import { SERVER_COMMANDS, type ServerCommand } from './server-commands.ts';
import { SORTED_SET_COMMANDS } from './sorted-sets.ts';
import { float, matchesGlob, smallInteger } from './store.ts';
import { STRING_COMMANDS } from './strings.ts';

export const COMMANDS: Commands = {
  ...KEY_COMMANDS,
  ...STRING_COMMANDS,
  ...LIST_COMMANDS,
  ...HASH_COMMANDS,
  ...SET_COMMANDS,
  ...SORTED_SET_COMMANDS,
};

const wrongArity = (name: string): RedisError => new RedisError(`ERR wrong number of arguments for '${name}' command`);
const fits = (arity: number, count: number): boolean => (arity < 0 ? count >= -arity : count === arity);

/** What may be said before one has said who one is. */
const OPEN = ['auth', 'hello', 'quit', 'reset'];
const WHILE_SUBSCRIBED = ['subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe', 'ping', 'quit', 'reset'];

type Own = (words: readonly string[]) => Promise<Reply | null> | Reply | null;

export class Session {
  readonly server: RedisServer;
  readonly client: Client;
  protocol: 2 | 3 = 2;
  isOver = false;
  #isKnown: boolean;
  #queued: (readonly string[])[] | null = null;
  #isSpoiled = false;
  #watched = new Map<string, readonly [db: number, version: number]>();

  constructor(server: RedisServer, client: Client) {
    this.server = server;
    this.client = client;
    this.#isKnown = server.config.get('requirepass') === '';
  }

  /** Carries a request out; null if it has answered already. Never throws for what the client did wrong. */
  async answer(words: readonly string[]): Promise<Reply | null> {
    const name = (words[0] ?? '').toLowerCase();
    this.client.lastCommand = name;
    try {
      return await this.#dispatch(name, words);
    } catch (error) {
      if (!(error instanceof RedisError)) throw error;
      if (this.#queued !== null && name !== 'exec') this.#isSpoiled = true;
      return failure(error.message);
    }
  }

  async #dispatch(name: string, words: readonly string[]): Promise<Reply | null> {
    const own = Object.hasOwn(this.#own, name) ? this.#own[name] : undefined;
    const command = commandOf(name);
    if (own === undefined && command === undefined) throw unknownCommand(words);
    if (command !== undefined && !fits(command.arity, words.length)) throw wrongArity(name);
    if (own !== undefined && !fits(OWN_ARITY[name] ?? -1, words.length)) throw wrongArity(name);
    if (!this.#isKnown && !OPEN.includes(name)) throw new RedisError('NOAUTH Authentication required.');
    if (this.#subscriptions > 0 && this.protocol === 2 && !WHILE_SUBSCRIBED.includes(name))
      throw new RedisError(
        `ERR Can't execute '${name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
      );
    if (this.#queued !== null && !['multi', 'exec', 'discard', 'watch', 'quit', 'reset'].includes(name)) {
      this.#queued.push(words);
      return status('QUEUED');
    }
    this.server.commands += 1;
    return own === undefined ? this.#run(name, words) : own(words);
  }

  /** A command on data, or on the server. */
  async #run(name: string, words: readonly string[]): Promise<Reply> {
    const onServer: ServerCommand | undefined = Object.hasOwn(SERVER_COMMANDS, name) ? SERVER_COMMANDS[name] : undefined;
    if (onServer !== undefined) return onServer.run({ server: this.server, client: this.client, args: words.slice(1) });
    const command = COMMANDS[name];
    if (command === undefined) throw unknownCommand(words);
    const { reply, kept } = execute(this.server, this.client.db, { command, words });
    if (name === 'get') this.#count(reply);
    if (kept.length > 0) {
      await this.server.changedBy(this.client.db, kept);
      this.server.arrivals.wake();
    }
    return reply;
  }

  #count(reply: Reply): void {
    if (reply.kind === 'bulk' && reply.value === null) this.server.misses += 1;
    else this.server.hits += 1;
  }

  get #subscriptions(): number {
    return this.client.channels.size + this.client.patterns.size;
  }

  readonly #own: Readonly<Record<string, Own>> = {
    ping: ([, text]) => {
      if (this.#subscriptions > 0 && this.protocol === 2) return strings(['pong', text ?? '']);
      return text === undefined ? status('PONG') : bulk(text);
    },
    quit: () => {
      this.isOver = true;
      return OK;
    },
    reset: () => {
      this.#queued = null;
      this.client.channels.clear();
      this.client.patterns.clear();
      this.client.db = 0;
      return status('RESET');
    },
    select: ([, index = '']) => {
      const db = smallInteger(index);
      if (this.server.dbs[db] === undefined) throw new RedisError('ERR DB index is out of range');
      this.client.db = db;
      return OK;
    },
    auth: (words) => this.#auth(words.slice(1)),
    hello: (words) => this.#hello(words.slice(1)),
    multi: () => {
      if (this.#queued !== null) throw new RedisError('ERR MULTI calls can not be nested');
      this.#queued = [];
      this.#isSpoiled = false;
      return OK;
    },
    discard: () => {
      if (this.#queued === null) throw new RedisError('ERR DISCARD without MULTI');
      this.#queued = null;
      this.#watched.clear();
      return OK;
    },
    exec: () => this.#exec(),
    watch: (words) => {
      if (this.#queued !== null) throw new RedisError('ERR WATCH inside MULTI is not allowed');
      for (const key of words.slice(1)) this.#watched.set(key, [this.client.db, this.#versionOf(this.client.db, key)]);
      return OK;
    },
    unwatch: () => {
      this.#watched.clear();
      return OK;
    },
    move: (words) => this.#move(words),
    flushall: async (words) => {
      for (const db of this.server.dbs) db.clear();
      await this.server.changedBy(this.client.db, [words]);
      return OK;
    },
    subscribe: (words) => this.#subscribe('subscribe', this.client.channels, words.slice(1)),
    psubscribe: (words) => this.#subscribe('psubscribe', this.client.patterns, words.slice(1)),
    unsubscribe: (words) => this.#unsubscribe('unsubscribe', this.client.channels, words.slice(1)),
    punsubscribe: (words) => this.#unsubscribe('punsubscribe', this.client.patterns, words.slice(1)),
    publish: (words) => this.#publish(words),
    blpop: (words) => this.#blockingPop(words, 'left'),
    brpop: (words) => this.#blockingPop(words, 'right'),
  };

  #auth(words: readonly string[]): Reply {
    const password = this.server.config.get('requirepass');
    const [user, given] = words.length > 1 ? [words[0], words[1]] : ['default', words[0]];
    if (password === '' && words.length === 1)
      throw new RedisError(
        'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
      );
    if (user !== 'default' || (password !== '' && given !== password))
      throw new RedisError('WRONGPASS invalid username-password pair or user is disabled.');
    this.#isKnown = true;
    return OK;
  }

  #hello([version, ...words]: readonly string[]): Reply {
    if (version !== undefined && version !== '2' && version !== '3') throw new RedisError('NOPROTO unsupported protocol version');
    const auth = words.findIndex((one) => one.toUpperCase() === 'AUTH');
    if (auth >= 0) this.#auth(words.slice(auth + 1, auth + 3));
    if (!this.#isKnown)
      throw new RedisError(
        'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
      );
    if (version !== undefined) this.protocol = version === '3' ? 3 : 2;
    const facts: readonly (readonly [string, Reply])[] = [
      ['server', bulk('redis')],
      ['version', bulk(this.server.version)],
      ['proto', int(this.protocol)],
      ['id', int(this.client.id)],
      ['mode', bulk('standalone')],
      ['role', bulk('master')],
      ['modules', array([])],
    ];
    return { kind: 'map', pairs: facts.map(([key, value]) => [bulk(key), value] as const) };
  }

  #versionOf(db: number, key: string): number {
    this.server.dbs[db]?.get(key);
    return this.server.dbs[db]?.version(key) ?? 0;
  }

  async #exec(): Promise<Reply> {
    const queued = this.#queued;
    if (queued === null) throw new RedisError('ERR EXEC without MULTI');
    const isStale = [...this.#watched].some(([key, [db, version]]) => this.#versionOf(db, key) !== version);
    this.#queued = null;
    this.#watched.clear();
    if (this.#isSpoiled) throw new RedisError('EXECABORT Transaction discarded because of previous errors.');
    if (isStale) return { kind: 'no-array' };
    const replies: Reply[] = [];
    for (const words of queued) replies.push((await this.answer(words)) ?? NIL);
    return array(replies);
  }

  async #move(words: readonly string[]): Promise<Reply> {
    const [, key = '', index = ''] = words;
    const target = this.server.dbs[smallInteger(index)];
    if (target === undefined) throw new RedisError('ERR DB index is out of range');
    const source = this.server.dbs[this.client.db];
    const value = source?.get(key);
    if (value === undefined || target === source || target.get(key) !== undefined) return int(0);
    source?.delete(key);
    target.set(key, value);
    await this.server.changedBy(this.client.db, [words]);
    return int(1);
  }

  async #subscribe(verb: string, to: Set<string>, names: readonly string[]): Promise<null> {
    for (const name of names) {
      to.add(name);
      await this.client.push({ kind: 'push', items: [bulk(verb), bulk(name), int(this.#subscriptions)] });
    }
    return null;
  }

  async #unsubscribe(verb: string, from: Set<string>, names: readonly string[]): Promise<null> {
    const gone = names.length > 0 ? names : [...from];
    for (const name of gone) {
      from.delete(name);
      await this.client.push({ kind: 'push', items: [bulk(verb), bulk(name), int(this.#subscriptions)] });
    }
    if (gone.length === 0) await this.client.push({ kind: 'push', items: [bulk(verb), NIL, int(this.#subscriptions)] });
    return null;
  }

  async #publish([, channel = '', message = '']: readonly string[]): Promise<Reply> {
    let heard = 0;
    for (const { channels, patterns, push } of this.server.clients.values()) {
      if (channels.has(channel)) {
        heard += 1;
        await push({ kind: 'push', items: ['message', channel, message].map(bulk) });
      }
      for (const pattern of [...patterns].filter((one) => matchesGlob(one, channel))) {
        heard += 1;
        await push({ kind: 'push', items: ['pmessage', pattern, channel, message].map(bulk) });
      }
    }
    return int(heard);
  }

  async #blockingPop(words: readonly string[], end: 'left' | 'right'): Promise<Reply> {
    const keys = words.slice(1, -1);
    const seconds = float(words.at(-1) ?? '', 'ERR timeout is not a float or out of range');
    if (seconds < 0) throw new RedisError('ERR timeout is negative');
    const until = this.server.nowMs + seconds * 1000;
    for (;;) {
      for (const key of keys) {
        const [item] = take(callOn(this.server, this.client.db, [key]).call, key, { end, count: 1 });
        if (item === undefined) continue;
        await this.server.changedBy(this.client.db, [[end === 'left' ? 'LPOP' : 'RPOP', key]]);
        return strings([key, item]);
      }
      const left = until - this.server.nowMs;
      if (seconds === 0) await this.server.arrivals.wait();
      else if (left <= 0 || !(await this.server.arrivals.wait(left))) return { kind: 'no-array' };
    }
  }
}

/** Words with the name, of what a session does itself. */
const OWN_ARITY: Readonly<Record<string, number>> = {
  select: 2,
  auth: -2,
  multi: 1,
  discard: 1,
  exec: 1,
  watch: -2,
  move: 3,
  subscribe: -2,
  psubscribe: -2,
  publish: 3,
  blpop: -3,
  brpop: -3,
};

function unknownCommand(words: readonly string[]): RedisError {
  const args = words
    .slice(1)
    .map((one) => `'${one}' `)
    .join('')
    .slice(0, 128);
  return new RedisError(`ERR unknown command '${words[0] ?? ''}', with args beginning with: ${args}`);
}

const commandOf = (name: string): { readonly arity: number } | undefined =>
  Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : Object.hasOwn(SERVER_COMMANDS, name) ? SERVER_COMMANDS[name] : undefined;

function callOn(
  server: RedisServer,
  index: number,
  args: readonly string[],
): { call: Call; replacement: () => readonly (readonly string[])[] | null } {
  const db = server.dbs[index];
  if (db === undefined) throw new RedisError('ERR DB index is out of range');
  let replacement: readonly (readonly string[])[] | null = null;
  const call: Call = {
    args,
    db,
    nowMs: server.nowMs,
    replaceBy: (...words) => {
      replacement = words;
    },
    chance: (limit) => new DataView(server.sys.random.bytes(4).buffer).getUint32(0) % limit,
  };
  return { call, replacement: () => replacement };
}

/** Runs a command on a database; `kept` is what has to be kept of it, nothing if it changed nothing. */
export function execute(
  server: RedisServer,
  db: number,
  { command, words }: { command: Command; words: readonly string[] },
): { readonly reply: Reply; readonly kept: readonly (readonly string[])[] } {
  const { call, replacement } = callOn(server, db, words.slice(1));
  const reply = command.run(call);
  const isNothing =
    (reply.kind === 'int' && reply.value === 0) || reply.kind === 'no-array' || (reply.kind === 'bulk' && reply.value === null);
  return { reply, kept: command.writes && !isNothing ? (replacement() ?? [words]) : [] };
}
