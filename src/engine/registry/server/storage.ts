/** What a registry keeps: manifests and blobs by digest, tags by name, in repositories. */
import { type Digest, digestOf } from '../../oci/digest.ts';

export interface StoredManifest {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

export interface RegistryStorage {
  /** In the order of their names. */
  repositories(): Promise<readonly string[]>;
  /** In the order of their names; null if there is no such repository. */
  tags(repository: string): Promise<readonly string[] | null>;
  resolveTag(repository: string, tag: string): Promise<Digest | null>;
  manifest(repository: string, digest: Digest): Promise<StoredManifest | null>;
  blob(repository: string, digest: Digest): Promise<Uint8Array | null>;
  /** Absent where nothing can be pushed. */
  readonly writes?: RegistryWrites;
}

export interface RegistryWrites {
  putBlob(repository: string, digest: Digest, bytes: Uint8Array): Promise<void>;
  putManifest(repository: string, manifest: StoredManifest, tag?: string): Promise<void>;
  /** False if it was not there. */
  deleteManifest(repository: string, digest: Digest): Promise<boolean>;
  deleteTag(repository: string, tag: string): Promise<boolean>;
  deleteBlob(repository: string, digest: Digest): Promise<boolean>;
}

/** A manifest as it is kept, named by its own bytes. */
export const storedManifest = (mediaType: string, bytes: Uint8Array): StoredManifest => ({ mediaType, digest: digestOf(bytes), bytes });
