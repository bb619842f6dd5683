import { OptionError, parseOptions } from '../../options.ts';
import { say } from '../../program-io.ts';
import type { Utility } from '../../tool.ts';

const SPEC = {
  short: 'o:l:n:aqQTuh',
  long: { options: 'o:', longoptions: 'l:', name: 'n:', alternative: 'a', quiet: 'q', test: 'T', unquoted: 'u' },
  stopsAtOperand: true,
  usage: '[OPTIONS] [--] OPTSTRING PARAMS',
  usageStatus: 2,
  package: 'from util-linux 2.41',
};
/** `getopt -T` tells by this status that it is the enhanced one. */
const ENHANCED = 4;

/** Puts a script's options in order, quoted for the shell. */
export const getopt: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  if (options.has('T')) return ENHANCED;
  const [first = '', ...rest] = options.operands;
  const short = options.value('o') ?? first;
  const words = options.has('o') ? options.operands : rest;
  const long = Object.fromEntries(
    options
      .values('l')
      .flatMap((list) => list.split(/[, ]/))
      .filter((name) => name !== '')
      .map((name) => [name.replace(/:+$/, ''), `--${name}`]),
  );
  const quote = (text: string): string =>
    options.has('u') || (!options.has('o') && !options.has('l')) ? text : `'${text.replaceAll("'", "'\\''")}'`;
  try {
    const parsed = parseOptions(words, { short: short.replace(/^[+-]/, ''), long, stopsAtOperand: short.startsWith('+') });
    const given = parsed.given.map(([key, value]) => {
      const name = key.startsWith('--') ? key : `-${key}`;
      const takes = key.startsWith('--') ? (long[key.slice(2)] ?? '').endsWith(':') : new RegExp(`${key}:`).test(short);
      return takes ? `${name} ${quote(value)}` : name;
    });
    await tool.out.write(` ${[...given, '--', ...parsed.operands.map(quote)].join(' ')}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    if (!options.has('q')) await say(tool.sys, 2, `${options.value('n') ?? tool.name}: ${error.message}\n`);
    await tool.out.write(' --\n');
    return 1;
  }
};
