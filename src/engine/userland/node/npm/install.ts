/** `npm install`, `ci`, `uninstall`: what lies in node_modules is made what package.json or its lock say. */
import type { Sys } from '../../../kernel/sys.ts';
import { countText, findingsOf } from './audit.ts';
import type { Client, Manifest } from './client.ts';
import { NpmError } from './errors.ts';
import type { Options } from './options.ts';
import {
  isInstalled,
  type Lock,
  type LockEntry,
  lockOf,
  manifestOfLock,
  nameOfLock,
  type PackageJson,
  projectOf,
  readJson,
  removeTree,
  unpack,
  writeJson,
} from './project.ts';
import { satisfies } from './semver.ts';
import { layOut, type Place, pick, type Wanted } from './tree.ts';

export interface Context {
  readonly sys: Sys;
  readonly client: Client;
  readonly options: Options;
  readonly root: string;
  say(text: string): Promise<void>;
  script(name: string, project: PackageJson): Promise<number>;
}

function wantedOf(project: PackageJson): Wanted[] {
  const list = (from: Readonly<Record<string, string>> | undefined, isDev: boolean): Wanted[] =>
    Object.entries(from ?? {}).map(([name, range]) => ({ name, range, isDev }));
  return [...list(project.dependencies, false), ...list(project.devDependencies, true)];
}

const lockAt = ({ sys, root }: Context): Lock | null => readJson<Lock>(sys, `${root}/package-lock.json`);

function keptOf(lock: Lock | null): ReadonlyMap<string, Manifest> {
  return new Map(
    Object.entries(lock?.packages ?? {})
      .filter(([path]) => path !== '')
      .map(([path, entry]) => [path, manifestOfLock(nameOfLock(path), entry)]),
  );
}

/** What the places that are wanted now lack and have too much: done. */
async function apply(
  context: Context,
  places: ReadonlyMap<string, Place>,
): Promise<{ readonly added: number; readonly removed: number; readonly changed: number }> {
  const { sys, root, client, options } = context;
  const wanted = [...places.values()].filter(({ isDev }) => !isDev || !options.omitsDev);
  const before = installedPaths(sys, root);
  let [added, changed] = [0, 0];
  for (const place of wanted) {
    if (isInstalled(sys, root, place)) continue;
    if (before.has(place.path)) changed += 1;
    else added += 1;
    await unpack(sys, client, root, place);
  }
  const keep = new Set(wanted.map(({ path }) => path));
  const gone = [...before].filter((path) => !keep.has(path));
  for (const path of gone) removeTree(sys, `${root}/${path}`);
  if (places.size > 0)
    writeJson(
      sys,
      `${root}/node_modules/.package-lock.json`,
      lockOf({}, new Map(wanted.map((one) => [one.path, one])), root.split('/').at(-1) ?? ''),
    );
  return { added, removed: gone.length, changed };
}

/** Packages that lie in a project's node_modules. */
function installedPaths(sys: Sys, root: string): Set<string> {
  const lock = readJson<Lock>(sys, `${root}/node_modules/.package-lock.json`);
  return new Set(Object.keys(lock?.packages ?? {}).filter((path) => path !== '' && sys.path.access(`${root}/${path}`, {})));
}

const count = (number: number): string => `${number} package${number === 1 ? '' : 's'}`;

