/** What makes things: `mkdir`, `touch`, `ln`, `mkfifo`, `mknod`, `mktemp`, `truncate`, `install`. */
import { isErrno } from '../../../kernel/errno.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { parseDate, zoneOf } from '../dates.ts';
import { changeMode } from '../modes.ts';
import { baseName, dirName } from '../shell/paths.ts';
import { parseSize } from '../sizes.ts';
import { findGid, findUid } from '../users.ts';
import { joined } from './entries.ts';
import { copyTree, isDirectory, lstatOrNull, preserve, statOrNull } from './tree.ts';

const MKDIR = { short: 'm:pvZ', long: { mode: 'm:', parents: 'p', verbose: 'v' }, usage: '[-m MODE] [-p] DIRECTORY...' };

export const mkdir: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(MKDIR);
  if (options.operands.length === 0) return tool.wrongUsage(MKDIR, tool.isBusybox ? undefined : 'missing operand');
  const mode = await modeOption(tool, options.value('m'), { base: 0o777, isDirectory: true });
  for (const path of options.operands) {
    await tool.attempt(
      async () => {
        if (options.has('p')) await makeParents(tool, dirName(path), options.has('v'));
        if (options.has('p') && isDirectory(sys, path)) return;
        sys.path.mkdir(path, mode ?? 0o777);
        if (mode !== undefined) sys.path.chmod(path, mode);
        if (options.has('v'))
          await tool.out.write(tool.isBusybox ? `created directory: '${path}'\n` : `mkdir: created directory ${quoted(path)}\n`);
      },
      (reason) => (tool.isBusybox ? `can't create directory '${path}': ${reason}` : `cannot create directory ${quoted(path)}: ${reason}`),
    );
  }
  return 0;
};

async function makeParents(tool: Tool, path: string, verbose: boolean): Promise<void> {
  const { sys } = tool;
  if (isDirectory(sys, path)) return;
  if (dirName(path) !== path) await makeParents(tool, dirName(path), verbose);
  sys.path.mkdir(path, 0o777);
  sys.path.chmod(path, (sys.path.stat(path).mode & 0o7777) | 0o300);
  if (verbose) await tool.out.write(tool.isBusybox ? `created directory: '${path}'\n` : `mkdir: created directory ${quoted(path)}\n`);
}

async function modeOption(
  tool: Tool,
  text: string | undefined,
  { base, isDirectory: forDirectory }: { base: number; isDirectory: boolean },
): Promise<number | undefined> {
  if (text === undefined) return undefined;
  const mode = changeMode(text, { mode: base, isDirectory: forDirectory, umask: tool.sys.umask() });
  if (mode === undefined) return tool.die(tool.isBusybox ? `invalid mode '${text}'` : `invalid mode ${quoted(text)}`);
  return mode;
}

const TOUCH = {
  short: 'acd:fhmr:t:',
  long: { 'no-create': 'c', date: 'd:', 'no-dereference': 'h', reference: 'r:', time: 'time:' },
  usage: '[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...',
};

export const touch: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(TOUCH);
  if (options.operands.length === 0) return tool.wrongUsage(TOUCH, tool.isBusybox ? undefined : 'missing file operand');
  const ns = await touchTime(tool, { date: options.value('d'), stamp: options.value('t'), reference: options.value('r') });
  const times = {
    ...(options.has('m') && !options.has('a') ? {} : { atimeNs: ns }),
    ...(options.has('a') && !options.has('m') ? {} : { mtimeNs: ns }),
  };
  for (const path of options.operands) {
    await tool.attempt(
      async () => {
        const isThere = (options.has('h') ? lstatOrNull(sys, path) : statOrNull(sys, path)) !== null;
        if (!isThere && options.has('c', 'h')) return;
        if (!isThere) sys.fds.close(await sys.open(path, { write: true, create: true }));
        sys.path.utimes(path, times, { noFollow: options.has('h') });
      },
      (reason) => (tool.isBusybox ? `${path}: ${reason}` : `cannot touch ${quoted(path)}: ${reason}`),
    );
  }
  return 0;
};

interface When {
  readonly date: string | undefined;
  readonly stamp: string | undefined;
  readonly reference: string | undefined;
}

