import { rawOf, readAll } from '../../program-io.ts';
import type { Utility } from '../../tool.ts';

const SPEC = {
  short: 'afn:ot:',
  long: { all: 'a', 'print-file-name': 'f', bytes: 'n:', radix: 't:' },
  usage: '[-fo] [-t o|d|x] [-n LEN] [FILE]...',
  numbers: true,
  package: '(GNU Binutils for Debian) 2.40',
};

/** Runs of characters that can be printed. */
export const strings: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const least = Math.max(1, Number(options.value('n') ?? options.value('#') ?? 4));
  const radix = options.value('t') ?? (options.has('o') ? 'o' : '');
  const run = new RegExp(`[\\t\\x20-\\x7e]{${least},}`, 'g');
  await tool.eachInput(options.operands, async (fd, path) => {
    for (const match of rawOf(await readAll(tool.sys, fd)).matchAll(run)) {
      const offset = radix === '' ? '' : `${match.index.toString(radix === 'x' ? 16 : radix === 'd' ? 10 : 8).padStart(7)} `;
      await tool.out.raw(`${options.has('f') ? `${path}: ` : ''}${offset}${match[0]}\n`);
    }
  });
  return 0;
};
