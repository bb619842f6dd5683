/** Content by its digest: manifests, configurations, layers, each a file named by what is in it. Upstream: containerd's content store. */

import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { type Digest, digestOf, hexOf } from '../../oci/digest.ts';
import { system } from '../errors.ts';
import { exists, mkdirAll, namesIn, removeAll } from '../files.ts';

const BLOBS = 'io.containerd.content.v1.content/blobs/sha256';
const INGEST = 'io.containerd.content.v1.content/ingest';

export class ContentStore {
  readonly #sys: Sys;
  readonly #root: string;
  readonly #ingest: string;

  constructor(sys: Sys, root: string) {
    this.#sys = sys;
    this.#root = `${root}/${BLOBS}`;
    this.#ingest = `${root}/${INGEST}`;
    mkdirAll(sys, this.#root);
  }

  #path(digest: string): string {
    return `${this.#root}/${hexOf(digest as Digest)}`;
  }

  has(digest: string): boolean {
    return exists(this.#sys, this.#path(digest));
  }

  /** Undefined if it is not here. */
  find(digest: string): Uint8Array | undefined {
    try {
      return this.#sys.path.readFile(this.#path(digest));
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  get(digest: string): Uint8Array {
    const bytes = this.find(digest);
    if (!bytes) throw system(`content digest ${digest}: not found`);
    return bytes;
  }

  sizeOf(digest: string): number {
    try {
      return this.#sys.path.stat(this.#path(digest)).sizeBytes;
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return 0;
      throw error;
    }
  }

  /** Keeps bytes under their digest; if one is expected and it is another, nothing is kept. */
  put(bytes: Uint8Array, expected?: string): Digest {
    const digest = digestOf(bytes);
    if (expected !== undefined && expected !== digest)
      throw system(`failed commit on ref "${expected}": unexpected commit digest ${digest}, expected ${expected}: failed precondition`);
    if (!this.has(digest)) this.#sys.path.writeFile(this.#path(digest), bytes, 0o444);
    removeAll(this.#sys, this.#ingestPath(digest));
    return digest;
  }

  #ingestPath(digest: string): string {
    return `${this.#ingest}/${hexOf(digest as Digest)}`;
  }

  /** Keeps what has come of a content, for the next attempt to go on from. */
  keepPartial(digest: string, bytes: Uint8Array): void {
    mkdirAll(this.#sys, this.#ingestPath(digest));
    this.#sys.path.writeFile(`${this.#ingestPath(digest)}/data`, bytes);
  }

  /** What an interrupted attempt left of it. */
  partial(digest: string): Uint8Array | undefined {
    const path = `${this.#ingestPath(digest)}/data`;
    return exists(this.#sys, path) ? this.#sys.path.readFile(path) : undefined;
  }

  delete(digest: string): void {
    if (this.has(digest)) this.#sys.path.unlink(this.#path(digest));
  }

  digests(): readonly Digest[] {
    return namesIn(this.#sys, this.#root).map((hex): Digest => `sha256:${hex}`);
  }
}
