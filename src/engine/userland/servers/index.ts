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
  createdb: async () => (await import('./postgres/tools.ts')).createdb,
  createuser: async () => (await import('./postgres/tools.ts')).createuser,
  dropdb: async () => (await import('./postgres/tools.ts')).dropdb,
  initdb: async () => (await import('./postgres/initdb.ts')).initdb,
  pg_ctl: async () => (await import('./postgres/tools.ts')).pgCtl,
  pg_isready: async () => (await import('./postgres/tools.ts')).pgIsReady,
  postgres: async () => (await import('./postgres/postmaster.ts')).postgres,
  stress: async () => (await import('../coreutils/system/stress.ts')).stressProgram,
  tree: async () => (await import('../coreutils/files/tree-program.ts')).treeProgram,
  psql: async () => (await import('./postgres/psql.ts')).psql,
  mysql: async () => (await import('./mysql/mysql.ts')).mysql,
  mysqladmin: async () => (await import('./mysql/mysqladmin.ts')).mysqladmin,
  mysqld: async () => (await import('./mysql/mysqld.ts')).mysqld,
  mysqldump: async () => (await import('./mysql/mysqldump.ts')).mysqldump,
  'redis-benchmark': async () => (await import('./redis/benchmark.ts')).redisBenchmark,
  'redis-cli': async () => (await import('./redis/cli.ts')).redisCli,
  'redis-server': async () => (await import('./redis/index.ts')).redisServer,
};

/** A program that is a family of its own: a server, or one like `curl` that is the same everywhere. */
export const server = async (name: string): Promise<Program | undefined> =>
  /^python3(\.\d+)?$/.test(name)
    ? (await import('../python/index.ts')).python(name)
    : Object.hasOwn(SERVERS, name)
      ? SERVERS[name]?.()
      : (await import('../net/index.ts')).gnuNet(name);
