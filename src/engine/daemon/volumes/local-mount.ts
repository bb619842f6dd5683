/** What a volume's driver options ask to be mounted at its place. Upstream: moby daemon/volume/local, sys/mount. */
import { Errno, isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { mountFailed } from './errors.ts';
import type { Volumes } from './store.ts';

export type DriverOptions = Readonly<Record<string, string>>;

/** Words of `o=` that are flags of mount(2): bits to set, or to clear. */
const FLAGS: Readonly<Record<string, { readonly set?: number; readonly clear?: number; readonly shown?: string }>> = {
  defaults: {},
  rw: { clear: 0x1 },
  ro: { set: 0x1 },
  nosuid: { set: 0x2, shown: 'nosuid' },
  nodev: { set: 0x4, shown: 'nodev' },
  noexec: { set: 0x8, shown: 'noexec' },
  sync: { set: 0x10 },
  noatime: { set: 0x400, shown: 'noatime' },
  nodiratime: { set: 0x800, shown: 'nodiratime' },
  bind: { set: 0x1000 },
  rbind: { set: 0x5000 },
  relatime: { set: 0x200000, shown: 'relatime' },
  strictatime: { set: 0x1000000, shown: 'strictatime' },
};
const READ_ONLY = 0x1;
const BIND = 0x1000;
const RECURSIVE = 0x4000;
const REMOUNT = 0x20;

const needsMount = (options: DriverOptions | null): options is DriverOptions =>
  options !== null && (options.type !== undefined || options.device !== undefined);

interface Wanted {
  readonly bits: number;
  readonly flags: readonly string[];
  readonly data: string;
}

function readWords(text: string): Wanted {
  let bits = 0;
  const flags: string[] = [];
  const data: string[] = [];
  for (const word of text.split(',').filter((one) => one !== '')) {
    const known = Object.hasOwn(FLAGS, word) ? FLAGS[word] : undefined;
    if (known === undefined) data.push(word);
    bits = (bits | (known?.set ?? 0)) & ~(known?.clear ?? 0);
    if (known?.shown !== undefined) flags.push(known.shown);
  }
  return { bits, flags, data: data.join(',') };
}

/** What a volume's options ask for is mounted as long as somebody uses it. Throws DockerError. */
export function mountVolume(volumes: Volumes, name: string): void {
  const options = volumes.find(name)?.options ?? null;
  if (!needsMount(options)) return;
  const users = volumes.mounted.get(name) ?? 0;
  if (users === 0) mountLocal(volumes.sys, volumes.directory(name), options);
  volumes.mounted.set(name, users + 1);
}

function mountLocal(sys: Sys, path: string, { type = '', device = '', o = '' }: DriverOptions): void {
  const { bits, flags, data } = readWords(o);
  const readOnly = (bits & READ_ONLY) !== 0;
  const attempt = (mask: number, act: () => void): void => {
    try {
      act();
    } catch (error) {
      if (!isErrno(error)) throw error;
      const shown = `${mask === 0 ? '' : `, flags: 0x${mask.toString(16)}`}${data === '' ? '' : `, data: ${data}`}`;
      throw mountFailed(path, `${device}:${path}${shown}`, error.message.toLowerCase());
    }
  };
  if ((bits & BIND) !== 0) {
    const recursive = (bits & RECURSIVE) !== 0;
    attempt(bits & ~READ_ONLY, () => sys.path.mount({ type: 'none', source: device, target: path, bind: true, recursive }));
    if (readOnly)
      attempt(bits | REMOUNT, () => sys.path.mount({ type: 'none', source: device, target: path, bind: true, remount: true, readOnly }));
    return;
  }
  attempt(bits, () =>
    sys.path.mount({ type: fileSystem(type), source: device, target: path, flags: ['relatime', ...flags], data, readOnly }),
  );
}

const FILE_SYSTEMS = ['tmpfs', 'ext4', 'overlay', 'proc', 'sysfs', 'none'] as const;

/** ENODEV for what this kernel does not have. */
function fileSystem(type: string): (typeof FILE_SYSTEMS)[number] {
  const known = FILE_SYSTEMS.find((one) => one === type);
  if (known === undefined) throw new Errno('ENODEV');
  return known;
}
