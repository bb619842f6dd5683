/**
 * A module of a package that does several things is bundled once for all who import it, with everything that any of them uses. For the
 * importers named here it is a module of its own: so the worker's first files hold what unpacks and not what packs.
 */

/** Who gets a copy, by the end of its path, and of which packages. */
const APART: Readonly<Record<string, readonly string[]>> = {
  'src/engine/oci/gzip-write.ts': ['fflate'],
  'src/lab/journal-file.ts': ['fflate'],
  'src/engine/registry/npm/handler.ts': ['@noble/hashes/sha2.js'],
  'src/engine/userland/coreutils/bytes/sums.ts': ['@noble/hashes/sha2.js'],
  'src/engine/userland/node/library/crypto.ts': ['@noble/hashes/sha2.js'],
  'src/engine/userland/node/npm/client.ts': ['@noble/hashes/sha2.js'],
  'src/engine/userland/python/library/native/bytes.ts': ['@noble/hashes/sha2.js'],
  'src/engine/userland/python/library/native/random.ts': ['@noble/hashes/sha2.js'],
  'src/engine/userland/servers/mysql/sql/functions/text.ts': ['@noble/hashes/sha2.js'],
};

/** What a bundler's plugin may ask of it. */
interface Bundler {
  resolve(source: string, importer: string | undefined, options: { skipSelf: boolean }): Promise<{ readonly id: string } | null>;
}

/** A plugin for the bundler. */
export const apart = () => ({
  name: 'drydock-apart',
  enforce: 'pre' as const,
  async resolveId(this: Bundler, source: string, importer: string | undefined) {
    const isApart = Object.entries(APART).some(([path, packages]) => importer?.endsWith(path) && packages.includes(source));
    if (!isApart) return null;
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    return resolved && { ...resolved, id: `${resolved.id}?apart`, moduleSideEffects: false };
  },
});
