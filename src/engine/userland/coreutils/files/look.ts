/** What only looks: `readlink`, `realpath`, `stat`. */

import { isErrno } from '../../../kernel/errno.ts';
import { majorOf, minorOf } from '../../../kernel/fs/device-number.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { strftime, zoneOf } from '../dates.ts';
import { resolveEscapes } from '../escapes.ts';
import { modeText } from '../modes.ts';
import { baseName, dirName } from '../shell/paths.ts';
import { nameTables } from '../users.ts';
import { joined } from './entries.ts';
import { relativePath } from './make.ts';

/** The real path; its last part need not be there (`-f`), or nothing of it (`-m`). */
export function canonical(tool: Tool, path: string, mode: 'existing' | 'lastMissing' | 'anyMissing'): string {
  const { sys } = tool;
  try {
    return sys.path.realpath(path);
  } catch (error) {
    if (!isErrno(error, 'ENOENT') || mode === 'existing') throw error;
    if (path === '/' || path === '') throw error;
    const target = linkTarget(tool, path);
    if (target !== undefined) return canonical(tool, target.startsWith('/') ? target : joined(dirName(path), target), mode);
    const parent = canonical(tool, dirName(path), mode === 'anyMissing' ? mode : 'existing');
    return joined(parent, baseName(path));
  }
}

function linkTarget({ sys }: Tool, path: string): string | undefined {
  try {
    return sys.path.readlink(path);
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

export const readlink: Utility = async (tool) => {
  const spec = {
    short: 'femnqsvz',
    long: {
      canonicalize: 'f',
      'canonicalize-existing': 'e',
      'canonicalize-missing': 'm',
      'no-newline': 'n',
      quiet: 'q',
      verbose: 'v',
      zero: 'z',
    },
    usage: '[-fnv] FILE',
  };
  const options = await tool.options(spec);
  if (options.operands.length === 0 || (tool.isBusybox && options.operands.length > 1))
    return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'missing operand');
  for (const path of options.operands) {
    try {
      const text = options.has('f')
        ? canonical(tool, path, 'lastMissing')
        : options.has('e')
          ? canonical(tool, path, 'existing')
          : options.has('m')
            ? canonical(tool, path, 'anyMissing')
            : tool.sys.path.readlink(path);
      await tool.out.write(text + (options.has('n') ? '' : options.has('z') ? '\0' : '\n'));
    } catch (error) {
      if (!isErrno(error)) throw error;
      tool.status = 1;
      if (options.has('v')) await tool.warn(`${path}: ${error.message}`);
    }
  }
  return 0;
};

export const realpath: Utility = async (tool) => {
  const spec = {
    short: 'emLPqsz',
    long: {
      'canonicalize-existing': 'e',
      'canonicalize-missing': 'm',
      'no-symlinks': 's',
      strip: 's',
      quiet: 'q',
      zero: 'z',
      'relative-to': 'relative-to:',
      'relative-base': 'relative-base:',
    },
    usage: 'FILE...',
  };
  const options = await tool.options(spec);
  if (options.operands.length === 0) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'missing operand');
  const relativeTo = options.value('relative-to');
  for (const path of options.operands) {
    await tool.attempt(
      async () => {
        const real = canonical(
          tool,
          path,
          options.has('e') || tool.isBusybox ? 'existing' : options.has('m') ? 'anyMissing' : 'lastMissing',
        );
        await tool.out.write(
          (relativeTo === undefined ? real : relativePath(canonical(tool, relativeTo, 'anyMissing'), real)) +
            (options.has('z') ? '\0' : '\n'),
        );
      },
      (reason) => `${path}: ${reason}`,
    );
  }
  return 0;
};

const TYPE_WORDS: Readonly<Record<Stat['type'], string>> = {
  regular: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  'char-device': 'character special file',
  'block-device': 'block special file',
  fifo: 'fifo',
  socket: 'socket',
};
const TYPE_BITS: Readonly<Record<Stat['type'], number>> = {
  fifo: 0o010000,
  'char-device': 0o020000,
  directory: 0o040000,
  'block-device': 0o060000,
  regular: 0o100000,
  symlink: 0o120000,
  socket: 0o140000,
};

const STAT = {
  short: 'c:fLt',
  long: { format: 'c:', printf: 'printf:', 'file-system': 'f', dereference: 'L', terse: 't' },
  usage: '[-ltf] [-c FMT] FILE...',
};

interface Shown {
  readonly tool: Tool;
  readonly path: string;
  readonly stat: Stat;
}

export const stat: Utility = async (tool) => {
  const options = await tool.options(STAT);
  if (options.operands.length === 0) return tool.wrongUsage(STAT, tool.isBusybox ? undefined : 'missing operand');
  const format = options.value('c');
  const printf = options.value('printf');
  for (const path of options.operands) {
    await tool.attempt(
      async () => {
        if (options.has('f')) return showFileSystem(tool, path, format);
        const shown = { tool, path, stat: options.has('L') ? tool.sys.path.stat(path) : tool.sys.path.lstat(path) };
        if (printf !== undefined) await tool.out.write(fill(resolveEscapes(printf, { zeroOctal: false }).raw, shown));
        else if (format !== undefined) await tool.out.write(`${fill(format, shown)}\n`);
        else await tool.out.write(defaultText(shown, options.has('t')));
      },
      (reason) => (tool.isBusybox ? `can't stat '${path}': ${reason}` : `cannot statx ${quoted(path)}: ${reason}`),
    );
  }
  return 0;
};

