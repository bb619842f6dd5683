/** The images of Go: its command, and where it looks for things. On Debian a C compiler is beside it, so that cgo is on there. */
import { DEFAULT_PATH, directories, directory, file, type ImageRecipe, lines, type OriginalSize, program } from '../recipe.ts';
import { ALPINE_3_21, ALPINE_3_22 } from './alpine.ts';
import { DEBIAN_13_SLIM } from './debian.ts';

interface GoVariant {
  readonly base: ImageRecipe;
  /** What its tags end with: `alpine`, or nothing on Debian. */
  readonly suffix: string;
  readonly version: string;
  readonly tags: readonly string[];
  readonly created: string;
  readonly original: OriginalSize;
}

const ALPINE_PACKAGES = {
  createdBy: 'RUN /bin/sh -c apk add --no-cache ca-certificates # buildkit',
  layer: { files: directories('etc', 'etc/ssl', 'etc/ssl/certs'), original: { sizeBytes: 296_000, unpackedBytes: 1_100_000 } },
};
const DEBIAN_PACKAGES = {
  createdBy:
    'RUN /bin/sh -c set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tg++ \t\tgcc \t\tlibc6-dev \t\tmake \t\tpkg-config \t; \trm -rf /var/lib/apt/lists/* # buildkit',
  layer: {
    files: [
      ...directories('etc', 'etc/ssl', 'etc/ssl/certs', 'usr', 'usr/bin'),
      file('etc/ssl/certs/ca-certificates.crt', '# etc/ssl/certs/ca-certificates.crt\n'),
      program('usr/bin/gcc', 'absent:gcc', 'glibc'),
      program('usr/bin/g++', 'absent:g++', 'glibc'),
      program('usr/bin/make', 'absent:make', 'glibc'),
    ],
    original: { sizeBytes: 102_000_000, unpackedBytes: 336_000_000 },
  },
};

function golang({ base, suffix, version, tags, created, original }: GoVariant): ImageRecipe {
  const env = [`GOLANG_VERSION=${version}`, 'GOTOOLCHAIN=local', 'GOPATH=/go'];
  const path = `PATH=/go/bin:/usr/local/go/bin:${DEFAULT_PATH.slice('PATH='.length)}`;
  return {
    repository: 'library/golang',
    tags,
    version: `${version}${suffix}`,
    created,
    parent: base,
    steps: [
      suffix.startsWith('-alpine') ? ALPINE_PACKAGES : DEBIAN_PACKAGES,
      ...env.map((one) => ({ createdBy: `ENV ${one}` })),
      { createdBy: `ENV ${path}` },
      {
        createdBy: 'COPY /target/ / # buildkit',
        layer: {
          files: [
            ...directories('usr', 'usr/local', 'usr/local/go', 'usr/local/go/bin', 'usr/local/go/src'),
            file('usr/local/go/VERSION', lines(`go${version}`, `time ${created}`)),
            program('usr/local/go/bin/go', 'go'),
            program('usr/local/go/bin/gofmt', 'absent:gofmt'),
          ],
          original,
        },
      },
      {
        createdBy: 'RUN /bin/sh -c mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 1777 "$GOPATH" # buildkit',
        layer: { files: [directory('go', 0o1777), directory('go/bin', 0o1777), directory('go/src', 0o1777)] },
      },
      { createdBy: 'WORKDIR /go' },
    ],
    config: { ...base.config, Env: [path, ...env], WorkingDir: '/go' },
  };
}

const alpine = (version: string, base: ImageRecipe, more: Omit<GoVariant, 'base' | 'suffix' | 'version' | 'tags'>): ImageRecipe => {
  const short = version.split('.').slice(0, 2).join('.');
  const newest = short === '1.25' ? ['1-alpine', 'alpine', '1.25-alpine3.22'] : [];
  return golang({
    ...more,
    base,
    version,
    suffix: base === ALPINE_3_22 ? '-alpine3.22' : '-alpine3.21',
    tags: [`${short}-alpine`, `${version}-alpine`, ...newest],
  });
};

export const GOLANGS: readonly ImageRecipe[] = [
  alpine('1.25.5', ALPINE_3_22, { created: '2025-12-02T23:35:21Z', original: { sizeBytes: 60_150_000, unpackedBytes: 224_000_000 } }),
  golang({
    base: DEBIAN_13_SLIM,
    suffix: '-trixie',
    version: '1.25.5',
    tags: ['1.25', '1.25.5', '1', 'latest', 'trixie', '1.25-trixie', '1.25-bookworm', 'bookworm'],
    created: '2025-12-02T23:36:02Z',
    original: { sizeBytes: 60_150_000, unpackedBytes: 224_000_000 },
  }),
  alpine('1.24.11', ALPINE_3_22, { created: '2025-12-02T23:34:40Z', original: { sizeBytes: 78_900_000, unpackedBytes: 261_000_000 } }),
  alpine('1.23.12', ALPINE_3_22, { created: '2025-08-06T20:12:13Z', original: { sizeBytes: 74_100_000, unpackedBytes: 250_000_000 } }),
  alpine('1.22.12', ALPINE_3_21, { created: '2025-02-06T18:20:31Z', original: { sizeBytes: 69_400_000, unpackedBytes: 237_000_000 } }),
];
