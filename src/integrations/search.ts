/** Looks after the index of the search. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
// Not when it is needed: then the build has closed what loads modules.
import { close, createIndex } from 'pagefind';

/** The languages that an index is for, by its first file; none if that cannot be read. */
function languagesOf(entry: string): readonly string[] {
  try {
    return Object.keys(JSON.parse(readFileSync(entry, 'utf8')).languages);
  } catch {
    return [];
  }
}

/** What keeps an index below `folder` from being searched, as a sentence; null if it is whole. `languages`: what must be in it. */
export function faultOfIndex(folder: string, languages: readonly string[]): string | null {
  const entry = path.join(folder, 'pagefind-entry.json');
  if (!existsSync(entry)) return `there is no ${entry}`;
  const empty = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((file) => statSync(path.join(folder, file)).size === 0);
  if (empty) return `${path.join(folder, empty)} is empty`;
  const missing = languages.filter((language) => !languagesOf(entry).includes(language));
  return missing.length > 0 ? `${entry} has no pages in: ${missing.join(', ')}` : null;
}

/** Makes the index of the pages below `site` once more; its files are taken from Pagefind and written here. Throws what Pagefind says. */
export async function writeIndex(site: string, folder: string): Promise<void> {
  try {
    const { index, errors } = await createIndex();
    if (!index) throw new Error(errors.join('\n'));
    await index.addDirectory({ path: site });
    rmSync(folder, { recursive: true, force: true });
    for (const { path: name, content } of (await index.getFiles()).files) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
  } finally {
    await close();
  }
}

/**
 * Sees to it that the index that Starlight had made is whole, or ends the build. Starlight ends Pagefind's process as soon as that has
 * answered, whether or not its last file is on the disk. Stands after Starlight.
 */
export function searchIsWhole(languages: readonly string[]): AstroIntegration {
  return {
    name: 'drydock-search-index',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const folder = fileURLToPath(new URL('pagefind/', dir));
        if (faultOfIndex(folder, languages) !== null) await writeIndex(fileURLToPath(dir), folder);
        const fault = faultOfIndex(folder, languages);
        if (fault) throw new Error(`The site would have no search: ${fault}.`);
      },
    },
  };
}
