/** What each command on a screen did, by the steps of the timeline and the instants of the deeds. Pure. */
import type { Timeline } from '../../lab/lab.ts';
import type { Deed } from '../provenance/view-model.ts';

type Steps = Pick<Timeline, 'steps' | 'position'>;

/** When each line of a screen was sent, nanoseconds since 1970, the oldest first. Null: it is no step, or is not known any more. */
export function sentAt(lines: readonly string[], { steps, position }: Steps): readonly (bigint | null)[] {
  let step = Math.min(position, steps.length);
  const found = lines.toReversed().map((line): bigint | null => {
    const at = steps.slice(0, step).findLastIndex(({ label }) => label === line.trim());
    const known = steps[at];
    if (!known) return null;
    step = at;
    return BigInt(known.atNs);
  });
  return found.reverse();
}

/** What a page's button asked for meanwhile is no line's. */
const OF_A_BUTTON = /^(GET|HEAD|POST|PUT|DELETE|PATCH) \//;
const plain = (text: string): string =>
  text
    .replaceAll(/["'\\]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

/**
 * For each line what was done by it, the oldest first. A deed belongs to the line that was sent last before it; lines that were typed
 * ahead of that one's end are no steps, and get what has their words.
 */
export function deedsByLine(deeds: readonly Deed[], lines: readonly string[], timeline: Steps): readonly (readonly Deed[])[] {
  const sent = sentAt(lines, timeline);
  const found = lines.map((): Deed[] => []);
  let reached = 0;
  for (const deed of deeds.toSorted((a, b) => (BigInt(a.atNs) < BigInt(b.atNs) ? -1 : 1))) {
    if (OF_A_BUTTON.test(deed.command)) continue;
    const step = sent.findLastIndex((at) => at !== null && at <= BigInt(deed.atNs));
    const next = sent.findIndex((at, line) => line > step && at !== null);
    const from = Math.max(step, reached);
    const ahead = lines.slice(from, next < 0 ? undefined : next).findIndex((line) => plain(line).includes(plain(deed.command)));
    reached = ahead < 0 ? from : from + ahead;
    if (step >= 0 || ahead >= 0) found[reached]?.push(deed);
  }
  return found;
}
