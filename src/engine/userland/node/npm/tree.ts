/** Which version of what lies in which `node_modules`: as high up as it can. */
import type { Client, Manifest } from './client.ts';
import { NpmError } from './errors.ts';
import { newest, satisfies } from './semver.ts';

/** A package at a place: `node_modules/a`, `node_modules/a/node_modules/b`. */
export interface Place {
  readonly path: string;
  readonly name: string;
  readonly manifest: Manifest;
  isDev: boolean;
}

export interface Wanted {
  readonly name: string;
  readonly range: string;
  readonly isDev: boolean;
}

/** What is there from before: it stays if it still fits. */
export type Kept = ReadonlyMap<string, Manifest>;

export async function pick(client: Client, name: string, range: string): Promise<Manifest> {
  const found = await client.packument(name, range === '' ? '*' : range);
  const tagged = found['dist-tags'][range === '' || range === '*' ? 'latest' : range];
  const version = tagged ?? newest(Object.keys(found.versions), range);
  const manifest = version === null ? undefined : found.versions[version];
  if (manifest !== undefined) return manifest;
  throw new NpmError('ETARGET', [
    `notarget No matching version found for ${name}@${range}.`,
    'notarget In most cases you or one of your dependencies are requesting',
    "notarget a package version that doesn't exist.",
  ]);
}

interface Job {
  /** The folder whose package asks. */
  readonly from: string;
  readonly wanted: Wanted;
}

const placeOf = (folder: string, name: string): string => `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
const parentOf = (folder: string): string => folder.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, '');

/** The package that `name` is for those in a folder. */
function visible(places: ReadonlyMap<string, Place>, folder: string, name: string): Place | undefined {
  for (let at = folder; ; at = parentOf(at)) {
    const found = places.get(placeOf(at, name));
    if (found !== undefined || at === '') return found;
  }
}

/** Lays out all that is wanted, breadth first, in the order of names. */
export async function layOut(client: Client, wanted: readonly Wanted[], kept: Kept): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  const jobs: Job[] = [...wanted].sort((a, b) => (a.name < b.name ? -1 : 1)).map((one) => ({ from: '', wanted: one }));
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const { from, wanted: one } = job;
    const known = visible(places, from, one.name);
    if (known !== undefined && satisfies(known.manifest.version, one.range === 'latest' ? '*' : one.range)) {
      if (!one.isDev && known.isDev) promote(places, known);
      continue;
    }
    const path = highest(places, from, one.name);
    const before = kept.get(path);
    const manifest = before !== undefined && satisfies(before.version, one.range) ? before : await pick(client, one.name, one.range);
    places.set(path, { path, name: one.name, manifest, isDev: one.isDev });
    for (const [name, range] of Object.entries(manifest.dependencies ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
      jobs.push({ from: path, wanted: { name, range, isDev: one.isDev } });
  }
  return new Map([...places].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The highest folder in which nothing of that name lies yet. */
function highest(places: ReadonlyMap<string, Place>, from: string, name: string): string {
  let best = from;
  for (let at = from; !places.has(placeOf(at, name)); at = parentOf(at)) {
    best = at;
    if (at === '') break;
  }
  return placeOf(best, name);
}

/** What is needed without `--dev` too, with all that it needs. */
function promote(places: ReadonlyMap<string, Place>, place: Place): void {
  place.isDev = false;
  for (const name of Object.keys(place.manifest.dependencies ?? {})) {
    const found = visible(places, place.path, name);
    if (found?.isDev) promote(places, found);
  }
}
