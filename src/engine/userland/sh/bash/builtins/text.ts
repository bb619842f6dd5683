/** `printf` and `echo` in bash's way. */

import { strftime, zoneOf } from '../../../coreutils/dates.ts';
import { resolveEscapes } from '../../../coreutils/escapes.ts';
import { type Conversion, formatFloat, formatInteger, formatString, type Piece, parseFormat } from '../../../coreutils/format.ts';
import { bytesOf, toRaw, toText } from '../../../program-io.ts';
import type { Builtin } from '../../builtins/index.ts';
import type { Shell } from '../../shell.ts';
import { backslashed } from '../operators.ts';
import { stateOf } from '../state.ts';
import { usage } from './usage.ts';

type Run = Builtin['run'];

interface Printing {
  readonly shell: Shell;
  readonly words: readonly string[];
  at: number;
  raw: string;
  status: number;
}

export const printf: Run = async (shell, argv) => {
  let i = 1;
  let variable: string | undefined;
  for (; /^-v/.test(argv[i] ?? ''); i += 1) variable = (argv[i] ?? '').slice(2) || argv[++i];
  if (argv[i] === '--') i += 1;
  else if (/^-[^-]/.test(argv[i] ?? '')) return usage(shell, 'printf', `-${(argv[i] ?? '').charAt(1)}: invalid option`);
  const format = argv[i];
  if (format === undefined) return usage(shell, 'printf');
  const printing: Printing = { shell, words: argv.slice(i + 1), at: 0, raw: '', status: 0 };
  const pieces = withDates(toRaw(format));
  do {
    const before = printing.at;
    if ((await printOnce(printing, pieces)) || printing.at === before) break;
  } while (printing.at < printing.words.length);
  if (variable !== undefined) shell.assign(variable, toText(printing.raw));
  else if (printing.raw !== '') await shell.sys.write(1, bytesOf(printing.raw));
  return printing.status;
};

type BashPiece = Piece | { readonly kind: 'date'; readonly format: string; readonly flags: string; readonly width: number };

/** The format's pieces; `%(…)T` is a date. */
function withDates(format: string): readonly BashPiece[] {
  const pieces: BashPiece[] = [];
  let at = 0;
  for (const match of format.matchAll(/%(-?)(\d*)\(([^)]*)\)T/g)) {
    pieces.push(...parseFormat(format.slice(at, match.index)));
    pieces.push({ kind: 'date', format: match[3] ?? '', flags: match[1] ?? '', width: Number(match[2] || 0) });
    at = match.index + match[0].length;
  }
  return [...pieces, ...parseFormat(format.slice(at))];
}

/** True if `\c` or a mistake ends it all. */
async function printOnce(printing: Printing, pieces: readonly BashPiece[]): Promise<boolean> {
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      const { raw, stop } = resolveEscapes(piece.text, { zeroOctal: false, quotes: true });
      printing.raw += raw;
      if (stop) return true;
    } else if (piece.kind === 'date') printDate(printing, piece);
    else if (await convert(printing, piece)) return true;
  }
  return false;
}

const next = (printing: Printing): string | undefined => printing.words[printing.at++];

function printDate(printing: Printing, piece: Extract<BashPiece, { kind: 'date' }>): void {
  const { shell } = printing;
  const text = next(printing);
  const isNow = text === undefined || text === '-1';
  const ns = isNow || text === '-2' ? shell.sys.clock.nowNs() : BigInt(Math.trunc(Number(text)) || 0) * 1_000_000_000n;
  const shown = strftime(piece.format === '' ? '%X' : piece.format, ns, zoneOf(shell.variables.get('TZ')));
  printing.raw += formatString(toRaw(shown), { flags: piece.flags, width: piece.width, precision: undefined, letter: 's' });
}

async function convert(printing: Printing, piece: Extract<Piece, { kind: 'conversion' }>): Promise<boolean> {
  const starred = async (text: string | undefined): Promise<number | undefined> =>
    text === '*' ? Number(await integer(printing, next(printing))) : text === undefined ? undefined : Number(text);
  const width = (await starred(piece.width)) ?? 0;
  const precision = await starred(piece.precision);
  const { letter } = piece;
  const conversion: Conversion = { flags: width < 0 ? `${piece.flags}-` : piece.flags, width: Math.abs(width), precision, letter };
  if (letter !== '' && 'diouxX'.includes(letter)) printing.raw += formatInteger(await integer(printing, next(printing)), conversion);
  else if (letter !== '' && 'eEfFgGaA'.includes(letter)) printing.raw += formatFloat(await float(printing, next(printing)), conversion);
  else if (letter === 'c') printing.raw += formatString(toRaw(next(printing) ?? '').slice(0, 1), { ...conversion, precision: undefined });
  else if (letter === 's') printing.raw += formatString(toRaw(next(printing) ?? ''), conversion);
  else if (letter === 'q' || letter === 'Q') printing.raw += formatString(toRaw(backslashed(next(printing) ?? '')), conversion);
  else if (letter === 'b') {
    const { raw, stop } = resolveEscapes(toRaw(next(printing) ?? ''), { zeroOctal: true });
    printing.raw += formatString(raw, conversion);
    return stop;
  } else {
    await printing.shell.complain(
      `\`${letter === '' ? piece.source : letter}': ${letter === '' ? 'missing format character' : 'invalid format character'}`,
    );
    printing.status = 1;
    return true;
  }
  return false;
}

async function refuse(printing: Printing, text: string): Promise<void> {
  printing.status = 1;
  await printing.shell.complain(`${text}: invalid number`);
}

async function integer(printing: Printing, text: string | undefined): Promise<bigint> {
  if (text === undefined) return 0n;
  if (/^['"]/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
  const match = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text);
  if (match === null || match[0].length < text.length) await refuse(printing, text);
  const [, sign = '', digits = '0'] = match ?? [];
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return sign === '-' ? -value : value;
}

async function float(printing: Printing, text: string | undefined): Promise<number> {
  if (text === undefined || text === '') return 0;
  if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0;
  const match = /^\s*[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|inf|nan)/i.exec(text);
  if (match === null || match[0].length < text.length) await refuse(printing, text);
  const number = (match?.[0] ?? '0').trim();
  if (/inf/i.test(number)) return number.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /nan/i.test(number) ? Number.NaN : Number(number);
}

export const echo: Run = async (shell, argv) => {
  const words = argv.slice(1);
  let newline = true;
  let escapes = stateOf(shell).has('xpg_echo');
  while (/^-[neE]+$/.test(words[0] ?? '')) {
    for (const letter of (words.shift() ?? '').slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const text = toRaw(words.join(' '));
  const { raw, stop } = escapes ? resolveEscapes(text, { zeroOctal: true }) : { raw: text, stop: false };
  const out = raw + (newline && !stop ? '\n' : '');
  if (out !== '') await shell.sys.write(1, bytesOf(out));
  return 0;
};
