/** What Node hands to a machine: the catalogue from the disk, turns of the event loop, a clock. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pacer } from '../engine/machine/session.ts';
import type { Host } from '../engine/machine/types.ts';
import type { CatalogueReader } from '../engine/registry/catalogue-reader.ts';

export const CATALOGUE = fileURLToPath(new URL('../../public/catalogue', import.meta.url));

/** The catalogue's static layout in a folder; reads nothing outside of it. */
export function folderCatalogue(folder: string): CatalogueReader {
  return {
    read: async (name) => {
      const file = path.join(folder, path.normalize(`/${name}`));
      try {
        return new Uint8Array(await readFile(file));
      } catch {
        return null;
      }
    },
  };
}

export const nodeHost: Host = {
  catalogue: folderCatalogue(CATALOGUE),
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
