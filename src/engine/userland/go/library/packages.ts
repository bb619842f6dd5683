/** What the library knows: each package as Go source, and the functions of it that are not written in Go. */
import type { Natives } from '../compile/package.ts';

export interface LibraryPackage {
  /** Its files. */
  readonly source: string | readonly string[];
  readonly natives?: Natives;
}
