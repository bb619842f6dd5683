/** The catalogue made from its recipes, in memory: for a host that has nothing built on its disk. */
import { makeExecutable } from '../kernel/elf.ts';
import { buildCatalogue } from '../registry/catalogue/index.ts';
import type { CatalogueReader } from '../registry/catalogue-reader.ts';

/** Makes the book's images and those of the recordings; takes about a second. */
export function makeCatalogue(): CatalogueReader {
  const layouts = [buildCatalogue(makeExecutable, 'book'), buildCatalogue(makeExecutable, 'oracle')];
  return { read: async (path) => layouts.map((files) => files.get(path)).find((bytes) => bytes !== undefined) ?? null };
}
