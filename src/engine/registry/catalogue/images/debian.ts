import { type DebianRelease, debianBase } from '../../packages/debian.ts';
import { INIT_FUNCTIONS, SERVICE } from '../../packages/init-scripts.ts';
import {
  DEFAULT_PATH,
  directories,
  directory,
  type FileRecipe,
  file,
  type ImageRecipe,
  lines,
  type OriginalSize,
  program,
  script,
  symlink,
} from '../recipe.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** What is in /usr/bin of a Debian without anything added: coreutils, util-linux, and the essential small packages. No procps: no `ps`. */
const USR_BIN = words(`
  [ arch b2sum base32 base64 basename basenc cat chcon chgrp chmod chown cksum comm cp csplit cut date dd df dir dircolors dirname du echo env
  expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup
  nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir runcon seq sha1sum sha224sum sha256sum sha384sum
  sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand
  uniq unlink users vdir wc who whoami yes
  cmp diff diff3 sdiff egrep fgrep grep sed gzip gunzip zcat tar find xargs hostname mawk more mount umount mountpoint dmesg findmnt lsblk
  su login flock getopt ionice lscpu lsns namei nsenter prlimit renice rev script setarch setpriv setsid taskset unshare whereis
  getent getconf iconv ldd locale clear tput reset tset toe infocmp perl passwd chsh chfn chage gpasswd run-parts which.debianutils ischroot tempfile`);
const USR_SBIN = words(
  'chroot groupadd groupdel groupmod useradd userdel usermod chpasswd ldconfig nologin pivot_root losetup mkfs fsck blkid sulogin switch_root getty',
);
const APT = words('apt apt-cache apt-config apt-get apt-mark');
const DPKG = words('dpkg dpkg-deb dpkg-divert dpkg-query dpkg-split dpkg-statoverride dpkg-trigger update-alternatives');

export const DEBIAN_PASSWD = lines(
  'root:x:0:0:root:/root:/bin/bash',
  'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
  'bin:x:2:2:bin:/bin:/usr/sbin/nologin',
  'sys:x:3:3:sys:/dev:/usr/sbin/nologin',
  'sync:x:4:65534:sync:/bin:/bin/sync',
  'games:x:5:60:games:/usr/games:/usr/sbin/nologin',
  'man:x:6:12:man:/var/cache/man:/usr/sbin/nologin',
  'lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin',
  'mail:x:8:8:mail:/var/mail:/usr/sbin/nologin',
  'news:x:9:9:news:/var/spool/news:/usr/sbin/nologin',
  'uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin',
  'proxy:x:13:13:proxy:/bin:/usr/sbin/nologin',
  'www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin',
  'backup:x:34:34:backup:/var/backups:/usr/sbin/nologin',
  'list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin',
  'irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin',
  '_apt:x:42:65534::/nonexistent:/usr/sbin/nologin',
  'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
);
export const DEBIAN_GROUP = lines(
  'root:x:0:',
  'daemon:x:1:',
  'bin:x:2:',
  'sys:x:3:',
  'adm:x:4:',
  'tty:x:5:',
  'disk:x:6:',
  'lp:x:7:',
  'mail:x:8:',
  'news:x:9:',
  'uucp:x:10:',
  'man:x:12:',
  'proxy:x:13:',
  'kmem:x:15:',
  'dialout:x:20:',
  'fax:x:21:',
  'voice:x:22:',
  'cdrom:x:24:',
  'floppy:x:25:',
  'tape:x:26:',
  'sudo:x:27:',
  'audio:x:29:',
  'dip:x:30:',
  'www-data:x:33:',
  'backup:x:34:',
  'operator:x:37:',
  'list:x:38:',
  'irc:x:39:',
  'src:x:40:',
  'shadow:x:42:',
  'utmp:x:43:',
  'video:x:44:',
  'sasl:x:45:',
  'plugdev:x:46:',
  'staff:x:50:',
  'games:x:60:',
  'users:x:100:',
  'nogroup:x:65534:',
);

interface Release {
  readonly number: string;
  readonly point: string;
  readonly codename: DebianRelease;
}

/** `DEBIAN_VERSION_FULL` came with Debian 13. */
const osRelease = ({ number, point, codename }: Release): string =>
  lines(
    `PRETTY_NAME="Debian GNU/Linux ${number} (${codename})"`,
    'NAME="Debian GNU/Linux"',
    `VERSION_ID="${number}"`,
    `VERSION="${number} (${codename})"`,
    `VERSION_CODENAME=${codename}`,
    ...(number === '12' ? [] : [`DEBIAN_VERSION_FULL=${point}`]),
    'ID=debian',
    'HOME_URL="https://www.debian.org/"',
    'SUPPORT_URL="https://www.debian.org/support"',
    'BUG_REPORT_URL="https://bugs.debian.org/"',
  );

