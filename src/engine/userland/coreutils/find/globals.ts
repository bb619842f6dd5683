/** Options of the whole search that stand in the expression, where they are always true. */
import type { Search, Step } from './search.ts';
import type { Words } from './words.ts';

type Change = (search: Search, words: Words, name: string) => Promise<void> | void;

const isTrue: Step = () => true;

/** GNU warns on a terminal that the place of such an option means nothing. */
async function warnOfPlace(words: Words, name: string): Promise<void> {
  const { tool } = words.search;
  const before = words.previous(2);
  if (words.isBusybox || before === undefined || !tool.sys.fds.isatty(0)) return;
  const test = words.firstTest();
  if (test === undefined) return;
  await tool.warn(
    `warning: you have specified the global option ${name} after the argument ${test}, but global options are not positional, i.e., ${name} affects tests specified before it as well as those specified after it.  Please specify global options before other arguments.`,
  );
}

const global =
  (change: Change) =>
  async (words: Words, name: string): Promise<Step> => {
    await warnOfPlace(words, name);
    await change(words.search, words, name);
    return isTrue;
  };

const depthFirst = global((search) => {
  search.depthFirst = true;
});
const oneFileSystem = global((search) => {
  search.oneFileSystem = true;
});
const nothing = global(() => undefined);

export const GLOBALS: Readonly<Record<string, (words: Words, name: string) => Promise<Step>>> = {
  '-maxdepth': global(async (search, words, name) => {
    search.maxDepth = await words.depth(name);
  }),
  '-mindepth': global(async (search, words, name) => {
    search.minDepth = await words.depth(name);
  }),
  '-depth': depthFirst,
  '-d': depthFirst,
  '-xdev': oneFileSystem,
  '-mount': oneFileSystem,
  '-follow': global((search) => {
    search.followLinks = 'always';
  }),
  '-noleaf': nothing,
  '-warn': nothing,
  '-nowarn': nothing,
  '-ignore_readdir_race': nothing,
  '-noignore_readdir_race': nothing,
  '-regextype': global(async (_, words, name) => {
    words.regexType = await words.argument(name);
  }),
};
