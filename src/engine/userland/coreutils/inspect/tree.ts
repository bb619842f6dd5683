/** `tree`: a directory and all below it, drawn. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import { byBytes } from '../../sh/expand/glob.ts';
import { compilePattern, matchPattern } from '../../sh/expand/pattern.ts';
import type { Tool, Utility } from '../../tool.ts';
import { entries, joined } from '../files/entries.ts';
import { colour, indicator } from '../files/list.ts';
import { humanSize } from '../sizes.ts';
import { nameTables } from '../users.ts';

const SPEC = {
  short: 'adfiL:P:I:phsugDFCnrtoNQxl',
  long: { noreport: 'noreport', dirsfirst: 'dirsfirst', help: '--help' },
  usage: '[-adfiFCnphsug] [-L LEVEL] [-P PATTERN] [-I PATTERN] [DIR]...',
  package: 'v2.1.0 © 1996 - 2022 by Steve Baker, Thomas Moore, Francesc Rocher, Florian Sesser, Kyosuke Tokoro',
};

interface Walk {
  readonly tool: Tool;
  readonly has: (key: string) => boolean;
  readonly depth: number;
  readonly only: string | undefined;
  readonly without: readonly string[];
  readonly colors: boolean;
  directories: number;
  files: number;
}

export const tree: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const level = options.value('L');
  if (level !== undefined && !(Number(level) > 0)) return tool.die('Invalid level, must be greater than 0.');
  const walk: Walk = {
    tool,
    has: (key) => options.has(key),
    depth: Number(level ?? Number.POSITIVE_INFINITY),
    only: options.value('P'),
    without: (options.value('I') ?? '').split('|').filter((pattern) => pattern !== ''),
    colors: options.has('C') || (tool.out.isTerminal && !options.has('n')),
    directories: 0,
    files: 0,
  };
  for (const path of options.operands.length === 0 ? ['.'] : options.operands) await root(walk, path);
  const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
  const files = options.has('d') ? '' : `, ${plural(walk.files, 'file', 'files')}`;
  if (!options.has('noreport')) await tool.out.write(`\n${plural(walk.directories, 'directory', 'directories')}${files}\n`);
  return 0;
};

async function root(walk: Walk, path: string): Promise<void> {
  try {
    const stat = walk.tool.sys.path.stat(path);
    await walk.tool.out.write(`${shown(walk, { name: path, path, stat })}\n`);
    if (stat.type !== 'directory') return;
    walk.directories += 1;
    await below(walk, path, { prefix: '', level: 1 });
  } catch (error) {
    if (!isErrno(error)) throw error;
    await walk.tool.out.write(`${path}  [error opening dir]\n`);
    walk.tool.status = 2;
  }
}

interface Item {
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
}

function items(walk: Walk, directory: string): readonly Item[] {
  const { sys } = walk.tool;
  const matches = (pattern: string, name: string): boolean => matchPattern(compilePattern(pattern), name);
  const found = entries(sys, directory)
    .filter(({ name }) => (walk.has('a') || !name.startsWith('.')) && !walk.without.some((pattern) => matches(pattern, name)))
    .map(({ name }) => ({ name, path: joined(directory, name), stat: sys.path.lstat(joined(directory, name)) }))
    .filter(({ name, stat }) => stat.type === 'directory' || (!walk.has('d') && (walk.only === undefined || matches(walk.only, name))));
  found.sort(
    (a, b) => byBytes(a.name.toLowerCase().replace(/^\./, ''), b.name.toLowerCase().replace(/^\./, '')) || byBytes(a.name, b.name),
  );
  if (walk.has('t')) found.sort((a, b) => Number(b.stat.mtimeNs - a.stat.mtimeNs));
  if (walk.has('r')) found.reverse();
  if (walk.has('dirsfirst')) found.sort((a, b) => Number(b.stat.type === 'directory') - Number(a.stat.type === 'directory'));
  return found;
}

async function below(walk: Walk, directory: string, { prefix, level }: { prefix: string; level: number }): Promise<void> {
  if (level > walk.depth) return;
  const all = items(walk, directory);
  for (const [i, item] of all.entries()) {
    await walk.tool.sys.turn();
    const isLast = i === all.length - 1;
    const branch = walk.has('i') ? '' : `${prefix}${isLast ? '└── ' : '├── '}`;
    await walk.tool.out.write(`${branch}${shown(walk, { ...item, name: walk.has('f') ? item.path : item.name })}\n`);
    if (item.stat.type !== 'directory') walk.files += 1;
    else {
      walk.directories += 1;
      await below(walk, item.path, { prefix: `${prefix}${isLast ? '    ' : '│\u00a0\u00a0 '}`, level: level + 1 });
    }
  }
}

function shown(walk: Walk, { name, path, stat }: Item): string {
  const { sys } = walk.tool;
  const facts: string[] = [];
  const letters = 'rwxrwxrwx';
  const tables = nameTables(sys);
  if (walk.has('p'))
    facts.push(
      (stat.type === 'directory' ? 'd' : stat.type === 'symlink' ? 'l' : '-') +
        [...letters].map((letter, i) => ((stat.mode >> (8 - i)) & 1 ? letter : '-')).join(''),
    );
  if (walk.has('u')) facts.push(tables.user(stat.uid).padEnd(8));
  if (walk.has('g')) facts.push(tables.group(stat.gid).padEnd(8));
  if (walk.has('h')) facts.push(humanSize(stat.sizeBytes).padStart(4));
  else if (walk.has('s')) facts.push(String(stat.sizeBytes).padStart(11));
  const color = walk.colors ? colour(stat) : undefined;
  const painted = color === undefined ? name : `\x1b[${color}m${name}\x1b[0m`;
  const target = stat.type === 'symlink' ? ` -> ${sys.path.readlink(path)}` : '';
  return `${facts.length === 0 ? '' : `[${facts.join(' ')}]  `}${painted}${walk.has('F') ? indicator(stat, 'F') : ''}${target}`;
}