const sources = ({ codename }: Release): string =>
  lines(
    'Types: deb',
    'URIs: http://deb.debian.org/debian',
    `Suites: ${codename} ${codename}-updates`,
    'Components: main',
    'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
    '',
    'Types: deb',
    'URIs: http://deb.debian.org/debian-security',
    `Suites: ${codename}-security`,
    'Components: main',
    'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
  );

const PROGRAMS: readonly FileRecipe[] = [
  ...USR_BIN.map((name) => program(`usr/bin/${name}`, `gnu:${name}`, 'glibc')),
  ...USR_SBIN.map((name) => program(`usr/sbin/${name}`, `gnu:${name}`, 'glibc')),
  ...APT.map((name) => program(`usr/bin/${name}`, `apt:${name}`, 'glibc')),
  ...DPKG.map((name) => program(`usr/bin/${name}`, `dpkg:${name}`, 'glibc')),
  program('usr/bin/dash', 'dash', 'glibc'),
  symlink('usr/bin/sh', 'dash'),
  program('usr/bin/bash', 'bash', 'glibc'),
  symlink('usr/bin/rbash', 'bash'),
  symlink('usr/bin/awk', '/etc/alternatives/awk'),
  symlink('etc/alternatives/awk', '/usr/bin/mawk'),
  symlink('usr/bin/which', '/etc/alternatives/which'),
  symlink('etc/alternatives/which', '/usr/bin/which.debianutils'),
];

/** dpkg's record of what the image has. */
const status = (release: DebianRelease): string =>
  debianBase(release)
    .map(({ name, version, summary, unpackedBytes, depends }) =>
      lines(
        `Package: ${name}`,
        'Status: install ok installed',
        'Priority: required',
        `Installed-Size: ${Math.ceil(unpackedBytes / 1024)}`,
        'Architecture: amd64',
        `Version: ${version}`,
        ...(depends.length === 0 ? [] : [`Depends: ${depends.join(', ')}`]),
        `Description: ${summary}`,
      ),
    )
    .join('\n');

/** Which files are whose, for `dpkg -S` and `dpkg -L`. */
const fileLists = (release: DebianRelease): readonly FileRecipe[] =>
  debianBase(release)
    .filter(({ files }) => files.length > 0)
    .map(({ name, files }) => file(`var/lib/dpkg/info/${name}.list`, lines('/.', ...files.map(({ path }) => `/${path}`))));

const DIRECTORIES = words(`
  boot dev etc etc/alternatives etc/apt etc/apt/apt.conf.d etc/apt/preferences.d etc/apt/sources.list.d etc/default etc/init.d etc/profile.d etc/skel home media mnt opt proc run run/lock srv sys usr usr/bin
  usr/games usr/include usr/lib usr/lib64 usr/lib/apt usr/lib/dpkg usr/libexec usr/local usr/local/bin usr/local/etc usr/local/games usr/local/include usr/local/lib usr/local/sbin usr/local/share usr/local/src usr/sbin usr/share
  usr/share/doc usr/share/keyrings usr/share/zoneinfo usr/src var var/backups var/cache var/cache/apt var/cache/apt/archives var/cache/apt/archives/partial var/lib var/lib/apt var/lib/apt/lists var/lib/dpkg var/lib/dpkg/info
  var/lib/misc var/log var/log/apt var/opt var/spool`);

