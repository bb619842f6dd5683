import { withAccounts } from '../accounts.ts';
import { POSTGRES_CONF_SAMPLE, POSTGRES_ENTRYPOINT } from '../files/postgres.ts';
import { DEFAULT_PATH, directories, directory, file, type ImageRecipe, ownedBy, program, script, symlink } from '../recipe.ts';
import { ALPINE_3_23 } from './alpine.ts';

const VERSION = '17.7';
const UID = 70;
const PROGRAMS = ['createdb', 'createuser', 'dropdb', 'initdb', 'pg_ctl', 'pg_isready', 'postgres', 'psql'];
const LOCAL = ['usr', 'usr/local', 'usr/local/bin'];
const ENV = [
  'GOSU_VERSION=1.19',
  'LANG=en_US.utf8',
  'PG_MAJOR=17',
  `PG_VERSION=${VERSION}`,
  'PG_SHA256=ef9e343302eccd33112f1b2f0247be493cb5768313adeb558b02de8797a2e9b5',
  'DOCKER_PG_LLVM_DEPS=llvm19-dev \t\tclang19',
  'PGDATA=/var/lib/postgresql/data',
];
const env = (name: string): { readonly createdBy: string } => ({
  createdBy: `ENV ${ENV.find((one) => one.startsWith(`${name}=`)) ?? name}`,
});

