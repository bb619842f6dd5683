/** postgres: on Alpine, built from its source, and on Debian from its packages. */
import { withAccounts } from '../accounts.ts';
import { POSTGRES_CONF_SAMPLE, POSTGRES_ENTRYPOINT } from '../files/postgres.ts';
import {
  DEFAULT_PATH,
  directories,
  directory,
  type FileRecipe,
  file,
  type ImageRecipe,
  ownedBy,
  program,
  type Step,
  script,
  symlink,
} from '../recipe.ts';
import { ALPINE_3_23 } from './alpine.ts';
import { DEBIAN_13_SLIM } from './debian.ts';

const PROGRAMS = ['createdb', 'createuser', 'dropdb', 'initdb', 'pg_ctl', 'pg_isready', 'postgres', 'psql'];
const LOCAL = ['usr', 'usr/local', 'usr/local/bin'];
const HOME = 'var/lib/postgresql';

interface Release {
  /** `17.7` */
  readonly version: string;
  readonly created: string;
}

const majorOf = ({ version }: Release): string => version.split('.', 1)[0] ?? '';
/** From 18 on the volume is above the directories of all versions, so that an upgrade finds both. */
const placesOf = (release: Release): { readonly data: string; readonly volume: string } =>
  Number(majorOf(release)) < 18
    ? { data: `${HOME}/data`, volume: `${HOME}/data` }
    : { data: `${HOME}/${majorOf(release)}/docker`, volume: HOME };

const env = (pair: string): Step => ({ createdBy: `ENV ${pair}` });
const setup = (made: string): Step => ({
  createdBy: `RUN /bin/sh -c ${made} # buildkit`,
  layer: { files: directories('docker-entrypoint-initdb.d') },
});
const gosu = (createdBy: string): Step => ({
  createdBy,
  layer: {
    files: [...directories(...LOCAL), program('usr/local/bin/gosu', 'gosu')],
    original: { sizeBytes: 901_408, unpackedBytes: 2_420_000 },
  },
});

/** The directory of a sample configuration, with the address that a container wants. */
function samples(prefix: string): { readonly asBuilt: readonly FileRecipe[]; readonly opened: readonly FileRecipe[] } {
  const folder = `${prefix}/share/postgresql`;
  const path = `${folder}/postgresql.conf.sample`;
  const above = folder.split('/').map((_, i, all) => all.slice(0, i + 1).join('/'));
  return {
    asBuilt: [
      ...directories(...above.slice(-2)),
      file(path, POSTGRES_CONF_SAMPLE.replace("listen_addresses = '*'", "#listen_addresses = 'localhost'")),
    ],
    opened: [...directories(...above), file(path, POSTGRES_CONF_SAMPLE)],
  };
}

/** What comes last on every base: the directories, and how the server is started. */
function startedBy(uid: number, release: Release): readonly Step[] {
  const { data, volume } = placesOf(release);
  const isOld = volume === data;
  return [
    {
      createdBy:
        'RUN /bin/sh -c install --verbose --directory --owner postgres --group postgres --mode 3777 /var/run/postgresql # buildkit',
      layer: { files: [...directories('run'), ...ownedBy(uid, uid, [directory('run/postgresql', 0o3777)])] },
    },
    env(`PGDATA=/${data}`),
    ...(isOld
      ? [
          {
            createdBy: 'RUN /bin/sh -c install --verbose --directory --owner postgres --group postgres --mode 1777 "$PGDATA" # buildkit',
            layer: {
              files: [...directories('var', 'var/lib'), ...ownedBy(uid, uid, [directory(HOME, 0o1777), directory(data, 0o1777)])],
            },
          },
        ]
      : []),
    { createdBy: `VOLUME [/${volume}]` },
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
  ];
}

const configOf = (release: Release, path: string, pairs: readonly string[]): ImageRecipe['config'] => ({
  ExposedPorts: { '5432/tcp': {} },
  Env: [path, ...pairs, `PGDATA=/${placesOf(release).data}`],
  Cmd: ['postgres'],
  Volumes: { [`/${placesOf(release).volume}`]: {} },
  WorkingDir: '/',
  Entrypoint: ['docker-entrypoint.sh'],
  StopSignal: 'SIGINT',
});

interface AlpineRelease extends Release {
  readonly tags: readonly string[];
  readonly sha256: string;
}

