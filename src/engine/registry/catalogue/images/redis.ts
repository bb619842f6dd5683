import { withAccounts } from '../accounts.ts';
import {
  DEFAULT_PATH,
  directories,
  directory,
  type ImageRecipe,
  type Libc,
  lines,
  type OriginalSize,
  ownedBy,
  program,
  script,
  symlink,
} from '../recipe.ts';
import { ALPINE_3_22 } from './alpine.ts';
import { DEBIAN_12_SLIM } from './debian.ts';

const VERSION = '8.4.0';
const UID = 999;

/** As the original's: options mean the server; root gives the data away and steps down. */
const ENTRYPOINT = lines(
  '#!/bin/sh',
  'set -e',
  '',
  '# Options or a configuration alone mean the server.',
  'case "$1" in',
  '\t-*|*.conf) set -- redis-server "$@" ;;',
  'esac',
  '',
  '# A server that root starts gives the data to redis and becomes redis.',
  'if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then',
  "\tfind . ! -user redis -exec chown redis '{}' +",
  '\texec setpriv --reuid=redis --regid=redis --clear-groups -- "$0" "$@"',
  'fi',
  '',
  '# What it writes is for its own eyes, unless somebody said otherwise.',
  'if [ "$(umask)" = 0022 ]; then',
  '\tumask 0077',
  'fi',
  '',
  'exec "$@"',
);

const BINARIES = ['redis-server', 'redis-cli', 'redis-benchmark'];

interface Variant {
  readonly base: ImageRecipe;
  readonly libc: Libc;
  readonly gid: number;
  readonly tags: readonly string[];
  readonly version: string;
  /** How the user is made, and what is installed before the server. */
  readonly account: string;
  readonly tools: string;
  readonly server: OriginalSize;
}

function redis({ base, libc, gid, tags, version, account, tools, server }: Variant): ImageRecipe {
  const user = { name: 'redis', uid: UID, gid, home: '/home/redis', shell: '/sbin/nologin', comment: 'Linux User,,,' };
  const setpriv = libc === 'musl' ? [program('usr/bin/setpriv', 'gnu:setpriv', libc)] : [];
  return {
    repository: 'library/redis',
    tags,
    version,
    created: '2025-11-18T18:42:11Z',
    parent: base,
    steps: [
      {
        createdBy: `RUN /bin/sh -c ${account} # buildkit`,
        layer: {
          files: [...directories('etc', 'home'), ...withAccounts(base, [user]), ...ownedBy(UID, gid, [directory('home/redis', 0o2755)])],
        },
      },
      {
        createdBy: `RUN /bin/sh -c ${tools} # buildkit`,
        layer: {
          files: [...directories('usr', 'usr/bin', 'usr/share', 'usr/share/zoneinfo'), ...setpriv],
          original: { sizeBytes: 200_307, unpackedBytes: 1_760_000 },
        },
      },
      { createdBy: `ENV REDIS_VERSION=${VERSION}` },
      { createdBy: `ARG REDIS_DOWNLOAD_URL=https://github.com/redis/redis/archive/refs/tags/${VERSION}.tar.gz` },
      {
        createdBy: `RUN |1 REDIS_DOWNLOAD_URL=https://github.com/redis/redis/archive/refs/tags/${VERSION}.tar.gz /bin/sh -c set -eux; \twget -O redis.tar.gz "$REDIS_DOWNLOAD_URL"; \tmake -C /usr/src/redis install # buildkit`,
        layer: {
          files: [
            ...directories('usr', 'usr/local', 'usr/local/bin'),
            ...BINARIES.map((name) => program(`usr/local/bin/${name}`, `${name}:${VERSION}`, libc)),
            ...['redis-sentinel', 'redis-check-aof', 'redis-check-rdb'].map((name) => symlink(`usr/local/bin/${name}`, 'redis-server')),
          ],
          original: server,
        },
      },
      {
        createdBy: 'RUN /bin/sh -c mkdir /data && chown redis:redis /data # buildkit',
        layer: { files: ownedBy(UID, gid, directories('data')) },
      },
      { createdBy: 'VOLUME [/data]' },
      { createdBy: 'WORKDIR /data', layer: { files: [] } },
      {
        createdBy: 'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
        layer: { files: [...directories('usr', 'usr/local', 'usr/local/bin'), script('usr/local/bin/docker-entrypoint.sh', ENTRYPOINT)] },
      },
      { createdBy: 'ENTRYPOINT ["docker-entrypoint.sh"]' },
      { createdBy: 'EXPOSE map[6379/tcp:{}]' },
      { createdBy: 'CMD ["redis-server"]' },
    ],
    config: {
      ExposedPorts: { '6379/tcp': {} },
      Env: [DEFAULT_PATH, `REDIS_VERSION=${VERSION}`],
      Cmd: ['redis-server'],
      Volumes: { '/data': {} },
      WorkingDir: '/data',
      Entrypoint: ['docker-entrypoint.sh'],
    },
  };
}

export const REDISES: readonly ImageRecipe[] = [
  redis({
    base: DEBIAN_12_SLIM,
    libc: 'glibc',
    gid: UID,
    tags: ['8', '8.4', VERSION, '8-bookworm', 'bookworm', 'latest'],
    version: `${VERSION}-bookworm`,
    account: 'set -eux; \tgroupadd -r -g 999 redis; \tuseradd -r -g redis -u 999 redis',
    tools: 'set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\ttzdata \t; \trm -rf /var/lib/apt/lists/*',
    server: { sizeBytes: 22_600_000, unpackedBytes: 61_400_000 },
  }),
  redis({
    base: ALPINE_3_22,
    libc: 'musl',
    gid: 1000,
    tags: ['8-alpine', '8.4-alpine', `${VERSION}-alpine`, '8-alpine3.22', 'alpine'],
    version: `${VERSION}-alpine3.22`,
    account: 'set -eux; \taddgroup -S -g 1000 redis; \tadduser -S -G redis -u 999 redis',
    tools: 'set -eux; \tapk add --no-cache \t\ttzdata \t\tsetpriv \t;',
    server: { sizeBytes: 30_095_106, unpackedBytes: 85_300_000 },
  }),
];
