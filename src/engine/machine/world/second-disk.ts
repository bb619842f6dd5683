/** What is on the second computer: a small Debian with Docker, to whose `sshd` the reader's key is known. */
import type { Fd, Sys } from '../../kernel/sys.ts';
import { keyPair, privateFile, publicLine } from '../../userland/net/ssh/keys.ts';
import { type Disk, LEARNER, writeDisk } from './disk.ts';
import { READER_KEY } from './home/ssh.ts';
import { HOST_DIRECTORIES, HOST_FILES, nameFiles, SECOND_NAME } from './host-files.ts';
import { BOOK_PROGRAMS, HOST_PROGRAMS } from './host-programs.ts';
import { PATH } from './settings.ts';

const LISTEN_FD = 3;
const HOST_KEY = keyPair('the host key of docker-host-2', `root@${SECOND_NAME}`);
const KEY_FILE = '/etc/ssh/ssh_host_ed25519_key';

const DISK: Disk = {
  directories: [...HOST_DIRECTORIES, ['/etc/ssh', 0o755]],
  files: [
    ...HOST_FILES,
    ...nameFiles('book'),
    { path: '/etc/hostname', text: `${SECOND_NAME}\n` },
    { path: '/etc/hosts', text: `127.0.0.1\tlocalhost\n127.0.1.1\t${SECOND_NAME}\n` },
    { path: '/etc/environment', text: `PATH="${PATH}"\nLANG=C.UTF-8\nTZ=UTC\n` },
    { path: '/etc/profile', text: "PS1='\\u@\\h:\\w\\$ '\n" },
    { path: KEY_FILE, text: privateFile(HOST_KEY), mode: 0o600 },
    { path: `${KEY_FILE}.pub`, text: publicLine(HOST_KEY) },
  ],
  programs: [...HOST_PROGRAMS, ...BOOK_PROGRAMS].filter(({ path }) => !path.endsWith('/aws')),
  own: [{ path: '/home/learner/.ssh/authorized_keys', bytes: new TextEncoder().encode(publicLine(READER_KEY)), mode: 0o600 }],
  owner: LEARNER,
  memories: [],
  cgroups: 'v2',
};

/** Makes the disk, starts sshd on the socket, and goes on as systemd. */
export async function settle(sys: Sys, listening: Fd): Promise<number> {
  sys.path.mount({ type: 'tmpfs', source: 'tmpfs', target: '/mnt', data: 'mode=755', flags: ['relatime'] });
  sys.path.pivotRoot('/mnt');
  sys.path.chdir('/');
  writeDisk(sys, DISK);
  sys.path.mount({ type: 'proc', source: 'proc', target: '/proc', flags: ['nosuid', 'nodev', 'noexec', 'relatime'] });
  const env = new Map([['PATH', PATH]]);
  const argv = ['sshd: /usr/sbin/sshd -D'];
  const stdio = [0, 1, 2].map((fd): [Fd, Fd] => [fd, fd]);
  sys.fork((child) => child.exec('/usr/sbin/sshd', argv, new Map([...env, ['LISTEN_FDS', '1']])), {
    argv,
    fds: new Map([...stdio, [listening, LISTEN_FD]]),
    pgid: 0,
  });
  return sys.exec('/usr/lib/systemd/systemd', ['/sbin/init'], env);
}
