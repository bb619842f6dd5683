/** Named directories that outlive containers: /var/lib/docker/volumes/NAME/_data. Upstream: moby volume/local. */
import type { Volume } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { EventLog } from '../events/log.ts';
import { mkdirAll, readJson, removeAll, writeWhole } from '../files.ts';
import { newId } from '../ids.ts';
import { rfc3339 } from '../time.ts';
import { badName, noSuchDriver, noSuchVolume, tooShort } from './errors.ts';
import { checkOptions, mountLocal, needsMount } from './local-mount.ts';

export interface VolumeRecord {
  readonly name: string;
  readonly createdNs: string;
  readonly labels: Readonly<Record<string, string>> | null;
  readonly options: Readonly<Record<string, string>> | null;
  readonly isAnonymous: boolean;
}

export interface VolumeRequest {
  readonly name: string;
  readonly driver?: string;
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly options?: Readonly<Record<string, string>> | null;
}

export const ANONYMOUS_LABEL = 'com.docker.volume.anonymous';
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;

export class Volumes {
  readonly #sys: Sys;
  readonly #root: string;
  readonly #events: EventLog;
  readonly #records = new Map<string, VolumeRecord>();
  /** How many use what is mounted at a volume's place. */
  readonly #mounted = new Map<string, number>();

  constructor(sys: Sys, root: string, events: EventLog) {
    this.#sys = sys;
    this.#root = `${root}/volumes`;
    this.#events = events;
    mkdirAll(sys, this.#root, 0o701);
    for (const record of (readJson(sys, `${this.#root}/metadata.db`) as readonly VolumeRecord[] | undefined) ?? [])
      this.#records.set(record.name, record);
    this.#save();
  }

  /** By name, in its order. */
  all(): readonly VolumeRecord[] {
    return [...this.#records.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): VolumeRecord | undefined {
    return this.#records.get(name);
  }

  get(name: string): VolumeRecord {
    const record = this.#records.get(name);
    if (!record) throw noSuchVolume(name);
    return record;
  }

  directory(name: string): string {
    return `${this.#root}/${name}/_data`;
  }

  /** Makes it, or answers the one that is there. Without a name it gets 64 digits for one. Throws DockerError. */
  create({ name, driver = 'local', labels = null, options = null }: VolumeRequest): VolumeRecord {
    const isAnonymous = name === '';
    const known = this.#records.get(name);
    if (known && (driver === '' || driver === 'local')) return known;
    if (driver !== '' && driver !== 'local') throw noSuchDriver(name, driver);
    if (name.length === 1) throw tooShort(name);
    if (!isAnonymous && !NAME.test(name)) throw badName(name);
    const chosen = isAnonymous ? newId(this.#sys) : name;
    checkOptions(chosen, options);
    const record: VolumeRecord = {
      name: chosen,
      createdNs: String(this.#sys.clock.nowNs()),
      labels: sorted(isAnonymous ? { ...labels, [ANONYMOUS_LABEL]: '' } : labels),
      options: sorted(options),
      isAnonymous,
    };
    mkdirAll(this.#sys, `${this.#root}/${record.name}`, 0o701);
    mkdirAll(this.#sys, this.directory(record.name));
    this.#records.set(record.name, record);
    this.#save();
    this.#events.emit({ type: 'volume', action: 'create', id: record.name, attributes: { driver: 'local' } });
    return record;
  }

  remove(name: string): void {
    const record = this.get(name);
    removeAll(this.#sys, `${this.#root}/${record.name}`);
    this.#records.delete(record.name);
    this.#save();
    this.#events.emit({ type: 'volume', action: 'destroy', id: record.name, attributes: { driver: 'local' } });
  }

  /** What its options ask for is mounted as long as somebody uses it. Throws DockerError. */
  mount(name: string): void {
    const options = this.#records.get(name)?.options ?? null;
    if (!needsMount(options)) return;
    const users = this.#mounted.get(name) ?? 0;
    if (users === 0) mountLocal(this.#sys, this.directory(name), options);
    this.#mounted.set(name, users + 1);
  }

  unmount(name: string): void {
    const users = this.#mounted.get(name) ?? 0;
    if (users === 1) this.#sys.path.umount(this.directory(name));
    if (users > 0) this.#mounted.set(name, users - 1);
  }

  #save(): void {
    writeWhole(this.#sys, `${this.#root}/metadata.db`, JSON.stringify([...this.#records.values()]));
  }

  /** As the API shows it. */
  inspect({ name, createdNs, labels, options }: VolumeRecord): Volume {
    return {
      CreatedAt: rfc3339(BigInt(createdNs)),
      Driver: 'local',
      Labels: labels,
      Mountpoint: this.directory(name),
      Name: name,
      Options: options,
      Scope: 'local',
    };
  }
}

/** Maps are shown by their keys. */
const sorted = (map: VolumeRecord['labels']): VolumeRecord['labels'] =>
  map && Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
