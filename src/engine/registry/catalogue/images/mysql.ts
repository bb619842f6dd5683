/** mysql: the server with its clients on Oracle Linux. */

import { MY_CNF, MYSQL_ENTRYPOINT } from '../files/mysql.ts';
import { DEFAULT_PATH, directories, directory, file, type ImageRecipe, lines, ownedBy, program, type Step, script } from '../recipe.ts';
import { ENTERPRISE_GROUP, ENTERPRISE_PASSWD, enterpriseFiles } from './almalinux.ts';

const ORACLE_RELEASE = lines(
  'NAME="Oracle Linux Server"',
  'VERSION="9.7"',
  'ID="ol"',
  'ID_LIKE="fedora"',
  'VARIANT="Server"',
  'VARIANT_ID="server"',
  'VERSION_ID="9.7"',
  'PLATFORM_ID="platform:el9"',
  'PRETTY_NAME="Oracle Linux Server 9.7"',
  'HOME_URL="https://linux.oracle.com/"',
);

const GOSU = 'GOSU_VERSION=1.19';
const env = (pair: string): Step => ({ createdBy: `ENV ${pair}` });

/** Before anything of MySQL. */
const SYSTEM: readonly Step[] = [
  {
    createdBy: 'ADD oraclelinux-9-slim-amd64-rootfs.tar.xz / # buildkit',
    layer: {
      files: [
        ...enterpriseFiles(),
        file('usr/lib/os-release', ORACLE_RELEASE),
        file('etc/oracle-release', lines('Oracle Linux Server release 9.7')),
      ],
      original: { sizeBytes: 47_931_319, unpackedBytes: 131_000_000 },
    },
  },
  { createdBy: 'CMD ["/bin/bash"]' },
  {
    createdBy:
      'RUN /bin/sh -c set -eux; \tgroupadd --system --gid 999 mysql; \tuseradd --system --uid 999 --gid 999 --home-dir /var/lib/mysql --no-create-home mysql # buildkit',
    layer: {
      files: [
        ...directories('etc'),
        file('etc/passwd', `${ENTERPRISE_PASSWD}mysql:x:999:999::/var/lib/mysql:/bin/bash\n`),
        file('etc/group', `${ENTERPRISE_GROUP}mysql:x:999:\n`),
      ],
    },
  },
  env(GOSU),
  {
    createdBy:
      'RUN /bin/sh -c set -eux; \tarch="$(uname -m)"; \tcase "$arch" in \t\taarch64) gosuArch=\'arm64\' ;; \t\tx86_64) gosuArch=\'amd64\' ;; \tesac; \tgosu --version; \tgosu nobody true # buildkit',
    layer: {
      files: [...directories('usr', 'usr/local', 'usr/local/bin'), program('usr/local/bin/gosu', 'gosu')],
      original: { sizeBytes: 783_555, unpackedBytes: 2_420_000 },
    },
  },
  {
    createdBy:
      'RUN /bin/sh -c set -eux; \tmicrodnf install -y \t\tbzip2 \t\tgzip \t\topenssl \t\txz \t\tzstd \t\tfindutils \t; \tmicrodnf clean all # buildkit',
    layer: {
      files: [...directories('usr', 'usr/bin'), program('usr/bin/openssl', 'absent:openssl', 'glibc')],
      original: { sizeBytes: 6_193_401, unpackedBytes: 17_900_000 },
    },
  },
  {
    createdBy:
      'RUN /bin/sh -c set -eux; \tkey=\'BCA4 3417 C3B4 85DD 128E C6D4 B7B3 B788 A8D3 785C\'; \tgpg --batch --export --armor "$key" > /etc/pki/rpm-gpg/RPM-GPG-KEY-mysql # buildkit',
    layer: {
      files: [
        ...directories('etc', 'etc/pki', 'etc/pki/rpm-gpg'),
        file('etc/pki/rpm-gpg/RPM-GPG-KEY-mysql', '# etc/pki/rpm-gpg/RPM-GPG-KEY-mysql\n'),
      ],
    },
  },
];

interface Release {
  readonly version: string;
  /** What its packages' repository is called: `8.4`, `innovation`. */
  readonly major: string;
  readonly tags: readonly string[];
  readonly created: string;
}

