/** `getent hosts|ahosts|passwd|group`: what the C library's databases say. */
import type { Sys } from '../../kernel/sys.ts';
import type { Applet } from './applet.ts';
import { hostsLines, lookUp } from './resolve.ts';
import { leave, print, textOf } from './text.ts';

export const getent: Applet = async (sys, args) => {
  const [database, ...keys] = args.filter((arg) => !arg.startsWith('-'));
  switch (database) {
    case 'hosts':
    case 'ahosts':
    case 'ahostsv4':
    case 'ahostsv6':
      return keys.length === 0 ? allHosts(sys) : hosts(sys, database, keys);
    case 'passwd':
    case 'group':
    case 'services':
    case 'protocols':
      return entries(sys, `/etc/${database}`, keys);
    case undefined:
      return leave(sys, 'getent: wrong number of arguments\n');
    default:
      return leave(sys, `Unknown database: ${database}\n`);
  }
};

async function allHosts(sys: Sys): Promise<number> {
  await print(
    sys,
    hostsLines(sys)
      .map(({ ip, names }) => `${ip.padEnd(15)} ${names.join(' ')}\n`)
      .join(''),
  );
  return 0;
}

async function hosts(sys: Sys, database: string, keys: readonly string[]): Promise<number> {
  let status = 0;
  for (const key of keys) {
    const family = database === 'ahostsv4' ? 'inet' : database === 'ahostsv6' ? 'inet6' : undefined;
    const found = await lookUp(sys, key, family);
    if (found.kind !== 'found') {
      status = 2;
      continue;
    }
    const v6 = found.addresses.filter((ip) => ip.includes(':'));
    const shown = database === 'hosts' && v6.length > 0 ? v6 : found.addresses;
    const lines =
      database === 'hosts'
        ? shown.map((ip) => `${ip.padEnd(15)} ${found.canonical}\n`)
        : shown.flatMap((ip, at) =>
            ['STREAM', 'DGRAM ', 'RAW   '].map(
              (type, i) => `${ip.padEnd(15)} ${type}${at === 0 && i === 0 ? ` ${found.canonical}` : ''}\n`,
            ),
          );
    await print(sys, lines.join(''));
  }
  return status;
}

async function entries(sys: Sys, path: string, keys: readonly string[]): Promise<number> {
  const lines = (textOf(sys, path) ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const picked = keys.length === 0 ? lines : keys.flatMap((key) => lines.filter((line) => isOf(line, key)).slice(0, 1));
  await print(sys, picked.map((line) => `${line}\n`).join(''));
  return keys.length > 0 && picked.length < keys.length ? 2 : 0;
}

/** By name or by number. */
const isOf = (line: string, key: string): boolean => {
  const fields = line.split(/[:\s]+/);
  return fields[0] === key || (/^\d+$/.test(key) && line.split(':')[2] === key);
};
