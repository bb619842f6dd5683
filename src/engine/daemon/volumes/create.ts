/** `docker volume create`, and the volumes that containers bring. */
import { newId } from '../ids.ts';
import type { DriverOptions } from './local-mount.ts';
import { badName, badOption, noSuchDriver, tooShort } from './request-errors.ts';
import type { VolumeRecord, Volumes } from './store.ts';

export interface VolumeRequest {
  readonly name: string;
  readonly driver?: string;
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly options?: Readonly<Record<string, string>> | null;
}

export const ANONYMOUS_LABEL = 'com.docker.volume.anonymous';
const OPTIONS = ['type', 'o', 'device', 'size'];
const NEEDED: Readonly<Record<string, readonly string[]>> = { device: ['type'], type: ['device'], o: ['device', 'type'] };
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;

/** Makes it, or answers the one that is there. Without a name it gets 64 digits for one. Throws DockerError. */
export function create(volumes: Volumes, { name, driver = 'local', labels = null, options = null }: VolumeRequest): VolumeRecord {
  const isAnonymous = name === '';
  const known = volumes.find(name);
  if (known && (driver === '' || driver === 'local')) return known;
  const chosen = isAnonymous ? newId(volumes.sys) : name;
  if (driver !== '' && driver !== 'local') throw noSuchDriver(chosen, driver);
  if (name.length === 1) throw tooShort(name);
  if (!isAnonymous && !NAME.test(name)) throw badName(name);
  checkOptions(chosen, options);
  return volumes.add({
    name: chosen,
    createdNs: String(volumes.sys.clock.nowNs()),
    labels: sorted(isAnonymous ? { ...labels, [ANONYMOUS_LABEL]: '' } : labels),
    options: sorted(options),
    isAnonymous,
  });
}

/** Maps are shown by their keys. */
const sorted = (map: VolumeRecord['labels']): VolumeRecord['labels'] =>
  map && Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Throws DockerError. */
function checkOptions(volume: string, options: DriverOptions | null): void {
  const names = Object.keys(options ?? {}).sort();
  const unknown = names.find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) throw badOption(volume, `invalid option: ${JSON.stringify(unknown)}`);
  if (names.includes('size')) throw badOption(volume, 'quota size requested but no quota support');
  for (const name of names)
    for (const needed of NEEDED[name] ?? [])
      if (!names.includes(needed)) throw badOption(volume, `missing required option: ${JSON.stringify(needed)}`);
}
