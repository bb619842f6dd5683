/**
 * Gives the names that a recording chose other ones, everywhere in it: in commands, files and what was printed. A model that knows
 * Docker does not mind; one that knows the recordings does. New names are as long as the old, so that columns and cuts stay.
 */

/** Images that the machine has at the start, and what they are called instead. */
export const IMAGES: Readonly<Record<string, string>> = { 'busybox:1.35': 'tugboat:4.71', 'web:1.0': 'wro:2.7', 'db:1.0': 'dz:2.7' };

/** As a URL has them. */
const ENCODED_IMAGES = Object.entries(IMAGES).map((names) => names.map(encodeURIComponent) as [string, string]);

const FIRST_LETTER = 97;
const HALF_ALPHABET = 13;

/** First folders that are the system's or the images' own. */
const SYSTEM = new Set([
  'bin',
  'dev',
  'etc',
  'home',
  'lib',
  'proc',
  'root',
  'run',
  'sbin',
  'sys',
  'tmp',
  'usr',
  'var',
  'www',
  'data',
  'home',
]);
/** Names that are also words of Docker or of a shell: to rename them would rename those. */
const WORDS = new Set([
  'test',
  'sleep',
  'echo',
  'exit',
  'true',
  'false',
  'running',
  'exited',
  'created',
  'name',
  'image',
  'one',
  'site',
  'db',
  'none',
  'host',
  'bridge',
  'ingress',
  'all',
  'on',
  'no',
  'sh',
  'app',
  'syslog',
  'docker',
]);
const NAME =
  /(?:--name[= ]|--network-alias[= ]|docker (?:container )?rename \S+ |docker volume create |docker network create )([a-z][\w.-]{2,})(?=\s|$|;|")/g;
const PATH = /(?<![\w./-])\/([a-z][a-z0-9_-]+)(?=[/\s;"':)]|$)/g;

/** Each letter but the first is another one: lists that Docker sorts keep their order, and parts of names stay parts. */
const turned = (word: string): string =>
  word.slice(0, 1) +
  word
    .slice(1)
    .replace(/[a-z]/g, (sign) =>
      String.fromCharCode(((sign.charCodeAt(0) - FIRST_LETTER + HALF_ALPHABET) % (2 * HALF_ALPHABET)) + FIRST_LETTER),
    );

const FILTER = /--filter name=([a-z][\w-]+)/g;
const captured = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, word]) => word ?? '');

export interface Commands {
  readonly steps: readonly { readonly cmd: string }[];
}

/** The words that the recording's author chose. */
export function chosenNames(recording: Commands): ReadonlySet<string> {
  const commands = recording.steps.map(({ cmd }) => cmd).join('\n');
  const names = captured(commands, NAME);
  const folders = captured(commands, PATH).filter((folder) => !SYSTEM.has(folder));
  const parts = captured(commands, FILTER).filter((part) => [...names, ...folders].some((name) => name.startsWith(part)));
  return new Set([...names, ...folders, ...parts].filter((word) => !WORDS.has(word)));
}

function everywhere(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => everywhere(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), everywhere(item, change)]));
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The same recording under other names; the images of its start keep theirs. */
export function renamed<T extends Commands & { readonly images: readonly string[] }>(recording: T): T {
  const table = new Map([
    ...Object.entries(IMAGES),
    ...ENCODED_IMAGES,
    ...[...chosenNames(recording)].map((word) => [word, turned(word)] as const),
  ]);
  const pattern = new RegExp(
    `(?:(?<=%2F)|(?<![\\w.-]))(?:${[...table.keys()]
      .sort((a, b) => b.length - a.length)
      .map(escaped)
      .join('|')})(?![\\w-]|\\.\\w)`,
    'g',
  );
  const change = (text: string): string => text.replace(pattern, (word) => table.get(word) ?? word);
  return {
    ...recording,
    ...(everywhere({ steps: recording.steps, files: 'files' in recording ? recording.files : {} }, change) as Pick<T, 'steps'>),
  };
}
