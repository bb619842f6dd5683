/** `since` and `until`: seconds since 1970 with a fraction, or a time as RFC 3339 has it. */
import { invalid } from '../daemon/errors.ts';
import { parseTime, parseTimestamp } from '../daemon/time.ts';

/** `shown` is how the failure calls it. Undefined if it is absent, empty or 0. Throws DockerError. Upstream: moby daemon/internal/timestamp. */
export function momentOf(query: URLSearchParams, name: string, shown: string): bigint | undefined {
  const text = query.get(name) ?? '';
  const [seconds = '', fraction] = text.split('.', 2);
  const isTime = text === '' || /^[-+]?\d+$/.test(seconds) || parseTime(text) !== undefined;
  const fault = (what: string, part: string) =>
    invalid(
      `invalid value for ${shown}: invalid timestamp ${JSON.stringify(text)}: invalid ${what} ${JSON.stringify(part)}: invalid syntax`,
    );
  if (!isTime) throw fault('seconds', seconds);
  if (fraction !== undefined && parseTime(text) === undefined && !/^\d+$/.test(fraction)) throw fault('nanoseconds', fraction);
  return parseTimestamp(text);
}
