import type { ContainersPruneReport } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { checkFilters, type Filters, matchesLabels } from '../filters.ts';
import { untilOf } from '../until.ts';
import { removeNow } from './remove.ts';

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
