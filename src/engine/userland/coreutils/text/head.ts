import type { Options } from '../../options.ts';
import { LineReader, READ_BYTES } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { parseCount, parseSize } from '../sizes.ts';

export const HEAD_SPEC = {
  short: 'n:c:qvz',
  numbers: true,
  long: { lines: 'n:', bytes: 'c:', quiet: 'q', silent: 'q', verbose: 'v', 'zero-terminated': 'z' },
  usage: '[OPTIONS] [FILE]...',
};

export const head: Utility = async (tool) => {
  const options = await tool.options(HEAD_SPEC);
  const isBytes = options.last('n', 'c', '#') === 'c';
  const word = (isBytes ? options.value('c') : (options.value('n') ?? options.value('#'))) ?? '10';
  const count = (tool.isBusybox ? parseCount : parseSize)(word.replace(/^-/, ''));
  if (count === undefined)
    return tool.die(tool.isBusybox ? `invalid number '${word}'` : `invalid number of ${isBytes ? 'bytes' : 'lines'}: '${word}'`);
  const printHeader = headers(tool, options);
  tool.cannotOpen = (path, reason) => (tool.isBusybox ? `${path}: ${reason}` : `cannot open '${path}' for reading: ${reason}`);
  await tool.eachInput(
    options.operands,
    async (fd, path) => {
      await printHeader(path);
      const isAllButLast = word.startsWith('-');
      if (isBytes && isAllButLast) await allButLastBytes(tool, fd, count);
      else if (isBytes) await firstBytes(tool, fd, count);
      else await lines(tool, { fd, count, isAllButLast, separator: options.has('z') ? '\0' : '\n' });
    },
    (path) => `error reading '${path}'`,
  );
  return 0;
};

/** Prints `==> NAME <==` before each of several files. */
export function headers(tool: Tool, options: Options): (path: string) => Promise<void> {
  const isShown = options.has('v') || (options.operands.length > 1 && !options.has('q'));
  let isFirst = true;
  return async (path) => {
    if (isShown) await tool.out.write(`${isFirst ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`);
    isFirst = false;
  };
}

async function firstBytes(tool: Tool, fd: number, count: number): Promise<void> {
  for (let left = count; left > 0; ) {
    const bytes = await tool.sys.read(fd, Math.min(left, READ_BYTES));
    if (bytes.length === 0) return;
    left -= bytes.length;
    await tool.out.bytes(bytes);
  }
}

async function allButLastBytes(tool: Tool, fd: number, count: number): Promise<void> {
  let held = new Uint8Array();
  for (;;) {
    const bytes = await tool.sys.read(fd, READ_BYTES);
    if (bytes.length === 0) return;
    const both = new Uint8Array(held.length + bytes.length);
    both.set(held);
    both.set(bytes, held.length);
    const ready = Math.max(0, both.length - count);
    await tool.out.bytes(both.slice(0, ready));
    held = both.slice(ready);
  }
}

async function lines(
  tool: Tool,
  { fd, count, isAllButLast, separator }: { fd: number; count: number; isAllButLast: boolean; separator: string },
): Promise<void> {
  const reader = new LineReader(tool.sys, fd, separator);
  const held: string[] = [];
  for (let printed = 0; isAllButLast || printed < count; ) {
    const line = await reader.next();
    if (line === null) return;
    held.push(line + (reader.terminated ? separator : ''));
    if (isAllButLast && held.length <= count) continue;
    await tool.out.raw(held.shift() ?? '');
    printed += 1;
  }
}
