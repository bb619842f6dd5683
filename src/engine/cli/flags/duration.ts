import { FlagValueError } from './flag.ts';

const UNITS_NS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

/** Go's time.ParseDuration, in nanoseconds: `1h30m`, `500ms`, `-1.5s`, `0`. */
export function parseDuration(text: string): number {
  const invalid = () => new FlagValueError(`time: invalid duration ${JSON.stringify(text)}`);
  const negative = text.startsWith('-');
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0;
  if (rest === '') throw invalid();
  let totalNs = 0;
  while (rest !== '') {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) throw invalid();
    const unit = /^[^0-9.]*/.exec(rest.slice(number.length))?.[0] ?? '';
    if (unit === '') throw new FlagValueError(`time: missing unit in duration ${JSON.stringify(text)}`);
    const unitNs = UNITS_NS[unit];
    if (unitNs === undefined) throw new FlagValueError(`time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`);
    totalNs += Number(number) * unitNs;
    rest = rest.slice(number.length + unit.length);
  }
  return Math.trunc(negative ? -totalNs : totalNs);
}

/** Go's Duration.String(): `1h0m0s`, `1.5s`, `300ms`, `0s`. */
export function showDuration(ns: number): string {
  if (ns === 0) return '0s';
  const sign = ns < 0 ? '-' : '';
  const size = Math.abs(ns);
  if (size < 1e3) return `${sign}${size}ns`;
  if (size < 1e6) return `${sign}${size / 1e3}µs`;
  if (size < 1e9) return `${sign}${size / 1e6}ms`;
  const [hours, minutes] = [Math.floor(size / 3600e9), Math.floor(size / 60e9) % 60];
  const seconds = Number(((size % 60e9) / 1e9).toFixed(9));
  return `${sign}${hours > 0 ? `${hours}h` : ''}${size >= 60e9 ? `${minutes}m` : ''}${seconds}s`;
}
