import type { ContainersPruneReport } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { invalid } from '../errors.ts';
import { checkFilters, type Filters, matchesLabels, wantedOf } from '../filters.ts';
import { parseTimestamp } from '../time.ts';
import { removeNow } from './remove.ts';

/** The latest instant that `until` allows: a time, or a span before now. */
export function untilOf(filters: Filters, nowNs: bigint): bigint | undefined {
  const [text] = wantedOf(filters, 'until');
  if (text === undefined) return undefined;
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  const spans = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (spans.length > 0 && spans.map(([whole]) => whole).join('') === text) {
    return nowNs - BigInt(Math.round(spans.reduce((sum, [, value, unit]) => sum + Number(value) * (units[unit ?? 's'] ?? 1), 0) * 1e9));
  }
  const at = parseTimestamp(text);
  if (at === undefined) throw invalid(`invalid filter 'until=${text}'`);
  return at;
}

/** Removes what does not run. */
export function prune(daemon: Daemon, filters: Filters): ContainersPruneReport {
  checkFilters(filters, ['label', 'label!', 'until']);
  const until = untilOf(filters, daemon.sys.clock.nowNs());
  const gone = daemon.containers
    .all()
    .filter(
      ({ state, config, createdNs }) =>
        !state.running && !state.removing && matchesLabels(filters, config.Labels) && (until === undefined || createdNs <= until),
    );
  const reclaimed = gone.reduce((sum, { id }) => sum + daemon.images.snapshots.sizeOf(id), 0);
  for (const container of gone) removeNow(daemon, container, { volumes: false });
  daemon.events.emit({ type: 'container', action: 'prune', id: '', attributes: { reclaimed: String(reclaimed) } });
  return { ContainersDeleted: gone.length > 0 ? gone.map(({ id }) => id) : null, SpaceReclaimed: reclaimed };
}
