/** Large servers, to be looked at: mysql, gitlab-ce. Their programs say that they are not part of this model. */
import {
  DEFAULT_PATH,
  directories,
  directory,
  file,
  type ImageRecipe,
  lines,
  ownedBy,
  program,
  type Step,
  script,
  symlink,
} from '../recipe.ts';
import { ENTERPRISE_GROUP, ENTERPRISE_PASSWD, enterpriseFiles } from './almalinux.ts';
import { UBUNTU } from './ubuntu.ts';

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

const MY_CNF = lines(
  '[mysqld]',
  'skip-host-cache',
  'skip-name-resolve',
  'datadir=/var/lib/mysql',
  'socket=/var/run/mysqld/mysqld.sock',
  'secure-file-priv=/var/lib/mysql-files',
  'user=mysql',
  '',
  'pid-file=/var/run/mysqld/mysqld.pid',
  '[client]',
  'socket=/var/run/mysqld/mysqld.sock',
  '',
  '!includedir /etc/mysql/conf.d/',
);

const MYSQL_ENTRYPOINT = lines(
  '#!/bin/bash',
  'set -e',
  '',
  'case "$1" in -*) set -- mysqld "$@" ;; esac',
  '',
  'if [ "$1" = mysqld ] && [ -z "$MYSQL_ROOT_PASSWORD$MYSQL_ALLOW_EMPTY_PASSWORD$MYSQL_RANDOM_ROOT_PASSWORD" ]; then',
  '\tstamp=$(date +%Y-%m-%dT%H:%M:%S%:z)',
  '\techo "$stamp [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
  '    You need to specify one of the following as an environment variable:',
  '    - MYSQL_ROOT_PASSWORD',
  '    - MYSQL_ALLOW_EMPTY_PASSWORD',
  '    - MYSQL_RANDOM_ROOT_PASSWORD" >&2',
  '\texit 1',
  'fi',
  '',
  'exec "$@"',
);

const MYSQL_ENV = ['GOSU_VERSION=1.19', 'MYSQL_MAJOR=8.4', 'MYSQL_VERSION=8.4.7-1.el9', 'MYSQL_SHELL_VERSION=8.4.7-1.el9'];
const mysqlEnv = (name: string): Step => ({ createdBy: `ENV ${MYSQL_ENV.find((one) => one.startsWith(`${name}=`)) ?? name}` });

