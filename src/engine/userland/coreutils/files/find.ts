/** `find`: an expression of tests and actions, evaluated for each file of a tree. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import { quoted, type Tool, type Utility } from '../../tool.ts';
import { entries, joined } from './entries.ts';
import { FindError, type Found, parseExpression, type Plan } from './find-expression.ts';

export const find: Utility = async (tool) => {
  const args = [...tool.args];
  while (args[0] === '-H' || args[0] === '-P' || args[0] === '-L') args.shift();
  const follow = tool.args.slice(0, tool.args.length - args.length).includes('-L');
  const paths: string[] = [];
  while (args[0] !== undefined && !/^(-.|[!(])/.test(args[0])) paths.push(args.shift() ?? '');
  let plan: Plan;
  try {
    plan = parseExpression(tool, args);
  } catch (error) {
    if (error instanceof FindError) return tool.die(error.message);
    throw error;
  }
  const walk: Walk = { tool, plan, follow, isOver: false };
  for (const path of paths.length === 0 ? ['.'] : paths) await visit(walk, { path, name: nameOf(path), depth: 0, start: path });
  await plan.finish();
  return 0;
};

const nameOf = (path: string): string => (/^\/+$/.test(path) ? '/' : (path.replace(/\/+$/, '').split('/').pop() ?? path));

interface Walk { readonly tool: Tool; readonly plan: Plan; readonly follow: boolean; isOver: boolean }
interface Place { readonly path: string; readonly name: string; readonly depth: number; readonly start: string }

async function visit(walk: Walk, place: Place): Promise<void> {
  const { tool, plan } = walk;
  if (walk.isOver) return;
  let stat: Stat;
  try {
    stat = walk.follow ? tool.sys.path.stat(place.path) : tool.sys.path.lstat(place.path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await tool.complain(tool.isBusybox ? `${place.path}: ${error.message}` : `${quoted(place.path)}: ${error.message}`.replace(/^'(.*)'/, place.depth === 0 ? "'$1'" : "'$1'"));
    return;
  }
  const found: Found = { ...place, stat, prune: false, quit: false };
  if (!plan.depthFirst && place.depth >= plan.minDepth) await plan.evaluate(found);
  if (stat.type === 'directory' && !found.prune && place.depth < plan.maxDepth && !found.quit) await descend(walk, place);
  if (plan.depthFirst && place.depth >= plan.minDepth) await plan.evaluate(found);
  walk.isOver ||= found.quit;
  await tool.sys.turn();
}

async function descend(walk: Walk, { path, depth, start }: Place): Promise<void> {
  const { tool } = walk;
  try {
    for (const { name } of entries(tool.sys, path)) await visit(walk, { path: joined(path, name), name, depth: depth + 1, start });
  } catch (error) {
    if (!isErrno(error)) throw error;
    await tool.complain(tool.isBusybox ? `${path}: ${error.message}` : `${quoted(path)}: ${error.message}`);
  }
}