function alpine(release: AlpineRelease): ImageRecipe {
  const { version, tags, created, sha256 } = release;
  const uid = 70;
  const sample = samples('usr/local');
  const [GOSU, LANG, ...made] = [
    'GOSU_VERSION=1.19',
    'LANG=en_US.utf8',
    `PG_MAJOR=${majorOf(release)}`,
    `PG_VERSION=${version}`,
    `PG_SHA256=${sha256}`,
    'DOCKER_PG_LLVM_DEPS=llvm19-dev \t\tclang19',
  ] as const;
  return {
    repository: 'library/postgres',
    tags,
    version: `${version}-alpine3.23`,
    created,
    parent: ALPINE_3_23,
    steps: [
      {
        createdBy:
          'RUN /bin/sh -c set -eux; \taddgroup -g 70 -S postgres; \tadduser -u 70 -S -D -G postgres -H -h /var/lib/postgresql -s /bin/sh postgres; \tinstall --verbose --directory --owner postgres --group postgres --mode 1777 /var/lib/postgresql # buildkit',
        layer: {
          files: [
            ...directories('etc', 'var', 'var/lib'),
            ...withAccounts(ALPINE_3_23, [
              { name: 'postgres', uid, gid: uid, home: `/${HOME}`, shell: '/bin/sh', comment: 'Linux User,,,' },
            ]),
            ...ownedBy(uid, uid, [directory(HOME, 0o1777)]),
          ],
        },
      },
      env(GOSU),
      gosu(
        'RUN /bin/sh -c set -eux; \t\tapk add --no-cache --virtual .gosu-deps \t\tca-certificates \t\tdpkg \t\tgnupg \t; \t\twget -O /usr/local/bin/gosu "https://github.com/tianon/gosu/releases/download/$GOSU_VERSION/gosu-$dpkgArch"; \t\tapk del --no-network .gosu-deps; \t\tchmod +x /usr/local/bin/gosu; \tgosu --version; \tgosu nobody true # buildkit',
      ),
      env(LANG),
      setup('mkdir /docker-entrypoint-initdb.d'),
      ...made.map(env),
      {
        createdBy:
          'RUN /bin/sh -c set -eux; \t\twget -O postgresql.tar.bz2 "https://ftp.postgresql.org/pub/source/v$PG_VERSION/postgresql-$PG_VERSION.tar.bz2"; \t\t./configure \t\t--prefix=/usr/local; \tmake -j "$(nproc)" world-bin; \tmake install-world-bin; \t\tapk add --no-cache --virtual .postgresql-rundeps \t\t$runDeps \t\tbash \t\ttzdata \t\tzstd \t\ticu-data-full; \tpostgres --version # buildkit',
        layer: {
          files: [
            ...directories('bin', ...LOCAL, 'usr/local/lib', 'usr/local/lib/postgresql'),
            ...PROGRAMS.map((name) => program(`usr/local/bin/${name}`, `${name}:${version}`, 'musl')),
            program('bin/bash', 'bash', 'musl'),
            ...sample.asBuilt,
          ],
          original: { sizeBytes: 106_300_000, unpackedBytes: 271_000_000 },
        },
      },
      {
        createdBy:
          'RUN /bin/sh -c set -eux; \tcp -v /usr/local/share/postgresql/postgresql.conf.sample /usr/local/share/postgresql/postgresql.conf.sample.orig; \tsed -ri "s!^#?(listen_addresses)\\s*=\\s*\\S+.*!\\1 = \'*\'!" /usr/local/share/postgresql/postgresql.conf.sample; \tgrep -F "listen_addresses = \'*\'" /usr/local/share/postgresql/postgresql.conf.sample # buildkit',
        layer: { files: sample.opened },
      },
      ...startedBy(uid, release),
    ],
    config: configOf(release, DEFAULT_PATH, [GOSU, LANG, ...made]),
  };
}

const LOCALES: Step = {
  createdBy:
    "RUN /bin/sh -c set -eux; \tapt-get update; apt-get install -y --no-install-recommends locales; rm -rf /var/lib/apt/lists/*; \tlocaledef -i en_US -c -f UTF-8 -A /usr/share/locale/locale.alias en_US.UTF-8; \tlocale -a | grep 'en_US.utf8' # buildkit",
  layer: { files: directories('usr', 'usr/lib', 'usr/lib/locale'), original: { sizeBytes: 8_070_000, unpackedBytes: 25_400_000 } },
};

interface DebianRelease extends Release {
  readonly tags: readonly string[];
}

