/** Images of languages: node, python, eclipse-temurin. */
import { withAccounts } from '../accounts.ts';
import {
  DEFAULT_PATH,
  directories,
  directory,
  type FileRecipe,
  file,
  type ImageRecipe,
  type Libc,
  lines,
  type OriginalSize,
  ownedBy,
  program,
  type Step,
  script,
  symlink,
} from '../recipe.ts';
import { ALPINE_3_21, ALPINE_3_22 } from './alpine.ts';
import { DEBIAN_13_SLIM } from './debian.ts';
import { UBUNTU } from './ubuntu.ts';

const LOCAL = ['usr', 'usr/local', 'usr/local/bin'];

/** Arguments and unknown commands are node's. */
const NODE_ENTRYPOINT = lines(
  '#!/bin/sh',
  'set -e',
  '',
  'case "$1" in',
  '  -*) set -- node "$@" ;;',
  '  *) if [ -f "$1" ] && [ ! -x "$1" ] || ! command -v "$1" >/dev/null 2>&1; then set -- node "$@"; fi ;;',
  'esac',
  '',
  'exec "$@"',
);

interface NodeVariant {
  readonly base: ImageRecipe;
  readonly version: string;
  readonly tags: readonly string[];
  readonly created: string;
  readonly original: OriginalSize;
}

function node({ base, version, tags, created, original }: NodeVariant): ImageRecipe {
  const user = { name: 'node', uid: 1000, gid: 1000, home: '/home/node', shell: '/bin/sh' };
  const env = [`NODE_VERSION=${version}`, 'YARN_VERSION=1.22.22'];
  return {
    repository: 'library/node',
    tags,
    version: `${version}-alpine`,
    created,
    parent: base,
    steps: [
      { createdBy: `ENV NODE_VERSION=${version}` },
      {
        createdBy:
          'RUN /bin/sh -c addgroup -g 1000 node     && adduser -u 1000 -G node -s /bin/sh -D node     && apk add --no-cache         libstdc++     && ARCH= OPENSSL_ARCH= && alpineArch="$(apk --print-arch)"   && node --version   && npm --version # buildkit',
        layer: {
          files: [
            ...directories('etc', 'home', ...LOCAL, 'usr/local/include', 'usr/local/lib', 'usr/local/lib/node_modules'),
            ...withAccounts(base, [user]),
            ...ownedBy(1000, 1000, [directory('home/node', 0o2755)]),
            program('usr/local/bin/node', 'node', 'musl'),
            program('usr/local/bin/npm', 'absent:npm', 'musl'),
            symlink('usr/local/bin/nodejs', 'node'),
            symlink('usr/local/bin/npx', 'npm'),
          ],
          original,
        },
      },
      { createdBy: 'ENV YARN_VERSION=1.22.22' },
      {
        createdBy:
          'RUN /bin/sh -c apk add --no-cache --virtual .build-deps-yarn curl gnupg tar   && yarn --version   && rm -rf /tmp/* # buildkit',
        layer: {
          files: [...directories('opt', ...LOCAL), program('usr/local/bin/yarn', 'absent:npm', 'musl')],
          original: { sizeBytes: 1_262_000, unpackedBytes: 5_600_000 },
        },
      },
      {
        createdBy: 'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
        layer: { files: [...directories(...LOCAL), script('usr/local/bin/docker-entrypoint.sh', NODE_ENTRYPOINT)] },
      },
      { createdBy: 'ENTRYPOINT ["docker-entrypoint.sh"]' },
      { createdBy: 'CMD ["node"]' },
    ],
    config: { Env: [DEFAULT_PATH, ...env], Entrypoint: ['docker-entrypoint.sh'], Cmd: ['node'], WorkingDir: '/' },
  };
}

interface PythonVariant {
  readonly version: string;
  readonly tags: readonly string[];
  readonly created: string;
  readonly key: string;
  readonly sha256: string;
  readonly original: OriginalSize;
}

