// Writes the catalogue of images as a static OCI layout: node scripts/build-catalogue.ts OUT. What is there already is left alone,
// what no image needs any more goes; the result depends on the recipes and on nothing else.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeExecutable } from '../src/engine/kernel/elf.ts';
import { buildCatalogue } from '../src/engine/registry/catalogue/index.ts';

const out = process.argv[2];
if (out === undefined) {
  process.stderr.write('usage: node scripts/build-catalogue.ts OUT\n');
  process.exit(2);
}

/** What the recordings were made with lies apart: no page needs it. */
const RECORDINGS = fileURLToPath(new URL('../.cache/catalogue', import.meta.url));
const isSame = (file: string, bytes: Uint8Array): boolean => existsSync(file) && statSync(file).size === bytes.length && Buffer.compare(readFileSync(file), bytes) === 0;

function write(files: ReadonlyMap<string, Uint8Array>, folder: string): void {
  let sizeBytes = 0;
  for (const [name, bytes] of files) {
    const file = path.join(folder, name);
    sizeBytes += bytes.length;
    if (isSame(file, bytes)) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name);
    if (!files.has(name.split(path.sep).join('/')) && statSync(file).isFile()) rmSync(file);
  }
  utimesSync(path.join(folder, 'oci-layout'), new Date(), new Date());
  process.stdout.write(`${files.size} files, ${Math.ceil(sizeBytes / 1024)} KiB in ${folder}\n`);
}

write(buildCatalogue(makeExecutable, 'book'), out);
write(buildCatalogue(makeExecutable, 'oracle'), RECORDINGS);