export const POSTGRES: ImageRecipe = {
  repository: 'library/postgres',
  tags: ['17-alpine', '17.7-alpine', '17-alpine3.23', '17.7-alpine3.23'],
  version: `${VERSION}-alpine3.23`,
  created: '2025-12-05T21:25:39Z',
  parent: ALPINE_3_23,
  steps: [
    {
      createdBy:
        'RUN /bin/sh -c set -eux; \taddgroup -g 70 -S postgres; \tadduser -u 70 -S -D -G postgres -H -h /var/lib/postgresql -s /bin/sh postgres; \tinstall --verbose --directory --owner postgres --group postgres --mode 1777 /var/lib/postgresql # buildkit',
      layer: {
        files: [
          ...directories('etc', 'var', 'var/lib'),
          ...withAccounts(ALPINE_3_23, [
            { name: 'postgres', uid: UID, gid: UID, home: '/var/lib/postgresql', shell: '/bin/sh', comment: 'Linux User,,,' },
          ]),
          ...ownedBy(UID, UID, [directory('var/lib/postgresql', 0o1777)]),
        ],
      },
    },
    env('GOSU_VERSION'),
    {
      createdBy:
        'RUN /bin/sh -c set -eux; \t\tapk add --no-cache --virtual .gosu-deps \t\tca-certificates \t\tdpkg \t\tgnupg \t; \t\twget -O /usr/local/bin/gosu "https://github.com/tianon/gosu/releases/download/$GOSU_VERSION/gosu-$dpkgArch"; \t\tapk del --no-network .gosu-deps; \t\tchmod +x /usr/local/bin/gosu; \tgosu --version; \tgosu nobody true # buildkit',
      layer: {
        files: [...directories(...LOCAL), program('usr/local/bin/gosu', 'gosu')],
        original: { sizeBytes: 901_408, unpackedBytes: 2_420_000 },
      },
    },
    env('LANG'),
    {
      createdBy: 'RUN /bin/sh -c mkdir /docker-entrypoint-initdb.d # buildkit',
      layer: { files: directories('docker-entrypoint-initdb.d') },
    },
    env('PG_MAJOR'),
    env('PG_VERSION'),
    env('PG_SHA256'),
    env('DOCKER_PG_LLVM_DEPS'),
    {
      createdBy:
        'RUN /bin/sh -c set -eux; \t\twget -O postgresql.tar.bz2 "https://ftp.postgresql.org/pub/source/v$PG_VERSION/postgresql-$PG_VERSION.tar.bz2"; \t\t./configure \t\t--prefix=/usr/local; \tmake -j "$(nproc)" world-bin; \tmake install-world-bin; \t\tapk add --no-cache --virtual .postgresql-rundeps \t\t$runDeps \t\tbash \t\ttzdata \t\tzstd \t\ticu-data-full; \tpostgres --version # buildkit',
      layer: {
        files: [
          ...directories('bin', ...LOCAL, 'usr/local/lib', 'usr/local/lib/postgresql', 'usr/local/share', 'usr/local/share/postgresql'),
          ...PROGRAMS.map((name) => program(`usr/local/bin/${name}`, name, 'musl')),
          program('bin/bash', 'bash', 'musl'),
          file(
            'usr/local/share/postgresql/postgresql.conf.sample',
            POSTGRES_CONF_SAMPLE.replace("listen_addresses = '*'", "#listen_addresses = 'localhost'"),
          ),
        ],
        original: { sizeBytes: 106_300_000, unpackedBytes: 271_000_000 },
      },
    },
    {
      createdBy:
        'RUN /bin/sh -c set -eux; \tcp -v /usr/local/share/postgresql/postgresql.conf.sample /usr/local/share/postgresql/postgresql.conf.sample.orig; \tsed -ri "s!^#?(listen_addresses)\\s*=\\s*\\S+.*!\\1 = \'*\'!" /usr/local/share/postgresql/postgresql.conf.sample; \tgrep -F "listen_addresses = \'*\'" /usr/local/share/postgresql/postgresql.conf.sample # buildkit',
      layer: {
        files: [
          ...directories('usr', 'usr/local', 'usr/local/share', 'usr/local/share/postgresql'),
          file('usr/local/share/postgresql/postgresql.conf.sample', POSTGRES_CONF_SAMPLE),
        ],
      },
    },
    {
      createdBy:
        'RUN /bin/sh -c install --verbose --directory --owner postgres --group postgres --mode 3777 /var/run/postgresql # buildkit',
      layer: { files: [...directories('run'), ...ownedBy(UID, UID, [directory('run/postgresql', 0o3777)])] },
    },
    env('PGDATA'),
    {
      createdBy: 'RUN /bin/sh -c install --verbose --directory --owner postgres --group postgres --mode 1777 "$PGDATA" # buildkit',
      layer: {
        files: [
          ...directories('var', 'var/lib'),
          ...ownedBy(UID, UID, [directory('var/lib/postgresql', 0o1777), directory('var/lib/postgresql/data', 0o1777)]),
        ],
      },
    },
    { createdBy: 'VOLUME [/var/lib/postgresql/data]' },
    {
      createdBy: 'COPY docker-entrypoint.sh docker-ensure-initdb.sh /usr/local/bin/ # buildkit',
      layer: { files: [...directories(...LOCAL), script('usr/local/bin/docker-entrypoint.sh', POSTGRES_ENTRYPOINT)] },
    },
    {
      createdBy: 'RUN /bin/sh -c ln -sT docker-ensure-initdb.sh /usr/local/bin/docker-enforce-initdb.sh # buildkit',
      layer: { files: [...directories(...LOCAL), symlink('usr/local/bin/docker-enforce-initdb.sh', 'docker-ensure-initdb.sh')] },
    },
    { createdBy: 'ENTRYPOINT ["docker-entrypoint.sh"]' },
    { createdBy: 'STOPSIGNAL SIGINT' },
    { createdBy: 'EXPOSE map[5432/tcp:{}]' },
    { createdBy: 'CMD ["postgres"]' },
  ],
  config: {
    ExposedPorts: { '5432/tcp': {} },
    Env: [DEFAULT_PATH, ...ENV],
    Cmd: ['postgres'],
    Volumes: { '/var/lib/postgresql/data': {} },
    WorkingDir: '/',
    Entrypoint: ['docker-entrypoint.sh'],
    StopSignal: 'SIGINT',
  },
};
