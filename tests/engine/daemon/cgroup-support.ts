/** What the two versions of control groups let one ask of a container. */
import type { CgroupSupport } from '../../../src/engine/daemon/runtime/cgroup.ts';

export const NEW_CGROUPS: CgroupSupport = {
  version: 2,
  driver: 'systemd',
  namespaceMode: 'private',
  can: { disableOomKill: false, swappiness: false, weighBlockIo: true },
  defaults: { CgroupnsMode: 'private', OomKillDisable: null },
};

export const OLD_CGROUPS: CgroupSupport = {
  version: 1,
  driver: 'cgroupfs',
  namespaceMode: 'host',
  can: { disableOomKill: true, swappiness: true, weighBlockIo: false },
  defaults: { CgroupnsMode: 'host', OomKillDisable: false },
};