function python({ version, tags, created, key, sha256, original }: PythonVariant): ImageRecipe {
  const [major, minor] = version.split('.');
  const short = `${major}.${minor}`;
  const env = ['LANG=C.UTF-8', `GPG_KEY=${key}`, `PYTHON_VERSION=${version}`, `PYTHON_SHA256=${sha256}`];
  const setEnv = (name: string): Step => ({ createdBy: `ENV ${env.find((one) => one.startsWith(`${name}=`)) ?? name}` });
  const path = `PATH=/usr/local/bin:${DEFAULT_PATH.slice('PATH='.length)}`;
  return {
    repository: 'library/python',
    tags,
    version: `${version}-slim-trixie`,
    created,
    parent: DEBIAN_13_SLIM,
    steps: [
      { createdBy: `ENV ${path}` },
      ...(short === '3.9' ? [setEnv('LANG')] : []),
      {
        createdBy:
          'RUN /bin/sh -c set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tca-certificates \t\tnetbase \t\ttzdata \t; \tapt-get dist-clean # buildkit',
        layer: {
          files: [
            ...directories('etc', 'etc/ssl', 'etc/ssl/certs'),
            file('etc/ssl/certs/ca-certificates.crt', '# etc/ssl/certs/ca-certificates.crt\n'),
          ],
          original: { sizeBytes: 1_294_000, unpackedBytes: 4_380_000 },
        },
      },
      setEnv('GPG_KEY'),
      setEnv('PYTHON_VERSION'),
      setEnv('PYTHON_SHA256'),
      {
        createdBy: `RUN /bin/sh -c set -eux; \t\tsavedAptMark="$(apt-mark showmanual)"; \tapt-get update; \twget -O python.tar.xz "https://www.python.org/ftp/python/\${PYTHON_VERSION%%[a-z]*}/Python-$PYTHON_VERSION.tar.xz"; \tmake install; \texport PYTHONDONTWRITEBYTECODE=1; \tpython3 --version; \tpip3 --version # buildkit`,
        layer: {
          files: [
            ...directories(...LOCAL, 'usr/local/lib', `usr/local/lib/python${short}`, `usr/local/lib/python${short}/site-packages`),
            program(`usr/local/bin/python${short}`, `python${short}`, 'glibc'),
            symlink('usr/local/bin/python3', `python${short}`),
            program('usr/local/bin/pip3', 'absent:pip', 'glibc'),
            symlink('usr/local/bin/pip', 'pip3'),
          ],
          original,
        },
      },
      {
        createdBy:
          'RUN /bin/sh -c set -eux; \tfor src in idle3 pip3 pydoc3 python3 python3-config; do \t\tdst="$(echo "$src" | tr -d 3)"; \t\t[ -s "/usr/local/bin/$src" ]; \t\t[ ! -e "/usr/local/bin/$dst" ]; \t\tln -svT "$src" "/usr/local/bin/$dst"; \tdone # buildkit',
        layer: { files: [...directories(...LOCAL), symlink('usr/local/bin/python', 'python3')] },
      },
      { createdBy: 'CMD ["python3"]' },
    ],
    config: { Env: [path, ...env.filter((one) => short === '3.9' || !one.startsWith('LANG='))], Cmd: ['python3'], WorkingDir: '/' },
  };
}

const TEMURIN_ENTRYPOINT = lines('#!/usr/bin/env sh', '# Certificates may be added before the command starts.', 'set -e', 'exec "$@"');
const JAVA_HOME = '/opt/java/openjdk';

