/** buildpack-deps: Debian with what building software takes. The images of languages without a suffix stand on it, which is what makes them large. */
import { DEFAULT_PATH, directories, type FileRecipe, file, type ImageRecipe, program, type Step } from '../recipe.ts';
import { DEBIAN_12, DEBIAN_13 } from './debian.ts';

const binaries = (...notes: readonly string[]): readonly FileRecipe[] =>
  notes.map((note) => program(`usr/bin/${note.slice(note.indexOf(':') + 1)}`, note, 'glibc'));

/** The stages by which the original grows, each an image of its own there: `curl`, `scm`, and the whole. */
const STEPS: readonly Step[] = [
  {
    createdBy:
      'RUN /bin/sh -c set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tca-certificates \t\tcurl \t\tgnupg \t\tnetbase \t\tsq \t\twget \t\ttzdata \t; \trm -rf /var/lib/apt/lists/* # buildkit',
    layer: {
      files: [
        ...directories('etc', 'etc/ssl', 'etc/ssl/certs', 'usr', 'usr/bin'),
        file('etc/ssl/certs/ca-certificates.crt', '# etc/ssl/certs/ca-certificates.crt\n'),
        ...binaries('curl', 'wget', 'absent:gpg'),
      ],
      original: { sizeBytes: 25_610_000, unpackedBytes: 57_700_000 },
    },
  },
  {
    createdBy:
      'RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends \t\tgit \t\tmercurial \t\topenssh-client \t\tsubversion \t\t\t\tprocps \t&& rm -rf /var/lib/apt/lists/* # buildkit',
    layer: {
      files: [
        ...directories('usr', 'usr/bin'),
        ...binaries('absent:git', 'absent:hg', 'absent:svn', 'ssh', 'gnu:ps', 'gnu:top', 'gnu:free', 'gnu:pgrep'),
      ],
      original: { sizeBytes: 67_780_000, unpackedBytes: 184_000_000 },
    },
  },
  {
    createdBy:
      'RUN /bin/sh -c set -ex; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tautoconf \t\tautomake \t\tbzip2 \t\tg++ \t\tgcc \t\tmake \t\tlibc6-dev \t\tlibssl-dev \t\tpatch \t\tunzip \t\txz-utils \t\tzlib1g-dev \t; \trm -rf /var/lib/apt/lists/* # buildkit',
    layer: {
      files: [...directories('usr', 'usr/bin'), ...binaries('absent:gcc', 'absent:g++', 'absent:make')],
      original: { sizeBytes: 236_100_000, unpackedBytes: 587_000_000 },
    },
  },
];

const buildpackDeps = (base: ImageRecipe, tags: readonly string[], created: string): ImageRecipe => ({
  repository: 'library/buildpack-deps',
  tags,
  version: tags[0] ?? '',
  created,
  parent: base,
  steps: STEPS,
  config: { Env: [DEFAULT_PATH], Cmd: ['bash'] },
});

export const BUILDPACK_TRIXIE = buildpackDeps(DEBIAN_13, ['trixie', '13', 'stable', 'latest'], '2025-11-18T02:06:11Z');
export const BUILDPACK_BOOKWORM = buildpackDeps(DEBIAN_12, ['bookworm', '12', 'oldstable'], '2025-11-18T02:05:40Z');
