/** The image of Go: its tool, and where it looks for things. It does not compile: the tool says so. */
import { DEFAULT_PATH, directories, directory, file, type ImageRecipe, lines, program } from '../recipe.ts';
import { ALPINE_3_22 } from './alpine.ts';

const VERSION = '1.25.5';
const ENV = [
  `PATH=/go/bin:/usr/local/go/bin:${DEFAULT_PATH.slice('PATH='.length)}`,
  `GOLANG_VERSION=${VERSION}`,
  'GOTOOLCHAIN=local',
  'GOPATH=/go',
];

export const GOLANG: ImageRecipe = {
  repository: 'library/golang',
  tags: ['1.25-alpine', '1.25.5-alpine', '1-alpine', 'alpine', '1.25-alpine3.22'],
  version: `${VERSION}-alpine3.22`,
  created: '2025-12-02T23:35:21Z',
  parent: ALPINE_3_22,
  steps: [
    {
      createdBy: 'RUN /bin/sh -c apk add --no-cache ca-certificates # buildkit',
      layer: { files: directories('etc', 'etc/ssl', 'etc/ssl/certs'), original: { sizeBytes: 296_000, unpackedBytes: 1_100_000 } },
    },
    { createdBy: `ENV GOLANG_VERSION=${VERSION}` },
    { createdBy: 'ENV GOTOOLCHAIN=local' },
    { createdBy: 'ENV GOPATH=/go' },
    { createdBy: 'ENV PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    {
      createdBy: 'COPY /target/ / # buildkit',
      layer: {
        files: [
          ...directories('usr', 'usr/local', 'usr/local/go', 'usr/local/go/bin', 'usr/local/go/src'),
          file('usr/local/go/VERSION', lines(`go${VERSION}`, 'time 2025-11-26T02:01:35Z')),
          program('usr/local/go/bin/go', 'go'),
          program('usr/local/go/bin/gofmt', 'absent:gofmt'),
        ],
        original: { sizeBytes: 60_150_000, unpackedBytes: 224_000_000 },
      },
    },
    {
      createdBy: 'RUN /bin/sh -c mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 1777 "$GOPATH" # buildkit',
      layer: { files: [directory('go', 0o1777), directory('go/bin', 0o1777), directory('go/src', 0o1777)] },
    },
    { createdBy: 'WORKDIR /go' },
  ],
  config: { ...ALPINE_3_22.config, Env: ENV, WorkingDir: '/go' },
};
