import { isErrno } from '../../../kernel/errno.ts';
import type { Options } from '../../options.ts';
import { READ_BYTES } from '../../program-io.ts';
import { quotedIfNeeded, type Tool, type Utility } from '../../tool.ts';

interface Counts {
  l: number;
  w: number;
  m: number;
  c: number;
  L: number;
}
const ORDER = ['l', 'w', 'm', 'c', 'L'] as const;

export const wc: Utility = async (tool) => {
  const options = await tool.options({
    short: 'clmwL',
    long: { bytes: 'c', chars: 'm', lines: 'l', words: 'w', 'max-line-length': 'L' },
    usage: '[-cmlwL] [FILE]...',
  });
  const shown = ORDER.filter((key) => options.has(key));
  const columns = shown.length > 0 ? shown : (['l', 'w', 'c'] as const);
  const width = widthOf(tool, options, columns.length);
  const total: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
  const print = async (counts: Counts, name: string): Promise<void> => {
    const numbers = columns.map((key) => String(counts[key]).padStart(width));
    await tool.out.write(`${numbers.join(' ')}${name === '' ? '' : ` ${name}`}\n`);
  };
  await tool.eachInput(options.operands, async (fd, path) => {
    const counts: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
    await attemptCount(tool, { fd, path, counts });
    for (const key of ORDER) total[key] = key === 'L' ? Math.max(total.L, counts.L) : total[key] + counts[key];
    await print(counts, options.operands.length === 0 ? '' : tool.isBusybox ? path : quotedIfNeeded(path));
  });
  if (options.operands.length > 1) await print(total, 'total');
  return 0;
};

/** A directory counts as empty, after a complaint. */
async function attemptCount(tool: Tool, { fd, path, counts }: { fd: number; path: string; counts: Counts }): Promise<void> {
  try {
    await count(tool, fd, counts);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await tool.complain(`${path}: ${error.message}`);
  }
}

async function count(tool: Tool, fd: number, counts: Counts): Promise<void> {
  let inWord = false;
  let column = 0;
  for (;;) {
    const bytes = await tool.sys.read(fd, READ_BYTES);
    if (bytes.length === 0) break;
    counts.c += bytes.length;
    for (const byte of bytes) {
      if ((byte & 0xc0) !== 0x80) counts.m += 1;
      const isSpace = byte === 32 || (byte >= 9 && byte <= 13);
      if (!isSpace && !inWord) counts.w += 1;
      inWord = !isSpace;
      if (byte === 10) counts.l += 1;
      if (byte === 10 || byte === 13 || byte === 12) {
        counts.L = Math.max(counts.L, column);
        column = 0;
      } else column = byte === 9 ? (column | 7) + 1 : column + (byte >= 32 && (byte & 0xc0) !== 0x80 ? 1 : 0);
    }
  }
  counts.L = Math.max(counts.L, column);
}

/** GNU makes columns as wide as the files' sizes together need, 7 where that is not known; busybox 9. A number alone needs no column. */
function widthOf(tool: Tool, options: Options, columns: number): number {
  if (columns === 1 && options.operands.length <= 1) return 1;
  if (tool.isBusybox) return 9;
  let sizeBytes = 0;
  for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
    try {
      const stat = path === '-' ? tool.sys.fds.stat(0) : tool.sys.path.stat(path);
      if (stat.type !== 'regular') return 7;
      sizeBytes += stat.sizeBytes;
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
  return String(sizeBytes).length;
}
