/** node: on Alpine, on slim Debian, and on all that building takes. */
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
  type Step,
  script,
  symlink,
} from '../recipe.ts';
import { ALPINE_3_21, ALPINE_3_22 } from './alpine.ts';
import { BUILDPACK_BOOKWORM } from './buildpack-deps.ts';
import { DEBIAN_12_SLIM } from './debian.ts';

const LOCAL = ['usr', 'usr/local', 'usr/local/bin'];
const YARN = 'ENV YARN_VERSION=1.22.22';

/** Arguments and unknown commands are node's. */
const ENTRYPOINT = lines(
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

/** How a base gets its user, node and yarn: the lines of its history, by what the base is. */
interface Base {
  readonly image: ImageRecipe;
  readonly suffix: string;
  readonly libc: Libc;
  readonly shell: string;
  /** Before node's own version is set, on Debian. */
  readonly addUser?: string;
  readonly install: string;
  readonly yarn: string;
}

const onAlpine = (image: ImageRecipe): Base => ({
  image,
  suffix: '-alpine',
  libc: 'musl',
  shell: '/bin/sh',
  install:
    'RUN /bin/sh -c addgroup -g 1000 node     && adduser -u 1000 -G node -s /bin/sh -D node     && apk add --no-cache         libstdc++     && ARCH= OPENSSL_ARCH= && alpineArch="$(apk --print-arch)"   && node --version   && npm --version # buildkit',
  yarn: 'RUN /bin/sh -c apk add --no-cache --virtual .build-deps-yarn curl gnupg tar   && yarn --version   && rm -rf /tmp/* # buildkit',
});

const onDebian = (image: ImageRecipe, suffix: string): Base => ({
  image,
  suffix,
  libc: 'glibc',
  shell: '/bin/bash',
  addUser: 'RUN /bin/sh -c groupadd --gid 1000 node   && useradd --uid 1000 --gid node --shell /bin/bash --create-home node # buildkit',
  install:
    'RUN /bin/sh -c ARCH= OPENSSL_ARCH= && dpkgArch="$(dpkg --print-architecture)"   && set -ex   && ln -s /usr/local/bin/node /usr/local/bin/nodejs   && node --version   && npm --version   && rm -rf /tmp/* # buildkit',
  yarn: 'RUN /bin/sh -c set -ex   && tar -xzf yarn-v$YARN_VERSION.tar.gz -C /opt/   && yarn --version   && rm -rf /tmp/* # buildkit',
});

interface Variant {
  readonly base: Base;
  readonly version: string;
  readonly tags: readonly string[];
  readonly created: string;
  readonly original: OriginalSize;
}

/** The npm that each node brings. */
const NPM: Readonly<Record<string, string>> = { 18: '10.8.2', 20: '10.8.2', 22: '10.9.4', 24: '11.6.2', 25: '11.6.2' };
const npmOf = (version: string): string => NPM[version.split('.')[0] ?? ''] ?? '';

function node({ base, version, tags, created, original }: Variant): ImageRecipe {
  const { image, suffix, libc, shell, addUser, install, yarn } = base;
  const user = { name: 'node', uid: 1000, gid: 1000, home: '/home/node', shell };
  const env = [`NODE_VERSION=${version}`, YARN.slice('ENV '.length)];
  const home = [...directories('etc', 'home'), ...withAccounts(image, [user]), ...ownedBy(1000, 1000, [directory('home/node', 0o2755)])];
  const binaries = [
    ...directories(...LOCAL, 'usr/local/include', 'usr/local/lib', 'usr/local/lib/node_modules'),
    program('usr/local/bin/node', `node:${version}`, libc),
    program('usr/local/bin/npm', `npm:${npmOf(version)}`, libc),
    symlink('usr/local/bin/nodejs', 'node'),
    program('usr/local/bin/npx', `npx:${npmOf(version)}`, libc),
  ];
  const setVersion: Step = { createdBy: `ENV NODE_VERSION=${version}` };
  return {
    repository: 'library/node',
    tags,
    version: `${version}${suffix}`,
    created,
    parent: image,
    steps: [
      ...(addUser === undefined
        ? [setVersion]
        : [{ createdBy: addUser, layer: { files: home, original: { sizeBytes: 3_300, unpackedBytes: 8_930 } } }, setVersion]),
      { createdBy: install, layer: { files: addUser === undefined ? [...home, ...binaries] : binaries, original } },
      { createdBy: YARN },
      {
        createdBy: yarn,
        layer: {
          files: [...directories('opt', ...LOCAL), program('usr/local/bin/yarn', 'absent:yarn', libc)],
          original: { sizeBytes: 1_262_000, unpackedBytes: 5_600_000 },
        },
      },
      {
        createdBy: 'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
        layer: { files: [...directories(...LOCAL), script('usr/local/bin/docker-entrypoint.sh', ENTRYPOINT)] },
      },
      { createdBy: 'ENTRYPOINT ["docker-entrypoint.sh"]' },
      { createdBy: 'CMD ["node"]' },
    ],
    config: { Env: [DEFAULT_PATH, ...env], Entrypoint: ['docker-entrypoint.sh'], Cmd: ['node'], WorkingDir: '/' },
  };
}

const DEBIAN = onDebian(BUILDPACK_BOOKWORM, '-bookworm');
const SIZE = { sizeBytes: 57_300_000, unpackedBytes: 177_000_000 };

export const NODES: readonly ImageRecipe[] = [
  node({
    base: onAlpine(ALPINE_3_22),
    version: '24.12.0',
    tags: ['24-alpine', '24.12-alpine', '24.12.0-alpine', 'lts-alpine', '24-alpine3.22'],
    created: '2025-12-11T00:31:47Z',
    original: { sizeBytes: 52_080_000, unpackedBytes: 163_500_000 },
  }),
  node({
    base: onAlpine(ALPINE_3_22),
    version: '22.21.1',
    tags: ['22-alpine', '22.21-alpine', '22.21.1-alpine', '22-alpine3.22'],
    created: '2025-10-29T00:32:03Z',
    original: { sizeBytes: 51_600_000, unpackedBytes: 161_100_000 },
  }),
  node({
    base: onAlpine(ALPINE_3_22),
    version: '20.19.6',
    tags: ['20-alpine', '20.19-alpine', '20.19.6-alpine', '20-alpine3.22'],
    created: '2025-11-26T00:30:23Z',
    original: { sizeBytes: 42_700_000, unpackedBytes: 132_000_000 },
  }),
  node({
    base: onAlpine(ALPINE_3_21),
    version: '18.20.8',
    tags: ['18-alpine', '18.20-alpine', '18.20.8-alpine', '18-alpine3.21'],
    created: '2025-03-27T23:06:35Z',
    original: { sizeBytes: 40_010_000, unpackedBytes: 123_800_000 },
  }),
  node({
    base: DEBIAN,
    version: '24.12.0',
    tags: ['24', '24.12', '24.12.0', 'lts', '24-bookworm', 'lts-bookworm'],
    created: '2025-12-11T00:33:15Z',
    original: SIZE,
  }),
  node({
    base: onDebian(DEBIAN_12_SLIM, '-bookworm-slim'),
    version: '24.12.0',
    tags: ['24-slim', '24.12-slim', '24.12.0-slim', 'lts-slim', '24-bookworm-slim', 'lts-bookworm-slim'],
    created: '2025-12-11T00:32:36Z',
    original: { sizeBytes: 50_400_000, unpackedBytes: 165_000_000 },
  }),
  node({
    base: onAlpine(ALPINE_3_22),
    version: '25.2.1',
    tags: ['25-alpine', '25.2-alpine', '25.2.1-alpine', 'alpine', 'current-alpine', '25-alpine3.22'],
    created: '2025-11-18T21:36:16Z',
    original: { sizeBytes: 53_600_000, unpackedBytes: 167_800_000 },
  }),
  node({
    base: DEBIAN,
    version: '22.21.1',
    tags: ['22', '22.21', '22.21.1', '22-bookworm'],
    created: '2025-10-29T00:33:41Z',
    original: SIZE,
  }),
  node({
    base: DEBIAN,
    version: '20.19.6',
    tags: ['20', '20.19', '20.19.6', '20-bookworm'],
    created: '2025-11-26T00:32:11Z',
    original: SIZE,
  }),
  node({
    base: DEBIAN,
    version: '25.2.1',
    tags: ['25', '25.2', '25.2.1', 'latest', 'current', 'bookworm', '25-bookworm'],
    created: '2025-11-18T21:38:02Z',
    original: SIZE,
  }),
];
