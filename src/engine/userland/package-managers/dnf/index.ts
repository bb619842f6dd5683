/** dnf, and yum, which is its old name. */
import type { Program, Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { LineReader, say } from '../../program-io.ts';
import { download } from '../download.ts';
import { removeFiles, unpack } from '../unpack.ts';
import { clean, type InstalledRpm, type OfferedRpm, readRpms, repository, repositoryConfigs, writeRpms } from './database.ts';
import { readRpm } from './rpm-file.ts';

const SPEC = {
  short: 'yqvCx:h',
  long: {
    assumeyes: 'y',
    assumeno: '--no',
    quiet: 'q',
    verbose: 'v',
    nodocs: '--nodocs',
    setopt: '--setopt:',
    enablerepo: '--enablerepo:',
    disablerepo: '--disablerepo:',
    allowerasing: '--allowerasing',
    installed: '--installed',
    nobest: '--nobest',
    'skip-broken': '--skip',
    version: '--version',
    help: 'h',
    refresh: '--refresh',
    installroot: '--installroot:',
    releasever: '--releasever:',
  },
};
const WIDTH = 80;
const RULE = `${'='.repeat(WIDTH)}\n`;

const evr = ({ version, release }: { version: string; release: string }): string => `${version}-${release}`;
const nevra = (one: { name: string; version: string; release: string; arch: string }): string => `${one.name}-${evr(one)}.${one.arch}`;

/** `55 k`, `1.2 M` */
function sizeText(bytes: number): string {
  const units = [' ', ' k', ' M', ' G'];
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit > 1 && value < 10 ? value.toFixed(1) : Math.round(value)}${units[unit]}`;
}

export const dnf: Program = async (sys) => {
  let options: Options;
  try {
    options = parseOptions(sys.argv.slice(1), SPEC);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(sys, `usage: dnf [options] COMMAND\ndnf: error: ${error.message}\n`);
  }
  if (options.has('--version')) return print(sys, '4.14.0\n').then(() => 0);
  const [verb, ...names] = options.operands;
  if (verb === undefined)
    return print(
      sys,
      'usage: dnf [options] COMMAND\n\nList of Main Commands:\n\ninstall                   install a package or packages on your system\nremove                    remove a package or packages from your system\n',
    ).then(() => (options.has('h') ? 0 : 1));
  const command = Object.hasOwn(COMMANDS, verb) ? COMMANDS[verb] : undefined;
  if (command === undefined)
    return leave(
      sys,
      `No such command: ${verb}. Please use /usr/bin/dnf --help\nIt could be a DNF plugin command, try: "dnf install 'dnf-command(${verb})'"\n`,
    );
  return command({ sys, options, names });
};

interface Call {
  readonly sys: Sys;
  readonly options: Options;
  readonly names: readonly string[];
}

async function notRoot({ sys }: Call): Promise<number | undefined> {
  if (sys.ids.get().euid === 0) return undefined;
  return leave(sys, 'Error: This command has to be run with superuser privileges (under the root user on most systems).\n');
}

async function tell({ sys, options }: Call, text: string): Promise<void> {
  if (!options.has('q')) await print(sys, text);
}

/** A line of progress: what, how fast, how much, how long. */
function progress(title: string, bytes: number, ms: number): string {
  const speed = `${sizeText((bytes * 1000) / Math.max(1, ms)).replace(/ (\w)$/, ' $1B/s')}`;
  const clock = `00:${String(Math.floor(ms / 1000)).padStart(2, '0')}`;
  return `${title.padEnd(WIDTH - 34).slice(0, WIDTH - 34)} ${speed.padStart(11)} | ${sizeText(bytes)
    .replace(/ ?(\w?)$/, ' $1B')
    .padStart(7)}     ${clock}    \n`;
}

/** The originals' lists, in bytes. */
const LIST_BYTES: Readonly<Record<string, number>> = { appstream: 15_300_000, baseos: 18_900_000, extras: 13_200 };

/** Everything on offer, or null after saying what went wrong. */
async function offers(call: Call): Promise<readonly OfferedRpm[] | null> {
  const { sys } = call;
  const arch = sys.uname.machine;
  const all: OfferedRpm[] = [];
  let isFresh = false;
  for (const config of repositoryConfigs(sys)) {
    const started = sys.clock.monotonicNs();
    const answer = await repository(sys, config, arch);
    if (answer.kind === 'failed') {
      await tell(call, progress(config.name, 0, 0));
      await say(
        sys,
        2,
        `Errors during downloading metadata for repository '${config.id}':\n  - Curl error (6): ${answer.reason}\nError: Failed to download metadata for repo '${config.id}': Cannot prepare internal mirrorlist: Curl error (6): ${answer.reason}\n`,
      );
      return null;
    }
    if (answer.isFresh)
      await tell(call, progress(config.name, LIST_BYTES[config.id] ?? 1000, Number((sys.clock.monotonicNs() - started) / 1_000_000n)));
    isFresh ||= answer.isFresh;
    all.push(...answer.packages);
  }
  if (!isFresh) await tell(call, `Last metadata expiration check: 0:00:01 ago on ${dateText(sys)}.\n`);
  return all;
}

function dateText(sys: Sys): string {
  const at = new Date(Number(sys.clock.nowNs() / 1_000_000n));
  const [day, date, month, year, time] = at.toUTCString().replace(',', '').split(' ');
  return `${day} ${date} ${month} ${year} ${time} AM UTC`.replace(/ AM/, at.getUTCHours() < 12 ? ' AM' : ' PM');
}

function plan(names: readonly string[], all: ReadonlyMap<string, OfferedRpm>, installed: ReadonlySet<string>): readonly OfferedRpm[] {
  const order: OfferedRpm[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const one = all.get(name);
    if (seen.has(name) || installed.has(name) || one === undefined) return;
    seen.add(name);
    for (const required of one.requires) visit(required);
    order.push(one);
  };
  for (const name of names) visit(name);
  return order;
}

function table(title: string, rows: readonly (readonly [string, string, string, string, string])[]): string {
  const widths = [0, 1, 2, 3].map((i) =>
    Math.max(['Package', 'Architecture', 'Version', 'Repository'][i]?.length ?? 0, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const used = widths.reduce((sum, width) => sum + width, 0) + 5;
  const gap = Math.max(1, Math.floor((WIDTH - used - 5) / 5));
  const line = (cells: readonly string[]): string =>
    ` ${cells
      .slice(0, 4)
      .map((cell, i) => cell.padEnd((widths[i] ?? 0) + gap))
      .join('')}${(cells[4] ?? '').padStart(6)}\n`;
  return `Dependencies resolved.\n${RULE}${line(['Package', 'Architecture', 'Version', 'Repository', 'Size'])}${RULE}${title}${rows.map(line).join('')}`;
}

const rowOf = (one: OfferedRpm): readonly [string, string, string, string, string] => [
  one.name,
  one.arch,
  evr(one),
  one.repository,
  sizeText(one.sizeBytes),
];
const count = (number: number): string => `${number} Package${number === 1 ? '' : 's'}`;

async function agreed({ sys, options }: Call): Promise<boolean> {
  if (options.has('y')) return true;
  await print(sys, 'Is this ok [y/N]: ');
  const line = options.has('--no') ? null : await new LineReader(sys, 0).next();
  if (line === null) await print(sys, '\n');
  return line !== null && /^y(es)?$/i.test(line.trim());
}

async function install(call: Call): Promise<number> {
  const refused = await notRoot(call);
  if (refused !== undefined) return refused;
  const { sys, names } = call;
  const all = await offers(call);
  if (all === null) return 1;
  const byName = new Map(all.map((one) => [one.name, one] as const));
  const installed = readRpms(sys);
  const has = new Set(installed.map(({ name }) => name));
  const lost = names.filter((name) => !byName.has(name) && !has.has(name));
  for (const name of lost) await print(sys, `No match for argument: ${name}\n`);
  if (lost.length > 0) return leave(sys, `Error: Unable to find a match: ${lost.join(' ')}\n`);
  for (const one of installed.filter(({ name }) => names.includes(name))) await tell(call, `Package ${nevra(one)} is already installed.\n`);
  const order = plan(names, byName, has);
  if (order.length === 0) return tell(call, 'Dependencies resolved.\nNothing to do.\nComplete!\n').then(() => 0);
  const wanted = order.filter(({ name }) => names.includes(name));
  const others = order.filter(({ name }) => !names.includes(name));
  const rows = [...wanted, ...others].map(rowOf);
  const text = table('Installing:\n', rows);
  const shown = others.length === 0 ? text : withDependencies(text, wanted.length);
  const sum = (key: 'sizeBytes' | 'unpackedBytes'): number => order.reduce((total, one) => total + one[key], 0);
  await tell(
    call,
    `${shown}\nTransaction Summary\n${RULE}Install  ${count(order.length)}\n\nTotal download size: ${sizeText(sum('sizeBytes'))}\nInstalled size: ${sizeText(sum('unpackedBytes'))}\n`,
  );
  if (!(await agreed(call))) return leave(sys, 'Operation aborted.\n');
  return fetchAndPut(call, order);
}

function withDependencies(text: string, wanted: number): string {
  const lines = text.split('\n');
  const first = lines.indexOf('Installing:') + 1;
  return [...lines.slice(0, first + wanted), 'Installing dependencies:', ...lines.slice(first + wanted)].join('\n');
}

async function fetchAndPut(call: Call, order: readonly OfferedRpm[]): Promise<number> {
  const { sys } = call;
  await tell(call, 'Downloading Packages:\n');
  const got: NonNullable<ReturnType<typeof readRpm>>[] = [];
  const begun = sys.clock.monotonicNs();
  for (const [i, one] of order.entries()) {
    const started = sys.clock.monotonicNs();
    const file = await download(sys, one.url);
    const rpm = file.kind === 'file' ? readRpm(file.bytes) : null;
    if (rpm === null) return leave(sys, `Error: Error downloading packages:\n  Cannot download ${one.url}: All mirrors were tried\n`);
    got.push(rpm);
    const title = order.length === 1 ? `${nevra(one)}.rpm` : `(${i + 1}/${order.length}): ${nevra(one)}.rpm`;
    await tell(call, progress(title, one.sizeBytes, Number((sys.clock.monotonicNs() - started) / 1_000_000n)));
  }
  const bytes = order.reduce((sum, one) => sum + one.sizeBytes, 0);
  await tell(call, `${'-'.repeat(WIDTH)}\n${progress('Total', bytes, Number((sys.clock.monotonicNs() - begun) / 1_000_000n))}`);
  await tell(
    call,
    'Running transaction check\nTransaction check succeeded.\nRunning transaction test\nTransaction test succeeded.\nRunning transaction\n',
  );
  await tell(call, step('Preparing        :', '', [1, 1]));
  const done: InstalledRpm[] = [];
  for (const [i, { data, ...rpm }] of got.entries()) {
    await tell(call, step('Installing       :', nevra(rpm), [i + 1, got.length]));
    done.push({ ...rpm, files: await unpack(sys, data) });
  }
  writeRpms(sys, [...readRpms(sys), ...done]);
  for (const [i, one] of done.entries()) await tell(call, step('Verifying        :', nevra(one), [i + 1, done.length]));
  await tell(call, `\nInstalled:\n${done.map((one) => `  ${nevra(one)}\n`).join('')}\nComplete!\n`);
  return 0;
}

const step = (word: string, name: string, [at, of]: readonly [number, number]): string =>
  `  ${word} ${name.padEnd(WIDTH - 27)} ${`${at}/${of}`.padStart(5)} \n`;

async function remove(call: Call): Promise<number> {
  const refused = await notRoot(call);
  if (refused !== undefined) return refused;
  const { sys, names } = call;
  const installed = readRpms(sys);
  const gone = new Set(names.filter((name) => installed.some((one) => one.name === name)));
  for (const name of names.filter((one) => !gone.has(one))) await print(sys, `No match for argument: ${name}\n`);
  for (let size = -1; size !== gone.size; ) {
    size = gone.size;
    for (const one of installed) if (one.requires.some((name) => gone.has(name))) gone.add(one.name);
  }
  const list = installed.filter(({ name }) => gone.has(name));
  if (list.length === 0)
    return tell(call, 'No packages marked for removal.\nDependencies resolved.\nNothing to do.\nComplete!\n').then(() => 0);
  if (gone.has('dnf') || gone.has('glibc'))
    return leave(sys, 'Error: \n Problem: The operation would result in removing the following protected packages: dnf\n');
  const rows = list.map((one) => [one.name, one.arch, evr(one), '@System', sizeText(one.unpackedBytes)] as const);
  const freed = list.reduce((sum, one) => sum + one.unpackedBytes, 0);
  await tell(
    call,
    `${table('Removing:\n', rows)}\nTransaction Summary\n${RULE}Remove  ${count(list.length)}\n\nFreed space: ${sizeText(freed)}\n`,
  );
  if (!(await agreed(call))) return leave(sys, 'Operation aborted.\n');
  await tell(
    call,
    'Running transaction check\nTransaction check succeeded.\nRunning transaction test\nTransaction test succeeded.\nRunning transaction\n',
  );
  const rest = installed.filter(({ name }) => !gone.has(name));
  for (const [i, one] of list.entries()) {
    await tell(call, step('Erasing          :', nevra(one), [i + 1, list.length]));
    removeFiles(
      sys,
      one.files.filter((path) => !rest.some(({ files }) => files.includes(path))),
    );
  }
  writeRpms(sys, rest);
  await tell(call, `\nRemoved:\n${list.map((one) => `  ${nevra(one)}\n`).join('')}\nComplete!\n`);
  return 0;
}

async function list(call: Call): Promise<number> {
  const { sys, names } = call;
  const patterns = names.filter((name) => !['installed', 'available', 'all'].includes(name));
  const fits = (name: string): boolean =>
    patterns.length === 0 || patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));
  const line = (one: { name: string; version: string; release: string; arch: string }, from: string): string =>
    `${`${one.name}.${one.arch}`.padEnd(39)} ${evr(one).padEnd(29)} ${from}\n`;
  const installed = readRpms(sys);
  const here = installed.filter(({ name }) => fits(name)).map((one) => line(one, '@System'));
  const offered = names.includes('installed') || call.options.has('--installed') ? [] : await offers(call);
  if (offered === null) return 1;
  const there = offered
    .filter((one) => fits(one.name) && !installed.some(({ name }) => name === one.name))
    .map((one) => line(one, one.repository));
  if (here.length + there.length === 0) return leave(sys, 'Error: No matching Packages to list\n');
  await print(
    sys,
    `${here.length > 0 ? `Installed Packages\n${here.join('')}` : ''}${there.length > 0 ? `Available Packages\n${there.join('')}` : ''}`,
  );
  return 0;
}

async function search(call: Call): Promise<number> {
  const all = await offers(call);
  if (all === null) return 1;
  const hits = all.filter((one) =>
    call.names.every((word) => one.name.includes(word) || one.summary.toLowerCase().includes(word.toLowerCase())),
  );
  if (hits.length === 0) return print(call.sys, 'No matches found.\n').then(() => 0);
  const title = ` Name & Summary Matched: ${call.names.join(', ')} `;
  const side = '='.repeat(Math.max(3, Math.floor((WIDTH - title.length) / 2)));
  await print(call.sys, `${side}${title}${side}\n${hits.map((one) => `${one.name}.${one.arch} : ${one.summary}\n`).join('')}`);
  return 0;
}

async function upgrade(call: Call): Promise<number> {
  const refused = await notRoot(call);
  if (refused !== undefined) return refused;
  if ((await offers(call)) === null) return 1;
  return tell(call, 'Dependencies resolved.\nNothing to do.\nComplete!\n').then(() => 0);
}

const COMMANDS: Readonly<Record<string, (call: Call) => Promise<number>>> = {
  install,
  remove,
  erase: remove,
  list,
  search,
  update: upgrade,
  upgrade,
  'check-update': async (call) => ((await offers(call)) === null ? 1 : 0),
  makecache: async (call) => ((await offers(call)) === null ? 1 : tell(call, 'Metadata cache created.\n').then(() => 0)),
  clean: async (call) => tell(call, `${clean(call.sys)} files removed\n`).then(() => 0),
  repolist: async ({ sys }) =>
    print(
      sys,
      `${'repo id'.padEnd(20)} repo name\n${repositoryConfigs(sys)
        .map(({ id, name }) => `${id.padEnd(20)} ${name}\n`)
        .join('')}`,
    ).then(() => 0),
};
