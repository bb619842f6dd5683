/** dpkg and dpkg-query: what is installed, from which package a file is, and archives by themselves. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { say } from '../../program-io.ts';
import { readDeb } from './archive.ts';
import { dependencies, type Fields, field, filesOf, isInstalled, readStatus } from './database.ts';
import { configurePackage, removePackages, runTriggers, unpackPackage } from './install.ts';

const SPEC = {
  short: 'lLsSirPWf:cIpxX',
  long: {
    list: 'l',
    listfiles: 'L',
    status: 's',
    search: 'S',
    install: 'i',
    remove: 'r',
    purge: 'P',
    show: 'W',
    showformat: 'f:',
    contents: 'c',
    info: 'I',
    version: '--version',
    'print-architecture': '--arch',
    help: '--help',
    configure: '--configure',
    'get-selections': '--selections',
  },
};
const [MISSING, TROUBLE] = [1, 2];

export const dpkg: Program = async (sys) => {
  let options: Options;
  try {
    options = parseOptions(sys.argv.slice(1), SPEC);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(
      sys,
      `dpkg: error: unknown option ${sys.argv.slice(1).find((arg) => arg.startsWith('-')) ?? ''}\n\nType dpkg --help for help about installing and deinstalling packages [*];\n`,
      TROUBLE,
    );
  }
  const names = options.operands;
  if (options.has('--version'))
    return print(sys, `Debian 'dpkg' package management program version ${versionOf(sys)} (${architectureOf(sys)}).\n`).then(() => 0);
  if (options.has('--arch')) return print(sys, `${architectureOf(sys)}\n`).then(() => 0);
  if (options.has('l')) return list(sys, names);
  if (options.has('L')) return listFiles(sys, names);
  if (options.has('s')) return showStatus(sys, names);
  if (options.has('S')) return search(sys, names);
  if (options.has('W')) return query(sys, options);
  if (options.has('--selections'))
    return print(
      sys,
      readStatus(sys)
        .map((one) => `${field(one, 'Package')}\t\t\t\t\tinstall\n`)
        .join(''),
    ).then(() => 0);
  if (!options.has('i', 'r', 'P', '--configure'))
    return leave(
      sys,
      'dpkg: error: need an action option\n\nType dpkg --help for help about installing and deinstalling packages [*];\n',
      TROUBLE,
    );
  if (sys.ids.get().euid !== 0) return leave(sys, 'dpkg: error: requested operation requires superuser privilege\n', TROUBLE);
  if (options.has('i')) return install(sys, names);
  return options.has('--configure') ? 0 : remove(sys, names, options.has('P'));
};

export const architectureOf = (sys: Sys): string => (sys.uname.machine === 'aarch64' ? 'arm64' : 'amd64');
const versionOf = (sys: Sys): string =>
  field(readStatus(sys).find((one) => field(one, 'Package') === 'dpkg') ?? new Map(), 'Version') || '1.22.21';

const HEAD = `Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
`;

const matches = (patterns: readonly string[], name: string): boolean =>
  patterns.length === 0 ||
  patterns.some((pattern) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
    ).test(name),
  );

async function list(sys: Sys, patterns: readonly string[]): Promise<number> {
  const found = readStatus(sys).filter((one) => matches(patterns, field(one, 'Package')));
  if (found.length === 0) return leave(sys, `dpkg-query: no packages found matching ${patterns[0] ?? ''}\n`, MISSING);
  const rows = found.map(
    (one) =>
      [
        isInstalled(one) ? 'ii' : 'rc',
        field(one, 'Package'),
        field(one, 'Version'),
        field(one, 'Architecture'),
        field(one, 'Description').split('\n')[0] ?? '',
      ] as const,
  );
  const width = (at: 1 | 2 | 3, title: string): number => Math.max(title.length, ...rows.map((row) => row[at].length));
  const [name, version, arch] = [width(1, 'Name'), width(2, 'Version'), width(3, 'Architecture')];
  const summary = Math.max('Description'.length, ...rows.map((row) => row[4].length));
  const line = (mark: string, cells: readonly [string, string, string, string]): string =>
    `${mark} ${cells[0].padEnd(name)} ${cells[1].padEnd(version)} ${cells[2].padEnd(arch)} ${cells[3]}\n`;
  const rule = `+++-${'='.repeat(name)}-${'='.repeat(version)}-${'='.repeat(arch)}-${'='.repeat(summary)}\n`;
  const body = rows.map(([mark, ...cells]) => line(`${mark} `, cells)).join('');
  await print(sys, `${HEAD}${line('||/', ['Name', 'Version', 'Architecture', 'Description'])}${rule}${body}`);
  return 0;
}

const known = (sys: Sys, name: string): Fields | undefined =>
  readStatus(sys).find((one) => field(one, 'Package') === name.replace(/:.*/, ''));

