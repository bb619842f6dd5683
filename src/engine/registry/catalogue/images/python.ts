/** python: on slim Debian, on Alpine, and on all that building takes. */

import { pipCommand, pipInstalled } from '../../pypi/pip.ts';
import {
  DEFAULT_PATH,
  directories,
  type FileRecipe,
  file,
  type ImageRecipe,
  type LayerRecipe,
  type Libc,
  type OriginalSize,
  program,
  type Step,
  script,
  symlink,
} from '../recipe.ts';
import { ALPINE_3_22 } from './alpine.ts';
import { BUILDPACK_TRIXIE } from './buildpack-deps.ts';
import { DEBIAN_13_SLIM } from './debian.ts';

const LOCAL = ['usr', 'usr/local', 'usr/local/bin'];

interface Release {
  readonly version: string;
  /** The pip that comes with it. */
  readonly pip: string;
  readonly key: string;
  readonly sha256: string;
}

const PYTHON_3_13: Release = {
  version: '3.13.11',
  pip: '25.3',
  key: '7169605F62C751356D054A26A821E680E5FA6305',
  sha256: '16ede7bb7cdbfa895d11b0642fa0e523f291e6487194d53cf6d3b338c3a17ea2',
};
const PYTHON_3_9: Release = {
  version: '3.9.25',
  pip: '23.0.1',
  key: 'E3FF2839C048B25C084DEBE9B26995E310250568',
  sha256: '00e07d7c0f2f0cc002432d1ee84d2a40dae404a99303e3f97701c10966c91834',
};

/** What comes before Python: packages that it is made with. */
interface Base {
  readonly image: ImageRecipe;
  readonly suffix: string;
  readonly libc: Libc;
  readonly packages: Step;
  readonly install: string;
}

const CERTIFICATES = [
  ...directories('etc', 'etc/ssl', 'etc/ssl/certs'),
  file('etc/ssl/certs/ca-certificates.crt', '# etc/ssl/certs/ca-certificates.crt\n'),
];
const INSTALL =
  'RUN /bin/sh -c set -eux; \t\tsavedAptMark="$(apt-mark showmanual)"; \tapt-get update; \twget -O python.tar.xz "https://www.python.org/ftp/python/${PYTHON_VERSION%%[a-z]*}/Python-$PYTHON_VERSION.tar.xz"; \tmake install; \texport PYTHONDONTWRITEBYTECODE=1; \tpython3 --version; \tpip3 --version # buildkit';

const SLIM: Base = {
  image: DEBIAN_13_SLIM,
  suffix: '-slim-trixie',
  libc: 'glibc',
  packages: {
    createdBy:
      'RUN /bin/sh -c set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tca-certificates \t\tnetbase \t\ttzdata \t; \tapt-get dist-clean # buildkit',
    layer: { files: CERTIFICATES, original: { sizeBytes: 1_294_000, unpackedBytes: 4_380_000 } },
  },
  install: INSTALL,
};
const FULL: Base = {
  image: BUILDPACK_TRIXIE,
  suffix: '-trixie',
  libc: 'glibc',
  packages: {
    createdBy:
      'RUN /bin/sh -c set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\tlibbluetooth-dev \t\ttk-dev \t\tuuid-dev \t; \tapt-get dist-clean # buildkit',
    layer: { files: directories('usr', 'usr/include'), original: { sizeBytes: 6_090_000, unpackedBytes: 18_200_000 } },
  },
  install: INSTALL,
};
const ALPINE: Base = {
  image: ALPINE_3_22,
  suffix: '-alpine3.22',
  libc: 'musl',
  packages: {
    createdBy: 'RUN /bin/sh -c set -eux; \tapk add --no-cache \t\tca-certificates \t\ttzdata \t; # buildkit',
    layer: { files: CERTIFICATES, original: { sizeBytes: 459_000, unpackedBytes: 2_050_000 } },
  },
  install:
    'RUN /bin/sh -c set -eux; \t\tapk add --no-cache --virtual .build-deps \t\tgcc \t\tlibc-dev \t\tmake \t; \twget -O python.tar.xz "https://www.python.org/ftp/python/${PYTHON_VERSION%%[a-z]*}/Python-$PYTHON_VERSION.tar.xz"; \tmake install; \tapk del --no-network .build-deps; \tpython3 --version; \tpip3 --version # buildkit',
};

interface Variant {
  readonly base: Base;
  readonly release: Release;
  readonly tags: readonly string[];
  readonly created: string;
  readonly original: OriginalSize;
}

