/** What Node hands to a machine: the catalogue from the disk, turns of the event loop, a clock. */
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pacer } from '../engine/machine/session.ts';
import type { Host } from '../engine/machine/types.ts';
import type { CatalogueReader } from '../engine/registry/catalogue-reader.ts';

export const CATALOGUE = fileURLToPath(new URL('../../public/catalogue', import.meta.url));
const RECORDINGS_CATALOGUE = fileURLToPath(new URL('../../.cache/catalogue', import.meta.url));

/** The catalogue's static layouts in some folders, asked in turn; reads nothing outside of them, and nothing twice. */
export function folderCatalogue(...folders: readonly string[]): CatalogueReader {
  const known = new Map<string, Uint8Array>();
  const find = async (name: string): Promise<Uint8Array | null> => {
    for (const folder of folders) {
      try {
        return new Uint8Array(await readFile(path.join(folder, path.normalize(`/${name}`))));
      } catch {
        // The next one may have it.
      }
    }
    return null;
  };
  return {
    read: async (name) => {
      const bytes = known.get(name) ?? (await find(name));
      if (bytes) known.set(name, bytes);
      return bytes;
    },
  };
}

/** What the catalogue is made from: images, and the packages that they have. */
const RECIPES = ['catalogue', 'packages'].map((name) => fileURLToPath(new URL(`../engine/registry/${name}`, import.meta.url)));

function newestMs(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((name) => statSync(path.join(folder, name)).mtimeMs));
}

/** Whether a layout is there and no recipe has changed since it was written; `scripts/build-catalogue.ts` leaves the time at oci-layout. */
function isCurrent(folder: string): boolean {
  const stamp = statSync(path.join(folder, 'oci-layout'), { throwIfNoEntry: false });
  return stamp !== undefined && RECIPES.every((recipes) => stamp.mtimeMs >= newestMs(recipes));
}

/** For a clone in which nothing has been built yet: made when the first image is asked for. */
function madeCatalogue(): CatalogueReader {
  let made: Promise<CatalogueReader> | null = null;
  return {
    read: async (name) => {
      made ??= import('../engine/machine/catalogue.ts').then(({ makeCatalogue }) => makeCatalogue());
      return (await made).read(name);
    },
  };
}

/** The catalogue from the disk where `npm start`, `npm test` or `npm run build` has written it as it is now, else made on the spot. */
export function nodeCatalogue(folders: readonly string[] = [CATALOGUE, RECORDINGS_CATALOGUE]): CatalogueReader {
  return folders.every(isCurrent) ? folderCatalogue(...folders) : madeCatalogue();
}

export const nodeHost: Host = {
  catalogue: nodeCatalogue(),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
  nowMs: () => performance.now(),
};

export const nodePacer: Pacer = {
  nowMs: () => performance.now(),
  after: (ms, wake) => {
    const timer = setTimeout(wake, Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};
