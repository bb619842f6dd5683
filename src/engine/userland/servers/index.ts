/** Servers and their clients, by name. A server answers every connection in a thread of its own. Each is loaded when first run. */
import type { Program } from '../../kernel/sys.ts';

const SERVERS: Readonly<Record<string, () => Promise<Program>>> = {
  aws: async () => (await import('../net/aws.ts')).aws,
  go: async () => (await import('../go/tool/index.ts')).go,
  gosu: async () => (await import('./gosu.ts')).gosu,
  java: async () => (await import('./java/index.ts')).java,
  node: async () => (await import('../node/index.ts')).node,
  npm: async () => (await import('../node/npm/index.ts')).npm,
  npx: async () => (await import('../node/npm/index.ts')).npx,
  'hello-world': async () => (await import('./hello.ts')).hello,
  htpasswd: async () => (await import('./apache/htpasswd.ts')).htpasswd,
  httpd: async () => (await import('./apache/index.ts')).apache,
  nginx: async () => (await import('./nginx/index.ts')).nginx,
  stress: async () => (await import('../coreutils/system/stress.ts')).stressProgram,
  tree: async () => (await import('../coreutils/files/tree-program.ts')).treeProgram,
  'redis-benchmark': async () => (await import('./redis/benchmark.ts')).redisBenchmark,
  'redis-cli': async () => (await import('./redis/cli.ts')).redisCli,
  'redis-server': async () => (await import('./redis/index.ts')).redisServer,
};

/** A program that is a family of its own: a server, or one like `curl` that is the same everywhere. */
export const server = async (name: string): Promise<Program | undefined> => {
  if (name.startsWith('python3')) return (await import('../python/index.ts')).python(name);
  if (name.startsWith('mysql')) return (await import('./mysql/programs.ts')).mysqlProgram(name);
  if (/^(createdb|createuser|dropdb|initdb|pg_|postgres|psql)/.test(name))
    return (await import('./postgres/programs.ts')).postgresProgram(name);
  return Object.hasOwn(SERVERS, name) ? SERVERS[name]?.() : (await import('../net/index.ts')).gnuNet(name);
};
