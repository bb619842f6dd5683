/** The catalogue as a static OCI layout below the site: the same folders on a web server, on a disk and in memory. */
export interface CatalogueReader {
  /** The bytes of `path` below the layout's root (`index.json`, `blobs/sha256/…`), or null if there is no such file. */
  read(path: string): Promise<Uint8Array | null>;
}
