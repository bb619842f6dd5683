/** The names of the distributions' mirrors: all that the world outside must know of them before somebody asks. */
export const MIRROR_HOSTS: readonly string[] = [
  'dl-cdn.alpinelinux.org',
  'deb.debian.org',
  'archive.ubuntu.com',
  'security.ubuntu.com',
  'ports.ubuntu.com',
  'mirrors.almalinux.org',
  'repo.almalinux.org',
];
