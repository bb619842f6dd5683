/** `find -printf`: a format with directives for what is known of a file. */
import type { Sys } from '../../../kernel/sys.ts';
import { strftime, zoneOf } from '../dates.ts';
import { resolveEscapes } from '../escapes.ts';
import { modeText } from '../modes.ts';
import { nameTables } from '../users.ts';
import type { Found } from './search.ts';

const LETTERS: Readonly<Record<string, string>> = {
  regular: 'f',
  directory: 'd',
  symlink: 'l',
  'block-device': 'b',
  'char-device': 'c',
  fifo: 'p',
  socket: 's',
};
const DIRECTIVE = /%([-0 +#]*)(\d*)(?:\.(\d+))?([ACT].|[^ACT]|$)/g;

type Value = (file: Found, sys: Sys) => string;

const directory = ({ path }: Found): string => {
  const slash = path.replace(/\/+$/, '').lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
};
const below = ({ path, start, depth }: Found): string => (depth === 0 ? '' : path.slice(start.length).replace(/^\//, ''));
const linkTarget: Value = ({ path, stat }, sys) => (stat.type === 'symlink' ? sys.path.readlink(path) : '');
const mountType: Value = ({ path }, sys) => sys.path.statfs(path).type;

const VALUES: Readonly<Record<string, Value>> = {
  p: ({ path }) => path,
  f: ({ name, path }) => (name === '' ? path : name),
  h: directory,
  P: below,
  H: ({ start }) => start,
  d: ({ depth }) => String(depth),
  s: ({ stat }) => String(stat.sizeBytes),
  b: ({ stat }) => String(stat.allocatedBytes / 512),
  k: ({ stat }) => String(Math.ceil(stat.allocatedBytes / 1024)),
  m: ({ stat }) => stat.mode.toString(8),
  M: ({ stat }) => modeText(stat),
  n: ({ stat }) => String(stat.nlink),
  i: ({ stat }) => String(stat.ino),
  D: ({ stat }) => String(stat.dev),
  U: ({ stat }) => String(stat.uid),
  G: ({ stat }) => String(stat.gid),
  u: ({ stat }, sys) => nameTables(sys).user(stat.uid),
  g: ({ stat }, sys) => nameTables(sys).group(stat.gid),
  y: ({ stat }) => LETTERS[stat.type] ?? 'U',
  l: linkTarget,
  F: mountType,
  a: (file, sys) => whole(file.stat.atimeNs, sys),
  c: (file, sys) => whole(file.stat.ctimeNs, sys),
  t: (file, sys) => whole(file.stat.mtimeNs, sys),
};

const fraction = (ns: bigint): string => `${String(ns % 1_000_000_000n).padStart(9, '0')}0`;
const zone = (sys: Sys): ReturnType<typeof zoneOf> => zoneOf(sys.env.get('TZ'));
const whole = (ns: bigint, sys: Sys): string => strftime(`%a %b %e %H:%M:%S.${fraction(ns)} %Y`, ns, zone(sys));

/** `%TY`: one field of a time; seconds have their fraction. */
function timeField([which, field]: string, { stat }: Found, sys: Sys): string {
  const ns = which === 'A' ? stat.atimeNs : which === 'C' ? stat.ctimeNs : stat.mtimeNs;
  if (field === '@') return `${ns / 1_000_000_000n}.${fraction(ns)}`;
  if (field === '+') return strftime(`%Y-%m-%d+%H:%M:%S.${fraction(ns)}`, ns, zone(sys));
  if (field === 'S' || field === 'T') return `${strftime(`%${field}`, ns, zone(sys))}.${fraction(ns)}`;
  return strftime(`%${field ?? ''}`, ns, zone(sys));
}

export interface Format {
  /** Directives that are none. */
  readonly unknown: readonly string[];
  print(file: Found, sys: Sys): string;
}

/** Reads a format once. */
export function parsePrintf(format: string): Format {
  const { raw: text } = resolveEscapes(format, { zeroOctal: false });
  const isKnown = (letter: string): boolean => letter === '%' || letter.length === 2 || Object.hasOwn(VALUES, letter);
  return {
    unknown: [...text.matchAll(DIRECTIVE)].map(([, , , , letter = '']) => letter).filter((letter) => letter !== '' && !isKnown(letter)),
    print: (file, sys) =>
      text.replace(DIRECTIVE, (source, flags: string, width: string, precision: string | undefined, letter: string) => {
        if (letter === '%') return '%';
        const value = letter.length === 2 ? timeField(letter, file, sys) : VALUES[letter]?.(file, sys);
        if (value === undefined) return source;
        const cut = precision === undefined ? value : value.slice(0, Number(precision));
        return flags.includes('-') ? cut.padEnd(Number(width)) : cut.padStart(Number(width), flags.includes('0') ? '0' : ' ');
      }),
  };
}