async function listFiles(sys: Sys, names: readonly string[]): Promise<number> {
  for (const name of names) {
    if (known(sys, name) === undefined)
      return leave(
        sys,
        `dpkg-query: package '${name}' is not installed\nUse dpkg --contents (= dpkg-deb --contents) to list archive files contents.\n`,
        MISSING,
      );
    await print(
      sys,
      filesOf(sys, name)
        .map((path) => `${path}\n`)
        .join(''),
    );
  }
  return 0;
}

async function showStatus(sys: Sys, names: readonly string[]): Promise<number> {
  for (const name of names) {
    const one = known(sys, name);
    if (one === undefined)
      return leave(
        sys,
        `dpkg-query: package '${name}' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n`,
        MISSING,
      );
    await print(sys, `${[...one].map(([key, value]) => `${key}: ${value}`).join('\n')}\n`);
  }
  return 0;
}

async function search(sys: Sys, patterns: readonly string[]): Promise<number> {
  let status = 0;
  for (const pattern of patterns) {
    const hits = readStatus(sys).flatMap((one) =>
      filesOf(sys, field(one, 'Package'))
        .filter((path) => (pattern.startsWith('/') ? path === pattern : path.includes(pattern)))
        .map((path) => `${field(one, 'Package')}: ${path}\n`),
    );
    if (hits.length > 0) await print(sys, hits.join(''));
    else {
      status = MISSING;
      await say(sys, 2, `dpkg-query: no path found matching pattern ${pattern.startsWith('/') ? pattern : `*${pattern}*`}\n`);
    }
  }
  return status;
}

async function query(sys: Sys, options: Options): Promise<number> {
  const format = (options.value('f') ?? '${binary:Package}\\t${Version}\\n').replaceAll('\\n', '\n').replaceAll('\\t', '\t');
  const found = readStatus(sys).filter((one) => matches(options.operands, field(one, 'Package')));
  if (found.length === 0) return leave(sys, `dpkg-query: no packages found matching ${options.operands[0] ?? ''}\n`, MISSING);
  const text = (one: Fields): string =>
    format.replace(/\$\{([\w:-]+)(?:;-?\d+)?\}/g, (_, name: string) =>
      name === 'db:Status-Status' ? (field(one, 'Status').split(' ')[2] ?? '') : field(one, name.replace(/^binary:/, '')),
    );
  await print(sys, found.map(text).join(''));
  return 0;
}

async function install(sys: Sys, paths: readonly string[]): Promise<number> {
  const done: Fields[] = [];
  for (const path of paths) {
    let bytes: Uint8Array;
    try {
      bytes = sys.path.readFile(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
      return leave(sys, `dpkg: error: cannot access archive '${path}': ${error.message}\n`, MISSING);
    }
    const deb = readDeb(bytes);
    if (deb === null)
      return leave(
        sys,
        `dpkg-deb: error: '${path}' is not a Debian format archive\ndpkg: error processing archive ${path} (--install):\n dpkg-deb --control subprocess returned error exit status 2\nErrors were encountered while processing:\n ${path}\n`,
        MISSING,
      );
    await unpackPackage(sys, deb, { file: path.replace(/.*\//, '.../'), isFirst: done.length === 0 });
    done.push(deb.control);
  }
  for (const control of done) {
    const name = field(control, 'Package');
    const missing = dependencies(field(control, 'Depends')).find(
      (one) => !readStatus(sys).some((other) => field(other, 'Package') === one),
    );
    if (missing !== undefined)
      return leave(
        sys,
        `dpkg: dependency problems prevent configuration of ${name}:\n ${name} depends on ${missing}; however:\n  Package ${missing} is not installed.\n\ndpkg: error processing package ${name} (--install):\n dependency problems - leaving unconfigured\nErrors were encountered while processing:\n ${name}\n`,
        MISSING,
      );
    await configurePackage(sys, control);
  }
  await runTriggers(sys, done);
  return 0;
}

async function remove(sys: Sys, names: readonly string[], purge: boolean): Promise<number> {
  for (const name of names) {
    const users = readStatus(sys).filter(
      (one) => isInstalled(one) && !names.includes(field(one, 'Package')) && dependencies(field(one, 'Depends')).includes(name),
    );
    if (known(sys, name) === undefined) await say(sys, 2, `dpkg: warning: ignoring request to remove ${name} which isn't installed\n`);
    else if (users.length > 0)
      return leave(
        sys,
        `dpkg: dependency problems prevent removal of ${name}:\n${users.map((one) => ` ${field(one, 'Package')} depends on ${name}.\n`).join('')}\ndpkg: error processing package ${name} (--${purge ? 'purge' : 'remove'}):\n dependency problems - not removing\nErrors were encountered while processing:\n ${name}\n`,
        MISSING,
      );
  }
  await removePackages(
    sys,
    names.filter((name) => known(sys, name) !== undefined),
    purge,
  );
  return 0;
}
