/** find's actions: what is done with a file that has passed. */
import { Output } from '../../program-io.ts';
import { start, statusOf, waitFor } from '../execute.ts';
import { confirmed } from '../files/cp.ts';
import { parsePrintf } from './printf.ts';
import type { Found, Search, Step } from './search.ts';
import type { Words } from './words.ts';

type Build = (words: Words, name: string) => Promise<Step>;

/** Bytes of file names in one command line of `-exec … +`. */
const BATCH_BYTES = 128 * 1024;

/** Prints the path and what ends it. */
export const printed =
  (search: Search, end: string): Step =>
  async ({ path }) => {
    await search.tool.out.write(path + end);
    return true;
  };

const action =
  (build: Build): Build =>
  (words, name) => {
    words.search.hasAction = true;
    return build(words, name);
  };

const toFile = (build: (words: Words, out: Output, name: string) => Promise<Step>): Build =>
  action(async (words, name) => {
    const path = await words.argument(name);
    const { tool } = words.search;
    const fd = await tool.sys.open(path, { write: true, create: true, truncate: true });
    const out = new Output(tool.sys, fd);
    words.search.finish.push(() => out.flush());
    return build(words, out, name);
  });

const printFormat = (out: Output, text: string, words: Words): Promise<Step> => formatted(words, text, async (line) => out.write(line));

async function formatted(words: Words, text: string, write: (line: string) => Promise<void>): Promise<Step> {
  const { tool } = words.search;
  const format = parsePrintf(text);
  for (const letter of format.unknown) await tool.warn(`warning: unrecognized format directive \`%${letter}'`);
  return async (file) => {
    await write(format.print(file, tool.sys));
    return true;
  };
}

const LS_FORMAT = '%9i %6k %M %3n %-8u %-8g %8s %Tb %Te %TR %p';

const remove: Build = async (words) => {
  const { tool } = words.search;
  words.search.depthFirst = true;
  return async ({ path, stat }) => {
    // The directory one stands in cannot be removed, and need not be.
    if (path === '.') return true;
    const cannot = (reason: string): string => (tool.isBusybox ? `${path}: ${reason}` : `cannot delete '${path}': ${reason}`);
    return tool.attempt(() => (stat.type === 'directory' ? tool.sys.path.rmdir(path) : tool.sys.path.unlink(path)), cannot);
  };
};

interface Command {
  readonly argv: readonly string[];
  readonly isBatch: boolean;
}

async function command(words: Words, name: string): Promise<Command> {
  const argv: string[] = [];
  for (;;) {
    const word = await words.argument(name).catch(async (error: unknown) => {
      // GNU and busybox notice a `+` in vain only here.
      if (words.isBusybox && argv.at(-1) === '+') return words.refuse("only one '{}' allowed for -exec +");
      throw error;
    });
    if (word === ';') return { argv, isBatch: false };
    if (word === '+' && (argv.at(-1) === '{}' || words.isBusybox)) return batch(words, argv);
    argv.push(word);
  }
}

async function batch(words: Words, argv: readonly string[]): Promise<Command> {
  const places = argv.filter((word) => word.includes('{}')).length;
  if (places !== 1)
    await words.refuse(words.isBusybox ? "only one '{}' allowed for -exec +" : 'Only one instance of {} is supported with -exec ... +');
  return { argv, isBatch: true };
}

const exec =
  ({ asks, inDirectory }: { asks: boolean; inDirectory: boolean }): Build =>
  async (words, name) => {
    const { search } = words;
    const { argv, isBatch } = await command(words, name);
    if (argv.length === 0) await words.refuse(`missing argument to \`${name}'`);
    if (isBatch && !inDirectory) return batched(search, argv);
    return async (file) => {
      const place = inDirectory ? { directory: directoryOf(file.path), path: `./${file.name}` } : { directory: null, path: file.path };
      const full = argv.map((word) => word.replaceAll('{}', place.path));
      if (asks && !(await asked(search, argv, file))) return false;
      return (await runCommand(search, full, place.directory)) === 0;
    };
  };

const directoryOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.');

const asked = async ({ tool }: Search, argv: readonly string[], { path }: Found): Promise<boolean> => {
  await tool.out.flush();
  return confirmed(tool, `< ${argv[0] ?? ''} ... ${path} > ? `);
};

function batched(search: Search, argv: readonly string[]): Step {
  let paths: string[] = [];
  let sizeBytes = 0;
  const flush = async (): Promise<void> => {
    if (paths.length === 0) return;
    const full = argv.flatMap((word) => (word === '{}' ? paths : [word]));
    paths = [];
    sizeBytes = 0;
    const status = await runCommand(search, full, null);
    if (status !== 0) search.tool.status = 1;
  };
  search.finish.push(flush);
  return async ({ path }) => {
    paths.push(path);
    sizeBytes += path.length + 1;
    if (sizeBytes > BATCH_BYTES) await flush();
    return true;
  };
}

async function runCommand({ tool }: Search, argv: readonly string[], directory: string | null): Promise<number> {
  await tool.out.flush();
  const complain = (name: string, reason: string): string => `${tool.name}: ${tool.isBusybox ? name : `'${name}'`}: ${reason}\n`;
  const { sys } = tool;
  const home = sys.path.cwd();
  if (directory !== null) sys.path.chdir(directory);
  const pid = start(sys, argv, { complain });
  if (directory !== null) sys.path.chdir(home);
  return statusOf(await waitFor(sys, pid));
}

const quit: Build =
  async ({ search }) =>
  () => {
    search.isOver = true;
    return true;
  };

/** Prune is no action in the sense that -print is left out. */
const prune: Build =
  async ({ search }) =>
  () => {
    search.prunes = true;
    return true;
  };

const plainExec = action(exec({ asks: false, inDirectory: false }));

export const ACTIONS: Readonly<Record<string, Build>> = {
  '-print': action(async ({ search }) => printed(search, '\n')),
  '-print0': action(async ({ search }) => printed(search, '\0')),
  '-printf': action(async (words, name) => formatted(words, await words.argument(name), (line) => words.search.tool.out.write(line))),
  '-ls': action(async (words) => formatted(words, `${LS_FORMAT}\n`, (line) => words.search.tool.out.write(line))),
  '-fprint': toFile(async (_, out) => async ({ path }) => {
    await out.write(`${path}\n`);
    return true;
  }),
  '-fprint0': toFile(async (_, out) => async ({ path }) => {
    await out.write(`${path}\0`);
    return true;
  }),
  '-fprintf': toFile(async (words, out, name) => printFormat(out, await words.argument(name), words)),
  '-delete': action(remove),
  '-exec': plainExec,
  '-ok': action(exec({ asks: true, inDirectory: false })),
  '-execdir': action(exec({ asks: false, inDirectory: true })),
  '-okdir': action(exec({ asks: true, inDirectory: true })),
  '-quit': action(quit),
  '-prune': prune,
};
