/** Unpacking, setting up and taking away packages, with dpkg's words. */
import type { Sys } from '../../../kernel/sys.ts';
import { print } from '../../net/text.ts';
import { removeFiles, unpack } from '../unpack.ts';
import type { Deb } from './archive.ts';
import { type Fields, field, filesOf, forgetFiles, knownFiles, readStatus, writeFiles, writeStatus } from './database.ts';

export const shownName = (fields: Fields): string =>
  `${field(fields, 'Package')}${/^lib|^zlib/.test(field(fields, 'Package')) ? `:${field(fields, 'Architecture')}` : ''}`;

/** Puts one package's files in place; its paragraph says that it is unpacked. `file` is how its archive is named. */
export async function unpackPackage(
  sys: Sys,
  { control, data }: Deb,
  { file, isFirst }: { file: string; isFirst: boolean },
): Promise<void> {
  const name = field(control, 'Package');
  const before = readStatus(sys);
  const old = before.find((one) => field(one, 'Package') === name && /installed$/.test(field(one, 'Status')));
  if (old === undefined) await print(sys, `Selecting previously unselected package ${shownName(control)}.\n`);
  if (isFirst) await print(sys, `(Reading database ... ${knownFiles(sys)} files and directories currently installed.)\n`);
  await print(sys, `Preparing to unpack ${file} ...\n`);
  const over = old === undefined ? '' : ` over (${field(old, 'Version')})`;
  await print(sys, `Unpacking ${shownName(control)} (${field(control, 'Version')})${over} ...\n`);
  const files = await unpack(sys, data);
  writeFiles(sys, name, files);
  setStatus(sys, control, 'install ok unpacked');
}

function setStatus(sys: Sys, control: Fields, status: string): void {
  const name = field(control, 'Package');
  const rest = [...control].filter(([key]) => key !== 'Package' && key !== 'Status');
  const fields: Fields = new Map([['Package', name], ['Status', status], ...rest]);
  writeStatus(sys, [...readStatus(sys).filter((one) => field(one, 'Package') !== name), fields]);
}

export async function configurePackage(sys: Sys, control: Fields): Promise<void> {
  await print(sys, `Setting up ${shownName(control)} (${field(control, 'Version')}) ...\n`);
  if (field(control, 'Package') === 'ca-certificates')
    await print(sys, 'Updating certificates in /etc/ssl/certs...\n150 added, 0 removed; done.\n');
  setStatus(sys, control, 'install ok installed');
}

/** Triggers of the libraries' loader, once for all. */
export async function runTriggers(sys: Sys, controls: readonly Fields[]): Promise<void> {
  const libc = readStatus(sys).find((one) => field(one, 'Package') === 'libc-bin');
  if (libc !== undefined && controls.some((one) => field(one, 'Package').startsWith('lib')))
    await print(sys, `Processing triggers for libc-bin (${field(libc, 'Version')}) ...\n`);
}

/** Takes packages away; with `purge` their configuration too. */
export async function removePackages(sys: Sys, names: readonly string[], purge: boolean): Promise<void> {
  await print(sys, `(Reading database ... ${knownFiles(sys)} files and directories currently installed.)\n`);
  for (const name of names) {
    const one = readStatus(sys).find((fields) => field(fields, 'Package') === name);
    if (one === undefined) continue;
    await print(sys, `Removing ${shownName(one)} (${field(one, 'Version')}) ...\n`);
    const others = new Set(
      readStatus(sys).flatMap((fields) => (field(fields, 'Package') === name ? [] : filesOf(sys, field(fields, 'Package')))),
    );
    const files = filesOf(sys, name).filter((path) => path !== '/.' && !others.has(path));
    const config = files.filter((path) => path.startsWith('/etc/') && sys.path.access(path, {}) && sys.path.lstat(path).type === 'regular');
    const kept = purge ? [] : config;
    removeFiles(
      sys,
      files.filter((path) => !kept.includes(path)).map((path) => path.slice(1)),
    );
    forgetFiles(sys, name);
    const rest = readStatus(sys).filter((fields) => field(fields, 'Package') !== name);
    if (kept.length > 0) writeStatus(sys, [...rest, new Map([...one, ['Status', 'deinstall ok config-files']])]);
    else writeStatus(sys, rest);
    if (purge && config.length > 0) await print(sys, `Purging configuration files for ${name} (${field(one, 'Version')}) ...\n`);
  }
}