/** What Debian and its relatives share. */
export const debianFiles = (codename: DebianRelease): readonly FileRecipe[] => [
  ...directories(...DIRECTORIES),
  directory('root', 0o700),
  directory('tmp', 0o1777),
  directory('var/tmp', 0o1777),
  directory('var/mail', 0o2775),
  directory('var/local', 0o2775),
  ...['bin', 'sbin', 'lib', 'lib64'].map((name) => symlink(name, `usr/${name}`)),
  symlink('var/run', '/run'),
  symlink('var/lock', '/run/lock'),
  symlink('etc/os-release', '../usr/lib/os-release'),
  symlink('etc/mtab', '/proc/mounts'),
  ...PROGRAMS,
  // Where amd64 has it; arm64 has it in usr/lib. Both places hold the machine's own name.
  { kind: 'loader', path: 'usr/lib64/', libc: 'glibc' },
  { kind: 'loader', path: 'usr/lib/', libc: 'glibc' },
  file('var/lib/dpkg/status', status(codename)),
  ...fileLists(codename),
  ...directories('usr/lib/lsb'),
  file('usr/lib/lsb/init-functions', INIT_FUNCTIONS[codename === 'noble' ? 'ubuntu' : 'debian'] + INIT_FUNCTIONS.common),
  script('usr/sbin/service', SERVICE),
  file('etc/shadow', lines('root:*:20409:0:99999:7:::', 'daemon:*:20409:0:99999:7:::', 'nobody:*:20409:0:99999:7:::'), 0o640),
  file(
    'etc/shells',
    lines(
      '# /etc/shells: valid login shells',
      '/bin/sh',
      '/usr/bin/sh',
      '/bin/bash',
      '/usr/bin/bash',
      '/bin/rbash',
      '/usr/bin/rbash',
      '/bin/dash',
      '/usr/bin/dash',
    ),
  ),
  file(
    'etc/profile',
    lines(
      'if [ "$(id -u)" -eq 0 ]; then',
      '  PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"',
      'else',
      '  PATH="/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"',
      'fi',
      'export PATH',
    ),
  ),
  file('etc/nsswitch.conf', lines('passwd:         files', 'group:          files', 'shadow:         files', 'hosts:          files dns')),
  file('etc/host.conf', lines('multi on')),
  file(
    'etc/bash.bashrc',
    lines(
      '# Read by every interactive bash.',
      '[ -z "$PS1" ] && return',
      'shopt -s checkwinsize',
      'if [ -z "${debian_chroot:-}" ] && [ -r /etc/debian_chroot ]; then',
      '    debian_chroot=$(cat /etc/debian_chroot)',
      'fi',
      "PS1='${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '",
    ),
  ),
  file('root/.profile', lines('if [ "$BASH" ] && [ -f ~/.bashrc ]; then', '  . ~/.bashrc', 'fi')),
  file('root/.bashrc', lines('# PS1 and umask have their usual values already.')),
];

const filesOf = (release: Release): readonly FileRecipe[] => [
  ...debianFiles(release.codename),
  file('usr/lib/os-release', osRelease(release)),
  file('etc/debian_version', lines(release.point)),
  file('etc/apt/sources.list.d/debian.sources', sources(release)),
  file('etc/passwd', DEBIAN_PASSWD),
  file('etc/group', DEBIAN_GROUP),
  file('etc/issue', lines(`Debian GNU/Linux ${release.number} \\n \\l`, '')),
  file('etc/hostname', lines('debian')),
];

interface Variant {
  readonly release: Release;
  readonly created: string;
  readonly tags: readonly string[];
  readonly original: OriginalSize;
  readonly isSlim?: boolean;
}

/** The slim variants leave out documentation, which the miniatures do not have anyway: they differ in size and name. */
function debian({ release, created, tags, original, isSlim = false }: Variant): ImageRecipe {
  const epoch = Date.parse(created) / 1000;
  const files = [
    ...filesOf(release),
    ...(isSlim
      ? [
          file('etc/dpkg/dpkg.cfg.d/docker', lines('path-exclude /usr/share/doc/*', 'path-exclude /usr/share/man/*')),
          ...directories('etc/dpkg', 'etc/dpkg/dpkg.cfg.d'),
        ]
      : []),
  ];
  return {
    repository: 'library/debian',
    tags,
    version: `${release.codename}${isSlim ? '-slim' : ''}`,
    created,
    steps: [
      {
        createdBy: `# debian.sh --arch 'amd64' out/ '${release.codename}' '@${epoch}'`,
        comment: 'debuerreotype 0.16',
        layer: { files, original },
      },
    ],
    config: { Env: [DEFAULT_PATH], Cmd: ['bash'] },
  };
}

const BOOKWORM: Release = { number: '12', point: '12.12', codename: 'bookworm' };
const TRIXIE: Release = { number: '13', point: '13.2', codename: 'trixie' };
const CREATED = '2025-11-17T00:00:00Z';

export const DEBIAN_13 = debian({
  release: TRIXIE,
  created: CREATED,
  tags: ['13', '13.2', 'trixie', 'stable', 'latest'],
  original: { sizeBytes: 49_286_300, unpackedBytes: 120_000_000 },
});
export const DEBIAN_13_SLIM = debian({
  release: TRIXIE,
  created: CREATED,
  tags: ['13-slim', 'trixie-slim', 'stable-slim'],
  original: { sizeBytes: 29_777_766, unpackedBytes: 78_600_000 },
  isSlim: true,
});
export const DEBIAN_12 = debian({
  release: BOOKWORM,
  created: CREATED,
  tags: ['12', '12.12', 'bookworm', 'oldstable'],
  original: { sizeBytes: 48_480_000, unpackedBytes: 116_600_000 },
});
export const DEBIAN_12_SLIM = debian({
  release: BOOKWORM,
  created: CREATED,
  tags: ['12-slim', 'bookworm-slim'],
  original: { sizeBytes: 28_228_367, unpackedBytes: 74_800_000 },
  isSlim: true,
});
export const DEBIANS: readonly ImageRecipe[] = [DEBIAN_13, DEBIAN_13_SLIM, DEBIAN_12, DEBIAN_12_SLIM];
