/** Mount tables as text: /proc/PID/mounts, /proc/PID/mountinfo (proc_pid_mountinfo(5)). */
import type { Mount } from './mount.ts';
import { rootOf } from './mount.ts';
import type { MountInfo } from './types.ts';
import { type FsView, pathFrom } from './view.ts';

const SHOWN_FLAGS = ['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime'];

/** The words that a mount shows of those it was made with. Times of access are relative unless somebody says otherwise. */
export function shownFlags(words: readonly string[]): readonly string[] {
  const isStrict = words.some((word) => ['strictatime', 'noatime', 'atime'].includes(word));
  const all = isStrict ? words.filter((word) => word !== 'relatime') : [...words, 'relatime'];
  return SHOWN_FLAGS.filter((flag) => all.includes(flag));
}

const access = (isReadOnly: boolean): string => (isReadOnly ? 'ro' : 'rw');
const escaped = (path: string): string => path.replace(/[ \t\n\\]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);

const optionsOf = (mount: Mount): readonly string[] => [access(mount.isReadOnly), ...mount.flags, ...mount.fs.options];

/** The mounts that a process can see, with their places as it sees them. */
export function visibleMounts(view: FsView): readonly { readonly mount: Mount; readonly target: string }[] {
  return view.mounts.mounts.flatMap((mount) => {
    const target = pathFrom(view.root, rootOf(mount));
    return target === undefined ? [] : [{ mount, target }];
  });
}

export function mountInfos(view: FsView): readonly MountInfo[] {
  return visibleMounts(view).map(({ mount, target }) => ({
    id: mount.id,
    parentId: mount.point?.mount.id ?? mount.id,
    source: mount.source,
    target,
    type: mount.fs.type,
    options: optionsOf(mount),
  }));
}

/** /proc/PID/mounts. */
export function mountsText(view: FsView): string {
  return visibleMounts(view)
    .map(({ mount, target }) => `${escaped(mount.source)} ${escaped(target)} ${mount.fs.type} ${optionsOf(mount).join(',')} 0 0\n`)
    .join('');
}

/** /proc/PID/mountinfo. */
export function mountinfoText(view: FsView): string {
  return visibleMounts(view)
    .map(({ mount, target }) => {
      const { fs, id, point, rootPath, flags, readOnly, source } = mount;
      const device = `${Math.floor(fs.dev / 256)}:${fs.dev % 256}`;
      const place = `${id} ${point?.mount.id ?? id} ${device} ${escaped(rootPath)} ${escaped(target)}`;
      return `${place} ${[access(readOnly), ...flags].join(',')} - ${fs.type} ${escaped(source)} ${[access(fs.readOnly), ...fs.options].join(',')}\n`;
    })
    .join('');
}