async function summary(
  context: Context,
  places: ReadonlyMap<string, Place>,
  done: Awaited<ReturnType<typeof apply>>,
  begunNs: bigint,
): Promise<void> {
  const { options, say, sys, client } = context;
  if (options.isSilent) return;
  const wanted = [...places.values()].filter(({ isDev }) => !isDev || !options.omitsDev);
  const ms = Math.round(Number(sys.clock.monotonicNs() - begunNs) / 1e6);
  const took = ms < 1000 ? `${ms}ms` : ms < 60_000 ? `${Math.round(ms / 1000)}s` : `${Math.round(ms / 60_000)}m`;
  const parts = [
    ...(done.added > 0 ? [`added ${count(done.added)}`] : []),
    ...(done.removed > 0 ? [`removed ${count(done.removed)}`] : []),
    ...(done.changed > 0 ? [`changed ${count(done.changed)}`] : []),
  ];
  const audits = options.audits && !options.isGlobal;
  const said = parts.length === 0 ? ['up to date'] : parts;
  const audited = audits ? [`audited ${count(wanted.length + 1)}`] : [];
  const all = [...said, ...audited];
  const line =
    all.length === 1
      ? all[0]
      : all.length === 2
        ? `${all[0]}, ${parts.length === 0 ? '' : 'and '}${all[1]}`
        : `${all.slice(0, -1).join(', ')}, and ${all.at(-1)}`;
  const funded = wanted.filter(({ manifest }) => manifest.funding !== undefined).length;
  const funding =
    funded > 0 && options.funds
      ? `\n${count(funded)} ${funded === 1 ? 'is' : 'are'} looking for funding\n  run \`npm fund\` for details\n`
      : '';
  const findings = audits
    ? await findingsOf(
        client,
        wanted.map(({ manifest }) => manifest),
      )
    : null;
  const found = findings === null ? '' : `\n${countText(findings)}\n${findings.length > 0 ? '\nRun `npm audit` for details.\n' : ''}`;
  await say(`\n${line} in ${took}\n${funding}${found}`);
}

/** `express`, `express@4`, `@scope/name@^1`. */
function specOf(word: string): { readonly name: string; readonly range: string } {
  const at = word.indexOf('@', 1);
  return at < 0 ? { name: word, range: '' } : { name: word.slice(0, at), range: word.slice(at + 1) };
}

