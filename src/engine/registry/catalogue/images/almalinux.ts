import { ALMA_BASE } from '../../packages/enterprise.ts';
import { DEFAULT_PATH, directories, directory, type FileRecipe, file, type ImageRecipe, lines, program, symlink } from '../recipe.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const ENTERPRISE_USR_BIN = words(`
  [ arch b2sum base64 basename cat chgrp chmod chown cksum comm cp cut date dd df dir dirname du echo env expand expr factor false fmt fold
  groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste printenv
  printf pwd readlink realpath rm rmdir seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty
  sync tac tail tee test timeout touch tr true truncate tty uname unexpand uniq unlink users vdir wc who whoami yes
  awk cmp diff egrep fgrep grep sed gzip gunzip zcat tar find xargs less more mount umount mountpoint su getopt flock
  nsenter setpriv setsid unshare whereis getent locale clear tput reset passwd gpasswd`);
export const ENTERPRISE_USR_SBIN = words('chroot groupadd groupdel useradd userdel usermod ldconfig nologin');

export const ENTERPRISE_PASSWD = lines(
  'root:x:0:0:root:/root:/bin/bash',
  'bin:x:1:1:bin:/bin:/sbin/nologin',
  'daemon:x:2:2:daemon:/sbin:/sbin/nologin',
  'adm:x:3:4:adm:/var/adm:/sbin/nologin',
  'lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin',
  'sync:x:5:0:sync:/sbin:/bin/sync',
  'shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown',
  'halt:x:7:0:halt:/sbin:/sbin/halt',
  'mail:x:8:12:mail:/var/spool/mail:/sbin/nologin',
  'operator:x:11:0:operator:/root:/sbin/nologin',
  'games:x:12:100:games:/usr/games:/sbin/nologin',
  'ftp:x:14:50:FTP User:/var/ftp:/sbin/nologin',
  'nobody:x:65534:65534:Kernel Overflow User:/:/sbin/nologin',
);
export const ENTERPRISE_GROUP = lines(
  ...'root:x:0: bin:x:1: daemon:x:2: sys:x:3: adm:x:4: tty:x:5: disk:x:6: lp:x:7: mem:x:8: kmem:x:9: wheel:x:10: cdrom:x:11: mail:x:12: man:x:15: dialout:x:18: floppy:x:19: games:x:20: tape:x:33: video:x:39: ftp:x:50: lock:x:54: audio:x:63: users:x:100: nobody:x:65534:'.split(
    ' ',
  ),
);

/** Folders and programs of a small Red Hat-like system. */
export const enterpriseFiles = (): readonly FileRecipe[] => [
  ...directories(
    ...words(`afs boot dev etc etc/dnf etc/profile.d etc/pki etc/rpm etc/skel etc/yum.repos.d home media mnt opt proc run run/lock srv sys usr usr/bin usr/games
      usr/include usr/lib usr/lib64 usr/libexec usr/local usr/local/bin usr/local/etc usr/local/lib usr/local/sbin usr/local/share usr/sbin usr/share usr/src
      var var/adm var/cache var/cache/dnf var/db var/lib var/lib/dnf var/lib/rpm var/local var/log var/opt var/spool`),
  ),
  directory('root', 0o550),
  directory('tmp', 0o1777),
  directory('var/tmp', 0o1777),
  ...['bin', 'sbin', 'lib', 'lib64'].map((name) => symlink(name, `usr/${name}`)),
  symlink('var/run', '../run'),
  symlink('var/lock', '../run/lock'),
  symlink('etc/os-release', '../usr/lib/os-release'),
  symlink('etc/mtab', '../proc/self/mounts'),
  ...ENTERPRISE_USR_BIN.map((name) => program(`usr/bin/${name}`, `gnu:${name}`, 'glibc')),
  ...ENTERPRISE_USR_SBIN.map((name) => program(`usr/sbin/${name}`, `gnu:${name}`, 'glibc')),
  program('usr/bin/bash', 'bash', 'glibc'),
  symlink('usr/bin/sh', 'bash'),
  program('usr/bin/curl', 'curl', 'glibc'),
  { kind: 'loader', path: 'usr/lib64/', libc: 'glibc' },
  { kind: 'loader', path: 'usr/lib/', libc: 'glibc' },
  file('etc/passwd', ENTERPRISE_PASSWD),
  file('etc/group', ENTERPRISE_GROUP),
  file('etc/shadow', lines('root:*:19760:0:99999:7:::', 'bin:*:19760:0:99999:7:::', 'nobody:*:19760:0:99999:7:::'), 0),
  file('etc/nsswitch.conf', lines('passwd:     files', 'group:      files', 'hosts:      files dns')),
  file('etc/shells', lines('/bin/sh', '/bin/bash', '/usr/bin/sh', '/usr/bin/bash')),
];

const repository = (id: string, name: string): FileRecipe =>
  file(
    `etc/yum.repos.d/almalinux-${id}.repo`,
    lines(
      `[${id}]`,
      `name=AlmaLinux $releasever - ${name}`.replace('$releasever', '9'),
      `mirrorlist=https://mirrors.almalinux.org/mirrorlist/$releasever/${id}`,
      'enabled=1',
      'gpgcheck=1',
      'gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-AlmaLinux-9',
    ),
  );

