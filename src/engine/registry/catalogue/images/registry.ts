import { DEFAULT_PATH, directories, file, type ImageRecipe, lines, type OriginalSize, program, script } from '../recipe.ts';
import { ALPINE_3_22 } from './alpine.ts';

const CONFIG = lines(
  'version: 0.1',
  'log:',
  '  fields:',
  '    service: registry',
  'storage:',
  '  cache:',
  '    blobdescriptor: inmemory',
  '  filesystem:',
  '    rootdirectory: /var/lib/registry',
  'http:',
  '  addr: :5000',
  '  headers:',
  '    X-Content-Type-Options: [nosniff]',
  'health:',
  '  storagedriver:',
  '    enabled: true',
  '    interval: 10s',
  '    threshold: 3',
);
const ENTRYPOINT = lines(
  '#!/bin/sh',
  'set -e',
  '# A configuration alone means: serve it.',
  'case "$1" in',
  '    *.yaml|*.yml) set -- registry serve "$@" ;;',
  '    serve|garbage-collect|help|-*) set -- registry "$@" ;;',
  'esac',
  '',
  'exec "$@"',
);

interface Variant {
  readonly version: string;
  readonly tags: readonly string[];
  readonly created: string;
  /** Where the configuration lies: version 3 moved it. */
  readonly folder: string;
  readonly env: readonly string[];
  readonly original: OriginalSize;
}

const parents = (path: string): readonly string[] => path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));

function registry({ version, tags, created, folder, env, original }: Variant): ImageRecipe {
  const config = `/${folder}/config.yml`;
  return {
    repository: 'library/registry',
    tags: [...tags, version],
    version,
    created,
    parent: ALPINE_3_22,
    steps: [
      {
        createdBy: 'RUN /bin/sh -c apk add --no-cache ca-certificates # buildkit',
        layer: { files: directories('etc', 'etc/ssl', 'etc/ssl/certs'), original: { sizeBytes: 298_000, unpackedBytes: 600_000 } },
      },
      {
        createdBy: 'RUN /bin/sh -c tar --extract --file registry.tar.gz --directory /bin/ registry # buildkit',
        layer: { files: [...directories('bin'), program('bin/registry', version.startsWith('2.') ? 'registry2' : 'registry')], original },
      },
      {
        createdBy: `COPY ./config-example.yml ${config} # buildkit`,
        layer: { files: [...directories(...parents(folder)), file(config.slice(1), CONFIG)] },
      },
      ...env.map((one) => ({ createdBy: `ENV ${one}` })),
      { createdBy: 'VOLUME [/var/lib/registry]' },
      { createdBy: 'EXPOSE map[5000/tcp:{}]' },
      { createdBy: 'COPY entrypoint.sh /entrypoint.sh # buildkit', layer: { files: [script('entrypoint.sh', ENTRYPOINT)] } },
      { createdBy: 'ENTRYPOINT ["/entrypoint.sh"]' },
      { createdBy: `CMD ["${config}"]` },
    ],
    config: {
      ExposedPorts: { '5000/tcp': {} },
      Env: [DEFAULT_PATH, ...env],
      Entrypoint: ['/entrypoint.sh'],
      Cmd: [config],
      Volumes: { '/var/lib/registry': {} },
      WorkingDir: '/',
    },
  };
}

export const REGISTRIES: readonly ImageRecipe[] = [
  registry({
    version: '3.0.0',
    tags: ['3', '3.0', 'latest'],
    created: '2025-04-03T17:21:10Z',
    folder: 'etc/distribution',
    env: ['OTEL_TRACES_EXPORTER=none'],
    original: { sizeBytes: 16_800_000, unpackedBytes: 49_300_000 },
  }),
  registry({
    version: '2.8.3',
    tags: ['2', '2.8'],
    created: '2023-10-02T18:42:18Z',
    folder: 'etc/docker/registry',
    env: [],
    original: { sizeBytes: 6_500_000, unpackedBytes: 17_500_000 },
  }),
];
