/** Commands about the server itself. */
import { ConfigError } from './config.ts';
import { info, memoryOf } from './info.ts';
import { array, bulk, failure, int, NIL, OK, RedisError, type Reply, status, strings } from './resp.ts';
import type { Client, RedisServer } from './server.ts';
import { matchesGlob } from './store.ts';

export interface ServerCall {
  readonly server: RedisServer;
  readonly client: Client;
  readonly args: readonly string[];
}

export interface ServerCommand {
  readonly arity: number;
  run(call: ServerCall): Promise<Reply> | Reply;
}

const on = (arity: number, run: ServerCommand['run']): ServerCommand => ({ arity, run });

const unknownVerb = (command: string, verb: string): RedisError => new RedisError(`ERR unknown subcommand '${verb}'. Try ${command} HELP.`);

function config({ server, args }: ServerCall): Reply {
  const [verb = '', ...words] = args;
  switch (verb.toUpperCase()) {
    case 'GET': {
      const names = server.config.names().filter((name) => words.some((pattern) => matchesGlob(pattern.toLowerCase(), name)));
      const shown = (name: string): string => (name === 'dir' ? server.sys.path.cwd() : server.config.get(name));
      return { kind: 'map', pairs: names.map((name) => [bulk(name), bulk(shown(name))] as const) };
    }
    case 'SET':
      for (let i = 0; i < words.length; i += 2) {
        const name = words[i] ?? '';
        if (!server.config.names().includes(name.toLowerCase()))
          throw new RedisError(`ERR Unknown option or number of arguments for CONFIG SET - '${name}'`);
        try {
          server.config.set(name, (words[i + 1] ?? '').split(' '));
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          throw new RedisError(`ERR CONFIG SET failed (possibly related to argument '${name}') - ${error.message}`);
        }
      }
      server.changed.wake();
      return OK;
    case 'RESETSTAT':
      server.commands = server.connections = server.hits = server.misses = 0;
      return OK;
    case 'REWRITE':
      throw new RedisError('ERR The server is running without a config file');
    default:
      throw unknownVerb('CONFIG', verb);
  }
}

const clientLine = (server: RedisServer, one: Client): string =>
  `id=${one.id} addr=${one.address} name=${one.name} age=${Math.floor((server.nowMs - one.sinceMs) / 1000)} idle=0 flags=N db=${one.db} sub=${one.channels.size} psub=${one.patterns.size} cmd=${one.lastCommand} user=default lib-name=${one.library}\n`;

function client({ server, client: own, args }: ServerCall): Reply {
  const [verb = '', ...words] = args;
  switch (verb.toUpperCase()) {
    case 'ID':
      return int(own.id);
    case 'GETNAME':
      return own.name === '' ? NIL : bulk(own.name);
    case 'SETNAME':
      if (/[\s]/.test(words[0] ?? '')) throw new RedisError('ERR Client names cannot contain spaces, newlines or special characters.');
      own.name = words[0] ?? '';
      return OK;
    case 'SETINFO':
      if (words[0]?.toUpperCase() === 'LIB-NAME') own.library = words[1] ?? '';
      return OK;
    case 'INFO':
      return bulk(clientLine(server, own));
    case 'LIST':
      return bulk([...server.clients.values()].map((one) => clientLine(server, one)).join(''));
    case 'NO-EVICT':
    case 'NO-TOUCH':
    case 'REPLY':
      return OK;
    default:
      throw unknownVerb('CLIENT', verb);
  }
}

async function save({ server }: ServerCall): Promise<Reply> {
  return (await server.save()) ? OK : failure('ERR');
}

async function shutdown({ server, args }: ServerCall): Promise<Reply> {
  if (args[0]?.toUpperCase() === 'NOSAVE') server.config.set('save', ['']);
  server.ended.wake();
  await server.sys.pause();
  return OK;
}

function pubsub({ server, args }: ServerCall): Reply {
  const [verb = '', ...words] = args;
  const clients = [...server.clients.values()];
  switch (verb.toUpperCase()) {
    case 'CHANNELS':
      return strings([...new Set(clients.flatMap(({ channels }) => [...channels]))].filter((name) => matchesGlob(words[0] ?? '*', name)));
    case 'NUMSUB':
      return array(words.flatMap((name) => [bulk(name), int(clients.filter(({ channels }) => channels.has(name)).length)]));
    case 'NUMPAT':
      return int(new Set(clients.flatMap(({ patterns }) => [...patterns])).size);
    default:
      throw unknownVerb('PUBSUB', verb);
  }
}

function memory({ server, client: { db }, args }: ServerCall): Reply {
  const [verb = '', key = ''] = args;
  if (verb.toUpperCase() !== 'USAGE') throw unknownVerb('MEMORY', verb);
  const value = server.dbs[db]?.get(key);
  return value === undefined ? NIL : int(memoryOf(key, value));
}

export const SERVER_COMMANDS: Readonly<Record<string, ServerCommand>> = {
  bgrewriteaof: on(1, () => status('Background append only file rewriting started')),
  bgsave: on(-1, async (call) => {
    await call.server.log('*', 'Background saving started');
    await call.server.save();
    return status('Background saving started');
  }),
  client: on(-2, client),
  command: on(-1, ({ args }) => (args[0]?.toUpperCase() === 'COUNT' ? int(0) : array([]))),
  config: on(-2, config),
  echo: on(2, ({ args }) => bulk(args[0] ?? '')),
  info: on(-1, ({ server, args }) => bulk(info(server, args))),
  lastsave: on(1, ({ server }) => int(Math.floor(server.lastSaveMs / 1000))),
  lolwut: on(-1, ({ server }) => bulk(`Redis ver. ${server.version}\n`)),
  memory: on(-2, memory),
  pubsub: on(-2, pubsub),
  role: on(1, () => array([bulk('master'), int(0), array([])])),
  save: on(1, save),
  shutdown: on(-1, shutdown),
  slowlog: on(-2, ({ args }) => (args[0]?.toUpperCase() === 'LEN' ? int(0) : array([]))),
  time: on(1, ({ server }) => strings([String(Math.floor(server.nowMs / 1000)), String((server.nowMs % 1000) * 1000)])),
};
