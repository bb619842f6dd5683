/** What a push tells of its blobs. Upstream: moby daemon/containerd/progress.go. */
import { type Descriptor, isLayerType } from '../../oci/manifest.ts';
import { shortId } from '../ids.ts';
import { isShown, type Say, shownBytes } from './pull-progress.ts';
import type { Telling } from './ticker.ts';

/** How far one is: it is there already, was taken over from another repository, or its bytes are on their way. */
export type PushState =
  | { readonly kind: 'there' | 'pushed' }
  | { readonly kind: 'mounted'; readonly from: string }
  | { readonly kind: 'going'; readonly sentBytes: number };

export class PushProgress implements Telling {
  readonly #say: Say;
  /** Those that are not told to the end yet. */
  readonly #open = new Map<string, Descriptor>();
  readonly #states = new Map<string, PushState>();
  /** What has not begun will not: the whole image cannot be pushed, and a part of it is tried. */
  isPartial = false;
  failure: unknown;

  constructor(say: Say) {
    this.#say = say;
  }

  add(descriptor: Descriptor): void {
    if (isShown(descriptor)) this.#open.set(descriptor.digest, descriptor);
  }

  state(digest: string): PushState | undefined {
    return this.#states.get(digest);
  }

  /** Throws what the listener's end was, if there was one. */
  set(digest: string, state: PushState): void {
    if (this.failure !== undefined) throw this.failure;
    this.#states.set(digest, state);
  }

  async update(): Promise<void> {
    for (const descriptor of [...this.#open.values()]) {
      const state = this.#states.get(descriptor.digest);
      const id = shortId(descriptor.digest);
      if (state?.kind === 'going' && state.sentBytes > 0) {
        await this.#say({ status: 'Pushing', progressDetail: shownBytes(descriptor, state.sentBytes), id });
        continue;
      }
      if (state && state.kind !== 'going') this.#open.delete(descriptor.digest);
      await this.#say({ status: this.#status(descriptor, state), progressDetail: {}, id });
    }
  }

  #status({ mediaType }: Descriptor, state: PushState | undefined): string {
    switch (state?.kind) {
      case 'pushed':
        return 'Pushed';
      case 'there':
        return isLayerType(mediaType) ? 'Layer already exists' : 'Already exists';
      case 'mounted':
        return `Mounted from ${state.from}`;
      default:
        return this.isPartial ? 'Unavailable' : 'Waiting';
    }
  }
}
