import { toRaw } from '../../program-io.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { resolveEscapes } from '../escapes.ts';
import { type Conversion, formatFloat, formatInteger, formatString, type Piece, parseFormat } from '../format.ts';

type Arguments = { readonly words: readonly string[]; at: number; readonly onlyOctal: boolean };

export const printf: Utility = (tool) => printAll(tool, false);

/** dash's own, which reads no hexadecimal numbers. */
export const dashPrintf: Utility = (tool) => printAll(tool, true);

/** The format is used again until the arguments are used up. */
async function printAll(tool: Tool, onlyOctal: boolean): Promise<number> {
  const args = tool.args[0] === '--' ? tool.args.slice(1) : tool.args;
  const [format, ...words] = args;
  if (format === undefined) return tool.wrongUsage({ short: '', usage: 'FORMAT [ARG]...' }, tool.isBusybox ? undefined : 'missing operand');
  const pieces = parseFormat(toRaw(format));
  const source: Arguments = { words, at: 0, onlyOctal };
  do {
    const before = source.at;
    if (await printOnce(tool, pieces, source)) break;
    if (source.at === before) break;
  } while (source.at < words.length);
  return 0;
}

/** True if `\c` ended it all. */
async function printOnce(tool: Tool, pieces: readonly Piece[], source: Arguments): Promise<boolean> {
  for (const piece of pieces) {
    const { raw, stop } =
      piece.kind === 'text'
        ? resolveEscapes(piece.text, { zeroOctal: false, quotes: true, onlyOctal: source.onlyOctal })
        : await convert(tool, piece, source);
    await tool.out.raw(raw);
    if (stop) return true;
  }
  return false;
}

const next = (source: Arguments): string | undefined => source.words[source.at++];

async function convert(tool: Tool, piece: Piece & { kind: 'conversion' }, source: Arguments): Promise<{ raw: string; stop: boolean }> {
  const width = piece.width === '*' ? Number(await integer(tool, next(source))) : Number(piece.width ?? 0);
  const precision =
    piece.precision === '*'
      ? Number(await integer(tool, next(source)))
      : piece.precision === undefined
        ? undefined
        : Number(piece.precision);
  const conversion: Conversion = {
    flags: width < 0 ? `${piece.flags}-` : piece.flags,
    width: Math.abs(width),
    precision,
    letter: piece.letter,
  };
  const { letter } = piece;
  if ('diouxX'.includes(letter) && letter !== '') return plain(formatInteger(await integer(tool, next(source)), conversion));
  if ('eEfFgGaA'.includes(letter) && letter !== '') return plain(formatFloat(await float(tool, next(source)), conversion));
  if (letter === 'c') return plain(formatString(toRaw(next(source) ?? '').slice(0, 1), { ...conversion, precision: undefined }));
  if (letter === 's') return plain(formatString(toRaw(next(source) ?? ''), conversion));
  if (letter === 'q' && !tool.isBusybox) return plain(formatString(toRaw(quoteForShell(next(source) ?? '')), conversion));
  if (letter === 'b') {
    const { raw, stop } = resolveEscapes(toRaw(next(source) ?? ''), { zeroOctal: true, onlyOctal: source.onlyOctal });
    return { raw: formatString(raw, conversion), stop };
  }
  return tool.die(tool.isBusybox ? `${piece.source}: invalid format` : `${piece.source}: invalid conversion specification`);
}

const plain = (raw: string): { raw: string; stop: boolean } => ({ raw, stop: false });
const quoteForShell = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text));

async function integer(tool: Tool, text: string | undefined): Promise<bigint> {
  if (text === undefined || text === '') return 0n;
  if (/^['"]/.test(text)) return BigInt(toRaw(text).charCodeAt(1) || 0);
  const match = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text);
  if (!match || match[0].length < text.length) await complain(tool, text, match !== null);
  const [, sign = '', digits = '0'] = match ?? [];
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return sign === '-' ? -value : value;
}

async function float(tool: Tool, text: string | undefined): Promise<number> {
  if (text === undefined || text === '') return 0;
  if (/^['"]/.test(text)) return toRaw(text).charCodeAt(1) || 0;
  const match = /^\s*([+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|0[xX][0-9a-fA-F]+|inf|nan))/i.exec(text);
  if (!match || match[0].length < text.length) await complain(tool, text, match !== null);
  const number = match?.[1] ?? '0';
  if (/inf/i.test(number)) return number.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /nan/i.test(number) ? Number.NaN : Number(number);
}

async function complain(tool: Tool, text: string, hasBeginning: boolean): Promise<void> {
  if (tool.isBusybox) await tool.complain(`invalid number '${text}'`);
  else await tool.complain(`${quoted(text)}: ${hasBeginning ? 'value not completely converted' : 'expected a numeric value'}`);
}
