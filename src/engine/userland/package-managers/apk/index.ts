/** apk: Alpine's package keeper. Versions from 3 on (Alpine 3.23) word a few lines differently from those before. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { decompress } from '../../../oci/index.ts';
import { leave, print, textOf } from '../../net/text.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { say } from '../../program-io.ts';
import { download } from '../download.ts';
import { removeFiles, unpack } from '../unpack.ts';
import {
  type ApkPackage,
  architecture,
  cachedRepositories,
  fetchRepository,
  type InstalledPackage,
  nameOf,
  type Repository,
  readInstalled,
  readWorld,
  repositoryUrls,
  writeInstalled,
  writeWorld,
} from './database.ts';

const SPEC = {
  short: 'qvUut:iaLReWdswhV',
  long: {
    quiet: 'q',
    verbose: 'v',
    'no-cache': '--no-cache',
    'update-cache': 'U',
    update: 'U',
    upgrade: 'u',
    virtual: 't:',
    'no-network': '--no-network',
    'no-progress': '--no-progress',
    installed: 'e',
    contents: 'L',
    depends: 'R',
    description: 'd',
    size: 's',
    'who-owns': 'W',
    all: 'a',
    version: 'V',
    help: 'h',
    'allow-untrusted': '--allow',
    purge: '--purge',
    available: 'a',
    force: '--force',
    'cache-max-age': '--age:',
    repository: '--repository:',
    rdepends: '--rdepends',
    'no-scripts': '--no-scripts',
  },
};
const [FAILED, LOCKED] = [1, 99];
const MIB = 1024 * 1024;

export const apk: Program = async (sys) => {
  let options: Options;
  try {
    options = parseOptions(sys.argv.slice(1), SPEC);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(sys, `apk: ${error.message}\n`);
  }
  const [verb, ...names] = options.operands;
  if (options.has('V') && verb === undefined)
    return print(sys, `apk-tools ${isThree(sys) ? '3.0.1' : '2.14.9'}, compiled for ${architecture(sys)}.\n`).then(() => 0);
  const command = verb === undefined || !Object.hasOwn(COMMANDS, verb) ? undefined : COMMANDS[verb];
  if (command === undefined) {
    const usage = `apk-tools ${isThree(sys) ? '3.0.1' : '2.14.9'}, compiled for ${architecture(sys)}.\n\nusage: apk [<OPTIONS>...] COMMAND [<ARGUMENTS>...]\n\nPackage installation and removal:\n  add        Add or modify constraints in WORLD and commit changes\n  del        Remove constraints from WORLD and commit changes\n\nSystem maintenance:\n  update     Update repository indexes\n  upgrade    Install upgrades available from repositories\n\nQuerying package information:\n  info       Give detailed information about packages\n  list       List packages matching a pattern or other criteria\n  search     Search for packages by name or description\n`;
    return verb === undefined || options.has('h')
      ? print(sys, usage).then(() => (verb === undefined ? FAILED : 0))
      : leave(sys, `apk: '${verb}' is not an apk command. See 'apk --help'.\n`);
  }
  try {
    return await command(sys, options, names);
  } catch (error) {
    if (!isErrno(error, 'EROFS', 'ENOSPC', 'EACCES', 'EPERM')) throw error;
    return leave(sys, `ERROR: ${error.path ?? 'database'}: ${error.message}\n`);
  }
};

const isThree = (sys: Sys): boolean => {
  const [, minor = '0'] = /^3\.(\d+)/.exec(textOf(sys, '/etc/alpine-release') ?? '') ?? [];
  return Number(minor) >= 23;
};

/** Who may not write the database gets no further. Undefined if it may. */
async function locked(sys: Sys): Promise<number | undefined> {
  if (sys.path.access('/lib/apk/db', { write: true })) return undefined;
  return leave(sys, 'ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n', LOCKED);
}

/** The repositories: from the cache, or fetched if there is nothing, or if they are asked for. */
async function repositories(sys: Sys, options: Options): Promise<readonly Repository[]> {
  const cached = options.has('--no-cache') ? [] : cachedRepositories(sys);
  const wantsFresh = options.has('U') || options.has('--no-cache');
  if (options.has('--no-network')) return cached;
  if (!wantsFresh && cached.length === repositoryUrls(sys).length) return cached;
  return fetchAll(sys, { keep: !options.has('--no-cache'), isQuiet: options.has('q') });
}

