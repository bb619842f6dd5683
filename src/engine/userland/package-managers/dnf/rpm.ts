/** rpm: questions about what is installed. */
import type { Program, Sys } from '../../../kernel/sys.ts';
import { leave, print } from '../../net/text.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { type InstalledRpm, readRpms } from './database.ts';

const SPEC = {
  short: 'qalfiveUhp',
  long: {
    query: 'q',
    all: 'a',
    list: 'l',
    file: 'f',
    info: 'i',
    version: '--version',
    install: '--install',
    upgrade: 'U',
    erase: 'e',
    queryformat: '--qf:',
    qf: '--qf:',
  },
};
const nevra = (one: InstalledRpm): string => `${one.name}-${one.version}-${one.release}.${one.arch}`;

export const rpm: Program = async (sys) => {
  let options: Options;
  try {
    options = parseOptions(sys.argv.slice(1), SPEC);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return leave(sys, `rpm: ${error.message}\n`);
  }
  if (options.has('--version')) return print(sys, 'RPM version 4.16.1.3\n').then(() => 0);
  if (!options.has('q')) return leave(sys, 'rpm: this model installs and removes packages with dnf\n');
  return query(sys, options);
};

async function query(sys: Sys, options: Options): Promise<number> {
  const all = readRpms(sys);
  if (options.has('a') && options.operands.length === 0) return print(sys, all.map((one) => `${nevra(one)}\n`).join('')).then(() => 0);
  let status = 0;
  for (const name of options.operands) {
    const found = options.has('f')
      ? all.filter(({ files }) => files.includes(name.replace(/^\//, '')))
      : all.filter((one) => one.name === name || nevra(one) === name);
    if (found.length === 0) {
      status = 1;
      await print(sys, options.has('f') ? `file ${name} is not owned by any package\n` : `package ${name} is not installed\n`);
    }
    for (const one of found) await print(sys, shown(one, options));
  }
  return status;
}

function shown(one: InstalledRpm, options: Options): string {
  if (options.has('l')) return one.files.map((path) => `/${path}\n`).join('');
  if (!options.has('i')) return `${nevra(one)}\n`;
  return `Name        : ${one.name}\nVersion     : ${one.version}\nRelease     : ${one.release}\nArchitecture: ${one.arch}\nSize        : ${one.unpackedBytes}\nSummary     : ${one.summary}\n`;
}
