import { ALPINE_BASE } from '../../packages/alpine.ts';
import type { Package } from '../../packages/recipe.ts';
import { ALPINE_APPLETS } from '../applets.ts';
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
  symlink,
} from '../recipe.ts';

const PASSWD = lines(
  'root:x:0:0:root:/root:/bin/sh',
  'bin:x:1:1:bin:/bin:/sbin/nologin',
  'daemon:x:2:2:daemon:/sbin:/sbin/nologin',
  'lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin',
  'sync:x:5:0:sync:/sbin:/bin/sync',
  'shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown',
  'halt:x:7:0:halt:/sbin:/sbin/halt',
  'mail:x:8:12:mail:/var/mail:/sbin/nologin',
  'news:x:9:13:news:/usr/lib/news:/sbin/nologin',
  'uucp:x:10:14:uucp:/var/spool/uucppublic:/sbin/nologin',
  'cron:x:16:16:cron:/var/spool/cron:/sbin/nologin',
  'ftp:x:21:21::/var/lib/ftp:/sbin/nologin',
  'sshd:x:22:22:sshd:/dev/null:/sbin/nologin',
  'games:x:35:35:games:/usr/games:/sbin/nologin',
  'ntp:x:123:123:NTP:/var/empty:/sbin/nologin',
  'guest:x:405:100:guest:/dev/null:/sbin/nologin',
  'nobody:x:65534:65534:nobody:/:/sbin/nologin',
);
const GROUP = lines(
  'root:x:0:root',
  'bin:x:1:root,bin,daemon',
  'daemon:x:2:root,bin,daemon',
  'sys:x:3:root,bin',
  'adm:x:4:root,daemon',
  'tty:x:5:',
  'disk:x:6:root',
  'lp:x:7:lp',
  'kmem:x:9:',
  'wheel:x:10:root',
  'floppy:x:11:root',
  'mail:x:12:mail',
  'news:x:13:news',
  'uucp:x:14:uucp',
  'cron:x:16:cron',
  'audio:x:18:',
  'cdrom:x:19:',
  'dialout:x:20:root',
  'ftp:x:21:',
  'sshd:x:22:',
  'input:x:23:',
  'tape:x:26:root',
  'video:x:27:root',
  'netdev:x:28:',
  'kvm:x:34:kvm',
  'games:x:35:',
  'shadow:x:42:',
  'www-data:x:82:',
  'users:x:100:games',
  'ntp:x:123:',
  'abuild:x:300:',
  'utmp:x:406:',
  'ping:x:999:',
  'nogroup:x:65533:',
  'nobody:x:65534:',
);
const PROFILE = lines(
  "export PATH='/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'",
  'export PAGER=less',
  'umask 022',
  '',
  'for script in /etc/profile.d/*.sh ; do',
  '  [ -r "$script" ] && . "$script"',
  'done',
  'unset script',
);

const osRelease = (version: string): string =>
  lines(
    'NAME="Alpine Linux"',
    'ID=alpine',
    `VERSION_ID=${version}`,
    `PRETTY_NAME="Alpine Linux v${version.replace(/\.\d+$/, '')}"`,
    'HOME_URL="https://alpinelinux.org/"',
    'BUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"',
  );

const repositories = (version: string): string =>
  lines(...['main', 'community'].map((part) => `https://dl-cdn.alpinelinux.org/alpine/v${version.replace(/\.\d+$/, '')}/${part}`));

/** apk's record of what the image has, as `lib/apk/db/installed`. */
export const installedText = (version: string, packages: readonly Package[]): string =>
  packages
    .map(({ name, version: own, summary, unpackedBytes, depends, files }) =>
      [
        'C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
        `P:${name}`,
        `V:${name === 'alpine-release' ? `${version}-r0` : own}`,
        `I:${unpackedBytes}`,
        `T:${summary}`,
        ...(depends.length === 0 ? [] : [`D:${depends.join(' ')}`]),
        ...files.flatMap(({ path }) => [`F:${path.slice(0, path.lastIndexOf('/'))}`, `R:${path.slice(path.lastIndexOf('/') + 1)}`]),
        '',
        '',
      ].join('\n'),
    )
    .join('');

const applets: readonly FileRecipe[] = Object.entries(ALPINE_APPLETS).flatMap(([folder, names]) =>
  names.map((name) => symlink(`${folder}/${name}`, '/bin/busybox')),
);