async function touchTime(tool: Tool, { date, stamp, reference }: When): Promise<bigint> {
  const { sys } = tool;
  if (reference !== undefined) return sys.path.stat(reference).mtimeNs;
  const now = sys.clock.nowNs();
  if (date === undefined && stamp === undefined) return now;
  const digits = /^(?:(\d{2})?(\d{2}))?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(stamp ?? '');
  const [, century, year, month, day, hour, minute, second = '00'] = digits ?? [];
  const fullYear =
    year === undefined
      ? new Date(Number(now / 1_000_000n)).getUTCFullYear()
      : century === undefined
        ? (Number(year) < 69 ? 2000 : 1900) + Number(year)
        : Number(century + year);
  const text = date ?? (digits ? `${fullYear}-${month}-${day} ${hour}:${minute}:${second}` : '');
  const ns = text === '' ? undefined : parseDate(text, now, zoneOf(sys.env.get('TZ')));
  return ns ?? tool.die(tool.isBusybox ? `invalid date '${date ?? stamp}'` : `invalid date format ${quoted(date ?? stamp ?? '')}`);
}

const LN = {
  short: 'sfnrTt:vibL',
  long: {
    symbolic: 's',
    force: 'f',
    'no-dereference': 'n',
    relative: 'r',
    'no-target-directory': 'T',
    'target-directory': 't:',
    verbose: 'v',
  },
  usage: '[-sfnbtv] [-S SUF] TARGET... LINK|DIR',
};

export const ln: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(LN);
  const { operands } = options;
  const [first] = operands;
  if (first === undefined) return tool.wrongUsage(LN, tool.isBusybox ? undefined : 'missing file operand');
  const last = operands.length === 1 ? '.' : (operands.at(-1) ?? '');
  const intoDirectory =
    options.value('t') ??
    (!options.has('T') && isDirectory(sys, last) && !(options.has('n') && sys.path.lstat(last).type === 'symlink') ? last : undefined);
  const targets = options.has('t') || operands.length === 1 ? operands : operands.slice(0, -1);
  for (const target of targets) {
    const path =
      intoDirectory === undefined
        ? last
        : operands.length === 1 && intoDirectory === '.'
          ? tool.isBusybox
            ? baseName(target)
            : `./${baseName(target)}`
          : joined(intoDirectory, baseName(target));
    const isSymbolic = options.has('s');
    if (!isSymbolic && lstatOrNull(sys, target) === null) {
      await tool.complain(
        tool.isBusybox ? `${target}: No such file or directory` : `failed to access ${quoted(target)}: No such file or directory`,
      );
      continue;
    }
    await tool.attempt(
      () => {
        if (options.has('f') && lstatOrNull(sys, path) !== null) sys.path.unlink(path);
        if (isSymbolic)
          sys.path.symlink(
            options.has('r')
              ? relativePath(sys.path.realpath(dirName(path)), `${sys.path.realpath(dirName(target))}/${baseName(target)}`)
              : target,
            path,
          );
        else sys.path.link(target, path);
      },
      (reason) =>
        tool.isBusybox
          ? `${path}: ${reason}`
          : isSymbolic
            ? `failed to create symbolic link ${quoted(path)}: ${reason}`
            : `failed to create hard link ${quoted(path)}${reason === 'File exists' ? '' : ` => ${quoted(target)}`}: ${reason}`,
    );
    if (options.has('v')) await tool.out.write(`'${path}' -> '${target}'\n`);
  }
  return 0;
};

/** The way from one absolute directory to a path. */
export function relativePath(from: string, to: string): string {
  const [here, there] = [from.split('/').filter((part) => part !== ''), to.split('/').filter((part) => part !== '')];
  let shared = 0;
  while (shared < here.length && here[shared] === there[shared]) shared += 1;
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)].join('/') || '.';
}

export const mkfifo: Utility = async (tool) => {
  const spec = { short: 'm:', long: { mode: 'm:' }, usage: '[-m MODE] NAME' };
  const options = await tool.options(spec);
  if (options.operands.length === 0) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'missing operand');
  const mode = await modeOption(tool, options.value('m'), { base: 0o666, isDirectory: false });
  for (const path of options.operands)
    await tool.attempt(
      () => tool.sys.path.mknod(path, 'fifo', mode ?? 0o666),
      (reason) => (tool.isBusybox ? `${path}: ${reason}` : `cannot create fifo ${quoted(path)}: ${reason}`),
    );
  return 0;
};

