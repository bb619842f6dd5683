// Writes the catalogue of images as a static OCI layout: node scripts/build-catalogue.ts OUT. What is there already is left alone,
// what no image needs any more goes; the result depends on the recipes and on nothing else.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeExecutable } from '../src/engine/kernel/elf.ts';
import { buildCatalogue } from '../src/engine/registry/catalogue/index.ts';

const out = process.argv[2];
if (out === undefined) {
  process.stderr.write('usage: node scripts/build-catalogue.ts OUT\n');
  process.exit(2);
}

const files = buildCatalogue(makeExecutable);
const isSame = (file: string, bytes: Uint8Array): boolean => existsSync(file) && statSync(file).size === bytes.length && Buffer.compare(readFileSync(file), bytes) === 0;

let sizeBytes = 0;
for (const [name, bytes] of files) {
  const file = path.join(out, name);
  sizeBytes += bytes.length;
  if (isSame(file, bytes)) continue;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

const blobs = path.join(out, 'blobs', 'sha256');
for (const name of readdirSync(blobs)) if (!files.has(`blobs/sha256/${name}`)) rmSync(path.join(blobs, name));
process.stdout.write(`${files.size} files, ${Math.ceil(sizeBytes / 1024)} KiB in ${out}\n`);
