import { withAccounts } from '../accounts.ts';
import { NGINX_CONFIGURATION, NGINX_SCRIPTS } from '../files/nginx.ts';
import {
  DEFAULT_PATH,
  directories,
  type FileRecipe,
  type ImageRecipe,
  type Libc,
  type OriginalSize,
  program,
  type Step,
  symlink,
} from '../recipe.ts';
import { ALPINE_3_22 } from './alpine.ts';
import { DEBIAN_12_SLIM, DEBIAN_13_SLIM } from './debian.ts';

const STOP: readonly Step[] = [
  { createdBy: 'ENTRYPOINT ["/docker-entrypoint.sh"]' },
  { createdBy: 'EXPOSE map[80/tcp:{}]' },
  { createdBy: 'STOPSIGNAL SIGQUIT' },
  { createdBy: 'CMD ["nginx" "-g" "daemon off;"]' },
];

const scripts = (): readonly Step[] =>
  NGINX_SCRIPTS.map(({ from, to, file: one }) => ({
    createdBy: `COPY ${from} ${to} # buildkit`,
    layer: { files: [...(to === '/' ? [] : directories('docker-entrypoint.d')), one] },
  }));

const NGINX_USER = { name: 'nginx', uid: 101, gid: 101, home: '/nonexistent', shell: '/bin/false', comment: 'nginx user' };

const serverFiles = (base: ImageRecipe, libc: Libc, version: string): readonly FileRecipe[] => [
  ...directories(
    'docker-entrypoint.d',
    'etc',
    'etc/nginx',
    'etc/nginx/conf.d',
    'usr',
    'usr/lib',
    'usr/lib/nginx',
    'usr/lib/nginx/modules',
    'usr/sbin',
    'usr/share',
    'usr/share/nginx',
    'usr/share/nginx/html',
    'var',
    'var/cache',
    'var/cache/nginx',
    'var/log',
    'var/log/nginx',
  ),
  ...withAccounts(base, [NGINX_USER]),
  ...NGINX_CONFIGURATION,
  program('usr/sbin/nginx', `nginx:${version}`, libc),
  program('usr/bin/envsubst', 'gnu:envsubst', libc),
  program('usr/bin/curl', 'curl', libc),
  symlink('etc/nginx/modules', '/usr/lib/nginx/modules'),
  symlink('var/log/nginx/access.log', '/dev/stdout'),
  symlink('var/log/nginx/error.log', '/dev/stderr'),
];

interface Variant {
  readonly base: ImageRecipe;
  readonly libc: Libc;
  readonly version: string;
  readonly tags: readonly string[];
  readonly created: string;
  readonly release: string;
  readonly original: OriginalSize;
}

function nginx({ base, libc, version, tags, created, release, original }: Variant): ImageRecipe {
  const env = [
    `NGINX_VERSION=${version}`,
    'NJS_VERSION=0.9.4',
    `NJS_RELEASE=1~${release}`,
    `PKG_RELEASE=1~${release}`,
    `DYNPKG_RELEASE=1~${release}`,
  ];
  const install = `RUN /bin/sh -c set -x     && groupadd --system --gid 101 nginx     && useradd --system --gid nginx --no-create-home --home /nonexistent --comment "nginx user" --shell /bin/false --uid 101 nginx # buildkit`;
  return {
    repository: 'library/nginx',
    tags,
    version,
    created,
    parent: base,
    steps: [
      { createdBy: 'LABEL maintainer=NGINX Docker Maintainers <docker-maint@nginx.com>' },
      ...env.map((one): Step => ({ createdBy: `ENV ${one}` })),
      { createdBy: install, layer: { files: serverFiles(base, libc, version), original } },
      ...scripts(),
      ...STOP,
    ],
    config: {
      ExposedPorts: { '80/tcp': {} },
      Env: [DEFAULT_PATH, ...env],
      Entrypoint: ['/docker-entrypoint.sh'],
      Cmd: ['nginx', '-g', 'daemon off;'],
      WorkingDir: '/',
      Labels: { maintainer: 'NGINX Docker Maintainers <docker-maint@nginx.com>' },
      StopSignal: 'SIGQUIT',
    },
  };
}

export const NGINXES: readonly ImageRecipe[] = [
  nginx({
    base: DEBIAN_13_SLIM,
    libc: 'glibc',
    version: '1.29.3',
    tags: ['1.29', '1.29.3', '1', 'mainline', 'latest'],
    created: '2025-11-18T02:27:41Z',
    release: 'trixie',
    original: { sizeBytes: 29_967_000, unpackedBytes: 81_100_000 },
  }),
  nginx({
    base: ALPINE_3_22,
    libc: 'musl',
    version: '1.29.3',
    tags: ['1.29-alpine', '1.29.3-alpine', '1-alpine', 'alpine'],
    created: '2025-10-28T22:06:10Z',
    release: 'alpine3.22',
    original: { sizeBytes: 18_700_000, unpackedBytes: 44_400_000 },
  }),
  nginx({
    base: DEBIAN_12_SLIM,
    libc: 'glibc',
    version: '1.28.0',
    tags: ['1.28', '1.28.0', 'stable'],
    created: '2025-11-18T02:26:55Z',
    release: 'bookworm',
    original: { sizeBytes: 43_900_000, unpackedBytes: 117_000_000 },
  }),
  nginx({
    base: ALPINE_3_22,
    libc: 'musl',
    version: '1.28.0',
    tags: ['1.28-alpine', '1.28.0-alpine', 'stable-alpine'],
    created: '2025-10-08T19:06:10Z',
    release: 'alpine3.22',
    original: { sizeBytes: 17_900_000, unpackedBytes: 42_500_000 },
  }),
];