export const MYSQL: ImageRecipe = {
  repository: 'library/mysql',
  tags: ['8.4', '8.4.7', '8', 'lts', '8.4-oraclelinux9', '8.4-oracle'],
  version: '8.4.7-oraclelinux9',
  created: '2025-10-21T23:16:20Z',
  steps: [
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
    mysqlEnv('GOSU_VERSION'),
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
    mysqlEnv('MYSQL_MAJOR'),
    mysqlEnv('MYSQL_VERSION'),
    {
      createdBy:
        "RUN /bin/sh -c set -eu; \t{ \t\techo '[mysql8.4-server-minimal]'; \t\techo 'enabled=1'; \t} | tee /etc/yum.repos.d/mysql-community-minimal.repo # buildkit",
      layer: {
        files: [
          ...directories('etc', 'etc/yum.repos.d'),
          file(
            'etc/yum.repos.d/mysql-community-minimal.repo',
            lines('[mysql8.4-server-minimal]', 'name=MySQL 8.4 Server Minimal', 'enabled=1'),
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
          program('usr/sbin/mysqld', 'absent:mysqld', 'glibc'),
          program('usr/bin/mysql', 'absent:mysql', 'glibc'),
          program('usr/bin/mysqladmin', 'absent:mysql', 'glibc'),
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
    mysqlEnv('MYSQL_SHELL_VERSION'),
    {
      createdBy:
        'RUN /bin/sh -c set -eux; \tmicrodnf install -y "mysql-shell-$MYSQL_SHELL_VERSION"; \tmicrodnf clean all; \t\tmysqlsh --version # buildkit',
      layer: {
        files: [...directories('usr', 'usr/bin'), program('usr/bin/mysqlsh', 'absent:mysql', 'glibc')],
        original: { sizeBytes: 132_432_030, unpackedBytes: 345_000_000 },
      },
    },
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
  ],
  config: {
    ExposedPorts: { '3306/tcp': {}, '33060/tcp': {} },
    Env: [DEFAULT_PATH, ...MYSQL_ENV],
    Cmd: ['mysqld'],
    Volumes: { '/var/lib/mysql': {} },
    WorkingDir: '/',
    Entrypoint: ['docker-entrypoint.sh'],
  },
};

const GITLAB_ENV = [
  'PATH=/opt/gitlab/embedded/bin:/opt/gitlab/bin:/assets:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'LANG=C.UTF-8',
  'EDITOR=/bin/vi',
  'TERM=xterm',
];

export const GITLAB: ImageRecipe = {
  repository: 'gitlab/gitlab-ce',
  tags: ['18.7.0-ce.0', 'latest'],
  version: '18.7.0-ce.0',
  created: '2025-12-18T09:31:12Z',
  parent: UBUNTU,
  steps: [
    { createdBy: 'LABEL maintainer=GitLab Inc. <support@gitlab.com>' },
    { createdBy: 'SHELL [/bin/sh -c]' },
    { createdBy: 'ENV LANG=C.UTF-8' },
    {
      createdBy:
        'RUN /bin/sh -c apt-get update -q     && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends       busybox       ca-certificates       openssh-server       tzdata       wget       perl       libperl5.38t64     && rm -rf /var/lib/apt/lists/* # buildkit',
      layer: {
        files: [...directories('usr', 'usr/sbin', 'etc', 'etc/ssh'), program('usr/sbin/sshd', 'absent:sshd', 'glibc')],
        original: { sizeBytes: 39_400_000, unpackedBytes: 118_000_000 },
      },
    },
    { createdBy: 'ARG RELEASE_PACKAGE=gitlab-ce' },
    {
      createdBy: 'COPY RELEASE /RELEASE # buildkit',
      layer: { files: [file('RELEASE', lines('RELEASE_PACKAGE=gitlab-ce', 'RELEASE_VERSION=18.7.0-ce.0'))] },
    },
    {
      createdBy: 'COPY assets/ /assets/ # buildkit',
      layer: {
        files: [
          ...directories('assets'),
          program('assets/wrapper', 'absent:gitlab', 'glibc'),
          script('assets/setup', lines('#!/bin/bash', 'exit 0')),
        ],
      },
    },
    {
      createdBy: 'RUN /bin/sh -c /assets/setup # buildkit',
      layer: {
        files: [
          ...directories(
            'etc',
            'etc/gitlab',
            'opt',
            'opt/gitlab',
            'opt/gitlab/bin',
            'opt/gitlab/embedded',
            'opt/gitlab/embedded/bin',
            'var',
            'var/log',
            'var/log/gitlab',
            'var/opt',
            'var/opt/gitlab',
          ),
          ...['ruby', 'go', 'redis-server', 'postgres', 'nginx'].map((name) =>
            program(`opt/gitlab/embedded/bin/${name}`, 'absent:gitlab', 'glibc'),
          ),
          program('opt/gitlab/bin/gitlab-ctl', 'absent:gitlab', 'glibc'),
          symlink('opt/gitlab/bin/gitlab-rake', 'gitlab-ctl'),
        ],
        original: { sizeBytes: 1_600_000_000, unpackedBytes: 3_720_000_000 },
      },
    },
    ...GITLAB_ENV.filter((one) => !one.startsWith('LANG=')).map((one): Step => ({ createdBy: `ENV ${one}` })),
    { createdBy: 'EXPOSE map[22/tcp:{} 443/tcp:{} 80/tcp:{}]' },
    { createdBy: 'VOLUME [/etc/gitlab /var/opt/gitlab /var/log/gitlab]' },
    { createdBy: 'CMD ["/assets/wrapper"]' },
    {
      createdBy: 'HEALTHCHECK &{["CMD-SHELL" "/opt/gitlab/bin/gitlab-healthcheck --fail --max-time 10"] "1m0s" "30s" "0s" "0s" \'\\x05\'}',
    },
  ],
  config: {
    ExposedPorts: { '22/tcp': {}, '443/tcp': {}, '80/tcp': {} },
    Env: GITLAB_ENV,
    Cmd: ['/assets/wrapper'],
    Healthcheck: {
      Test: ['CMD-SHELL', '/opt/gitlab/bin/gitlab-healthcheck --fail --max-time 10'],
      Interval: 60_000_000_000,
      Timeout: 30_000_000_000,
      Retries: 5,
    },
    Volumes: { '/etc/gitlab': {}, '/var/log/gitlab': {}, '/var/opt/gitlab': {} },
    Labels: { ...UBUNTU.config.Labels, maintainer: 'GitLab Inc. <support@gitlab.com>' },
    Shell: ['/bin/sh', '-c'],
  },
};