const packagesOf = ({ version, major }: Release): readonly Step[] => [
  env(`MYSQL_MAJOR=${major}`),
  env(`MYSQL_VERSION=${version}-1.el9`),
  {
    createdBy: `RUN /bin/sh -c set -eu; \t{ \t\techo '[mysql${major}-server-minimal]'; \t\techo 'enabled=1'; \t} | tee /etc/yum.repos.d/mysql-community-minimal.repo # buildkit`,
    layer: {
      files: [
        ...directories('etc', 'etc/yum.repos.d'),
        file(
          'etc/yum.repos.d/mysql-community-minimal.repo',
          lines(`[mysql${major}-server-minimal]`, `name=MySQL ${major} Server Minimal`, 'enabled=1'),
        ),
      ],
    },
  },
  {
    createdBy:
      'RUN /bin/sh -c set -eux; \tmicrodnf install -y "mysql-community-server-minimal-$MYSQL_VERSION"; \tmicrodnf clean all; \tmkdir -p /etc/mysql/conf.d; \tmkdir -p /var/lib/mysql /var/run/mysqld; \tchown mysql:mysql /var/lib/mysql /var/run/mysqld; \tchmod 1777 /var/lib/mysql /var/run/mysqld; \t\tmkdir /docker-entrypoint-initdb.d; \t\tmysqld --version; \tmysql --version # buildkit',
    layer: {
      files: [
        ...directories(
          'docker-entrypoint-initdb.d',
          'etc',
          'etc/mysql',
          'etc/mysql/conf.d',
          'run',
          'usr',
          'usr/bin',
          'usr/sbin',
          'var',
          'var/lib',
          'var/lib/mysql-files',
        ),
        ...ownedBy(999, 999, [directory('var/lib/mysql', 0o1777), directory('run/mysqld', 0o1777)]),
        file('etc/my.cnf', MY_CNF),
        program('usr/sbin/mysqld', `mysqld:${version}`, 'glibc'),
        ...['mysql', 'mysqladmin', 'mysqldump'].map((name) => program(`usr/bin/${name}`, `${name}:${version}`, 'glibc')),
      ],
      original: { sizeBytes: 51_637_258, unpackedBytes: 244_000_000 },
    },
  },
  {
    createdBy:
      "RUN /bin/sh -c set -eu; \t{ \t\techo '[mysql-tools-community]'; \t\techo 'enabled=1'; \t} | tee /etc/yum.repos.d/mysql-community-tools.repo # buildkit",
    layer: {
      files: [
        ...directories('etc', 'etc/yum.repos.d'),
        file('etc/yum.repos.d/mysql-community-tools.repo', lines('[mysql-tools-community]', 'name=MySQL Tools Community', 'enabled=1')),
      ],
    },
  },
  env(`MYSQL_SHELL_VERSION=${version}-1.el9`),
  {
    createdBy:
      'RUN /bin/sh -c set -eux; \tmicrodnf install -y "mysql-shell-$MYSQL_SHELL_VERSION"; \tmicrodnf clean all; \t\tmysqlsh --version # buildkit',
    layer: {
      files: [...directories('usr', 'usr/bin'), program('usr/bin/mysqlsh', 'absent:mysqlsh', 'glibc')],
      original: { sizeBytes: 132_432_030, unpackedBytes: 345_000_000 },
    },
  },
];

const STARTED: readonly Step[] = [
  { createdBy: 'VOLUME [/var/lib/mysql]' },
  {
    createdBy: 'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
    layer: {
      files: [...directories('usr', 'usr/local', 'usr/local/bin'), script('usr/local/bin/docker-entrypoint.sh', MYSQL_ENTRYPOINT)],
    },
  },
  { createdBy: 'ENTRYPOINT ["docker-entrypoint.sh"]' },
  { createdBy: 'EXPOSE map[3306/tcp:{} 33060/tcp:{}]' },
  { createdBy: 'CMD ["mysqld"]' },
];

function mysql(release: Release): ImageRecipe {
  const { version, major, tags, created } = release;
  const pairs = [GOSU, `MYSQL_MAJOR=${major}`, `MYSQL_VERSION=${version}-1.el9`, `MYSQL_SHELL_VERSION=${version}-1.el9`];
  return {
    repository: 'library/mysql',
    tags,
    version: `${version}-oraclelinux9`,
    created,
    steps: [...SYSTEM, ...packagesOf(release), ...STARTED],
    config: {
      ExposedPorts: { '3306/tcp': {}, '33060/tcp': {} },
      Env: [DEFAULT_PATH, ...pairs],
      Cmd: ['mysqld'],
      Volumes: { '/var/lib/mysql': {} },
      WorkingDir: '/',
      Entrypoint: ['docker-entrypoint.sh'],
    },
  };
}

export const MYSQLS: readonly ImageRecipe[] = [
  mysql({
    version: '8.4.7',
    major: '8.4',
    tags: ['8.4', '8.4.7', '8', 'lts', '8.4-oraclelinux9', '8.4-oracle'],
    created: '2025-10-21T23:16:20Z',
  }),
  mysql({
    version: '9.5.0',
    major: 'innovation',
    tags: ['9', '9.5', '9.5.0', 'latest', 'innovation', 'oraclelinux9', 'oracle'],
    created: '2025-10-21T23:15:54Z',
  }),
];