/** Folders that anybody may enter. */
const FOLDERS: readonly string[] = [
  'bin dev etc etc/apk etc/apk/keys etc/crontabs etc/network etc/opt etc/periodic etc/profile.d home lib lib/apk lib/apk/db',
  'media media/cdrom media/floppy media/usb mnt opt run sbin srv sys usr usr/bin usr/lib usr/local usr/local/bin',
  'usr/local/lib usr/local/share usr/sbin usr/share var var/cache var/cache/apk var/cache/misc var/lib var/lib/apk',
  'var/lib/misc var/local var/log var/mail var/opt var/spool var/spool/cron',
].flatMap((line) => line.split(' '));

const filesOf = (version: string): readonly FileRecipe[] => [
  ...directories(...FOLDERS),
  directory('proc', 0o555),
  directory('var/empty', 0o555),
  directory('root', 0o700),
  directory('tmp', 0o1777),
  directory('var/tmp', 0o1777),
  program('bin/busybox', 'busybox:alpine', 'musl'),
  ...applets,
  { kind: 'loader', path: 'lib/', libc: 'musl' },
  program('sbin/apk', 'apk', 'musl'),
  program('usr/bin/getconf', 'gnu:getconf', 'musl'),
  program('usr/bin/getent', 'musl:getent', 'musl'),
  symlink('etc/mtab', '../proc/mounts'),
  symlink('etc/os-release', '../usr/lib/os-release'),
  symlink('var/run', '../run'),
  symlink('var/lock', '../run/lock'),
  symlink('var/spool/cron/crontabs', '../../../etc/crontabs'),
  file('usr/lib/os-release', osRelease(version)),
  file('etc/alpine-release', lines(version)),
  file('etc/apk/repositories', repositories(version)),
  file('lib/apk/db/installed', installedText(version, ALPINE_BASE)),
  file(
    'etc/apk/world',
    lines('alpine-baselayout', 'alpine-keys', 'alpine-release', 'apk-tools', 'busybox', 'busybox-binsh', 'musl-utils', 'ssl_client'),
  ),
  file('etc/hostname', lines('localhost')),
  file('etc/hosts', lines('127.0.0.1\tlocalhost localhost.localdomain', '::1\t\tlocalhost localhost.localdomain')),
  file('etc/issue', lines(`Welcome to Alpine Linux ${version.replace(/\.\d+$/, '')}`, 'Kernel \\r on an \\m (\\l)', '')),
  file('etc/passwd', PASSWD),
  file('etc/group', GROUP),
  file('etc/shadow', lines('root:*::0:::::', 'bin:!::0:::::', 'daemon:!::0:::::', 'nobody:!::0:::::'), 0o640),
  file('etc/profile', PROFILE),
  file('etc/shells', lines('# valid login shells', '/bin/sh', '/bin/ash')),
  file('etc/nsswitch.conf', lines('# musl itself does not support NSS, however some third-party DNS', 'hosts: files dns')),
];

function alpine({
  version,
  created,
  tags,
  original,
}: {
  version: string;
  created: string;
  tags: readonly string[];
  original: OriginalSize;
}): ImageRecipe {
  return {
    repository: 'library/alpine',
    tags: [...tags, version],
    version,
    created,
    steps: [
      { createdBy: `ADD alpine-minirootfs-${version}-x86_64.tar.gz / # buildkit`, layer: { files: filesOf(version), original } },
      { createdBy: 'CMD ["/bin/sh"]' },
    ],
    config: { Env: [DEFAULT_PATH], Cmd: ['/bin/sh'], WorkingDir: '/' },
  };
}

export const ALPINE_3_23 = alpine({
  version: '3.23.0',
  created: '2025-12-03T20:11:06Z',
  tags: ['3.23', '3', 'latest'],
  original: { sizeBytes: 3_861_000, unpackedBytes: 8_442_000 },
});
export const ALPINE_3_22 = alpine({
  version: '3.22.2',
  created: '2025-10-08T11:04:56Z',
  tags: ['3.22'],
  original: { sizeBytes: 3_802_452, unpackedBytes: 8_316_000 },
});
export const ALPINE_3_21 = alpine({
  version: '3.21.5',
  created: '2025-10-08T11:04:35Z',
  tags: ['3.21'],
  original: { sizeBytes: 3_646_000, unpackedBytes: 7_836_000 },
});
export const ALPINE_3_20 = alpine({
  version: '3.20.8',
  created: '2025-10-08T11:04:12Z',
  tags: ['3.20'],
  original: { sizeBytes: 3_628_000, unpackedBytes: 7_800_000 },
});
export const ALPINES: readonly ImageRecipe[] = [ALPINE_3_23, ALPINE_3_22, ALPINE_3_21, ALPINE_3_20];
