import { LineReader, Output } from '../../program-io.ts';
import type { Utility } from '../../tool.ts';

const SPEC = {
  short: 'cdDf:is:uw:z',
  long: {
    count: 'c',
    repeated: 'd',
    'skip-fields': 'f:',
    'ignore-case': 'i',
    'skip-chars': 's:',
    unique: 'u',
    'check-chars': 'w:',
    'zero-terminated': 'z',
  },
  usage: '[-cduiz] [-f,s,w N] [FILE [OUTFILE]]',
};

export const uniq: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const [input = '-', output] = options.operands;
  const fd = await tool.openInput(input);
  if (fd === null) return 1;
  const out =
    output === undefined || output === '-'
      ? tool.out
      : new Output(tool.sys, await tool.sys.open(output, { write: true, create: true, truncate: true }));
  const end = options.has('z') ? '\0' : '\n';
  const compared = (line: string): string => {
    let rest = line;
    for (let fields = Number(options.value('f') ?? 0); fields > 0; fields -= 1) rest = rest.replace(/^[ \t]*[^ \t]*/, '');
    rest = rest.slice(Number(options.value('s') ?? 0));
    if (options.has('w')) rest = rest.slice(0, Number(options.value('w')));
    return options.has('i') ? rest.toLowerCase() : rest;
  };
  const print = async (line: string, count: number): Promise<void> => {
    if ((options.has('d') && count < 2) || (options.has('u') && count > 1)) return;
    await out.raw(`${options.has('c') ? `${String(count).padStart(7)} ` : ''}${line}${end}`);
  };
  const reader = new LineReader(tool.sys, fd, end);
  let held: string | null = null;
  let count = 0;
  for (let line = await reader.next(); line !== null; line = await reader.next()) {
    await tool.sys.turn();
    const isSame: boolean = held !== null && compared(line) === compared(held);
    if (isSame) {
      if (options.has('D')) await out.raw((count === 1 ? held + end : '') + line + end);
      count += 1;
      continue;
    }
    if (held !== null && !options.has('D')) await print(held, count);
    held = line;
    count = 1;
  }
  if (held !== null && !options.has('D')) await print(held, count);
  await out.flush();
  return 0;
};