export const mknod: Utility = async (tool) => {
  const spec = { short: 'm:', long: { mode: 'm:' }, usage: '[-m MODE] NAME TYPE [MAJOR MINOR]' };
  const options = await tool.options(spec);
  const [path, type = '', major, minor] = options.operands;
  if (path === undefined || !'bcup'.includes(type) || type === '')
    return tool.wrongUsage(
      spec,
      tool.isBusybox ? undefined : path === undefined ? 'missing operand' : `invalid device type ${quoted(type)}`,
    );
  if (type !== 'p' && (major === undefined || minor === undefined))
    return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'Special files require major and minor device numbers.');
  const mode = await modeOption(tool, options.value('m'), { base: 0o666, isDirectory: false });
  const kind = type === 'p' ? 'fifo' : type === 'b' ? 'block-device' : 'char-device';
  await tool.attempt(
    () => tool.sys.path.mknod(path, kind, mode ?? 0o666, Number(major ?? 0) * 256 + Number(minor ?? 0)),
    (reason) => `${path}: ${reason}`,
  );
  return 0;
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export const mktemp: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options({
    short: 'dp:qtu',
    long: { directory: 'd', tmpdir: 'p::', quiet: 'q', 'dry-run': 'u', suffix: 'suffix:' },
    usage: '[-dt] [-p DIR] [TEMPLATE]',
  });
  const [template = tool.isBusybox ? 'tmp.XXXXXX' : 'tmp.XXXXXXXXXX'] = options.operands;
  const match = /^(.*?)(X{3,})([^X]*)$/s.exec(template);
  if (!match) return tool.die(tool.isBusybox ? '(null): Invalid argument' : `too few X's in template ${quoted(template)}`);
  const [, start = '', marks = '', end = ''] = match;
  const random = [...sys.random.bytes(marks.length)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  const name = start + random + end + (options.value('suffix') ?? '');
  const usesDirectory = options.operands.length === 0 || options.has('t', 'p');
  const path = usesDirectory ? joined(options.value('p') || sys.env.get('TMPDIR') || '/tmp', name) : name;
  const isMade =
    options.has('u') ||
    (await tool.attempt(
      async () => {
        if (options.has('d')) sys.path.mkdir(path, 0o700);
        else sys.fds.close(await sys.open(path, { write: true, create: true, exclusive: true }, 0o600));
      },
      (reason) =>
        tool.isBusybox
          ? `${path}: ${reason}`
          : `failed to create ${options.has('d') ? 'directory' : 'file'} via template ${quoted(usesDirectory ? joined(dirName(path), template) : template)}: ${reason}`,
    ));
  if (isMade) await tool.out.write(`${path}\n`);
  return 0;
};

export const truncate: Utility = async (tool) => {
  const { sys } = tool;
  const spec = { short: 'cs:r:', long: { 'no-create': 'c', size: 's:', reference: 'r:' }, usage: '[-c] -s SIZE FILE...' };
  const options = await tool.options(spec);
  const match = /^([-+<>/%]?)(.+)$/.exec(options.value('s') ?? '');
  const size = options.has('r') ? sys.path.stat(options.value('r') ?? '').sizeBytes : parseSize(match?.[2] ?? '');
  if (size === undefined)
    return options.has('s')
      ? tool.die(tool.isBusybox ? `invalid number '${options.value('s')}'` : `Invalid number: ${quoted(options.value('s') ?? '')}`)
      : tool.wrongUsage(spec, tool.isBusybox ? undefined : "you must specify either '--size' or '--reference'");
  for (const path of options.operands) {
    await tool.attempt(
      async () => {
        const stat = statOrNull(sys, path);
        if (stat === null && options.has('c')) return;
        if (stat === null) sys.fds.close(await sys.open(path, { write: true, create: true }));
        const now = stat?.sizeBytes ?? 0;
        const wanted =
          {
            '+': now + size,
            '-': Math.max(0, now - size),
            '<': Math.min(now, size),
            '>': Math.max(now, size),
            '/': Math.floor(now / size) * size,
            '%': Math.ceil(now / size) * size,
          }[match?.[1] ?? ''] ?? size;
        sys.path.truncate(path, wanted);
      },
      (reason) => (tool.isBusybox ? `${path}: open: ${reason}` : `cannot open ${quoted(path)} for writing: ${reason}`),
    );
  }
  return 0;
};

