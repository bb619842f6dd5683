/** How long: `1.5`, `2m`, `1h` as sleep(1) and timeout(1) read it. */
const UNITS: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds; undefined if it is no duration. */
export function parseDurationMs(text: string): number | undefined {
  if (/^inf(inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  const match = /^\+?(\d+\.?\d*|\.\d+)(?:e([+-]?\d+))?([smhd]?)$/.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * 10 ** Number(match[2] ?? 0) * (UNITS[match[3] ?? ''] ?? 0);
}
