/** `mount`, `umount`, `mountpoint`. */
import { isErrno } from '../../../kernel/errno.ts';
import type { MountInfo, MountRequest } from '../../../kernel/fs/types.ts';
import type { Tool, Utility } from '../../tool.ts';
import { fileLines } from '../users.ts';

const TYPES: readonly string[] = ['overlay', 'tmpfs', 'proc', 'sysfs', 'cgroup', 'cgroup2', 'devpts', 'mqueue', 'ext4'];
const MOUNT = {
  short: 'abfilnrRsvwt:o:BM',
  long: { all: 'a', bind: 'B', rbind: 'R', 'read-only': 'r', rw: 'w', types: 't:', options: 'o:', verbose: 'v' },
  usage: '[OPTIONS] [-o OPT] DEVICE NODE',
  usageStatus: 1,
  package: 'from util-linux 2.41',
};
/** mount(8)'s exit status for a mount that failed. */
const FAILED = 32;

const line = ({ source, target, type, options }: MountInfo): string => `${source} on ${target} type ${type} (${options.join(',')})\n`;

export const mount: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(MOUNT);
  const words = [
    ...options.values('o').flatMap((text) => text.split(',')),
    ...(options.has('r') ? ['ro'] : []),
    ...(options.has('B') ? ['bind'] : []),
    ...(options.has('R') ? ['rbind'] : []),
  ].filter((word) => word !== '');
  const type = options.value('t');
  if (options.operands.length === 0) {
    for (const found of sys.path.mounts()) if (type === undefined || type === found.type) await tool.out.write(line(found));
    return 0;
  }
  const pair = options.operands.length === 1 ? known(tool, options.operands[0] ?? '', words) : options.operands;
  const [source = '', target] = pair;
  if (target === undefined)
    return tool.die(tool.isBusybox ? `can't find ${source} in /etc/fstab` : `${source}: can't find in /etc/fstab.`, 1);
  try {
    sys.path.mount(request({ source, target, type, words }));
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    await tool.warn(refusal(tool, { source, target, type: type ?? '', error: error.message, code: error.code }));
    return tool.isBusybox ? (error.code === 'EPERM' ? 1 : 255) : error.code === 'EPERM' ? FAILED : FAILED;
  }
};

/** What is mounted already (remount), or named in /etc/fstab. */
function known({ sys }: Tool, operand: string, words: readonly string[]): readonly string[] {
  const mounted = sys.path.mounts().findLast(({ target, source }) => target === operand || source === operand);
  if (words.includes('remount') && mounted !== undefined) return [mounted.source, mounted.target];
  const entry = fileLines(sys, '/etc/fstab')
    .map((text) => text.split(/\s+/))
    .find(([source, target]) => source === operand || target === operand);
  return entry === undefined ? [operand] : entry.slice(0, 2);
}

const FLAGS = ['nosuid', 'nodev', 'noexec', 'relatime', 'noatime', 'nodiratime', 'sync', 'strictatime'];
const HANDLED = [
  'bind',
  'rbind',
  'remount',
  'ro',
  'rw',
  'defaults',
  'private',
  'rprivate',
  'shared',
  'rshared',
  'slave',
  'rslave',
  ...FLAGS,
];

function request({
  source,
  target,
  type,
  words,
}: {
  source: string;
  target: string;
  type: string | undefined;
  words: readonly string[];
}): MountRequest {
  const isBind = words.includes('bind') || words.includes('rbind');
  const kind = type !== undefined && TYPES.includes(type) ? type : 'none';
  return {
    type: (isBind ? 'none' : kind) as MountRequest['type'],
    source,
    target,
    readOnly: words.includes('ro'),
    bind: isBind,
    recursive: words.includes('rbind'),
    remount: words.includes('remount'),
    data: words.filter((word) => !HANDLED.includes(word)).join(','),
    flags: words.filter((word) => FLAGS.includes(word)),
  };
}

function refusal(
  tool: Tool,
  { source, target, type, error, code }: { source: string; target: string; type: string; error: string; code: string },
): string {
  if (tool.isBusybox) return code === 'EPERM' ? 'permission denied (are you root?)' : `mounting ${source} on ${target} failed: ${error}`;
  if (code === 'EPERM')
    return tool.sys.ids.get().euid === 0
      ? `${target}: permission denied.\n       dmesg(1) may have more information after failed mount system call.`
      : `${target}: must be superuser to use mount.\n       dmesg(1) may have more information after failed mount system call.`;
  if (code === 'ENOENT')
    return `${target}: mount point does not exist.\n       dmesg(1) may have more information after failed mount system call.`;
  if (code === 'ENODEV')
    return `${target}: unknown filesystem type '${type}'.\n       dmesg(1) may have more information after failed mount system call.`;
  return `${target}: mount(2) system call failed: ${error}.\n       dmesg(1) may have more information after failed mount system call.`;
}

export const umount: Utility = async (tool) => {
  const { sys } = tool;
  const spec = {
    short: 'adflnrRvt:',
    long: { all: 'a', lazy: 'l', force: 'f', recursive: 'R' },
    usage: '[-rlfda] [-t FSTYPE] FILESYSTEM|DIRECTORY',
  };
  const options = await tool.options(spec);
  if (options.operands.length === 0) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'bad usage');
  for (const operand of options.operands) {
    const target = sys.path.mounts().findLast((found) => found.source === operand && operand.startsWith('/dev/'))?.target ?? operand;
    try {
      sys.path.umount(target, { lazy: options.has('l') });
    } catch (error) {
      if (!isErrno(error)) throw error;
      tool.status = tool.isBusybox ? 1 : FAILED;
      await tool.warn(tool.isBusybox ? `can't unmount ${operand}: ${error.message}` : reason(operand, error.code, error.message));
    }
  }
  return 0;
};

function reason(operand: string, code: string, message: string): string {
  if (code === 'EBUSY') return `${operand}: target is busy.`;
  if (code === 'EINVAL') return `${operand}: not mounted.`;
  if (code === 'ENOENT') return `${operand}: no mount point specified.`;
  if (code === 'EPERM') return `${operand}: must be superuser to unmount.`;
  return `${operand}: umount failed: ${message}.`;
}

export const mountpoint: Utility = async (tool) => {
  const { sys } = tool;
  const spec = { short: 'qdnx', long: { quiet: 'q', fs_devno: 'd' }, usage: '[-q] { [-dn] DIR | -x DEVICE }' };
  const options = await tool.options(spec);
  const [path] = options.operands;
  if (path === undefined) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'bad usage');
  try {
    const real = sys.path.realpath(path);
    const isMount = sys.path.mounts().some(({ target }) => target === real);
    if (!options.has('q')) await tool.out.write(`${path} is ${isMount ? '' : 'not '}a mountpoint\n`);
    return isMount ? 0 : tool.isBusybox ? 1 : FAILED;
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (!options.has('q')) await tool.warn(`${path}: ${error.message}`);
    return 1;
  }
};