async function fetchAll(sys: Sys, { keep, isQuiet }: { keep: boolean; isQuiet: boolean }): Promise<readonly Repository[]> {
  const found: Repository[] = [];
  for (const url of repositoryUrls(sys)) {
    if (!isQuiet && !isThree(sys)) await print(sys, `fetch ${url}/${architecture(sys)}/APKINDEX.tar.gz\n`);
    const { repository, reason } = await fetchRepository(sys, url, keep);
    if (repository !== undefined) found.push(repository);
    else if (isThree(sys)) await say(sys, 2, `WARNING: ${keep ? 'updating and opening' : 'opening'} ${url}: ${reason}\n`);
    else await say(sys, 2, `WARNING: fetching ${url}: ${(reason ?? '').replace('DNS: transient error', 'temporary error')}\n`);
  }
  return found;
}

/** Everything that `wanted` needs, each after what it needs itself; or what is missing, with who asks for it. */
function resolve(
  wanted: readonly string[],
  all: ReadonlyMap<string, ApkPackage>,
): { readonly order: readonly ApkPackage[]; readonly missing: readonly (readonly [string, string])[] } {
  const order: ApkPackage[] = [];
  const seen = new Set<string>();
  const missing: (readonly [string, string])[] = [];
  const visit = (name: string, by: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const one = all.get(name);
    if (one === undefined) {
      missing.push([name, by]);
      return;
    }
    for (const dependency of one.depends) visit(nameOf(dependency), `${one.name}-${one.version}[${dependency}]`);
    order.push(one);
  };
  for (const word of wanted) visit(nameOf(word), `world[${word}]`);
  return { order, missing };
}

interface Change {
  readonly installed: readonly InstalledPackage[];
  readonly world: readonly string[];
  readonly available: readonly Repository[];
}

const sizeText = (sys: Sys, packages: readonly ApkPackage[]): string => {
  const mib = packages.reduce((sum, one) => sum + one.unpackedBytes, 0) / MIB;
  return isThree(sys) ? `${mib.toFixed(1)} MiB` : `${Math.ceil(mib)} MiB`;
};

/** Makes what is installed into what `world` wants: first what goes, then what comes. */
async function commit(sys: Sys, options: Options, { installed, world, available }: Change): Promise<number> {
  const offered = new Map(available.flatMap(({ packages }) => packages.map((one) => [one.name, one] as const)));
  const has = new Map(installed.map((one) => [one.name, one] as const));
  const { order, missing } = resolve(world, new Map<string, ApkPackage>([...offered, ...has]));
  if (missing.length > 0) return refuse(sys, missing);
  const kept = new Set(order.map(({ name }) => name));
  const gone = installed.filter(({ name }) => !kept.has(name));
  const fresh = order.filter(({ name }) => !has.has(name));
  const total = gone.length + fresh.length;
  const width = isThree(sys) ? String(total).length : 1;
  let [done, state] = [0, [...installed]];
  const step = async (word: string, one: ApkPackage): Promise<void> => {
    done += 1;
    if (!options.has('q')) await print(sys, `(${String(done).padStart(width)}/${total}) ${word} ${one.name} (${one.version})\n`);
  };
  for (const one of [...gone].reverse()) {
    await step('Purging', one);
    removeFiles(
      sys,
      one.files.filter((path) => !state.some((other) => other.name !== one.name && other.files.includes(path))),
    );
    state = state.filter(({ name }) => name !== one.name);
  }
  for (const one of fresh) {
    await step('Installing', one);
    const files = await install(sys, one, available);
    if (typeof files === 'string') return leave(sys, `ERROR: ${one.name}-${one.version}: ${files}\n`);
    state.push({ ...one, files });
  }
  writeInstalled(sys, state);
  writeWorld(sys, world);
  if (options.has('q')) return 0;
  await triggers(sys, { changed: [...fresh, ...gone], state });
  await print(sys, `OK: ${sizeText(sys, state)} in ${state.length} packages\n`);
  return 0;
}

