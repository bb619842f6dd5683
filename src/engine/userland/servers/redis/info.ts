/** What INFO says: read off the server, section by section. */
import type { RedisServer } from './server.ts';
import type { Value } from './store.ts';

const BASE_BYTES = 1_100_000;
const PER_KEY_BYTES = 64;
const UNITS = ['B', 'K', 'M', 'G'];

function sizeOf(value: Value): number {
  switch (value.type) {
    case 'string':
      return value.text.length;
    case 'list':
      return value.items.reduce((sum, item) => sum + item.length + 11, 0);
    case 'hash':
      return [...value.fields].reduce((sum, [field, text]) => sum + field.length + text.length + 22, 0);
    case 'set':
      return [...value.members].reduce((sum, member) => sum + member.length + 11, 0);
    case 'zset':
      return [...value.scores].reduce((sum, [name]) => sum + name.length + 20, 0);
  }
}

/** About what a key and its value take. */
export const memoryOf = (key: string, value: Value): number => PER_KEY_BYTES + key.length + sizeOf(value);

const usedBytes = ({ dbs }: RedisServer): number =>
  BASE_BYTES +
  dbs.reduce(
    (sum, db) =>
      sum +
      db.keys().reduce((all, key) => {
        const value = db.get(key);
        return all + (value === undefined ? 0 : memoryOf(key, value));
      }, 0),
    0,
  );

function human(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  return `${(bytes / 1024 ** power).toFixed(2)}${UNITS[power]}`;
}

type Section = (server: RedisServer) => readonly (readonly [string, string | number])[];

const SECTIONS: Readonly<Record<string, Section>> = {
  Server: (server) => {
    const upSeconds = Math.floor((server.nowMs - server.startedMs) / 1000);
    return [
      ['redis_version', server.version],
      ['redis_git_sha1', '00000000'],
      ['redis_git_dirty', 1],
      ['redis_mode', 'standalone'],
      ['os', `Linux ${server.sys.uname.release} ${server.sys.uname.machine}`],
      ['arch_bits', 64],
      ['monotonic_clock', 'POSIX clock_gettime'],
      ['multiplexing_api', 'epoll'],
      ['process_id', server.sys.pid],
      ['run_id', server.runId],
      ['tcp_port', server.config.get('port')],
      ['server_time_usec', `${server.nowMs}000`],
      ['uptime_in_seconds', upSeconds],
      ['uptime_in_days', Math.floor(upSeconds / 86_400)],
      ['hz', 10],
      ['executable', '/data/redis-server'],
      ['config_file', ''],
    ];
  },
  Clients: ({ clients, config }) => [
    ['connected_clients', clients.size],
    ['cluster_connections', 0],
    ['maxclients', config.get('maxclients')],
    ['blocked_clients', 0],
    ['pubsub_clients', [...clients.values()].filter(({ channels, patterns }) => channels.size + patterns.size > 0).length],
  ],
  Memory: (server) => {
    const used = usedBytes(server);
    const most = Number(server.config.get('maxmemory'));
    return [
      ['used_memory', used],
      ['used_memory_human', human(used)],
      ['maxmemory', most],
      ['maxmemory_human', most === 0 ? '0B' : human(most)],
      ['maxmemory_policy', server.config.get('maxmemory-policy')],
    ];
  },
  Persistence: (server) => [
    ['loading', 0],
    ['async_loading', 0],
    ['rdb_changes_since_last_save', server.dirty],
    ['rdb_bgsave_in_progress', 0],
    ['rdb_last_save_time', Math.floor(server.lastSaveMs / 1000)],
    ['rdb_last_bgsave_status', 'ok'],
    ['aof_enabled', server.config.isOn('appendonly') ? 1 : 0],
    ['aof_rewrite_in_progress', 0],
  ],
  Stats: (server) => [
    ['total_connections_received', server.connections],
    ['total_commands_processed', server.commands],
    ['instantaneous_ops_per_sec', 0],
    ['rejected_connections', 0],
    ['expired_keys', server.dbs.reduce((sum, { expiredKeys }) => sum + expiredKeys, 0)],
    ['evicted_keys', 0],
    ['keyspace_hits', server.hits],
    ['keyspace_misses', server.misses],
    ['pubsub_channels', new Set([...server.clients.values()].flatMap(({ channels }) => [...channels])).size],
  ],
  Replication: (server) => [
    ['role', 'master'],
    ['connected_slaves', 0],
    ['master_replid', server.runId],
    ['master_repl_offset', 0],
    ['repl_backlog_active', 0],
  ],
  CPU: ({ sys }) => [
    ['used_cpu_sys', '0.000000'],
    ['used_cpu_user', (Number(sys.times().selfNs) / 1e9).toFixed(6)],
  ],
  Cluster: () => [['cluster_enabled', 0]],
  Keyspace: ({ dbs }) =>
    dbs.flatMap((db, index) => {
      const keys = db.size;
      return keys === 0 ? [] : [[`db${index}`, `keys=${keys},expires=${db.expiring},avg_ttl=0,subexpiry=0`] as const];
    }),
};

/** The sections asked for (all of them if none, or by `all`, `default`, `everything`). */
export function info(server: RedisServer, names: readonly string[]): string {
  const wanted = names.map((name) => name.toLowerCase());
  const takesAll = wanted.length === 0 || wanted.some((name) => ['all', 'default', 'everything'].includes(name));
  return Object.entries(SECTIONS)
    .filter(([name]) => takesAll || wanted.includes(name.toLowerCase()))
    .map(
      ([name, section]) =>
        `# ${name}\r\n${section(server)
          .map(([key, value]) => `${key}:${value}\r\n`)
          .join('')}`,
    )
    .join('\r\n');
}
