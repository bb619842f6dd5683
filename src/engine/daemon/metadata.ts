/** The table of a containerd namespace: names of images and snapshots, kept in one file as containerd keeps them in one database. */

import type { Sys } from '../kernel/sys.ts';
import type { Descriptor } from '../oci/manifest.ts';
import { mkdirAll, parentOf, readJson, writeWhole } from './files.ts';

/** A name and what it stands for. Times are nanoseconds since 1970 as text, as JSON cannot hold them. */
export interface ImageRecord {
  readonly name: string;
  readonly target: Descriptor;
  readonly createdNs: string;
  readonly updatedNs: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface SnapshotRecord {
  readonly key: string;
  /** The number of its directory. */
  readonly id: number;
  /** The key of the one below, empty at the bottom. */
  readonly parent: string;
  readonly kind: 'committed' | 'active';
  /** Bytes on the disk, once it is committed. */
  readonly sizeBytes: number;
}

/** What is kept although no name leads to it. Upstream: containerd's leases. */
export interface Lease {
  readonly snapshots: readonly string[];
  readonly content: readonly string[];
}

/** A build that an image came of. */
export interface BuildOrigin {
  readonly ref: string;
  readonly createdNs: string;
}

interface Tables {
  readonly images: readonly ImageRecord[];
  readonly snapshots: readonly SnapshotRecord[];
  readonly lastSnapshot: number;
  /** Which repositories a content was pulled from, by digest. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
  readonly leases?: Readonly<Record<string, Lease>>;
  readonly builds?: Readonly<Record<string, BuildOrigin>>;
}

const FILE = 'io.containerd.metadata.v1.bolt/meta.db';

export class Metadata {
  readonly images = new Map<string, ImageRecord>();
  readonly snapshots = new Map<string, SnapshotRecord>();
  readonly sources = new Map<string, readonly string[]>();
  readonly leases = new Map<string, Lease>();
  readonly builds = new Map<string, BuildOrigin>();
  lastSnapshot = 0;
  readonly #sys: Sys;
  readonly #path: string;

  constructor(sys: Sys, root: string) {
    this.#sys = sys;
    this.#path = `${root}/${FILE}`;
    const tables = readJson(sys, this.#path) as Tables | undefined;
    for (const image of tables?.images ?? []) this.images.set(image.name, image);
    for (const snapshot of tables?.snapshots ?? []) this.snapshots.set(snapshot.key, snapshot);
    for (const [digest, names] of Object.entries(tables?.sources ?? {})) this.sources.set(digest, names);
    for (const [name, lease] of Object.entries(tables?.leases ?? {})) this.leases.set(name, lease);
    for (const [digest, origin] of Object.entries(tables?.builds ?? {})) this.builds.set(digest, origin);
    this.lastSnapshot = tables?.lastSnapshot ?? 0;
  }

  save(): void {
    const tables: Tables = {
      images: [...this.images.values()],
      snapshots: [...this.snapshots.values()],
      lastSnapshot: this.lastSnapshot,
      sources: Object.fromEntries(this.sources),
      ...(this.builds.size > 0 ? { builds: Object.fromEntries(this.builds) } : {}),
      ...(this.leases.size > 0 ? { leases: Object.fromEntries(this.leases) } : {}),
    };
    mkdirAll(this.#sys, parentOf(this.#path), 0o711);
    writeWhole(this.#sys, this.#path, JSON.stringify(tables));
  }
}
