/** Commands of npm that look, and `npm init`. */

import { NpmError } from './errors.ts';
import type { Context } from './install.ts';
import { type Lock, nameOfLock, type PackageJson, projectOf, readJson, writeJson } from './project.ts';
import { newest } from './semver.ts';
import { npmVersion } from './versions.ts';

const LIFECYCLE = new Set([
  'start',
  'stop',
  'restart',
  'test',
  'install',
  'preinstall',
  'postinstall',
  'prepare',
  'prestart',
  'poststart',
  'pretest',
  'posttest',
]);

/** `npm run` without a name. */
export function describe(project: PackageJson): string {
  const all = Object.entries(project.scripts ?? {});
  const title = project.name === undefined ? '' : ` in ${project.name}${project.version === undefined ? '' : `@${project.version}`}`;
  const shown = (list: typeof all): string => list.map(([name, line]) => `  ${name}\n    ${line}\n`).join('');
  const [own, others] = [all.filter(([name]) => LIFECYCLE.has(name)), all.filter(([name]) => !LIFECYCLE.has(name))];
  return `${own.length > 0 ? `Lifecycle scripts included${title}:\n${shown(own)}` : ''}${others.length > 0 ? `available via \`npm run\`:\n${shown(others)}` : ''}`;
}

export async function initialize(context: Context): Promise<number> {
  const { sys, options } = context;
  if (!options.isYes) throw new NpmError('', ['This model of npm asks no questions: use npm init -y']);
  const folder = sys.path.cwd();
  const path = `${folder}/package.json`;
  const known = readJson<PackageJson>(sys, path) ?? {};
  const main = sys.path.access(`${folder}/server.js`, {}) && !sys.path.access(`${folder}/index.js`, {}) ? 'server.js' : 'index.js';
  const made = {
    name: (folder.split('/').at(-1) || 'root').toLowerCase(),
    version: '1.0.0',
    main,
    scripts: { test: 'echo "Error: no test specified" && exit 1', ...(main === 'server.js' && { start: 'node server.js' }) },
    keywords: [],
    author: '',
    license: 'ISC',
    description: '',
    ...(npmVersion(sys).startsWith('11.') && { type: 'commonjs' }),
    ...known,
  };
  writeJson(sys, path, made);
  await context.say(`Wrote to ${path}:\n\n${JSON.stringify(made, null, 2)}\n\n\n`);
  return 0;
}

const addressOf = (funding: unknown): string | undefined =>
  typeof funding === 'object' && funding !== null && 'url' in funding ? String(funding.url) : undefined;

/** `npm fund`: who of the installed packages asks for money, by address. */
export async function fund({ sys, root, say }: Context): Promise<number> {
  const { name = root.split('/').at(-1) ?? '', version } = projectOf(sys, root);
  const lock = readJson<Lock>(sys, `${root}/node_modules/.package-lock.json`);
  const asking = Object.entries(lock?.packages ?? {}).flatMap(([path, entry]) => {
    const url = addressOf(entry.funding);
    return url === undefined ? [] : [{ url, title: `${nameOfLock(path)}@${entry.version}` }];
  });
  const groups = Object.entries(Object.groupBy(asking, ({ url }) => url));
  const lines = groups.flatMap(([url, some = []], index) => {
    const isLast = index === groups.length - 1;
    return [`${isLast ? '└' : '├'}── ${url}`, `${isLast ? ' ' : '│'}   └── ${some.map(({ title }) => title).join(', ')}`];
  });
  await say(`${[`${name}${version === undefined ? '' : `@${version}`}`, ...lines].join('\n')}\n\n`);
  return 0;
}

export async function list(context: Context): Promise<number> {
  const { sys, root, options } = context;
  const at = options.isGlobal ? '/usr/local/lib' : root;
  const project = options.isGlobal ? {} : (readJson<PackageJson>(sys, `${root}/package.json`) ?? {});
  const lock = readJson<Lock>(sys, `${at}/node_modules/.package-lock.json`);
  const found = Object.entries(lock?.packages ?? {}).flatMap(([path, { version, dev }]) => {
    const name = path.replace('node_modules/', '');
    return /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) &&
      (options.isGlobal || name in { ...project.dependencies, ...project.devDependencies }) &&
      (!dev || !options.omitsDev)
      ? [`${name}@${version}`]
      : [];
  });
  const missing = Object.keys({ ...project.dependencies, ...(options.omitsDev ? {} : project.devDependencies) }).filter(
    (name) => !found.some((one) => one.startsWith(`${name}@`)),
  );
  const title = project.name === undefined ? at : `${project.name}@${project.version ?? ''} ${root}`;
  const lines = [
    ...missing.map((name) => `UNMET DEPENDENCY ${name}@${project.dependencies?.[name] ?? project.devDependencies?.[name] ?? ''}`),
    ...found,
  ];
  const drawn = lines.map((line, index) => `${index === lines.length - 1 ? '└──' : '├──'} ${line}\n`).join('');
  await context.say(`${title}\n${drawn === '' ? '└── (empty)\n' : drawn}\n`);
  if (missing.length === 0) return 0;
  throw new NpmError(
    'ELSPROBLEMS',
    missing.map(
      (name) =>
        `missing: ${name}@${project.dependencies?.[name] ?? project.devDependencies?.[name] ?? ''}, required by ${project.name ?? ''}@${project.version ?? ''}`,
    ),
  );
}

export async function view(context: Context): Promise<number> {
  const [spec = '', ...fields] = context.options.words;
  const at = spec.indexOf('@', 1);
  const [name, range] = at < 0 ? [spec, 'latest'] : [spec.slice(0, at), spec.slice(at + 1)];
  const found = await context.client.packument(name, range);
  const version = found['dist-tags'][range] ?? newest(Object.keys(found.versions), range);
  const manifest = version === null || version === undefined ? undefined : found.versions[version];
  if (manifest === undefined) return 0;
  const [field] = fields;
  if (field === 'versions') await context.say(`${JSON.stringify(Object.keys(found.versions), null, 2).replaceAll('"', "'")}\n`);
  else if (field !== undefined) {
    const value = (manifest as unknown as Readonly<Record<string, unknown>>)[field];
    if (value !== undefined) await context.say(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`);
  } else {
    const count = Object.keys(manifest.dependencies ?? {}).length;
    await context.say(
      `\n${name}@${manifest.version} | ${manifest.license ?? 'MIT'} | deps: ${count === 0 ? 'none' : count} | versions: ${Object.keys(found.versions).length}\n${found.description ?? ''}\n\ndist\n.tarball: ${manifest.dist.tarball}\n.shasum: ${manifest.dist.shasum ?? ''}\n.integrity: ${manifest.dist.integrity}\n\ndist-tags:\nlatest: ${found['dist-tags'].latest}\n`,
    );
  }
  return 0;
}

export async function outdated(context: Context): Promise<number> {
  const { sys, root, client } = context;
  const project = projectOf(sys, root);
  const rows: string[][] = [];
  for (const [name, range] of Object.entries({ ...project.dependencies, ...project.devDependencies }).sort()) {
    const current = readJson<PackageJson>(sys, `${root}/node_modules/${name}/package.json`)?.version ?? 'MISSING';
    const found = await client.packument(name, range);
    const wanted = newest(Object.keys(found.versions), range) ?? current;
    const latest = found['dist-tags'].latest ?? wanted;
    if (current !== latest || current !== wanted)
      rows.push([name, current, wanted, latest, current === 'MISSING' ? '-' : `node_modules/${name}`, root.split('/').at(-1) ?? '']);
  }
  if (rows.length === 0) return 0;
  const table = [['Package', 'Current', 'Wanted', 'Latest', 'Location', 'Depended by'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length))) ?? [];
  for (const row of table)
    await context.say(
      `${row
        .map((cell, column) => (column === 0 || column > 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd()}\n`,
    );
  return 1;
}