const short = ({ version }: Release): string => version.split('.').slice(0, 2).join('.');

/** pip, in the folder of packages, and its commands. */
function pipOf(release: Release): readonly FileRecipe[] {
  const folder = `usr/local/lib/python${short(release)}/site-packages`;
  const commands = ['pip', 'pip3', `pip${short(release)}`];
  const files = Object.entries(pipInstalled({ version: release.pip, installer: 'pip', recorded: commands }));
  const folders = new Set(
    files.flatMap(([path]) => {
      const parts = path.split('/').slice(0, -1);
      return parts.map((_, at) => `${folder}/${parts.slice(0, at + 1).join('/')}`);
    }),
  );
  return [
    ...directories(...folders),
    ...files.map(([path, text]) => file(`${folder}/${path}`, text)),
    ...commands.map((name) => script(`usr/local/bin/${name}`, pipCommand(`/usr/local/bin/python${short(release)}`))),
  ];
}

/** The interpreter under its own version's name, and pip. */
const interpreter = (release: Release, libc: Libc, original: OriginalSize): LayerRecipe => ({
  files: [
    ...directories(
      ...LOCAL,
      'usr/local/lib',
      `usr/local/lib/python${short(release)}`,
      `usr/local/lib/python${short(release)}/site-packages`,
    ),
    program(`usr/local/bin/python${short(release)}`, `python${short(release)}:${release.version}`, libc),
    symlink('usr/local/bin/python3', `python${short(release)}`),
    ...pipOf(release),
  ],
  original,
});

function python({ base, release, tags, created, original }: Variant): ImageRecipe {
  const { version, key, sha256 } = release;
  const path = `PATH=/usr/local/bin:${DEFAULT_PATH.slice('PATH='.length)}`;
  // Releases before 3.13 set the locale as well.
  const locale = release === PYTHON_3_9 ? ['LANG=C.UTF-8'] : [];
  const env = [`GPG_KEY=${key}`, `PYTHON_VERSION=${version}`, `PYTHON_SHA256=${sha256}`];
  return {
    repository: 'library/python',
    tags,
    version: `${version}${base.suffix}`,
    created,
    parent: base.image,
    steps: [
      ...[path, ...locale].map((one): Step => ({ createdBy: `ENV ${one}` })),
      base.packages,
      ...env.map((one): Step => ({ createdBy: `ENV ${one}` })),
      { createdBy: base.install, layer: interpreter(release, base.libc, original) },
      {
        createdBy:
          'RUN /bin/sh -c set -eux; \tfor src in idle3 pip3 pydoc3 python3 python3-config; do \t\tdst="$(echo "$src" | tr -d 3)"; \t\t[ -s "/usr/local/bin/$src" ]; \t\t[ ! -e "/usr/local/bin/$dst" ]; \t\tln -svT "$src" "/usr/local/bin/$dst"; \tdone # buildkit',
        layer: { files: [...directories(...LOCAL), symlink('usr/local/bin/python', 'python3')] },
      },
      { createdBy: 'CMD ["python3"]' },
    ],
    config: { Env: [path, ...locale, ...env], Cmd: ['python3'], WorkingDir: '/' },
  };
}

export const PYTHONS: readonly ImageRecipe[] = [
  python({
    base: SLIM,
    release: PYTHON_3_13,
    tags: ['3.13-slim', '3.13.11-slim', '3-slim', 'slim', '3.13-slim-trixie'],
    created: '2025-12-08T23:25:41Z',
    original: { sizeBytes: 11_790_000, unpackedBytes: 38_600_000 },
  }),
  python({
    base: SLIM,
    release: PYTHON_3_9,
    tags: ['3.9-slim', '3.9.25-slim', '3.9-slim-trixie'],
    created: '2025-11-04T04:10:02Z',
    original: { sizeBytes: 13_880_000, unpackedBytes: 46_100_000 },
  }),
  python({
    base: FULL,
    release: PYTHON_3_13,
    tags: ['3.13', '3.13.11', '3', 'latest', 'trixie', '3.13-trixie', '3-trixie'],
    created: '2025-12-08T23:27:19Z',
    original: { sizeBytes: 27_400_000, unpackedBytes: 71_900_000 },
  }),
  python({
    base: ALPINE,
    release: PYTHON_3_13,
    tags: ['3.13-alpine', '3.13.11-alpine', '3-alpine', 'alpine', '3.13-alpine3.22'],
    created: '2025-12-08T23:24:30Z',
    original: { sizeBytes: 13_100_000, unpackedBytes: 35_700_000 },
  }),
];
