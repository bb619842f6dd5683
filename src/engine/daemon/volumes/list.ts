import { booleanFilter, checkFilters, type Filters, matches, matchesExactly, matchesLabels, switchOf } from '../filters.ts';
import { ANONYMOUS_LABEL } from './create.ts';
import { noSuchVolume } from './errors.ts';
import { volumeInUse } from './request-errors.ts';
import type { VolumeRecord, Volumes } from './store.ts';

/** Which containers use a volume, by their ids. */
export type UsersOf = (name: string) => readonly string[];

export function list(volumes: Volumes, filters: Filters, usersOf: UsersOf): readonly VolumeRecord[] {
  checkFilters(filters, ['dangling', 'driver', 'label', 'name']);
  const dangling = booleanFilter(filters, 'dangling');
  return volumes
    .all()
    .filter(
      ({ name, labels }) => matches(filters, 'name', name) && matchesExactly(filters, 'driver', 'local') && matchesLabels(filters, labels),
    )
    .filter(({ name }) => dangling === undefined || dangling === (usersOf(name).length === 0));
}

/** Throws DockerError if a container uses it. With `force`, one that is not there is no error. */
export function remove(volumes: Volumes, name: string, { usersOf, force }: { usersOf: UsersOf; force: boolean }): void {
  if (!volumes.find(name)) {
    if (force) return;
    throw noSuchVolume(name);
  }
  const users = usersOf(name);
  if (users.length > 0) throw volumeInUse(name, users);
  volumes.remove(name);
}

/** Anonymous volumes that nobody uses; with `all`, named ones too. Those with options may be somewhere else, and stay. */
export function prune(volumes: Volumes, filters: Filters, usersOf: UsersOf): readonly VolumeRecord[] {
  checkFilters(filters, ['all', 'label', 'label!']);
  const all = switchOf(filters, 'all');
  const gone = volumes
    .all()
    .filter(
      ({ name, labels, options }) =>
        usersOf(name).length === 0 &&
        Object.keys(options ?? {}).length === 0 &&
        (all || labels?.[ANONYMOUS_LABEL] !== undefined) &&
        matchesLabels(filters, labels),
    );
  for (const { name } of gone) volumes.remove(name);
  return gone;
}
