/** Floating-point numbers as text, in the forms of `strconv.FormatFloat`. */

/** The fewest digits that give a float32 back. */
function shortest32(value: number): string {
  for (let digits = 1; digits < 10; digits += 1) {
    const text = value.toExponential(digits - 1);
    if (Math.fround(Number(text)) === value) return text;
  }
  return value.toExponential(9);
}

const exponentText = (text: string): string => text.replace(/e([+-])(\d)$/, 'e$10$2');

/** `form` is e, f or g; a precision below 0 is as many digits as are needed. */
export function formatFloat(value: number, form: string, precision: number, bits: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  const short = bits === 32 ? shortest32(size) : size.toExponential();
  const upper = form !== form.toLowerCase();
  const text = sign + formatted(size, { form: form.toLowerCase(), precision, short });
  return upper ? text.toUpperCase() : text;
}

interface Form {
  readonly form: string;
  readonly precision: number;
  readonly short: string;
}

function formatted(size: number, { form, precision, short }: Form): string {
  if (form === 'e') return exponentText(precision < 0 ? short : size.toExponential(Math.min(precision, 100)));
  if (form === 'f') return precision < 0 ? plain(short) : fixed(size, precision);
  const own = precision < 0 ? short : size.toExponential(Math.max(precision, 1) - 1);
  const exponent = Number(own.split('e')[1]);
  const least = precision < 0 ? SHORT_DIGITS : Math.max(precision, 1);
  const digits = precision < 0 ? own : own.replace(/\.?0+e/, 'e');
  return exponent < -4 || exponent >= least ? exponentText(digits) : plain(digits);
}

/** A number with an exponent, written out. */
function plain(text: string): string {
  const [mantissa = '0', exponentPart = '0'] = text.split('e');
  const exponent = Number(exponentPart);
  const digits = mantissa.replace('.', '');
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`.replace(/^0\.0*$/, '0');
  if (digits.length <= exponent + 1) return digits + '0'.repeat(exponent + 1 - digits.length);
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** With as many digits as are needed, an exponent of so many begins to be written. */
const SHORT_DIGITS = 6;

/** JavaScript writes large numbers with an exponent; their digits are all known. */
const fixed = (size: number, precision: number): string =>
  size < 1e21 ? size.toFixed(Math.min(precision, 100)) : `${BigInt(size)}${precision > 0 ? `.${'0'.repeat(precision)}` : ''}`;
