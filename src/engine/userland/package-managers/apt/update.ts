/** `apt-get update`: the release file of each suite, then its lists. */
import type { Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { say } from '../../program-io.ts';
import { type Download, download } from '../download.ts';
import { field, parseParagraphs } from '../dpkg/database.ts';
import { makeFolders } from '../unpack.ts';
import { LISTS, listName, type Suite, suites } from './sources.ts';

const MS_PER_SECOND = 1000;
export const FAILED = 100;

/** As apt shows sizes: `140 kB`, `9670 kB`, `673 B`. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let [value, unit] = [bytes, 0];
  while (value >= 10_000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit > 0 && value < 100 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** How long a fetch took, and how fast it was. */
export const fetchedText = (bytes: number, ms: number): string =>
  `Fetched ${sizeText(bytes)} in ${Math.floor(ms / MS_PER_SECOND)}s (${sizeText(Math.round((bytes * MS_PER_SECOND) / Math.max(1, ms)))}/s)`;

export function reasonOf(got: Exclude<Download, { kind: 'file' }>): string {
  if (got.kind === 'status') return `${got.status}  Not Found`;
  if (got.kind === 'connect') return `Could not connect to ${got.host}:${got.port} (${got.ip}). - connect (${got.reason})`;
  return got.kind === 'again' ? `Temporary failure resolving '${got.host}'` : `Could not resolve '${got.host}'`;
}

interface Updating {
  readonly sys: Sys;
  readonly isQuiet: boolean;
  readonly failures: string[];
  count: number;
  bytes: number;
}

async function fetchSuite(updating: Updating, { uri, suite, components }: Suite, architecture: string): Promise<void> {
  const { sys, isQuiet, failures } = updating;
  const url = `${uri}/dists/${suite}`;
  const number = ++updating.count;
  const got = await download(sys, `${url}/InRelease`);
  if (got.kind !== 'file') {
    const reason = reasonOf(got);
    if (!isQuiet)
      await print(
        sys,
        `${got.kind === 'status' ? 'Err' : 'Ign'}:${number} ${uri} ${suite} InRelease\n${got.kind === 'status' ? `  ${reason}\n` : ''}`,
      );
    if (!isQuiet && got.kind !== 'status') await print(sys, `Err:${number} ${uri} ${suite} InRelease\n  ${reason}\n`);
    failures.push(`Failed to fetch ${url}/InRelease  ${reason}`);
    return;
  }
  const [release = new Map<string, string>()] = parseParagraphs(new TextDecoder().decode(got.bytes));
  const known = sys.path.access(`${LISTS}/${listName(uri, `dists/${suite}/InRelease`)}`, {});
  const releaseBytes = Number(field(release, 'Original-Size') || got.bytes.length);
  if (!isQuiet)
    await print(
      sys,
      known ? `Hit:${number} ${uri} ${suite} InRelease\n` : `Get:${number} ${uri} ${suite} InRelease [${sizeText(releaseBytes)}]\n`,
    );
  sys.path.writeFile(`${LISTS}/${listName(uri, `dists/${suite}/InRelease`)}`, got.bytes, 0o644);
  if (known) return;
  updating.bytes += releaseBytes;
  for (const component of components) {
    const path = `dists/${suite}/${component}/binary-${architecture}/Packages.gz`;
    const list = await download(sys, `${uri}/${path}`);
    // A component that the mirror does not have is empty.
    if (list.kind !== 'file') continue;
    const bytes = Number(field(release, 'Original-Packages-Size') || list.bytes.length);
    updating.bytes += bytes;
    sys.path.writeFile(`${LISTS}/${listName(uri, path)}`, list.bytes, 0o644);
    if (!isQuiet) await print(sys, `Get:${++updating.count} ${uri} ${suite}/${component} ${architecture} Packages [${sizeText(bytes)}]\n`);
  }
}

export async function update(sys: Sys, { architecture, isQuiet }: { architecture: string; isQuiet: boolean }): Promise<number> {
  if (sys.ids.get().euid !== 0)
    return leave(
      sys,
      'Reading package lists...\nE: List directory /var/lib/apt/lists/partial is missing. - Acquire (13: Permission denied)\n',
      FAILED,
    );
  makeFolders(sys, `${LISTS}/partial`);
  const started = sys.clock.monotonicNs();
  const updating: Updating = { sys, isQuiet, failures: [], count: 0, bytes: 0 };
  for (const suite of suites(sys)) await fetchSuite(updating, suite, architecture);
  const ms = Number((sys.clock.monotonicNs() - started) / 1_000_000n);
  if (updating.bytes > 0 && !isQuiet) await print(sys, `${fetchedText(updating.bytes, ms)}\n`);
  if (!isQuiet) await print(sys, 'Reading package lists...\n');
  for (const failure of updating.failures) await say(sys, 2, `W: ${failure}\n`);
  if (updating.failures.length > 0)
    await say(sys, 2, 'W: Some index files failed to download. They have been ignored, or old ones used instead.\n');
  return 0;
}
