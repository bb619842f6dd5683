import { isErrno } from '../../../kernel/errno.ts';
import { READ_BYTES } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { parseCount, parseSize } from '../sizes.ts';
import { HEAD_SPEC, headers } from './head.ts';
import { HeldBytes } from './held-bytes.ts';

const SPEC = {
  ...HEAD_SPEC,
  short: 'n:c:fFqvs:z',
  long: { ...HEAD_SPEC.long, follow: 'f::', retry: 'retry', 'sleep-interval': 's:', pid: 'pid:' },
};
const POLL_MS = 1000;

interface Amount {
  readonly count: number;
  /** `+N`: from the Nth on, not the last N. */
  readonly isFromStart: boolean;
  readonly isBytes: boolean;
}

interface Followed {
  readonly path: string;
  fd: number;
}

export const tail: Utility = async (tool) => {
  const { first, args } = plusNumber(tool.args);
  const options = await tool.options(SPEC, args);
  const isBytes = options.last('n', 'c', '#') === 'c';
  const word = first ?? (isBytes ? options.value('c') : (options.value('n') ?? options.value('#'))) ?? '10';
  const count = (tool.isBusybox ? parseCount : parseSize)(word.replace(/^[+-]/, ''));
  if (count === undefined)
    return tool.die(tool.isBusybox ? `invalid number '${word}'` : `invalid number of ${isBytes ? 'bytes' : 'lines'}: '${word}'`);
  const amount: Amount = { count, isFromStart: word.startsWith('+'), isBytes };
  const printHeader = headers(tool, options);
  const followed: Followed[] = [];
  for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
    const fd = await open(tool, path);
    if (fd === null) continue;
    await printHeader(path);
    await printEnd(tool, fd, amount);
    followed.push({ path, fd });
  }
  if (followed.length === 0 && tool.isBusybox) return tool.die('no files');
  if (!options.has('f', 'F')) return 0;
  if (followed.length === 0) return tool.die('no files remaining');
  const intervalMs = options.has('s') ? Number(options.value('s')) * 1000 : POLL_MS;
  return follow(tool, { followed, printHeader, intervalMs, byName: options.has('F') });
};

/** `tail +5` and, after it, the other arguments. */
function plusNumber(args: readonly string[]): { first?: string; args: readonly string[] } {
  const [word] = args;
  return word !== undefined && /^\+\d+$/.test(word) ? { first: word, args: args.slice(1) } : { args };
}

async function open(tool: Tool, path: string): Promise<number | null> {
  if (path === '-') return 0;
  try {
    const fd = await tool.sys.open(path, { read: true });
    return fd;
  } catch (error) {
    if (!isErrno(error)) throw error;
    await tool.complain(tool.isBusybox ? `can't open '${path}': ${error.message}` : `cannot open '${path}' for reading: ${error.message}`);
    return null;
  }
}

async function printEnd(tool: Tool, fd: number, amount: Amount): Promise<void> {
  if (amount.isFromStart) return printFrom(tool, fd, amount);
  const held = new HeldBytes(tool.sys);
  seekNearEnd(tool, fd, amount);
  for (;;) {
    const bytes = await tool.sys.read(fd, READ_BYTES);
    if (bytes.length === 0) break;
    held.add(bytes);
    if (amount.isBytes) held.keepLast(amount.count);
    else held.keepLastLines(amount.count);
  }
  await held.print(tool.out);
  held.release();
}

/** The last bytes of a large regular file need not be read from its beginning. */
function seekNearEnd(tool: Tool, fd: number, { count, isBytes }: Amount): void {
  const stat = tool.sys.fds.stat(fd);
  if (isBytes && stat.type === 'regular' && stat.sizeBytes > count) tool.sys.fds.seek(fd, stat.sizeBytes - count, 'set');
}

async function printFrom(tool: Tool, fd: number, { count, isBytes }: Amount): Promise<void> {
  let toSkip = Math.max(0, count - 1);
  for (;;) {
    let bytes = await tool.sys.read(fd, READ_BYTES);
    if (bytes.length === 0) return;
    while (toSkip > 0 && bytes.length > 0) {
      const end = isBytes ? Math.min(toSkip, bytes.length) : bytes.indexOf(10) + 1 || bytes.length;
      toSkip -= isBytes ? end : bytes[end - 1] === 10 ? 1 : 0;
      bytes = bytes.subarray(end);
    }
    await tool.out.bytes(bytes);
  }
}

interface Following {
  readonly followed: readonly Followed[];
  readonly printHeader: (path: string) => Promise<void>;
  readonly intervalMs: number;
  readonly byName: boolean;
}

/** Looks again every second, as busybox does; a pipe or terminal is read until its end. */
async function follow(tool: Tool, { followed, printHeader, intervalMs, byName }: Following): Promise<number> {
  const { sys } = tool;
  let last = followed.at(-1);
  for (;;) {
    await tool.out.flush();
    await sys.sleep(intervalMs);
    for (const file of followed) {
      if (byName) await reopen(tool, file);
      const stat = sys.fds.stat(file.fd);
      if (stat.type === 'regular' && sys.fds.seek(file.fd, 0, 'cur') > stat.sizeBytes) {
        await tool.warn(tool.isBusybox ? `${file.path}: file truncated` : `${file.path}: file truncated`);
        sys.fds.seek(file.fd, 0, 'set');
      }
      for (;;) {
        const bytes = await sys.read(file.fd, READ_BYTES);
        if (bytes.length === 0) break;
        if (file !== last) await printHeader(file.path);
        last = file;
        await tool.out.bytes(bytes);
        await tool.out.flush();
      }
    }
  }
}

/** The name may mean another file by now (a rotated log). */
async function reopen(tool: Tool, file: Followed): Promise<void> {
  try {
    const now = tool.sys.path.stat(file.path);
    if (now.ino === tool.sys.fds.stat(file.fd).ino) return;
    const fd = await tool.sys.open(file.path, { read: true });
    tool.sys.fds.close(file.fd);
    file.fd = fd;
    await tool.warn(`'${file.path}' has been replaced;  following new file`);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
