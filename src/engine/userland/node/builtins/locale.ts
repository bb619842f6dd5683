/** Numbers as American English writes them: the one language that is here. */
import { enumerableKeys, get } from '../runtime/objects.ts';
import { isObject, type Value } from '../runtime/values.ts';
import { realm } from '../runtime/vm.ts';

export type Options = ReadonlyMap<string, Value>;

export function optionsOf(value: Value): Options {
  return new Map(isObject(value) ? enumerableKeys(value).map((key) => [key, get(value, key) as Value]) : []);
}

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');

/** Rounds half away from zero, as ICU's default does for what is written in decimals. */
function rounded(value: number, least: number, most: number): string {
  const fixed = decimalFixed(value, most);
  const [whole = '0', part = ''] = fixed.split('.');
  const cut = part.replace(/0+$/, '').padEnd(least, '0');
  return cut === '' ? whole : `${whole}.${cut}`;
}

function decimalFixed(value: number, places: number): string {
  const text = String(value);
  if (/e\+/.test(text)) return BigInt(value).toString();
  if (/e/.test(text)) return value.toFixed(places);
  const [whole = '0', part = ''] = text.split('.');
  if (part.length <= places) return `${whole}${places > 0 ? `.${part.padEnd(places, '0')}` : ''}`;
  const digits = BigInt(whole + part.slice(0, places));
  const isUp = (part.charCodeAt(places) || 48) >= 53;
  const next = String(digits + (isUp ? 1n : 0n)).padStart(places + 1, '0');
  return places === 0 ? next : `${next.slice(0, -places)}.${next.slice(-places)}`;
}

const CURRENCIES: Readonly<Record<string, readonly [sign: string, places: number]>> = {
  USD: ['$', 2],
  EUR: ['€', 2],
  GBP: ['£', 2],
  JPY: ['¥', 0],
  KRW: ['₩', 0],
  INR: ['₹', 2],
  CNY: ['CN¥', 2],
};
const UNITS = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const;

export function localNumber(value: number, given: Value | Options): string {
  const options = given instanceof Map ? (given as Options) : optionsOf(given as Value);
  if (Number.isNaN(value)) return 'NaN';
  const style = options.get('style') ?? 'decimal';
  if (style === 'unit') throw realm().absent('numbers with units');
  const [sign, places] = CURRENCIES[String(options.get('currency'))] ?? [`${String(options.get('currency'))} `, 2];
  const isMoney = style === 'currency';
  const isPercent = style === 'percent';
  const least = Number(
    options.get('minimumFractionDigits') ?? (isMoney ? Math.min(places, Number(options.get('maximumFractionDigits') ?? places)) : 0),
  );
  const most = Number(options.get('maximumFractionDigits') ?? (isMoney ? Math.max(places, least) : Math.max(least, isPercent ? 0 : 3)));
  const size = Math.abs(isPercent ? value * 100 : value);
  const minus = value < 0 || Object.is(value, -0) ? '-' : '';
  const before = `${minus}${isMoney ? sign : ''}`;
  if (size === Number.POSITIVE_INFINITY) return `${before}∞`;
  if (options.get('notation') === 'compact') return before + compact(size) + (isPercent ? '%' : '');
  const significant = options.get('maximumSignificantDigits');
  const text = significant === undefined ? rounded(size, least, most) : String(Number(size.toPrecision(Number(significant))));
  const [whole = '0', part] = text.split('.');
  const shown =
    options.get('useGrouping') === false ? whole : grouped(whole.padStart(Number(options.get('minimumIntegerDigits') ?? 1), '0'));
  return `${before}${shown}${part === undefined ? '' : `.${part}`}${isPercent ? '%' : ''}`;
}

function compact(size: number): string {
  for (const [unit, letter] of UNITS)
    if (size >= unit) {
      const scaled = size / unit;
      return `${scaled < 100 ? rounded(scaled, 0, scaled < 10 ? 1 : 0) : rounded(scaled, 0, 0)}${letter}`;
    }
  return size < 100 ? rounded(size, 0, 1) : rounded(size, 0, 0);
}
