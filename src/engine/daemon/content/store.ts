/** Content by its digest: manifests, configurations, layers, each a file named by what is in it. Upstream: containerd's content store. */

import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/sys.ts';
import { type Digest, digestOf, hexOf } from '../../oci/digest.ts';
import { system } from '../errors.ts';
import { exists, mkdirAll, namesIn } from '../files.ts';

const BLOBS = 'io.containerd.content.v1.content/blobs/sha256';

export class ContentStore {
  readonly #sys: Sys;
  readonly #root: string;

  constructor(sys: Sys, root: string) {
    this.#sys = sys;
    this.#root = `${root}/${BLOBS}`;
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
    return digest;
  }

  delete(digest: string): void {
    if (this.has(digest)) this.#sys.path.unlink(this.#path(digest));
  }

  digests(): readonly Digest[] {
    return namesIn(this.#sys, this.#root).map((hex): Digest => `sha256:${hex}`);
  }
}
