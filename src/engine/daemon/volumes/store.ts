/** Named directories that outlive containers: /var/lib/docker/volumes/NAME/_data. Upstream: moby volume/local. */
import type { Volume } from '../../api-types/index.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { EventLog } from '../events/log.ts';
import { exists, mkdirAll, readJson, removeAll, writeWhole } from '../files.ts';
import { rfc3339 } from '../time.ts';
import { noSuchVolume } from './errors.ts';

export interface VolumeRecord {
  readonly name: string;
  readonly createdNs: string;
  readonly labels: Readonly<Record<string, string>> | null;
  readonly options: Readonly<Record<string, string>> | null;
  readonly isAnonymous: boolean;
}

export class Volumes {
  readonly sys: Sys;
  readonly #root: string;
  readonly #events: EventLog;
  readonly #records = new Map<string, VolumeRecord>();
  /** How many use what is mounted at a volume's place. */
  readonly mounted = new Map<string, number>();

  constructor(sys: Sys, root: string, events: EventLog) {
    this.sys = sys;
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

  /** Makes its directory and notes it. */
  add(record: VolumeRecord): VolumeRecord {
    this.#knowDevice();
    mkdirAll(this.sys, `${this.#root}/${record.name}`, 0o701);
    mkdirAll(this.sys, this.directory(record.name));
    this.#records.set(record.name, record);
    this.#save();
    this.#events.emit({ type: 'volume', action: 'create', id: record.name, attributes: { driver: 'local' } });
    return record;
  }

  /** The device behind the volumes, which quotas would be set by. */
  #knowDevice(): void {
    const path = `${this.#root}/backingFsBlockDev`;
    if (!exists(this.sys, path)) this.sys.path.mknod(path, 'block-device', 0o600, this.sys.path.stat(this.#root).dev);
  }

  remove(name: string): void {
    const record = this.get(name);
    removeAll(this.sys, `${this.#root}/${record.name}`);
    this.#records.delete(record.name);
    this.#save();
    this.#events.emit({ type: 'volume', action: 'destroy', id: record.name, attributes: { driver: 'local' } });
  }

  unmount(name: string): void {
    const users = this.mounted.get(name) ?? 0;
    if (users === 1) this.sys.path.umount(this.directory(name));
    if (users > 0) this.mounted.set(name, users - 1);
  }

  #save(): void {
    writeWhole(this.sys, `${this.#root}/metadata.db`, JSON.stringify([...this.#records.values()]));
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
