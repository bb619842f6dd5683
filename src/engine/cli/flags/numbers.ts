import { FlagValueError } from './flag.ts';

const INT64_MAX = 2n ** 63n - 1n;

/** Go's strconv.ParseInt with base 0; what does not fit into 53 bits is clamped to what a double can hold. */
export function parseInteger(text: string, call = 'ParseInt', max: bigint = INT64_MAX): number {
  const syntax = () => new FlagValueError(`strconv.${call}: parsing ${JSON.stringify(text)}: invalid syntax`);
  const unsigned = text.replace(call === 'ParseInt' ? /^[+-]/ : /^$/, '').replaceAll('_', '');
  if (!/^(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]*|[1-9][0-9]*)$/.test(unsigned)) throw syntax();
  const digits = /^0[0-7]+$/.test(unsigned) ? `0o${unsigned.slice(1)}` : unsigned;
  const value = BigInt(digits);
  if (value > max) throw new FlagValueError(`strconv.${call}: parsing ${JSON.stringify(text)}: value out of range`);
  return text.startsWith('-') ? -Number(value) : Number(value);
}

export function parseFloatNumber(text: string): number {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) {
    throw new FlagValueError(`strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  return Number(text);
}

const BINARY_UNITS: Readonly<Record<string, number>> = { b: 0, k: 1, m: 2, g: 3, t: 4, p: 5 };

/** Sizes as `64m`, `1.5GiB`, `10kb`: powers of 1024. Upstream: docker/go-units RAMInBytes. */
export function parseBytes(text: string): number {
  const separator = /^.*[0-9. ]/.exec(text)?.[0].length ?? 0;
  if (separator === 0) throw new FlagValueError(`invalid size: '${text}'`);
  const split = text[separator - 1] === ' ' ? separator - 1 : separator;
  const [number, suffix] = [text.slice(0, split), text.slice(separator).toLowerCase()];
  const size = Number(number);
  if (number === '' || size < 0) throw new FlagValueError(`invalid size: '${text}'`);
  if (!/^\d*\.?\d*$/.test(number) || Number.isNaN(size))
    throw new FlagValueError(`strconv.ParseFloat: parsing ${JSON.stringify(number)}: invalid syntax`);
  if (suffix === '') return Math.trunc(size);
  const power = BINARY_UNITS[suffix[0] ?? ''];
  if (power === undefined || !isUnit(suffix)) throw new FlagValueError(`invalid suffix: '${text.slice(separator)}'`);
  return Math.trunc(size * 1024 ** power);
}

function isUnit(suffix: string): boolean {
  return suffix.length === 1 || (suffix[0] === 'b' ? false : ['b', 'ib'].includes(suffix.slice(1)));
}

/** CPUs as `0.5` in billionths. */
export function parseNanoCpus(text: string): number {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new FlagValueError(`failed to parse ${text} as a rational number`);
  const fraction = text.split('.')[1] ?? '';
  if (fraction.replace(/0+$/, '').length > 9) throw new FlagValueError('value is too precise');
  return Math.round(Number(text) * 1e9);
}
