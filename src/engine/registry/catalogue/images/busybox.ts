import { BUSYBOX_APPLETS } from '../applets.ts';
import { DEFAULT_PATH, directories, directory, type FileRecipe, file, type ImageRecipe, lines, link, ownedBy, program, symlink } from '../recipe.ts';

const PASSWD = lines(
  'root:x:0:0:root:/root:/bin/sh', 'daemon:x:1:1:daemon:/usr/sbin:/bin/false', 'bin:x:2:2:bin:/bin:/bin/false', 'sys:x:3:3:sys:/dev:/bin/false',
  'sync:x:4:100:sync:/bin:/bin/sync', 'mail:x:8:8:mail:/var/spool/mail:/bin/false', 'www-data:x:33:33:www-data:/var/www:/bin/false',
  'operator:x:37:37:Operator:/var:/bin/false', 'nobody:x:65534:65534:nobody:/home:/bin/false',
);
const GROUP = lines(
  'root:x:0:', 'daemon:x:1:', 'bin:x:2:', 'sys:x:3:', 'adm:x:4:', 'tty:x:5:', 'disk:x:6:', 'lp:x:7:', 'mail:x:8:', 'kmem:x:9:', 'wheel:x:10:root', 'cdrom:x:11:',
  'dialout:x:18:', 'floppy:x:19:', 'video:x:28:', 'audio:x:29:', 'tape:x:32:', 'www-data:x:33:', 'operator:x:37:', 'utmp:x:43:', 'plugdev:x:46:', 'staff:x:50:',
  'lock:x:54:', 'netdev:x:82:', 'users:x:100:', 'nobody:x:65534:',
);

/** The original's applets are hard links to one file, whose first name is `[`. */
const FILES: readonly FileRecipe[] = [
  ...directories('bin', 'dev', 'etc', 'etc/network', 'etc/network/if-down.d', 'etc/network/if-post-down.d', 'etc/network/if-pre-up.d', 'etc/network/if-up.d', 'lib', 'usr', 'usr/bin', 'usr/sbin', 'var', 'var/spool'),
  directory('root', 0o700),
  directory('tmp', 0o1777),
  ...ownedBy(65534, 65534, [directory('home')]),
  ...ownedBy(33, 33, [directory('var/www')]),
  ...ownedBy(8, 8, [directory('var/spool/mail')]),
  program('bin/[', 'busybox'),
  ...['busybox', ...BUSYBOX_APPLETS].filter((name) => name !== '[').map((name) => link(`bin/${name}`, 'bin/[')),
  symlink('usr/bin/env', '../../bin/env'),
  symlink('lib64', 'lib'),
  file('etc/passwd', PASSWD),
  file('etc/group', GROUP),
  file('etc/shadow', lines('root:*:10933:0:99999:7:::', 'daemon:*:10933:0:99999:7:::', 'nobody:*:10933:0:99999:7:::'), 0o640),
  file('etc/nsswitch.conf', lines('hosts: files dns')),
];

export const BUSYBOX: ImageRecipe = {
  repository: 'library/busybox',
  tags: ['1.37', '1.37.0', '1', 'stable', 'latest', 'glibc'],
  version: '1.37.0-glibc',
  created: '2024-09-26T21:31:42Z',
  steps: [
    { createdBy: 'BusyBox 1.37.0 (glibc), Debian 13', layer: { files: FILES, original: { sizeBytes: 2_224_358, unpackedBytes: 4_426_240 } } },
  ],
  config: { Env: [DEFAULT_PATH], Cmd: ['sh'], WorkingDir: '/' },
};
