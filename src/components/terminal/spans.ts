/** What each command on a screen did, by the steps of the timeline and the instants of the deeds. Pure. */
import type { TerminalId } from '../../engine/machine/types.ts';
import type { Timeline } from '../../lab/lab.ts';
import type { Deed } from '../provenance/view-model.ts';

type Steps = Pick<Timeline, 'steps' | 'position'>;

/** What stands on a terminal: its commands, the oldest first, and which one it is. */
export interface Lines {
  readonly lines: readonly string[];
  readonly terminal: TerminalId | null;
}

const made = ({ steps, position }: Steps): Steps['steps'] => steps.slice(0, position);

/** When each line of a screen was sent, nanoseconds since 1970, the oldest first. Null: it is no step, or is not known any more. */
export function sentAt({ lines, terminal }: Lines, timeline: Steps): readonly (bigint | null)[] {
  let own = made(timeline).filter((step) => step.terminal === terminal);
  const found = lines.toReversed().map((line): bigint | null => {
    const at = own.findLastIndex(({ label }) => label === line.trim());
    const known = own[at];
    if (!known) return null;
    own = own.slice(0, at);
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
const says = (line: string, { command }: Deed): boolean => plain(line).includes(plain(command));

/**
 * For each line what was done by it, the oldest first. A deed belongs to the line that was sent last before it, on whichever terminal;
 * lines that were typed ahead of that one's end are no steps, and get what has their words, and so does a line that still runs while
 * something is typed elsewhere.
 */
export function deedsByLine(deeds: readonly Deed[], screen: Lines, timeline: Steps): readonly (readonly Deed[])[] {
  const { lines, terminal } = screen;
  const sent = sentAt(screen, timeline);
  const found = lines.map((): Deed[] => []);
  let reached = 0;
  for (const deed of deeds.toSorted((a, b) => (BigInt(a.atNs) < BigInt(b.atNs) ? -1 : 1))) {
    if (OF_A_BUTTON.test(deed.command)) continue;
    const last = made(timeline).findLast(({ atNs }) => BigInt(atNs) <= BigInt(deed.atNs));
    const isElsewhere = last !== undefined && last.terminal !== terminal;
    if (isElsewhere && says(last.label, deed)) continue;
    const step = sent.findLastIndex((at) => at !== null && at <= BigInt(deed.atNs));
    const next = sent.findIndex((at, line) => line > step && at !== null);
    const from = Math.max(step, reached);
    const ahead = lines.slice(from, next < 0 ? undefined : next).findIndex((line) => says(line, deed));
    if (ahead < 0 && (isElsewhere || step < 0)) continue;
    reached = ahead < 0 ? from : from + ahead;
    found[reached]?.push(deed);
  }
  return found;
}
