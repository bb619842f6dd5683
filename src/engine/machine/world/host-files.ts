/** What is on the host's disk before anybody types: the configuration of a small Debian server with Docker installed. */

import { HUB_HOSTS } from '../../registry/hub-hosts.ts';

export interface HostFile {
  readonly path: string;
  readonly text: string;
  readonly mode?: number;
}

export const ROUTER_IP = '192.168.50.1';
export const HOST_IP = '192.168.50.10';
/** The other computer on the local network of the book's world. */
export const SECOND_IP = '192.168.50.11';
export const SECOND_NAME = 'docker-host-2';

const dockerService = (flags: string): string => `[Unit]
Description=Docker Application Container Engine
Documentation=https://docs.docker.com
Wants=containerd.service
Requires=docker.socket

[Service]
ExecStart=/usr/bin/dockerd -H fd://${flags}
Restart=always

[Install]
WantedBy=multi-user.target
`;

const DOCKER_SOCKET = `[Unit]
Description=Docker Socket for the API

[Socket]
ListenStream=/run/docker.sock
SocketMode=0660
SocketUser=root
SocketGroup=docker

[Install]
WantedBy=sockets.target
`;

/** Who is known by which name: in the world of the recordings a name server that knows none, and Docker Hub behind the router. */
export const nameFiles = (world: 'book' | 'oracle'): readonly HostFile[] => {
  const hosts = '127.0.0.1\tlocalhost\n127.0.1.1\tdocker-host\n';
  return [
    { path: '/etc/hosts', text: world === 'book' ? hosts : `${hosts}${ROUTER_IP}\t${HUB_HOSTS.join(' ')}\n` },
    { path: '/etc/resolv.conf', text: `nameserver ${world === 'book' ? ROUTER_IP : HOST_IP}\n` },
  ];
};

export const HOST_FILES: readonly HostFile[] = [
  { path: '/etc/hostname', text: 'docker-host\n' },
  { path: '/etc/nsswitch.conf', text: 'passwd: files\ngroup: files\nhosts: files dns\n' },
  {
    path: '/etc/passwd',
    text: 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\nlearner:x:1000:1000:learner:/home/learner:/bin/bash\n',
  },
  {
    path: '/etc/group',
    text: 'root:x:0:\ndaemon:x:1:\nwww-data:x:33:\nnogroup:x:65534:\nlearner:x:1000:\ndocker:x:999:learner\nsudo:x:27:learner\n',
  },
  { path: '/etc/sudoers', text: 'root ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL:ALL) NOPASSWD: ALL\n', mode: 0o440 },
  { path: '/etc/debian_version', text: '13.2\n' },
  {
    path: '/etc/os-release',
    text: 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nNAME="Debian GNU/Linux"\nVERSION_ID="13"\nVERSION="13 (trixie)"\nVERSION_CODENAME=trixie\nDEBIAN_VERSION_FULL=13.2\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n',
  },
  { path: '/usr/lib/systemd/system/docker.service', text: dockerService(' --containerd=/run/containerd/containerd.sock') },
  { path: '/usr/lib/systemd/system/docker.socket', text: DOCKER_SOCKET },
];

/** The machine of the recordings is one release behind, and its dockerd starts containerd itself. */
export const RECORDED_HOST_FILES: readonly HostFile[] = [
  { path: '/usr/lib/systemd/system/docker.service', text: dockerService(' --default-cgroupns-mode=private') },
  { path: '/etc/debian_version', text: '12.12\n' },
  {
    path: '/etc/os-release',
    text: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n',
  },
];

export const HOST_DIRECTORIES: readonly (readonly [string, number])[] = [
  ['/usr', 0o755],
  ['/usr/bin', 0o755],
  ['/usr/sbin', 0o755],
  ['/usr/local', 0o755],
  ['/usr/local/bin', 0o755],
  ['/usr/local/sbin', 0o755],
  ['/usr/lib', 0o755],
  ['/usr/lib/systemd', 0o755],
  ['/usr/lib/systemd/system', 0o755],
  ['/usr/libexec', 0o755],
  ['/usr/libexec/docker', 0o755],
  ['/usr/libexec/docker/cli-plugins', 0o755],
  ['/usr/share', 0o755],
  ['/etc', 0o755],
  ['/etc/systemd', 0o755],
  ['/etc/systemd/system', 0o755],
  ['/etc/docker', 0o755],
  ['/home', 0o755],
  ['/home/learner', 0o755],
  ['/home/learner/lab', 0o755],
  ['/root', 0o700],
  ['/tmp', 0o1777],
  ['/srv', 0o755],
  ['/mnt', 0o755],
  ['/opt', 0o755],
  ['/media', 0o755],
  ['/boot', 0o755],
  ['/proc', 0o555],
  ['/sys', 0o555],
  ['/dev', 0o755],
  ['/run', 0o755],
  ['/var', 0o755],
  ['/var/lib', 0o755],
  ['/var/lib/docker', 0o710],
  ['/var/lib/containerd', 0o711],
  ['/var/log', 0o755],
  ['/var/cache', 0o755],
  ['/var/tmp', 0o1777],
  ['/var/spool', 0o755],
  ['/var/www', 0o755],
];

/** As on a merged-usr system. */
export const HOST_LINKS: readonly (readonly [string, string])[] = [
  ['/bin', 'usr/bin'],
  ['/sbin', 'usr/sbin'],
  ['/lib', 'usr/lib'],
  ['/var/run', '/run'],
];