const OS_RELEASE = lines(
  'NAME="AlmaLinux"',
  'VERSION="9.7 (Moss Jungle Cat)"',
  'ID="almalinux"',
  'ID_LIKE="rhel centos fedora"',
  'VERSION_ID="9.7"',
  'PLATFORM_ID="platform:el9"',
  'PRETTY_NAME="AlmaLinux 9.7 (Moss Jungle Cat)"',
  'ANSI_COLOR="0;34"',
  'LOGO="fedora-logo-icon"',
  'CPE_NAME="cpe:/o:almalinux:almalinux:9::baseos"',
  'HOME_URL="https://almalinux.org/"',
  'DOCUMENTATION_URL="https://wiki.almalinux.org/"',
  'BUG_REPORT_URL="https://bugs.almalinux.org/"',
);

const database = ALMA_BASE.map(({ name, version, summary, unpackedBytes, depends, files }) => {
  const [, before = version, release = ''] = /^(.*)-([^-]+)$/.exec(version) ?? [];
  return JSON.stringify({
    name,
    version: before,
    release,
    arch: 'x86_64',
    summary,
    unpackedBytes,
    requires: depends,
    files: files.map(({ path }) => path),
  });
});

export const ALMALINUX: ImageRecipe = {
  repository: 'library/almalinux',
  tags: ['9', '9.7', 'latest'],
  version: '9.7-20251117',
  created: '2025-11-17T19:04:11Z',
  steps: [
    {
      createdBy: 'ADD almalinux-9-default-amd64.tar.xz / # buildkit',
      layer: {
        files: [
          ...enterpriseFiles(),
          program('usr/bin/dnf-3', 'dnf', 'glibc'),
          symlink('usr/bin/dnf', 'dnf-3'),
          symlink('usr/bin/yum', 'dnf-3'),
          program('usr/bin/rpm', 'rpm', 'glibc'),
          file('usr/lib/os-release', OS_RELEASE),
          file('etc/almalinux-release', lines('AlmaLinux release 9.7 (Moss Jungle Cat)')),
          symlink('etc/redhat-release', 'almalinux-release'),
          symlink('etc/system-release', 'almalinux-release'),
          repository('baseos', 'BaseOS'),
          repository('appstream', 'AppStream'),
          repository('extras', 'Extras'),
          file('var/lib/rpm/packages', lines(...database)),
        ],
        original: { sizeBytes: 71_727_902, unpackedBytes: 188_000_000 },
      },
    },
    { createdBy: 'CMD ["/bin/bash"]' },
  ],
  config: { Env: [DEFAULT_PATH], Cmd: ['/bin/bash'], WorkingDir: '/' },
};
