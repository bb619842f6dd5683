/**
 * find: a walk through directories with a question to each file. `expression.ts` makes one step of the words, out of the tests in
 * `tests.ts` and the actions in `actions.ts`; this file walks.
 */
import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import { quoted, type Utility } from '../../tool.ts';
import { entries, joined } from '../files/entries.ts';
import { expression } from './expression.ts';
import { type Found, newSearch, type Search, SPEC, type Step } from './search.ts';

export const find: Utility = async (tool) => {
  const search = newSearch(tool);
  const args = leadingOptions(search, tool.args);
  if (args[0] === '--help' || args[0] === '-help' || args[0] === '--version')
    await tool.options(
      SPEC,
      args.slice(0, 1).map((word) => word.replace(/^-+/, '--')),
    );
  const first = args.findIndex(beginsExpression);
  const starts = first < 0 ? args : args.slice(0, first);
  const step = await expression(search, first < 0 ? [] : args.slice(first));
  for (const start of starts.length === 0 ? ['.'] : starts) {
    if (search.isOver) break;
    await visit({ search, step, ancestors: [] }, { path: start, name: lastPart(start), depth: 0, start });
  }
  for (const finish of search.finish) await finish();
  return 0;
};

const beginsExpression = (word: string): boolean => /^-./.test(word) || ['(', ')', '!', ','].includes(word);
const lastPart = (path: string): string => path.replace(/(?<=.)\/+$/, '').replace(/^.*\/(?=.)/s, '');

/** -H, -L and -P, and what only tunes GNU's, stand before the paths. */
function leadingOptions(search: Search, args: readonly string[]): readonly string[] {
  const rest = [...args];
  for (let [word] = rest; word !== undefined && /^-(?:[HLP]|O\d|D)$/.test(word); [word] = rest) {
    rest.shift();
    if (word === '-D') rest.shift();
    if (word === '-H') search.followLinks = 'named';
    if (word === '-L') search.followLinks = 'always';
    if (word === '-P') search.followLinks = 'never';
  }
  return rest;
}

interface Walk {
  readonly search: Search;
  readonly step: Step;
  /** The directories above, to notice a link that leads back. */
  readonly ancestors: readonly Found[];
}

async function visit(walk: Walk, place: Omit<Found, 'stat'>): Promise<void> {
  const { search, step } = walk;
  const stat = await look(search, place);
  if (stat === null) return;
  const file = { ...place, stat };
  if (await leadsBack(walk, file)) return;
  await search.tool.sys.turn();
  search.prunes = false;
  const isDeep = file.depth >= search.minDepth;
  if (!search.depthFirst && isDeep) await step(file);
  if (!search.isOver && !(search.prunes && !search.depthFirst) && descends(walk, file)) await children(walk, file);
  if (search.depthFirst && isDeep && !search.isOver) await step(file);
}

async function look(search: Search, { path, depth }: Omit<Found, 'stat'>): Promise<Stat | null> {
  const { tool } = search;
  const follows = search.followLinks === 'always' || (search.followLinks === 'named' && depth === 0);
  try {
    return follows ? followed(search, path) : tool.sys.path.lstat(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await tool.complain(tool.isBusybox ? `${path}: ${error.message}` : `${quoted(path)}: ${error.message}`);
    return null;
  }
}

/** A link that leads nowhere is found itself. */
function followed({ tool }: Search, path: string): Stat {
  try {
    return tool.sys.path.stat(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ELOOP')) return tool.sys.path.lstat(path);
    throw error;
  }
}

async function leadsBack({ search, ancestors }: Walk, { path, stat }: Found): Promise<boolean> {
  if (stat.type !== 'directory') return false;
  const same = ancestors.find((above) => above.stat.ino === stat.ino && above.stat.dev === stat.dev);
  if (same === undefined) return false;
  const { tool } = search;
  await tool.complain(
    tool.isBusybox
      ? `${path}: Too many levels of symbolic links`
      : `File system loop detected; '${path}' is part of the same file system loop as '${same.path}'.`,
  );
  return true;
}

function descends({ search, ancestors }: Walk, { stat, depth }: Found): boolean {
  if (stat.type !== 'directory' || depth >= search.maxDepth) return false;
  return !search.oneFileSystem || depth === 0 || stat.dev === (ancestors[0]?.stat.dev ?? stat.dev);
}

async function children(walk: Walk, directory: Found): Promise<void> {
  const { tool } = walk.search;
  const inner = { ...walk, ancestors: [...walk.ancestors, directory] };
  let names: readonly string[] = [];
  const message = (reason: string): string => (tool.isBusybox ? `${directory.path}: ${reason}` : `${quoted(directory.path)}: ${reason}`);
  const isRead = await tool.attempt(() => {
    names = entries(tool.sys, directory.path).map(({ name }) => name);
  }, message);
  if (!isRead) return;
  for (const name of names) {
    if (walk.search.isOver) return;
    await visit(inner, { path: joined(directory.path, name), name, depth: directory.depth + 1, start: directory.start });
  }
}
