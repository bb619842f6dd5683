/** apt-get, apt and apt-cache: lists fetched, dependencies found, packages fetched, unpacked and set up by dpkg's rules. */
import type { Program, Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { LineReader, say } from '../../program-io.ts';
import { download } from '../download.ts';
import { readDeb } from '../dpkg/archive.ts';
import { dependencies, type Fields, field, isInstalled, readStatus } from '../dpkg/database.ts';
import { architectureOf } from '../dpkg/index.ts';
import { configurePackage, removePackages, runTriggers, unpackPackage } from '../dpkg/install.ts';
import { type Offered, offered } from './sources.ts';
import { FAILED, fetchedText, reasonOf, sizeText, update } from './update.ts';

const SPEC = {
  short: 'yqo:t:fdsVuh',
  long: {
    yes: 'y',
    'assume-yes': 'y',
    quiet: 'q::',
    option: 'o:',
    'no-install-recommends': '--lean',
    'install-recommends': '--rich',
    'allow-downgrades': '--downgrades',
    'no-install-suggests': '--no-suggests',
    'fix-broken': 'f',
    'download-only': 'd',
    'fix-missing': 'm',
    reinstall: '--reinstall',
    purge: '--purge',
    version: '--version',
    'auto-remove': '--auto',
    autoremove: '--auto',
    'dry-run': 's',
    'allow-unauthenticated': '--unauthenticated',
    'no-upgrade': '--no-upgrade',
    installed: '--installed',
    help: 'h',
  },
};

export const apt: Program = async (sys) => {
  let options: Options;
  try {
    options = parseOptions(sys.argv.slice(1), SPEC);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    const wrong = sys.argv.slice(1).find((arg) => arg.startsWith('-')) ?? '';
    return leave(
      sys,
      `E: Command line option ${/^-[^-]/.test(wrong) ? `'${wrong.slice(1, 2)}' [from ${wrong}]` : wrong} is not understood in combination with the other options.\n`,
      FAILED,
    );
  }
  const name = (sys.argv[0] ?? '').replace(/.*\//, '');
  const version = field(readStatus(sys).find((one) => field(one, 'Package') === 'apt') ?? new Map(), 'Version');
  if (options.has('--version')) return print(sys, `apt ${version} (${architectureOf(sys)})\n`).then(() => 0);
  const [verb = '', ...names] = options.operands;
  if (name === 'apt' && !sys.fds.isatty(1))
    await say(sys, 2, '\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n');
  if (name === 'apt-mark' || name === 'apt-config') return 0;
  const command = Object.hasOwn(COMMANDS, verb) ? COMMANDS[verb] : undefined;
  if (command !== undefined) return command({ sys, options, names, architecture: architectureOf(sys) });
  if (verb === '') return print(sys, `apt ${version} (${architectureOf(sys)})\nUsage: ${name} [options] command\n`).then(() => 0);
  return leave(sys, `E: Invalid operation ${verb}\n`, FAILED);
};

interface Call {
  readonly sys: Sys;
  readonly options: Options;
  readonly names: readonly string[];
  readonly architecture: string;
}

const isQuiet = ({ options }: Call): boolean => options.count('q') >= 2 || options.values('q').some((value) => Number(value) >= 2);

async function tell(call: Call, text: string): Promise<void> {
  if (!isQuiet(call)) await print(call.sys, text);
}

async function locked({ sys }: Call): Promise<number | undefined> {
  if (sys.ids.get().euid === 0) return undefined;
  return leave(
    sys,
    'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n',
    FAILED,
  );
}

const intro = (call: Call): Promise<void> =>
  tell(call, 'Reading package lists...\nBuilding dependency tree...\nReading state information...\n');

/** Names in lines of at most eighty columns, each set in by two. */
function columns(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length + 1 <= 79) lines[lines.length - 1] = `${last} ${name}`;
    else lines.push(`  ${name}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** What has to come, each after what it needs; or the name that nobody has. */
function plan(wanted: readonly string[], all: ReadonlyMap<string, Offered>, installed: ReadonlySet<string>): readonly Offered[] | string {
  const order: Offered[] = [];
  const seen = new Set<string>();
  const visit = (name: string): string | undefined => {
    if (seen.has(name) || installed.has(name)) return undefined;
    seen.add(name);
    const one = all.get(name);
    if (one === undefined) return name;
    for (const dependency of dependencies(field(one.fields, 'Depends'))) {
      const missing = visit(dependency);
      if (missing !== undefined) return missing;
    }
    order.push(one);
    return undefined;
  };
  for (const name of wanted) {
    const missing = visit(name);
    if (missing !== undefined) return missing;
  }
  return order;
}

const ARROW = /^([^=/]+)(?:[=/].*)?$/;

async function install(call: Call): Promise<number> {
  const refused = await locked(call);
  if (refused !== undefined) return refused;
  const { sys, architecture } = call;
  const files = call.names.filter((name) => /\.deb$/.test(name) && name.includes('/'));
  if (files.length > 0) return installFiles(call, files);
  await intro(call);
  const names = call.names.map((name) => ARROW.exec(name)?.[1] ?? name);
  const status = readStatus(sys).filter(isInstalled);
  const installed = new Map(status.map((one) => [field(one, 'Package'), one] as const));
  const all = offered(sys, architecture);
  const lost = names.filter((name) => !all.has(name) && !installed.has(name));
  for (const name of lost) await say(sys, 2, `E: Unable to locate package ${name}\n`);
  if (lost.length > 0) return FAILED;
  for (const name of names.filter((one) => installed.has(one)))
    await tell(call, `${name} is already the newest version (${field(installed.get(name) ?? new Map(), 'Version')}).\n`);
  const order = plan(names, all, new Set(installed.keys()));
  if (typeof order === 'string') return leave(sys, `E: Package '${order}' has no installation candidate\n`, FAILED);
  return carryOut(call, order, names);
}

const named = ({ fields }: Offered): string => field(fields, 'Package');

async function carryOut(call: Call, order: readonly Offered[], wanted: readonly string[]): Promise<number> {
  const { sys } = call;
  const names = order.map(named).sort();
  const extra = names.filter((name) => !wanted.includes(name));
  if (extra.length > 0) await tell(call, `The following additional packages will be installed:\n${columns(extra)}`);
  if (names.length > 0) await tell(call, `The following NEW packages will be installed:\n${columns(names)}`);
  await tell(call, `0 upgraded, ${names.length} newly installed, 0 to remove and 0 not upgraded.\n`);
  if (names.length === 0) return 0;
  const sum = (name: string, factor = 1): number => order.reduce((total, { fields }) => total + Number(field(fields, name)) * factor, 0);
  await tell(
    call,
    `Need to get ${sizeText(sum('Original-Size'))} of archives.\nAfter this operation, ${sizeText(sum('Installed-Size', 1024))} of additional disk space will be used.\n`,
  );
  if (call.options.has('s')) return 0;
  if (extra.length > 0 && !(await agreed(call))) return leave(sys, 'Abort.\n', 1);
  const debs = await fetchAll(call, order);
  if (typeof debs === 'number') return debs;
  if (call.options.has('d')) return 0;
  if (sys.env.get('DEBIAN_FRONTEND') !== 'noninteractive' || !isQuiet(call))
    await say(sys, 2, 'debconf: delaying package configuration, since apt-utils is not installed\n');
  for (const [i, { deb, file }] of debs.entries()) await unpackPackage(sys, deb, { file: `.../${file}`, isFirst: i === 0 });
  for (const { deb } of debs) await configurePackage(sys, deb.control);
  await runTriggers(
    sys,
    debs.map(({ deb }) => deb.control),
  );
  return 0;
}

async function agreed({ sys, options }: Call): Promise<boolean> {
  if (options.has('y')) return true;
  await print(sys, 'Do you want to continue? [Y/n] ');
  const line = await new LineReader(sys, 0).next();
  return line !== null && /^(y(es)?)?$/i.test(line.trim());
}

interface Fetched {
  readonly deb: NonNullable<ReturnType<typeof readDeb>>;
  readonly file: string;
}

async function fetchAll(call: Call, order: readonly Offered[]): Promise<readonly Fetched[] | number> {
  const { sys, architecture } = call;
  const started = sys.clock.monotonicNs();
  const found: Fetched[] = [];
  let bytes = 0;
  for (const [i, { fields, suite }] of order.entries()) {
    const path = field(fields, 'Filename');
    const got = await download(sys, `${suite.uri}/${path}`);
    if (got.kind !== 'file') {
      const reason = reasonOf(got);
      await tell(
        call,
        `Err:${i + 1} ${suite.uri} ${suite.suite}/main ${architecture} ${field(fields, 'Package')} ${architecture} ${field(fields, 'Version')}\n  ${reason}\n`,
      );
      return leave(
        sys,
        `E: Failed to fetch ${suite.uri}/${path}  ${reason}\nE: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n`,
        FAILED,
      );
    }
    const deb = readDeb(got.bytes);
    if (deb === null) return leave(sys, `E: ${path.replace(/.*\//, '')} is not a Debian format archive\n`, FAILED);
    bytes += Number(field(fields, 'Original-Size'));
    await tell(
      call,
      `Get:${i + 1} ${suite.uri} ${suite.suite}/main ${architecture} ${field(fields, 'Package')} ${architecture} ${field(fields, 'Version')} [${sizeText(Number(field(fields, 'Original-Size')))}]\n`,
    );
    found.push({ deb, file: path.replace(/.*\//, '') });
  }
  await tell(call, `${fetchedText(bytes, Number((sys.clock.monotonicNs() - started) / 1_000_000n))}\n`);
  return found;
}

async function installFiles(call: Call, paths: readonly string[]): Promise<number> {
  const { sys } = call;
  for (const path of paths)
    if (!sys.path.access(path, { read: true })) return leave(sys, `E: Unsupported file ${path} given on commandline\n`, FAILED);
  const debs = paths.flatMap((path) => {
    const deb = readDeb(sys.path.readFile(path));
    return deb === null ? [] : [{ deb, file: path.replace(/.*\//, '') }];
  });
  for (const [i, { deb, file }] of debs.entries()) await unpackPackage(sys, deb, { file: `.../${file}`, isFirst: i === 0 });
  for (const { deb } of debs) await configurePackage(sys, deb.control);
  return 0;
}

/** What goes with them: whoever needs one of them. */
function dependents(names: readonly string[], installed: readonly Fields[]): readonly string[] {
  const gone = new Set(names);
  for (let grown = true; grown; ) {
    grown = false;
    for (const one of installed) {
      const name = field(one, 'Package');
      if (gone.has(name) || !dependencies(field(one, 'Depends')).some((dependency) => gone.has(dependency))) continue;
      gone.add(name);
      grown = true;
    }
  }
  return [...gone].sort();
}

const remove =
  (purges: boolean) =>
  async (call: Call): Promise<number> => {
    const refused = await locked(call);
    if (refused !== undefined) return refused;
    const { sys, options, architecture } = call;
    await intro(call);
    const installed = readStatus(sys).filter(isInstalled);
    const there = new Set(installed.map((one) => field(one, 'Package')));
    const lost = call.names.filter((name) => !there.has(name));
    for (const name of lost) {
      if (!offered(sys, architecture).has(name)) return leave(sys, `E: Unable to locate package ${name}\n`, FAILED);
      await tell(call, `Package '${name}' is not installed, so not removed\n`);
    }
    const gone = dependents(
      call.names.filter((name) => there.has(name)),
      installed,
    );
    const purge = purges || options.has('--purge');
    if (gone.length > 0)
      await tell(call, `The following packages will be REMOVED:\n${columns(gone.map((name) => (purge ? `${name}*` : name)))}`);
    await tell(call, `0 upgraded, 0 newly installed, ${gone.length} to remove and 0 not upgraded.\n`);
    if (gone.length === 0) return 0;
    const freed = installed
      .filter((one) => gone.includes(field(one, 'Package')))
      .reduce((sum, one) => sum + Number(field(one, 'Installed-Size')) * 1024, 0);
    await tell(call, `After this operation, ${sizeText(freed)} disk space will be freed.\n`);
    if (!(await agreed(call))) return leave(sys, 'Abort.\n', 1);
    await removePackages(sys, gone, purge);
    return 0;
  };

async function upgrade(call: Call): Promise<number> {
  const refused = await locked(call);
  if (refused !== undefined) return refused;
  await intro(call);
  await tell(call, 'Calculating upgrade...\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n');
  return 0;
}

async function show({ sys, names, architecture }: Call): Promise<number> {
  const all = offered(sys, architecture);
  let status = 0;
  for (const name of names) {
    const one = all.get(name)?.fields ?? readStatus(sys).find((fields) => field(fields, 'Package') === name);
    if (one === undefined) status = await leave(sys, 'E: No packages found\n', FAILED);
    else
      await print(
        sys,
        `${[...one]
          .filter(([key]) => !key.startsWith('Original'))
          .map(([key, value]) => `${key}: ${value}`)
          .join('\n')}\n\n`,
      );
  }
  return status;
}

async function search({ sys, names, architecture }: Call): Promise<number> {
  const hits = [...offered(sys, architecture).values()]
    .map(({ fields }) => [field(fields, 'Package'), field(fields, 'Description')] as const)
    .filter(([name, text]) => names.every((word) => name.includes(word) || text.toLowerCase().includes(word.toLowerCase())));
  await print(
    sys,
    hits
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, text]) => `${name} - ${text}\n`)
      .join(''),
  );
  return 0;
}

async function policy({ sys, names, architecture }: Call): Promise<number> {
  const all = offered(sys, architecture);
  for (const name of names) {
    const here = readStatus(sys).find((one) => field(one, 'Package') === name);
    const there = all.get(name);
    if (there === undefined && here === undefined) continue;
    const version = field(there?.fields ?? new Map(), 'Version');
    await print(
      sys,
      `${name}:\n  Installed: ${here === undefined ? '(none)' : field(here, 'Version')}\n  Candidate: ${version}\n  Version table:\n     ${version} 500\n        500 ${there?.suite.uri ?? ''} ${there?.suite.suite ?? ''}/main ${architecture} Packages\n`,
    );
  }
  return 0;
}

async function list({ sys, options, names }: Call): Promise<number> {
  await print(sys, 'Listing...\n');
  const all = readStatus(sys).filter((one) => isInstalled(one) && (names.length === 0 || names.includes(field(one, 'Package'))));
  const lines = all.map(
    (one) =>
      `${field(one, 'Package')}/now ${field(one, 'Version')} ${field(one, 'Architecture')} [installed${options.has('--installed') ? ',local' : ''}]\n`,
  );
  await print(sys, lines.join(''));
  return 0;
}

async function clean(call: Call): Promise<number> {
  const { sys } = call;
  const refused = await locked(call);
  if (refused !== undefined) return refused;
  const folder = '/var/cache/apt/archives';
  for (const { name } of sys.path.access(folder, {}) ? sys.path.readdir(folder) : [])
    if (name.endsWith('.deb')) sys.path.unlink(`${folder}/${name}`);
  return 0;
}

const COMMANDS: Readonly<Record<string, (call: Call) => Promise<number>>> = {
  update: (call) => update(call.sys, { architecture: call.architecture, isQuiet: isQuiet(call) }),
  install,
  remove: remove(false),
  purge: remove(true),
  autoremove: upgrade,
  upgrade,
  'dist-upgrade': upgrade,
  'full-upgrade': upgrade,
  clean,
  autoclean: clean,
  show,
  search,
  policy,
  list,
};