function temurin(): ImageRecipe {
  const version = 'jdk-21.0.9+10';
  const env = [
    `JAVA_HOME=${JAVA_HOME}`,
    `PATH=${JAVA_HOME}/bin:${DEFAULT_PATH.slice('PATH='.length)}`,
    'LANG=en_US.UTF-8',
    'LANGUAGE=en_US:en',
    'LC_ALL=en_US.UTF-8',
    `JAVA_VERSION=${version}`,
  ];
  const home = JAVA_HOME.slice(1);
  const libc: Libc = 'glibc';
  const java: readonly FileRecipe[] = [
    ...directories('opt', 'opt/java', home, `${home}/bin`, `${home}/lib`, `${home}/conf`),
    program(`${home}/bin/java`, 'java', libc),
    file(
      `${home}/release`,
      lines('IMPLEMENTOR="Eclipse Adoptium"', 'IMPLEMENTOR_VERSION="Temurin-21.0.9+10"', 'JAVA_VERSION="21.0.9"', 'IMAGE_TYPE="JRE"'),
    ),
  ];
  return {
    repository: 'library/eclipse-temurin',
    tags: ['21-jre', '21-jre-noble', '21.0.9_10-jre', '21.0.9_10-jre-noble'],
    version: '21.0.9_10-jre-noble',
    created: '2025-11-20T20:02:13Z',
    parent: UBUNTU,
    steps: [
      ...env.slice(0, 2).map((one): Step => ({ createdBy: `ENV ${one}` })),
      { createdBy: `ENV ${env.slice(2, 5).join(' ')}` },
      {
        createdBy:
          'RUN /bin/sh -c set -eux;     apt-get update;     DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends         curl         wget         gnupg         fontconfig         ca-certificates p11-kit         tzdata         locales     ;     rm -rf /var/lib/apt/lists/* # buildkit',
        layer: {
          files: [
            ...directories('usr', 'usr/bin', 'etc', 'etc/ssl', 'etc/ssl/certs'),
            program('usr/bin/curl', 'curl', libc),
            program('usr/bin/wget', 'wget', libc),
            file('etc/locale.gen', lines('en_US.UTF-8 UTF-8')),
          ],
          original: { sizeBytes: 16_980_000, unpackedBytes: 46_300_000 },
        },
      },
      { createdBy: `ENV JAVA_VERSION=${version}` },
      {
        createdBy:
          'RUN /bin/sh -c set -eux;     ARCH="$(dpkg --print-architecture)";     wget --progress=dot:giga -O /tmp/openjdk.tar.gz ${BINARY_URL};     mkdir -p "$JAVA_HOME";     tar --extract         --file /tmp/openjdk.tar.gz         --directory "$JAVA_HOME"         --strip-components 1         --no-same-owner     ; # buildkit',
        layer: { files: java, original: { sizeBytes: 52_900_000, unpackedBytes: 163_000_000 } },
      },
      {
        createdBy:
          'RUN /bin/sh -c set -eux;     echo "Verifying install ...";     echo "java --version"; java --version;     echo "Complete." # buildkit',
        layer: { files: directories('tmp') },
      },
      {
        createdBy: 'COPY --chmod=755 entrypoint.sh /__cacert_entrypoint.sh # buildkit',
        layer: { files: [script('__cacert_entrypoint.sh', TEMURIN_ENTRYPOINT)] },
      },
      { createdBy: 'ENTRYPOINT ["/__cacert_entrypoint.sh"]' },
    ],
    config: { ...UBUNTU.config, Env: env, Entrypoint: ['/__cacert_entrypoint.sh'], Cmd: null },
  };
}

export const LANGUAGES: readonly ImageRecipe[] = [
  node({
    base: ALPINE_3_22,
    version: '24.12.0',
    tags: ['24-alpine', '24.12-alpine', '24.12.0-alpine', 'lts-alpine', '24-alpine3.22'],
    created: '2025-12-11T00:31:47Z',
    original: { sizeBytes: 52_080_000, unpackedBytes: 163_500_000 },
  }),
  node({
    base: ALPINE_3_21,
    version: '18.20.8',
    tags: ['18-alpine', '18.20-alpine', '18.20.8-alpine', '18-alpine3.21'],
    created: '2025-03-27T23:06:35Z',
    original: { sizeBytes: 40_010_000, unpackedBytes: 123_800_000 },
  }),
  python({
    version: '3.13.11',
    tags: ['3.13-slim', '3.13.11-slim', '3-slim', 'slim', '3.13-slim-trixie'],
    created: '2025-12-08T23:25:41Z',
    key: '7169605F62C751356D054A26A821E680E5FA6305',
    sha256: '16ede7bb7cdbfa895d11b0642fa0e523f291e6487194d53cf6d3b338c3a17ea2',
    original: { sizeBytes: 11_790_000, unpackedBytes: 38_600_000 },
  }),
  python({
    version: '3.9.25',
    tags: ['3.9-slim', '3.9.25-slim', '3.9-slim-trixie'],
    created: '2025-11-04T04:10:02Z',
    key: 'E3FF2839C048B25C084DEBE9B26995E310250568',
    sha256: '00e07d7c0f2f0cc002432d1ee84d2a40dae404a99303e3f97701c10966c91834',
    original: { sizeBytes: 13_880_000, unpackedBytes: 46_100_000 },
  }),
  temurin(),
];
