/**
 * `getent`: what the C library's databases say, as the one of glibc and the one of Alpine's musl-utils print it. They leave with 0, with
 * 1 for a wrong call, with 2 if a key is not found.
 */
import { parseIp } from '../../kernel/net/ip.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Applet } from './applet.ts';
import { hostsLines, lookUp } from './resolve.ts';
import { nameOf } from './resolve-name.ts';
import { leave, print, textOf } from './text.ts';

export type Libc = 'glibc' | 'musl';
/** Writes what is known of the keys, all there is if there are none; the status to leave with. */
type Database = (sys: Sys, keys: readonly string[]) => Promise<number>;

const NOT_FOUND = 2;
const HELP = "Try `getent --help' or `getent --usage' for more information.\n";

const file =
  (path: string): Database =>
  async (sys, keys) => {
    const lines = (textOf(sys, path) ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const picked = keys.length === 0 ? lines : keys.flatMap((key) => lines.filter((line) => isOf(line, key)).slice(0, 1));
    await print(sys, picked.map((line) => `${line}\n`).join(''));
    return keys.length > 0 && picked.length < keys.length ? NOT_FOUND : 0;
  };

/** Whether a line is found by this name or number. */
const isOf = (line: string, key: string): boolean => {
  const fields = line.split(/[:\s]+/);
  return fields[0] === key || (/^\d+$/.test(key) && line.split(':')[2] === key);
};

/** Lines of names in columns: `NAME NUMBER[/PROTOCOL] ALIAS…`. */
const table =
  (path: string, libc: Libc): Database =>
  async (sys, keys) => {
    const entries = (textOf(sys, path) ?? '')
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
      .filter(([name]) => name !== '');
    const isWanted = (key: string, [name, value = '', ...aliases]: readonly string[]): boolean => {
      const [wanted = '', protocol] = key.split('/');
      const [number, own] = value.split('/');
      return (protocol === undefined || protocol === own) && (wanted === number || wanted === name || aliases.includes(wanted));
    };
    const picked = keys.length === 0 ? entries : keys.flatMap((key) => entries.filter((entry) => isWanted(key, entry)).slice(0, 1));
    const line = ([name = '', value = '', ...aliases]: readonly string[]): string =>
      libc === 'glibc'
        ? [`${name.padEnd(21)} ${value}`, ...aliases].join(' ')
        : `${name.padEnd(16)}  ${value.replace(/^\d+(?=$|\/)/, (number) => number.padStart(5))}${aliases.length > 0 ? `  ${aliases.join(' ')}` : ''}`;
    await print(sys, picked.map((entry) => `${line(entry)}\n`).join(''));
    return picked.length < keys.length ? NOT_FOUND : 0;
  };

interface Host {
  readonly ip: string;
  readonly names: readonly string[];
}

/** Of an address its name; of a name its addresses of the first family that has any, IPv6 before IPv4. */
async function hostsOf(sys: Sys, key: string): Promise<readonly Host[]> {
  const literal = parseIp(key);
  if (literal !== null) {
    const own = hostsLines(sys).find(({ ip }) => ip === literal.text);
    const name = own ? undefined : await nameOf(sys, literal.text);
    return own ? [own] : name === undefined ? [] : [{ ip: literal.text, names: [name] }];
  }
  const found = await lookUp(sys, key);
  if (found.kind !== 'found') return [];
  const v6 = found.addresses.filter((ip) => ip.includes(':'));
  return (v6.length > 0 ? v6 : found.addresses).map((ip) => ({
    ip,
    names: hostsLines(sys).find((line) => line.ip === ip && line.names.includes(key))?.names ?? [found.canonical],
  }));
}

const hosts: Database = async (sys, keys) => {
  let status = 0;
  const lines: Host[] = keys.length === 0 ? [...hostsLines(sys)] : [];
  for (const key of keys) {
    const found = await hostsOf(sys, key);
    if (found.length === 0) status = NOT_FOUND;
    lines.push(...found);
  }
  await print(sys, lines.map(({ ip, names }) => `${ip.padEnd(15)} ${names.join(' ')}\n`).join(''));
  return status;
};

/** Of each name the first address alone; musl knows the canonical name and the one that was asked for, and does not list a file's hosts. */
const muslHosts: Database = async (sys, keys) => {
  for (const key of keys) {
    const [host] = await hostsOf(sys, key);
    if (!host && parseIp(key) === null) return NOT_FOUND;
    const { ip, names } = host ?? { ip: key, names: [key] };
    const canonical = names[0] ?? key;
    const aliases = canonical === key || parseIp(key) !== null ? [canonical] : [canonical, key];
    await print(sys, `${ip.padEnd(16)}  ${canonical}  ${aliases.join(' ')}\n`);
  }
  return 0;
};

/** What getaddrinfo returns: each address once for each kind of socket. */
const addresses =
  (libc: Libc, family?: 'inet' | 'inet6'): Database =>
  async (sys, keys) => {
    if (keys.length === 0) return libc === 'musl' ? 0 : hosts(sys, keys);
    for (const key of keys) {
      const found = await addressesOf(sys, key, family);
      if (!found) return NOT_FOUND;
      const types = libc === 'musl' ? ['STREAM', 'DGRAM'] : ['STREAM', 'DGRAM', 'RAW'];
      const lines = found.ips.flatMap((ip, at) =>
        types.map((type, i) => {
          const name = libc === 'musl' || (at === 0 && i === 0) ? found.canonical : '';
          return `${ip.padEnd(15)} ${type.padEnd(6)} ${name}`;
        }),
      );
      await print(sys, `${lines.join('\n')}\n`);
    }
    return 0;
  };

/** Who has IPv4 addresses alone is told in IPv6's own form. */
async function addressesOf(
  sys: Sys,
  name: string,
  family: 'inet' | 'inet6' | undefined,
): Promise<{ ips: readonly string[]; canonical: string } | undefined> {
  const found = await lookUp(sys, name, family);
  if (found.kind === 'found') return { ips: found.addresses, canonical: found.canonical };
  const v4 = family === 'inet6' ? await lookUp(sys, name, 'inet') : undefined;
  return v4?.kind === 'found' ? { ips: v4.addresses.map((ip) => `::ffff:${ip}`), canonical: v4.canonical } : undefined;
}

const databasesOf = (libc: Libc): Readonly<Record<string, Database>> => ({
  ...(libc === 'musl' && { ethers: file('/etc/ethers') }),
  group: file('/etc/group'),
  hosts: libc === 'musl' ? muslHosts : hosts,
  ahosts: addresses(libc),
  ahostsv4: addresses(libc, 'inet'),
  ahostsv6: addresses(libc, 'inet6'),
  networks: table('/etc/networks', libc),
  passwd: file('/etc/passwd'),
  protocols: table('/etc/protocols', libc),
  services: table('/etc/services', libc),
  shadow: file('/etc/shadow'),
  ...(libc === 'musl' && { shells: file('/etc/shells') }),
});

export const getent =
  (libc: Libc): Applet =>
  async (sys, args) => {
    const [database, ...keys] = args.filter((arg) => !arg.startsWith('-'));
    const databases = databasesOf(libc);
    const read = database !== undefined && Object.hasOwn(databases, database) ? databases[database] : undefined;
    if (read) return read(sys, keys);
    if (libc === 'musl') return leave(sys, muslUsage(Object.keys(databases), database));
    return leave(sys, `${database === undefined ? 'getent: wrong number of arguments' : `Unknown database: ${database}`}\n${HELP}`);
  };

const NAMES_A_LINE = 7;

function muslUsage(names: readonly string[], unknown: string | undefined): string {
  const rows = names.flatMap((_, at) => (at % NAMES_A_LINE === 0 ? [`\t\t${names.slice(at, at + NAMES_A_LINE).join(' ')}\n`] : []));
  const refusal = unknown === undefined ? '' : `getent: Unknown database \`${unknown}': No error information\n`;
  return `${refusal}Usage: getent database [key ...]\n\tdatabase may be one of:\n${rows.join('')}`;
}
