/** One conversion of printf(3): flags, width, precision and letter, applied to a value. Shared by printf, awk, seq and stat. */

export interface Conversion {
  readonly flags: string;
  readonly width: number;
  /** Undefined if none was given. */
  readonly precision: number | undefined;
  readonly letter: string;
}

export function pad(text: string, { flags, width }: Pick<Conversion, 'flags' | 'width'>): string {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
}

/** Zeros go between the sign (or `0x`) and the digits. */
function padNumber(prefix: string, digits: string, conversion: Conversion, mayZero: boolean): string {
  const { flags, width } = conversion;
  if (mayZero && flags.includes('0') && !flags.includes('-')) return prefix + digits.padStart(width - prefix.length, '0');
  return pad(prefix + digits, conversion);
}

const signOf = (isNegative: boolean, flags: string): string =>
  isNegative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';

/** %d %i %o %u %x %X of a 64-bit integer. */
export function formatInteger(value: bigint, conversion: Conversion): string {
  const { flags, precision, letter } = conversion;
  const isSigned = letter === 'd' || letter === 'i';
  const magnitude = isSigned ? (value < 0n ? -value : value) : BigInt.asUintN(64, value);
  const radix = letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10;
  let digits = magnitude.toString(radix).padStart(precision ?? 1, '0');
  if (precision === 0 && magnitude === 0n) digits = '';
  let prefix = isSigned ? signOf(value < 0n, flags) : '';
  if (flags.includes('#') && radix === 16 && magnitude !== 0n) prefix = '0x';
  if (flags.includes('#') && radix === 8 && !digits.startsWith('0')) digits = `0${digits}`;
  const text = padNumber(prefix, digits, conversion, precision === undefined);
  return letter === 'X' ? text.toUpperCase() : text;
}

/** %f %e %g %a and their capitals. */
export function formatFloat(value: number, conversion: Conversion): string {
  const { flags, precision, letter } = conversion;
  const lower = letter.toLowerCase();
  const prefix = signOf(value < 0 || Object.is(value, -0), flags);
  const magnitude = Math.abs(value);
  let digits: string;
  if (!Number.isFinite(magnitude)) digits = Number.isNaN(magnitude) ? 'nan' : 'inf';
  else if (lower === 'f') digits = fixed(magnitude, precision ?? 6);
  else if (lower === 'e') digits = exponential(magnitude, precision ?? 6);
  else digits = general(magnitude, precision ?? 6, flags.includes('#'));
  const text = padNumber(prefix, digits, conversion, Number.isFinite(magnitude));
  return letter === lower ? text : text.toUpperCase();
}

/** Also where toFixed gives up and answers with an exponent. */
const fixed = (value: number, digits: number): string =>
  value < 1e21 ? value.toFixed(Math.min(digits, 100)) : BigInt(value).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');

const exponential = (value: number, digits: number): string => value.toExponential(Math.min(digits, 100)).replace(/e([+-])(\d)$/, 'e$10$2');

function general(value: number, precision: number, keepsZeros: boolean): string {
  const digits = precision === 0 ? 1 : precision;
  const exponent = value === 0 ? 0 : Number(/e(.*)$/.exec(value.toExponential(Math.min(digits - 1, 100)))?.[1] ?? 0);
  const isScientific = exponent < -4 || exponent >= digits;
  const text = isScientific ? exponential(value, digits - 1) : fixed(value, digits - 1 - exponent);
  if (keepsZeros || !text.includes('.')) return text;
  return text.replace(/\.?0+(e|$)/, '$1');
}

/** `%c`, `%s`: a precision cuts, a width fills up. */
export function formatString(text: string, conversion: Conversion): string {
  return pad(conversion.precision === undefined ? text : text.slice(0, conversion.precision), conversion);
}

const PATTERN = /%([-+ #0']*)(\d+|\*)?(?:\.(\d+|\*)?)?(?:hh|h|ll|l|L|j|z|t)?(.)?/sy;

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'conversion';
      readonly flags: string;
      readonly width: string | undefined;
      readonly precision: string | undefined;
      readonly letter: string;
      readonly source: string;
    };

/** Splits a format into literal text and conversions; `%%` is text. A width or precision may be `*`. */
export function parseFormat(format: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < format.length; ) {
    const next = format.indexOf('%', at);
    if (next !== at) pieces.push({ kind: 'text', text: format.slice(at, next < 0 ? undefined : next) });
    if (next < 0) break;
    PATTERN.lastIndex = next;
    const match = PATTERN.exec(format);
    const [source = '%', flags = '', width, precision, letter = ''] = match ?? [];
    if (letter === '%') pieces.push({ kind: 'text', text: '%' });
    else
      pieces.push({ kind: 'conversion', flags, width, precision: source.includes('.') ? (precision ?? '0') : undefined, letter, source });
    at = next + source.length;
  }
  return pieces;
}
