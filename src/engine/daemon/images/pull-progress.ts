/** What a pull tells of its blobs. Upstream: moby daemon/containerd/progress.go. */
import type { ProgressMessage } from '../../api-types/index.ts';
import { ANNOTATION, type Descriptor, isConfigType, isIndexType, isLayerType, isManifestType } from '../../oci/manifest.ts';
import { shortId } from '../ids.ts';
import type { Telling } from './ticker.ts';

export type Say = (message: ProgressMessage) => Promise<void>;

const DONE = { hidecounts: true } as const;
const NS_PER_SECOND = 1_000_000_000n;

interface Job {
  readonly descriptor: Descriptor;
  /** Whether it was here before, has come, or is on its way. */
  state: 'here' | 'come' | 'coming';
  receivedBytes: number;
}

/** Only content that may be large is shown; documents are not. */
export const isShown = ({ mediaType }: Descriptor): boolean =>
  !isIndexType(mediaType) && !isManifestType(mediaType) && !isConfigType(mediaType);

/** A miniature's layer is shown with the size of its original. */
export function shownBytes({ annotations, size }: Descriptor, bytes: number): { readonly current: number; readonly total: number } {
  const total = Number(annotations?.[ANNOTATION.originalSize] ?? size);
  return { current: size === 0 ? 0 : Math.round((bytes / size) * total), total };
}

export class PullProgress implements Telling {
  readonly #say: Say;
  readonly #nowNs: () => bigint;
  readonly #jobs = new Map<string, Job>();
  /** Layers that are here and not unpacked yet, and since when one is being unpacked. */
  readonly #layers = new Map<string, { since: bigint | null; isDone: boolean }>();
  /** All of the image is here already: no layer is mentioned. */
  isHidden = false;
  failure: unknown;

  constructor(say: Say, nowNs: () => bigint) {
    this.#say = say;
    this.#nowNs = nowNs;
  }

  add(descriptor: Descriptor, { isHere }: { readonly isHere: boolean }): void {
    if (this.isHidden || !isShown(descriptor) || this.#jobs.has(descriptor.digest)) return;
    this.#jobs.set(descriptor.digest, { descriptor, state: isHere ? 'here' : 'coming', receivedBytes: 0 });
  }

  /** Throws what the listener's end was, if there was one. */
  received(digest: string, bytes: number): void {
    this.#check();
    const job = this.#jobs.get(digest);
    if (job) job.receivedBytes = bytes;
  }

  come(digest: string): void {
    const job = this.#jobs.get(digest);
    if (job) job.state = 'come';
  }

  unpacking(digest: string): void {
    this.#check();
    const { isDone } = this.#layers.get(digest) ?? { isDone: false };
    this.#layers.set(digest, { since: this.#nowNs(), isDone });
  }

  unpacked(digest: string): void {
    this.#layers.set(digest, { since: null, isDone: true });
  }

  #check(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  async update(): Promise<void> {
    for (const job of [...this.#jobs.values()]) await this.#tell(job);
    for (const [digest, { since, isDone }] of [...this.#layers]) {
      if (this.#jobs.has(digest)) continue;
      const id = shortId(digest);
      if (isDone) {
        this.#layers.delete(digest);
        if (!this.isHidden) await this.#say({ status: 'Pull complete', progressDetail: DONE, id });
      } else if (since !== null) {
        const seconds = Number((this.#nowNs() - since) / NS_PER_SECOND);
        await this.#say({ status: 'Extracting', progressDetail: { current: 1 + seconds, units: 's' }, id });
      }
    }
  }

  async #tell({ descriptor, state, receivedBytes }: Job): Promise<void> {
    const id = shortId(descriptor.digest);
    if (state === 'coming') {
      if (receivedBytes > 0 && isLayerType(descriptor.mediaType))
        await this.#say({ status: 'Downloading', progressDetail: shownBytes(descriptor, receivedBytes), id });
      return;
    }
    this.#jobs.delete(descriptor.digest);
    await this.#say({ status: state === 'come' ? 'Download complete' : 'Already exists', progressDetail: DONE, id });
  }
}
