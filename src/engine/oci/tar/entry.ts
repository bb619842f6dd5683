/** A file's bytes as they lie in an archive: whole, or with holes that nobody stored. */
export interface TarContent {
  readonly sizeBytes: number;
  read(offset: number, length: number): Uint8Array;
}

export type TarType = 'file' | 'directory' | 'symlink' | 'link' | 'char-device' | 'block-device' | 'fifo';

export interface TarEntry {
  /** As the archive has it: a directory's ends with a slash, `./` may stand in front. `safePath` makes a path of it. */
  readonly name: string;
  readonly type: TarType;
  /** Permissions with setuid, setgid and sticky: 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly uname: string;
  readonly gname: string;
  readonly mtimeNs: bigint;
  /** What a symbolic or hard link points to, else empty. */
  readonly linkname: string;
  readonly devmajor: number;
  readonly devminor: number;
  readonly xattrs: ReadonlyMap<string, Uint8Array>;
  readonly content: TarContent;
}

export const BLOCK_BYTES = 512;

/** Content that is there as a whole. */
export const wholeContent = (bytes: Uint8Array): TarContent => ({
  sizeBytes: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
});

export interface Extent {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Content of which only `extents` are stored, one after the other in `stored`; between them are zeros. */
export function sparseContent(sizeBytes: number, extents: readonly Extent[], stored: Uint8Array): TarContent {
  return {
    sizeBytes,
    read: (offset, length) => {
      const result = new Uint8Array(Math.max(0, Math.min(length, sizeBytes - offset)));
      let storedAt = 0;
      for (const extent of extents) {
        const from = Math.max(offset, extent.offset);
        const to = Math.min(offset + result.length, extent.offset + extent.sizeBytes);
        if (from < to) result.set(stored.subarray(storedAt + from - extent.offset, storedAt + to - extent.offset), from - offset);
        storedAt += extent.sizeBytes;
      }
      return result;
    },
  };
}

/** All of it at once. */
export const contentBytes = (content: TarContent): Uint8Array => content.read(0, content.sizeBytes);

/** The path below the root that a name means: no `./`, no slash at either end. Null if it leads out by `..`. The root is ''. */
export function safePath(name: string): string | null {
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
