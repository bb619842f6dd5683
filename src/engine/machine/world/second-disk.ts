/** What is on the second computer: a small Debian without Docker, to whose `sshd` the reader's key is known. */
import { isErrno } from '../../kernel/errno.ts';
import type { Fd, Sys } from '../../kernel/sys.ts';
import { keyPair, privateFile, publicLine } from '../../userland/net/ssh/keys.ts';
import { type Disk, LEARNER, writeDisk } from './disk.ts';
import { READER_KEY } from './home/ssh.ts';
import { HOST_DIRECTORIES, HOST_FILES, nameFiles, SECOND_NAME } from './host-files.ts';
import { BOOK_PROGRAMS, HOST_PROGRAMS } from './host-programs.ts';
import { PATH } from './settings.ts';

const LISTEN_FD = 3;
const IS_DOCKERS = /docker|containerd/;
const HOST_KEY = keyPair('the host key of docker-host-2', `root@${SECOND_NAME}`);
const KEY_FILE = '/etc/ssh/ssh_host_ed25519_key';

const DISK: Disk = {
  directories: [...HOST_DIRECTORIES.filter(([path]) => !IS_DOCKERS.test(path)), ['/etc/ssh', 0o755]],
  files: [
    ...[...HOST_FILES, ...nameFiles('book')].filter(({ path }) => !IS_DOCKERS.test(path)),
    { path: '/etc/hostname', text: `${SECOND_NAME}\n` },
    { path: '/etc/hosts', text: `127.0.0.1\tlocalhost\n127.0.1.1\t${SECOND_NAME}\n` },
    { path: '/etc/environment', text: `PATH="${PATH}"\nLANG=C.UTF-8\nTZ=UTC\n` },
    { path: '/etc/profile', text: "PS1='\\u@\\h:\\w\\$ '\n" },
    { path: KEY_FILE, text: privateFile(HOST_KEY), mode: 0o600 },
    { path: `${KEY_FILE}.pub`, text: publicLine(HOST_KEY) },
  ],
  programs: [...HOST_PROGRAMS, ...BOOK_PROGRAMS].filter(({ path }) => !/docker|system(d|ctl)$|\/aws$/.test(path)),
  own: [{ path: '/home/learner/.ssh/authorized_keys', bytes: new TextEncoder().encode(publicLine(READER_KEY)), mode: 0o600 }],
  owner: LEARNER,
  memories: [],
  cgroups: 'none',
};

/** Makes the disk, starts sshd on the socket, and is then the parent of whoever has none. */
export async function settle(sys: Sys, listening: Fd): Promise<number> {
  sys.path.mount({ type: 'tmpfs', source: 'tmpfs', target: '/mnt', data: 'mode=755', flags: ['relatime'] });
  sys.path.pivotRoot('/mnt');
  sys.path.chdir('/');
  writeDisk(sys, DISK);
  sys.path.mount({ type: 'proc', source: 'proc', target: '/proc', flags: ['nosuid', 'nodev', 'noexec', 'relatime'] });
  const env = new Map([
    ['PATH', PATH],
    ['LISTEN_FDS', '1'],
  ]);
  const argv = ['sshd: /usr/sbin/sshd -D'];
  const fds = new Map([...[0, 1, 2].map((fd): [Fd, Fd] => [fd, fd]), [listening, LISTEN_FD] as const]);
  sys.fork((child) => child.exec('/usr/sbin/sshd', argv, env), { argv, env, fds, pgid: 0 });
  return reap(sys);
}

async function reap(sys: Sys): Promise<never> {
  for (;;) {
    await sys.wait(-1).catch(async (error: unknown) => {
      if (!isErrno(error, 'ECHILD', 'EINTR')) throw error;
      if (error.code === 'ECHILD') await sys.pause();
    });
  }
}