const seconds = (ns: bigint): string => String(ns / 1_000_000_000n);

function fields({ tool, path, stat: found }: Shown): Readonly<Record<string, () => string>> {
  const names = nameTables(tool.sys);
  const zone = zoneOf(tool.sys.env.get('TZ'));
  const time = (ns: bigint): string => strftime('%Y-%m-%d %H:%M:%S.%N %z', ns, zone);
  const isEmpty = found.type === 'regular' && found.sizeBytes === 0;
  const target = found.type === 'symlink' ? tool.sys.path.readlink(path) : '';
  return {
    a: () => found.mode.toString(8),
    A: () => modeText(found),
    b: () => String(found.allocatedBytes / 512),
    B: () => '512',
    C: () => '?',
    d: () => String(found.dev),
    D: () => found.dev.toString(16),
    f: () => (TYPE_BITS[found.type] | found.mode).toString(16),
    F: () => (isEmpty ? 'regular empty file' : TYPE_WORDS[found.type]),
    g: () => String(found.gid),
    G: () => known(names.group(found.gid)),
    h: () => String(found.nlink),
    i: () => String(found.ino),
    m: () => mountPoint(tool, path),
    n: () => path,
    N: () =>
      tool.isBusybox
        ? found.type === 'symlink'
          ? `'${path}' -> '${target}'`
          : path
        : `${quoted(path)}${target === '' ? '' : ` -> ${quoted(target)}`}`,
    o: () => '4096',
    s: () => String(found.sizeBytes),
    t: () => majorOf(found.rdev).toString(16),
    T: () => minorOf(found.rdev).toString(16),
    u: () => String(found.uid),
    U: () => known(names.user(found.uid)),
    w: () => '-',
    W: () => '0',
    x: () => time(found.atimeNs),
    X: () => seconds(found.atimeNs),
    y: () => time(found.mtimeNs),
    Y: () => seconds(found.mtimeNs),
    z: () => time(found.ctimeNs),
    Z: () => seconds(found.ctimeNs),
    '%': () => '%',
  };
}

function fill(format: string, shown: Shown): string {
  const table = fields(shown);
  return format.replace(
    /%([-0#+ ]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g,
    (source, flags: string, width: string, _precision: string | undefined, letter: string) => {
      const text = table[letter]?.();
      if (text === undefined) return source === '%' ? '%' : shown.tool.isBusybox ? letter : '?';
      const shownText = flags.includes('#') && letter === 'a' ? `0${text}` : text;
      return flags.includes('-') ? shownText.padEnd(Number(width)) : shownText.padStart(Number(width), flags.includes('0') ? '0' : ' ');
    },
  );
}

function mountPoint({ sys }: Tool, path: string): string {
  const real = sys.path.realpath(path);
  return (
    sys.path
      .mounts()
      .map(({ target }) => target)
      .filter((target) => real === target || real.startsWith(target === '/' ? '/' : `${target}/`))
      .sort((left, right) => right.length - left.length)[0] ?? '/'
  );
}

function defaultText(shown: Shown, terse: boolean): string {
  if (terse) return `${fill(`%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z ${shown.tool.isBusybox ? '' : '%W '}%o`, shown)}\n`;
  const { stat: found, tool } = shown;
  const isDevice = found.type === 'char-device' || found.type === 'block-device';
  const device = tool.isBusybox ? '%Dh/%dd' : `${Math.floor(found.dev / 256)},${found.dev % 256}`;
  const text = fill(
    `  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\nDevice: ${device}\tInode: %-10i  Links: %h`,
    tool.isBusybox || found.type === 'symlink' ? shown : { ...shown },
  );
  const rest = `${isDevice ? `     Device type: %t,%T` : ''}\nAccess: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n${tool.isBusybox ? '' : ' Birth: %w\n'}`;
  const withName = text.replace(/^ {2}File: '([^']*)'$/m, '  File: $1');
  return withName + fill(rest, shown);
}

async function showFileSystem(tool: Tool, path: string, format: string | undefined): Promise<void> {
  const found = tool.sys.path.statfs(path);
  const blocks = (bytes: number): string => String(Math.floor(bytes / 4096));
  const table: Readonly<Record<string, string>> = {
    n: path,
    T: found.type,
    b: blocks(found.totalBytes),
    f: blocks(found.freeBytes),
    a: blocks(found.freeBytes),
    c: String(found.totalInodes),
    d: String(found.freeInodes),
    s: '4096',
    S: '4096',
    l: '255',
    i: '0',
    t: '0',
  };
  const text =
    format === undefined
      ? '  File: "%n"\n    ID: %i        Namelen: %l     Type: %T\nBlock size: %s       Fundamental block size: %S\nBlocks: Total: %b    Free: %f    Available: %a\nInodes: Total: %c    Free: %d\n'
      : `${format}\n`;
  await tool.out.write(text.replace(/%([a-zA-Z])/g, (source, letter: string) => table[letter] ?? source));
}

/** stat has a word for ids that have no name. */
const known = (name: string): string => (/^\d+$/.test(name) ? 'UNKNOWN' : name);