function debian(release: DebianRelease): ImageRecipe {
  const { version, tags, created } = release;
  const uid = 999;
  const major = majorOf(release);
  const binaries = `usr/lib/postgresql/${major}/bin`;
  const sample = samples('usr');
  const path = `${DEFAULT_PATH}:/${binaries}`;
  const [GOSU, LANG, MAJOR, VERSION] = [
    'GOSU_VERSION=1.19',
    'LANG=en_US.utf8',
    `PG_MAJOR=${major}`,
    `PG_VERSION=${version}-1.pgdg13+2`,
  ] as const;
  return {
    repository: 'library/postgres',
    tags,
    version: `${version}-trixie`,
    created,
    parent: DEBIAN_13_SLIM,
    steps: [
      {
        createdBy:
          'RUN /bin/sh -c set -eux; \tgroupadd -r postgres --gid=999; \tuseradd -r -g postgres --uid=999 --home-dir=/var/lib/postgresql --shell=/bin/bash postgres; \tinstall --verbose --directory --owner postgres --group postgres --mode 1777 /var/lib/postgresql # buildkit',
        layer: {
          files: [
            ...directories('etc', 'var', 'var/lib'),
            ...withAccounts(DEBIAN_13_SLIM, [{ name: 'postgres', uid, gid: uid, home: `/${HOME}`, shell: '/bin/bash' }]),
            ...ownedBy(uid, uid, [directory(HOME, 0o1777)]),
          ],
        },
      },
      {
        createdBy:
          'RUN /bin/sh -c set -ex; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tgnupg \t\tless \t; \trm -rf /var/lib/apt/lists/* # buildkit',
        layer: { files: directories('usr', 'usr/bin'), original: { sizeBytes: 4_530_000, unpackedBytes: 11_600_000 } },
      },
      env(GOSU),
      gosu(
        'RUN /bin/sh -c set -eux; \tsavedAptMark="$(apt-mark showmanual)"; \twget -O /usr/local/bin/gosu "https://github.com/tianon/gosu/releases/download/$GOSU_VERSION/gosu-$dpkgArch"; \tchmod +x /usr/local/bin/gosu; \tgosu --version; \tgosu nobody true # buildkit',
      ),
      LOCALES,
      env(LANG),
      setup('mkdir /docker-entrypoint-initdb.d'),
      env(MAJOR),
      env(path),
      env(VERSION),
      {
        createdBy:
          'RUN /bin/sh -c set -ex; \t\texport PYTHONDONTWRITEBYTECODE=1; \tapt-get update; \tapt-get install -y --no-install-recommends postgresql-common; \tapt-get install -y --no-install-recommends \t\t"postgresql-$PG_MAJOR=$PG_VERSION" \t; \trm -rf /var/lib/apt/lists/*; \tpostgres --version # buildkit',
        layer: {
          files: [
            ...directories('usr', 'usr/lib', 'usr/lib/postgresql', `usr/lib/postgresql/${major}`, binaries),
            ...PROGRAMS.map((name) => program(`${binaries}/${name}`, `${name}:${version}-1.pgdg13+2`, 'glibc')),
            ...sample.asBuilt,
          ],
          original: { sizeBytes: 114_000_000, unpackedBytes: 322_000_000 },
        },
      },
      {
        createdBy:
          'RUN /bin/sh -c set -eux; \tdpkg-divert --add --rename --divert "/usr/share/postgresql/postgresql.conf.sample.dpkg" "/usr/share/postgresql/$PG_MAJOR/postgresql.conf.sample"; \tgrep -F "listen_addresses = \'*\'" /usr/share/postgresql/postgresql.conf.sample # buildkit',
        layer: { files: sample.opened },
      },
      ...startedBy(uid, release),
    ],
    config: configOf(release, path, [GOSU, LANG, MAJOR, VERSION]),
  };
}

export const POSTGRESES: readonly ImageRecipe[] = [
  alpine({
    version: '17.7',
    tags: ['17-alpine', '17.7-alpine', '17-alpine3.23', '17.7-alpine3.23'],
    created: '2025-12-05T21:25:39Z',
    sha256: 'ef9e343302eccd33112f1b2f0247be493cb5768313adeb558b02de8797a2e9b5',
  }),
  alpine({
    version: '18.1',
    tags: ['18-alpine', '18.1-alpine', 'alpine', '18-alpine3.23', 'alpine3.23'],
    created: '2025-12-05T21:24:51Z',
    sha256: 'ff86675c336c46e98ac991ebb306d1b67621ece1d06787beaade312c2c915d54',
  }),
  debian({ version: '17.7', tags: ['17', '17.7', '17-trixie', '17.7-trixie'], created: '2025-12-08T22:13:04Z' }),
  debian({ version: '18.1', tags: ['18', '18.1', 'latest', 'trixie', '18-trixie', '18.1-trixie'], created: '2025-12-08T22:12:18Z' }),
];