export async function install(context: Context): Promise<number> {
  const { sys, root, options, client } = context;
  const begun = sys.clock.monotonicNs();
  if (options.isGlobal) return installGlobally(context, begun);
  const path = `${root}/package.json`;
  const project = options.words.length === 0 ? projectOf(sys, root) : (readJson<PackageJson>(sys, path) ?? {});
  const field = options.isDev ? 'devDependencies' : 'dependencies';
  for (const word of options.words) {
    const { name, range } = specOf(word);
    const { version } = await pick(client, name, range === '' ? '*' : range);
    const isTag = range === '' || /^[a-z]+$/.test(range);
    const saved = options.isExact
      ? version
      : isTag
        ? `^${version}`
        : range.replace(/^(\d+(\.\d+)?)$/, `^${version}`).replace(/^(\d+\.\d+\.\d+.*)$/, '^$1');
    for (const other of ['dependencies', 'devDependencies'] as const) if (other !== field && project[other]) delete project[other][name];
    project[field] = Object.fromEntries(Object.entries({ ...project[field], [name]: saved }).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  const places = await layOut(client, wantedOf(project), keptOf(lockAt(context)));
  const done = await apply(context, places);
  if (options.words.length > 0 && options.saves) writeJson(sys, path, project);
  if (options.locks) writeJson(sys, `${root}/package-lock.json`, lockOf(project, places, root.split('/').at(-1) ?? ''));
  const status = options.words.length === 0 ? await lifecycle(context, project) : 0;
  if (status !== 0) return status;
  await summary(context, places, done, begun);
  return 0;
}

async function lifecycle(context: Context, project: PackageJson): Promise<number> {
  if (context.options.ignoresScripts) return 0;
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) {
    if (project.scripts?.[name] === undefined) continue;
    const status = await context.script(name, project);
    if (status !== 0) return status;
  }
  return 0;
}

const GLOBAL = '/usr/local/lib';

async function installGlobally(context: Context, begun: bigint): Promise<number> {
  const { sys, client, options } = context;
  const own: Context = { ...context, root: GLOBAL };
  const before = readJson<Lock>(sys, `${GLOBAL}/node_modules/.package-lock.json`);
  const wanted: Wanted[] = Object.entries(before?.packages ?? {})
    .filter(([path]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path))
    .map(([path, entry]) => ({ name: nameOfLock(path), range: entry.version ?? '*', isDev: false }));
  for (const word of options.words) {
    const { name, range } = specOf(word);
    const { version } = await pick(client, name, range);
    wanted.push({ name, range: version, isDev: false });
  }
  const places = await layOut(client, wanted, keptOf(before));
  const done = await apply(own, places);
  for (const { path, manifest } of places.values())
    if (path === `node_modules/${manifest.name}`)
      for (const [name, file] of Object.entries(
        typeof manifest.bin === 'string' ? { [manifest.name]: manifest.bin } : (manifest.bin ?? {}),
      )) {
        const link = `/usr/local/bin/${name}`;
        if (sys.path.access(link, { noFollow: true })) sys.path.unlink(link);
        sys.path.symlink(`../lib/${path}/${file.replace(/^\.\//, '')}`, link);
      }
  await summary(own, places, done, begun);
  return 0;
}

const USAGE = [
  'Clean install a project',
  '',
  'Usage:',
  'npm ci',
  '',
  'Options:',
  '[--install-strategy <hoisted|nested|shallow|linked>] [--legacy-bundling]',
  '[--global-style] [--omit <dev|optional|peer> [--omit <dev|optional|peer> ...]]',
  '[--include <prod|dev|optional|peer> [--include <prod|dev|optional|peer> ...]]',
  '[--strict-peer-deps] [--foreground-scripts] [--ignore-scripts] [--no-audit]',
  '[--no-bin-links] [--no-fund] [--dry-run]',
  '[-w|--workspace <workspace-name> [-w|--workspace <workspace-name> ...]]',
  '[--workspaces] [--include-workspace-root] [--install-links]',
  '',
  'aliases: clean-install, ic, install-clean, isntall-clean',
  '',
  'Run "npm help ci" for more info',
];

/** Exactly what the lock says, from an empty node_modules. */
export async function cleanInstall(context: Context): Promise<number> {
  const { sys, root } = context;
  const begun = sys.clock.monotonicNs();
  const project = projectOf(sys, root);
  const lock = lockAt(context);
  if (lock === null)
    throw new NpmError('EUSAGE', [
      '',
      'The `npm ci` command can only install with an existing package-lock.json or',
      'npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or',
      'later to generate a package-lock.json file, then try again.',
      '',
      ...USAGE,
    ]);
  const problems = wantedOf(project).flatMap(({ name, range }) => {
    const entry = lock.packages[`node_modules/${name}`];
    if (entry === undefined) return [`Missing: ${name}@${range} from lock file`];
    return satisfies(entry.version ?? '', range) || range === 'latest'
      ? []
      : [`Invalid: lock file's ${name}@${entry.version} does not satisfy ${name}@${range}`];
  });
  if (problems.length > 0)
    throw new NpmError('EUSAGE', [
      '',
      '`npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with `npm install` before continuing.',
      '',
      ...problems,
      '',
      ...USAGE,
    ]);
  const entries = Object.entries(lock.packages).filter(([path]) => path !== '');
  const places = new Map(
    entries.map(([path, entry]: [string, LockEntry]) => [
      path,
      { path, name: nameOfLock(path), manifest: manifestOfLock(nameOfLock(path), entry), isDev: entry.dev === true },
    ]),
  );
  removeTree(sys, `${root}/node_modules`);
  const done = await apply(context, places);
  const status = await lifecycle(context, project);
  if (status !== 0) return status;
  await summary(context, places, done, begun);
  return 0;
}

export async function uninstall(context: Context): Promise<number> {
  const { sys, root, options, client } = context;
  const begun = sys.clock.monotonicNs();
  const project = projectOf(sys, root);
  for (const word of options.words)
    for (const field of ['dependencies', 'devDependencies'] as const) if (project[field]) delete project[field][word];
  const places = await layOut(client, wantedOf(project), keptOf(lockAt(context)));
  const done = await apply(context, places);
  writeJson(sys, `${root}/package.json`, project);
  writeJson(sys, `${root}/package-lock.json`, lockOf(project, places, root.split('/').at(-1) ?? ''));
  await summary(context, places, done, begun);
  return 0;
}
