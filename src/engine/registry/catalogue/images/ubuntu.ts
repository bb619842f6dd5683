import { debianBase, UBUNTU_ADDS } from '../../packages/debian.ts';
import { DEFAULT_PATH, directory, type FileRecipe, file, type ImageRecipe, lines, ownedBy, program } from '../recipe.ts';
import { DEBIAN_GROUP, DEBIAN_PASSWD, debianFiles } from './debian.ts';

const OS_RELEASE = lines(
  'PRETTY_NAME="Ubuntu 24.04.3 LTS"',
  'NAME="Ubuntu"',
  'VERSION_ID="24.04"',
  'VERSION="24.04.3 LTS (Noble Numbat)"',
  'VERSION_CODENAME=noble',
  'ID=ubuntu',
  'ID_LIKE=debian',
  'HOME_URL="https://www.ubuntu.com/"',
  'SUPPORT_URL="https://help.ubuntu.com/"',
  'BUG_REPORT_URL="https://bugs.launchpad.net/ubuntu/"',
  'PRIVACY_POLICY_URL="https://www.ubuntu.com/legal/terms-and-policies/privacy-policy"',
  'UBUNTU_CODENAME=noble',
  'LOGO=ubuntu-logo',
);
const SOURCES = lines(
  'Types: deb',
  'URIs: http://archive.ubuntu.com/ubuntu/',
  'Suites: noble noble-updates noble-backports',
  'Components: main',
  'Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg',
  '',
  'Types: deb',
  'URIs: http://security.ubuntu.com/ubuntu/',
  'Suites: noble-security',
  'Components: main',
  'Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg',
);
const LSB_RELEASE = lines(
  'DISTRIB_ID=Ubuntu',
  'DISTRIB_RELEASE=24.04',
  'DISTRIB_CODENAME=noble',
  'DISTRIB_DESCRIPTION="Ubuntu 24.04.3 LTS"',
);
const PROCPS: readonly FileRecipe[] = debianBase('noble')
  .filter(({ name }) => UBUNTU_ADDS.includes(name))
  .flatMap(({ files }) => files)
  .flatMap(({ path, note }) => (note === undefined ? [] : [program(path, note, 'glibc')]));
const LABELS = { 'org.opencontainers.image.ref.name': 'ubuntu', 'org.opencontainers.image.version': '24.04' };

export const UBUNTU: ImageRecipe = {
  repository: 'library/ubuntu',
  tags: ['24.04', 'noble', 'latest'],
  version: '24.04',
  created: '2025-10-13T12:10:00Z',
  steps: [
    { createdBy: 'ARG RELEASE' },
    { createdBy: 'ARG LAUNCHPAD_BUILD_ARCH' },
    ...Object.entries(LABELS).map(([key, value]) => ({ createdBy: `LABEL ${key}=${value}` })),
    {
      createdBy: 'ADD file:6089c6bede9eca8ec4b0228a9a3f9a3d01b4bd8c2c1e4a5a5ebf5f8a3fb1a5f8 in / ',
      layer: {
        files: [
          ...debianFiles('noble'),
          ...PROCPS,
          file('usr/lib/os-release', OS_RELEASE),
          file('etc/debian_version', lines('trixie/sid')),
          file('etc/lsb-release', LSB_RELEASE),
          file('etc/apt/sources.list.d/ubuntu.sources', SOURCES),
          file('etc/passwd', `${DEBIAN_PASSWD}ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash\n`),
          file('etc/group', `${DEBIAN_GROUP}ubuntu:x:1000:\n`),
          file('etc/issue', lines('Ubuntu 24.04.3 LTS \\n \\l', '')),
          ...ownedBy(1000, 1000, [directory('home/ubuntu', 0o750)]),
        ],
        original: { sizeBytes: 29_724_000, unpackedBytes: 78_130_000 },
      },
    },
    { createdBy: 'CMD ["/bin/bash"]' },
  ],
  config: { Env: [DEFAULT_PATH], Cmd: ['/bin/bash'], Labels: LABELS },
};
