/** How an image of the catalogue is described: what its Dockerfile would say, and what each step leaves in the file system. */
import type { ContainerConfig } from '../../oci/index.ts';

export interface ImageRecipe {
  /** `library/nginx`. */
  readonly repository: string;
  readonly tags: readonly string[];
  /** The version as the original's annotations have it. */
  readonly version: string;
  /** RFC 3339; also the time of the files. */
  readonly created: string;
  /** Whose layers and history come first. Its configuration is not inherited: the recipe says all of it. */
  readonly parent?: ImageRecipe;
  readonly steps: readonly Step[];
  readonly config: ContainerConfig;
  /** For the image of one laboratory: every platform has the same layers, and nothing tells of a release. */
  readonly isPlain?: boolean;
}

/** One line of the image's history. */
export interface Step {
  readonly createdBy: string;
  readonly comment?: string;
  readonly layer?: LayerRecipe;
}

export interface LayerRecipe {
  readonly files: readonly FileRecipe[];
  /** The original layer's size, compressed and unpacked, rounded; none for a layer that stands for itself. */
  readonly original?: OriginalSize;
}

export interface OriginalSize {
  readonly sizeBytes: number;
  readonly unpackedBytes: number;
}

/** Makes a program as large as its original: to `sizeBytes`, of which `noiseBytes` cannot be compressed. */
export interface Weight {
  readonly sizeBytes: number;
  readonly noiseBytes: number;
  /** Which noise; not 0. */
  readonly seed: number;
}

interface Owned {
  readonly path: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

/** Which C library's loader the original asks for. */
export type Libc = 'glibc' | 'musl';

export type FileRecipe =
  | (Owned & { readonly kind: 'directory' })
  | (Owned & { readonly kind: 'text'; readonly text: string })
  | (Owned & { readonly kind: 'symlink' | 'link'; readonly target: string })
  /** An executable of ours; static unless it has a libc. */
  | (Owned & { readonly kind: 'program'; readonly note: string; readonly libc?: Libc; readonly weight?: Weight })
  /** The libc's loader itself. */
  | (Owned & { readonly kind: 'loader'; readonly libc: Libc });

export const directory = (path: string, mode?: number): FileRecipe => ({
  kind: 'directory',
  path,
  ...(mode === undefined ? {} : { mode }),
});
export const directories = (...paths: readonly string[]): readonly FileRecipe[] => paths.map((path) => directory(path));
export const file = (path: string, text: string, mode?: number): FileRecipe => ({
  kind: 'text',
  path,
  text,
  ...(mode === undefined ? {} : { mode }),
});
export const lines = (...text: readonly string[]): string => `${text.join('\n')}\n`;
export const script = (path: string, text: string): FileRecipe => file(path, text, 0o755);
export const symlink = (path: string, target: string): FileRecipe => ({ kind: 'symlink', path, target });
export const link = (path: string, target: string): FileRecipe => ({ kind: 'link', path, target });
export const program = (path: string, note: string, libc?: Libc): FileRecipe => ({
  kind: 'program',
  path,
  note,
  ...(libc ? { libc } : {}),
});
export const ownedBy = (uid: number, gid: number, files: readonly FileRecipe[]): readonly FileRecipe[] =>
  files.map((one) => ({ ...one, uid, gid }));

/** What every official image's PATH is. */
export const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
export const BUILDKIT = 'buildkit.dockerfile.v0';
