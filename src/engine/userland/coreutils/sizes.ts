/** Numbers of bytes: `10k`, `5M`, `1G`, `2b`, and the other way round for people: `1.5K`. */
const SUFFIXES: Readonly<Record<string, number>> = {
  '': 1,
  c: 1,
  w: 2,
  b: 512,
  k: 1024,
  K: 1024,
  kB: 1000,
  KB: 1000,
  KiB: 1024,
  M: 1024 ** 2,
  m: 1024 ** 2,
  MB: 1e6,
  MiB: 1024 ** 2,
  G: 1024 ** 3,
  g: 1024 ** 3,
  GB: 1e9,
  GiB: 1024 ** 3,
  T: 1024 ** 4,
  TB: 1e12,
  P: 1024 ** 5,
};

/** Undefined if it is no size. */
export function parseSize(text: string): number | undefined {
  const match = /^\+?(\d+)([a-zA-Z]*)$/.exec(text);
  const factor = match && SUFFIXES[match[2] ?? ''];
  return match && factor !== undefined && factor !== null ? Number(match[1]) * factor : undefined;
}

/** As busybox's head and tail read a number. */
export const parseCount = (text: string): number | undefined => (/^\+?\d+[bkm]?$/.test(text) ? parseSize(text) : undefined);

/** `1.5K`, `23M` as `ls -h` and `df -h` of GNU: rounded up, one decimal below ten. */
export function humanSize(bytes: number, base = 1024): string {
  let value = bytes;
  let unit = '';
  for (const next of base === 1024 ? 'KMGTPE' : 'kMGTPE') {
    if (value < base) break;
    value /= base;
    unit = next;
  }
  if (unit === '') return String(Math.ceil(value));
  const tenths = Math.ceil(value * 10) / 10;
  return (tenths < 10 ? tenths.toFixed(1) : String(Math.ceil(value))) + unit;
}

/** As busybox's -h: one decimal always, rounded to the nearest: `1.5K`, `23.0M`. */
export function busyboxSize(bytes: number): string {
  let value = bytes;
  let unit = '';
  for (const next of 'KMGTPE') {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  return unit === '' ? String(value) : value.toFixed(1) + unit;
}
