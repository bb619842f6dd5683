const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Nanoseconds since 1970 of an HTTP date; 0 for what is none. */
export function parseHttpDate(text: string): bigint {
  const [, day, month = '', year, hour, minute, second] = /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/.exec(text) ?? [];
  const index = MONTHS.indexOf(month);
  if (index === -1) return 0n;
  return BigInt(Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second))) * 1_000_000n;
}