/** `fallocate -l`: the bytes read as zeros. */
export const fallocate: Utility = async (tool) => {
  const spec = { short: 'l:o:n', long: { length: 'l:', offset: 'o:' }, usage: '[-o OFS] -l LEN FILE' };
  const options = await tool.options(spec);
  const size = parseSize(options.value('l') ?? '');
  const [path] = options.operands;
  if (size === undefined || path === undefined) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'no length argument specified');
  await tool.attempt(
    async () => {
      tool.sys.fds.close(await tool.sys.open(path, { write: true, create: true }));
      if (tool.sys.path.stat(path).sizeBytes < size) tool.sys.path.truncate(path, size);
    },
    (reason) => (tool.isBusybox ? `can't open '${path}': ${reason}` : `cannot open ${path}: ${reason}`),
  );
  return 0;
};

const INSTALL = {
  short: 'bcdDg:m:o:pst:Tv',
  long: { directory: 'd', group: 'g:', mode: 'm:', owner: 'o:', 'preserve-timestamps': 'p', 'target-directory': 't:', verbose: 'v' },
  usage: '[-cdDsp] [-o USER] [-g GRP] [-m MODE] [-t DIR] [SOURCE]... DEST',
};

export const install: Utility = async (tool) => {
  const { sys } = tool;
  const options = await tool.options(INSTALL);
  if (options.operands.length === 0) return tool.wrongUsage(INSTALL, tool.isBusybox ? undefined : 'missing file operand');
  const mode = (await modeOption(tool, options.value('m'), { base: 0o755, isDirectory: false })) ?? 0o755;
  const uid = options.has('o') ? findUid(sys, options.value('o') ?? '') : undefined;
  const gid = options.has('g') ? findGid(sys, options.value('g') ?? '') : undefined;
  if (options.has('o') && uid === undefined)
    return tool.die(tool.isBusybox ? `unknown user ${options.value('o')}` : `invalid user ${quoted(options.value('o') ?? '')}`);
  if (options.has('g') && gid === undefined)
    return tool.die(tool.isBusybox ? `unknown group ${options.value('g')}` : `invalid group ${quoted(options.value('g') ?? '')}`);
  const finish = (path: string): void => {
    if (uid !== undefined || gid !== undefined) sys.path.chown(path, uid ?? sys.path.stat(path).uid, gid ?? sys.path.stat(path).gid);
    sys.path.chmod(path, mode);
  };
  const toDirectory =
    options.value('t') ??
    (options.operands.length > 1 && isDirectory(sys, options.operands.at(-1) ?? '') ? options.operands.at(-1) : undefined);
  const sources = options.has('d') || options.has('t') ? options.operands : options.operands.slice(0, -1);
  for (const source of sources) {
    try {
      if (options.has('d')) await makeParents(tool, source, options.has('v'));
      const to = options.has('d')
        ? source
        : toDirectory === undefined
          ? (options.operands.at(-1) ?? '')
          : joined(toDirectory, baseName(source));
      if (options.has('D')) await makeParents(tool, dirName(to), false);
      if (!options.has('d')) {
        const rules = {
          recursive: false,
          preserve: false,
          followLinks: 'always',
          force: true,
          hardLinks: false,
          symbolicLinks: false,
          verbose: false,
          copied: new Map<string, string>(),
        } as const;
        if (!(await copyTree(tool, { from: source, to, isNamed: true }, rules))) continue;
        if (options.has('p')) preserve(sys, to, sys.path.stat(source));
      }
      finish(to);
    } catch (error) {
      if (!isErrno(error)) throw error;
      await tool.complain(
        tool.isBusybox ? `${source}: ${error.message}` : `cannot change permissions of ${quoted(source)}: ${error.message}`,
      );
    }
  }
  return 0;
};
