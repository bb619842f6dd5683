import { DockerfileError, quoted } from './errors.ts';

const UNITS_NS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };

/** Nanoseconds of `1m30s`, as Go's time.ParseDuration. Throws DockerfileError. */
export function parseDuration(text: string): number {
  const [, sign = '', rest = ''] = /^([+-]?)([\s\S]*)$/.exec(text) ?? [];
  if (rest === '0') return 0;
  if (rest === '') throw new DockerfileError(`time: invalid duration ${quoted(text)}`);
  let total = 0;
  for (let left = rest; left !== ''; ) {
    const [all, number = '', unit = ''] = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(left) ?? [];
    if (all === undefined) throw new DockerfileError(`time: invalid duration ${quoted(text)}`);
    if (unit === '') throw new DockerfileError(`time: missing unit in duration ${quoted(text)}`);
    const scale = UNITS_NS[unit];
    if (scale === undefined) throw new DockerfileError(`time: unknown unit ${quoted(unit)} in duration ${quoted(text)}`);
    total += Number(number) * scale;
    left = left.slice(all.length);
  }
  return Math.trunc(sign === '-' ? -total : total);
}