async function triggers(
  sys: Sys,
  { changed, state }: { changed: readonly ApkPackage[]; state: readonly InstalledPackage[] },
): Promise<void> {
  const files = changed.flatMap(
    (one) => state.find(({ name }) => name === one.name)?.files ?? ('files' in one ? (one as InstalledPackage).files : []),
  );
  const version = (name: string): string => state.find((one) => one.name === name)?.version ?? '';
  if (files.some((path) => /^(usr\/)?s?bin\//.test(path))) await print(sys, `Executing busybox-${version('busybox')}.trigger\n`);
  if (changed.some(({ name }) => name === 'ca-certificates') && version('ca-certificates') !== '')
    await print(sys, `Executing ca-certificates-${version('ca-certificates')}.trigger\n`);
}

async function refuse(sys: Sys, missing: readonly (readonly [string, string])[]): Promise<number> {
  const lines = missing.map(([name, by]) => `  ${name} (no such package):\n    required by: ${by}\n`);
  return leave(sys, `ERROR: unable to select packages:\n${lines.join('')}`);
}

/** Fetches and unpacks; the files, or why not. A virtual package has none. */
async function install(sys: Sys, one: ApkPackage, available: readonly Repository[]): Promise<readonly string[] | string> {
  const repository = available.find(({ packages }) => packages.includes(one));
  if (repository === undefined || repository.url === '')
    return one.checksum === '' ? [] : "package mentioned in index not found (try 'apk update')";
  const got = await download(sys, `${repository.url}/${architecture(sys)}/${one.name}-${one.version}.apk`);
  if (got.kind !== 'file')
    return got.kind === 'status'
      ? "package mentioned in index not found (try 'apk update')"
      : 'network error (check Internet connection and firewall)';
  return unpack(sys, decompress(got.bytes), (path) => path.startsWith('.'));
}

async function add(sys: Sys, options: Options, names: readonly string[]): Promise<number> {
  const refused = await locked(sys);
  if (refused !== undefined) return refused;
  const available = await repositories(sys, options);
  const installed = readInstalled(sys);
  const virtual = options.value('t');
  if (virtual === undefined) return commit(sys, options, { installed, available, world: [...readWorld(sys), ...names] });
  const now = new Date(Number(sys.clock.nowNs() / 1_000_000n)).toISOString().replace(/[-:]/g, '').replace('T', '.').slice(0, 15);
  const meta: ApkPackage = {
    name: virtual,
    version: now,
    description: 'virtual meta package',
    unpackedBytes: 0,
    depends: names,
    checksum: '',
  };
  return commit(sys, options, {
    installed,
    available: [...available, { url: '', description: '', packages: [meta] }],
    world: [...readWorld(sys), virtual],
  });
}

async function remove(sys: Sys, options: Options, names: readonly string[]): Promise<number> {
  const refused = await locked(sys);
  if (refused !== undefined) return refused;
  const installed = readInstalled(sys);
  const world = readWorld(sys).filter((word) => !names.includes(nameOf(word)));
  for (const name of names) if (!installed.some((one) => one.name === name)) return leave(sys, `ERROR: No such package: ${name}\n`);
  const needed = new Set(resolve(world, new Map(installed.map((one) => [one.name, one] as const))).order.map((one) => one.name));
  for (const name of names.filter((one) => needed.has(one))) {
    const by = installed.filter((one) => needed.has(one.name) && one.depends.some((word) => nameOf(word) === name));
    await print(
      sys,
      `World updated, but the following packages are not removed due to:\n  ${name}: ${by.map((one) => one.name).join(' ')}\n\n`,
    );
  }
  return commit(sys, options, { installed, available: [], world });
}

async function update(sys: Sys, options: Options): Promise<number> {
  const refused = await locked(sys);
  if (refused !== undefined) return refused;
  const found = await fetchAll(sys, { keep: true, isQuiet: options.has('q') });
  const urls = repositoryUrls(sys);
  for (const { url, description } of found) await print(sys, `${description} [${url}]\n`);
  const count = new Set(found.flatMap(({ packages }) => packages.map(({ name }) => name))).size;
  const lost = urls.length - found.length;
  if (lost > 0) return leave(sys, `${lost} unavailable, 0 stale; ${count} distinct packages available\n`, lost);
  await print(sys, `OK: ${count} distinct packages available\n`);
  return 0;
}

async function upgrade(sys: Sys, options: Options): Promise<number> {
  const refused = await locked(sys);
  return (
    refused ?? commit(sys, options, { installed: readInstalled(sys), available: await repositories(sys, options), world: readWorld(sys) })
  );
}

const full = (one: ApkPackage): string => `${one.name}-${one.version}`;

async function info(sys: Sys, options: Options, names: readonly string[]): Promise<number> {
  const installed = readInstalled(sys);
  if (options.has('W')) return owner(sys, installed, names);
  if (names.length === 0) {
    const lines = [...installed].sort((a, b) => (a.name < b.name ? -1 : 1)).map((one) => (options.has('v') ? full(one) : one.name));
    await print(sys, lines.map((line) => `${line}\n`).join(''));
    return 0;
  }
  if (options.has('e')) {
    const there = names.filter((name) => installed.some((one) => one.name === name));
    await print(sys, there.map((name) => `${name}\n`).join(''));
    return there.length === names.length ? 0 : FAILED;
  }
  let status = 0;
  for (const name of names) {
    const one =
      installed.find((other) => other.name === name) ??
      cachedRepositories(sys)
        .flatMap(({ packages }) => packages)
        .find((other) => other.name === name);
    if (one === undefined) status = FAILED;
    else await print(sys, infoText(one, options));
  }
  return status;
}

function infoText(one: ApkPackage, options: Options): string {
  const all = options.has('a');
  const none = !options.has('d', 's', 'L', 'R');
  const part = (title: string, body: string): string => `${full(one)} ${title}:\n${body}\n\n`;
  return [
    ...(all || none || options.has('d') ? [part('description', one.description)] : []),
    ...(all || none || options.has('s') ? [part('installed size', `${Math.ceil(one.unpackedBytes / 1024)} KiB`)] : []),
    ...(all || options.has('R') ? [part('depends on', one.depends.join('\n'))] : []),
    ...(all || options.has('L') ? [part('contains', ('files' in one ? (one as InstalledPackage).files : []).join('\n'))] : []),
  ].join('');
}

async function owner(sys: Sys, installed: readonly InstalledPackage[], paths: readonly string[]): Promise<number> {
  let status = 0;
  for (const path of paths) {
    const by = installed.find(({ files }) => files.includes(path.replace(/^\//, '')));
    if (by !== undefined) await print(sys, `${path} is owned by ${full(by)}\n`);
    else {
      status = FAILED;
      await say(sys, 2, `ERROR: ${path}: Could not find owner package\n`);
    }
  }
  return status;
}

async function search(sys: Sys, options: Options, patterns: readonly string[]): Promise<number> {
  const all = (await repositories(sys, options)).flatMap(({ packages }) => packages);
  const fits = ({ name, description }: ApkPackage): boolean =>
    patterns.length === 0 ||
    patterns.some((pattern) =>
      options.has('e')
        ? name === pattern
        : name.includes(pattern) || (options.has('d') && description.toLowerCase().includes(pattern.toLowerCase())),
    );
  const lines = all.filter(fits).map((one) => `${full(one)}${options.has('v', 'd') ? ` - ${one.description}` : ''}\n`);
  await print(sys, lines.sort().join(''));
  return 0;
}

async function list(sys: Sys, options: Options, patterns: readonly string[]): Promise<number> {
  const installed = readInstalled(sys);
  const isThere = new Set(installed.map(({ name }) => name));
  const isOnlyInstalled = sys.argv.includes('--installed') || sys.argv.includes('-I');
  const all = isOnlyInstalled ? installed : (await repositories(sys, options)).flatMap(({ packages }) => packages);
  const fits = ({ name }: ApkPackage): boolean =>
    patterns.length === 0 || patterns.some((pattern) => name === pattern || name.includes(pattern.replaceAll('*', '')));
  await print(
    sys,
    all
      .filter(fits)
      .map((one) => `${full(one)} ${architecture(sys)} {${one.name}} (MIT)${isThere.has(one.name) ? ' [installed]' : ''}\n`)
      .sort()
      .join(''),
  );
  return 0;
}

type Command = (sys: Sys, options: Options, names: readonly string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  add,
  del: remove,
  update,
  upgrade,
  fix: upgrade,
  info,
  search,
  list,
  cache: async (sys, _options, [verb]) => {
    if (verb === 'clean')
      for (const { name } of sys.path.readdir('/var/cache/apk')) if (name.startsWith('APKINDEX')) sys.path.unlink(`/var/cache/apk/${name}`);
    return 0;
  },
  stats: async (sys) => print(sys, `installed:\n  packages: ${readInstalled(sys).length}\n`).then(() => 0),
  version: async (sys, options) => {
    const offered = new Map((await repositories(sys, options)).flatMap(({ packages }) => packages.map((one) => [one.name, one] as const)));
    const lines = readInstalled(sys).flatMap((one) =>
      offered.has(one.name) && offered.get(one.name)?.version !== one.version ? [`${full(one)} < ${offered.get(one.name)?.version}\n`] : [],
    );
    await print(sys, `Installed:                                Available:\n${lines.join('')}`);
    return 0;
  },
};
