import { quoted, type Utility } from '../../tool.ts';
import { resolveEscapes } from '../escapes.ts';
import { formatFloat, parseFormat } from '../format.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const decimals = (text: string): number => (/\.(\d*)/.exec(text)?.[1] ?? '').length;

export const seq: Utility = async (tool) => {
  const spec = {
    short: 's:wf:',
    long: { separator: 's:', 'equal-width': 'w', format: 'f:' },
    stopsAtOperand: true,
    usage: '[-w] [-s SEP] [FIRST [INC]] LAST',
  };
  // A negative number is no option.
  const at = tool.args.findIndex((word) => NUMBER.test(word));
  const options = await tool.options(spec, at < 0 ? tool.args : [...tool.args.slice(0, at), '--', ...tool.args.slice(at)]);
  const { operands } = options;
  if (operands.length === 0) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'missing operand');
  if (operands.length > 3) return tool.wrongUsage(spec, tool.isBusybox ? undefined : `extra operand ${quoted(operands[3] ?? '')}`);
  const bad = operands.find((word) => !NUMBER.test(word));
  if (bad !== undefined)
    return tool.isBusybox ? tool.wrongUsage(spec) : tool.wrongUsage(spec, `invalid floating point argument: ${quoted(bad)}`);
  const words =
    operands.length === 1 ? ['1', '1', ...operands] : operands.length === 2 ? [operands[0] ?? '', '1', operands[1] ?? ''] : operands;
  const [first = 1, step = 1, last = 1] = words.map(Number);
  if (step === 0) return tool.isBusybox ? 0 : tool.wrongUsage(spec, `invalid Zero increment value: ${quoted(words[1] ?? '')}`);
  const precision = Math.max(decimals(words[0] ?? ''), decimals(words[1] ?? ''));
  const width = options.has('w') ? Math.max(first.toFixed(precision).length, last.toFixed(precision).length) : 0;
  const separator = resolveEscapes(options.value('s') ?? '\n', { zeroOctal: false }).raw;
  const format = options.value('f');
  const show = (value: number): string => {
    if (format === undefined) return formatFloat(value, { flags: '0', width, precision, letter: 'f' });
    return parseFormat(format)
      .map((piece) =>
        piece.kind === 'text'
          ? piece.text
          : formatFloat(value, {
              flags: piece.flags,
              width: Number(piece.width ?? 0),
              precision: piece.precision === undefined ? undefined : Number(piece.precision),
              letter: piece.letter,
            }),
      )
      .join('');
  };
  const slack = Math.abs(step) * 1e-10;
  const isInside = (value: number): boolean => (step > 0 ? value <= last + slack : value >= last - slack);
  for (let i = 0; isInside(first + i * step); i += 1) {
    await tool.out.raw((i === 0 ? '' : separator) + show(first + i * step));
    await tool.sys.turn();
  }
  if (isInside(first)) await tool.out.raw('\n');
  return 0;
};
