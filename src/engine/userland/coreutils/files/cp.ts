import { quoted, type Tool, type Utility } from '../../tool.ts';
import { baseName } from '../shell/paths.ts';
import { joined } from './entries.ts';
import { type CopyRules, copyTree, isDirectory, lstatOrNull, statOrNull } from './tree.ts';

const SPEC = {
  short: 'aRrdPLHpfinlsTt:uvx',
  long: {
    archive: 'a',
    recursive: 'r',
    'no-dereference': 'P',
    dereference: 'L',
    force: 'f',
    interactive: 'i',
    'no-clobber': 'n',
    link: 'l',
    'symbolic-link': 's',
    'no-target-directory': 'T',
    'target-directory': 't:',
    update: 'u',
    verbose: 'v',
    preserve: 'preserve::',
    'no-preserve': 'no-preserve:',
    parents: 'parents',
    'one-file-system': 'x',
    reflink: 'reflink::',
    sparse: 'sparse:',
    'remove-destination': 'remove-destination',
  },
  usage: '[-arPLHpfinlsTu] SOURCE DEST\nor: cp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }',
};

export const cp: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const { sources, target } = await destinationOf(tool, {
    operands: options.operands,
    directory: options.value('t'),
    spec: SPEC,
    noDirectory: options.has('T'),
  });
  const recursive = options.has('a', 'r', 'R');
  const rules: CopyRules = {
    recursive,
    preserve: options.has('a', 'p', 'preserve'),
    force: options.has('f', 'remove-destination'),
    hardLinks: options.has('l'),
    symbolicLinks: options.has('s'),
    verbose: options.has('v'),
    copied: new Map(),
    followLinks: options.has('L')
      ? 'always'
      : options.has('a', 'd', 'P')
        ? 'never'
        : options.has('H') || !recursive
          ? recursive
            ? 'named'
            : 'always'
          : 'never',
  };
  for (const from of sources) {
    const to = target.isDirectory ? joined(target.path, options.has('parents') ? from.replace(/^\/+/, '') : baseName(from)) : target.path;
    if (await isKept(tool, { from, to, options })) continue;
    await copyTree(tool, { from, to, isNamed: true }, rules);
  }
  return 0;
};

/** Whether a file that is there stays: -n, -u, or the answer to -i. */
export async function isKept(
  tool: Tool,
  {
    from,
    to,
    options,
  }: {
    from: string;
    to: string;
    options: { has(...keys: readonly string[]): boolean; last(...keys: readonly string[]): string | undefined };
  },
): Promise<boolean> {
  const existing = lstatOrNull(tool.sys, to);
  if (existing === null || existing.type === 'directory') return false;
  const last = options.last('i', 'n', 'f');
  if (last === 'n') return true;
  if (options.has('u') && existing.mtimeNs >= (statOrNull(tool.sys, from)?.mtimeNs ?? 0n)) return true;
  return last === 'i' && !(await confirmed(tool, tool.isBusybox ? `overwrite '${to}'? ` : `overwrite ${quoted(to)}? `));
}

/** Asks on standard error; only an answer that begins with y is a yes. */
export async function confirmed(tool: Tool, question: string): Promise<boolean> {
  await tool.out.flush();
  await tool.sys.write(2, new TextEncoder().encode(`${tool.name}: ${question}`));
  const answer = await tool.sys.read(0, 1024);
  return answer[0] === 121 || answer[0] === 89;
}

interface Destination {
  readonly sources: readonly string[];
  readonly target: { readonly path: string; readonly isDirectory: boolean };
}
interface Call {
  readonly operands: readonly string[];
  readonly directory: string | undefined;
  readonly spec: { readonly short: string; readonly usage: string };
  readonly noDirectory: boolean;
}

/** busybox looks for each where it would be. */
async function notInDirectory(tool: Tool, operands: readonly string[]): Promise<never> {
  for (const source of operands.slice(0, -1))
    await tool.complain(`can't stat '${joined(operands.at(-1) ?? '', baseName(source))}': Path has non-directory component`);
  return tool.end(1);
}

/** Which of the operands are sources, and where they go: as cp, mv and ln read them. */
export async function destinationOf(tool: Tool, { operands, directory, spec, noDirectory }: Call): Promise<Destination> {
  const [first] = operands;
  if (first === undefined) return tool.wrongUsage(spec, tool.isBusybox ? undefined : 'missing file operand');
  if (directory !== undefined) return { sources: operands, target: { path: directory, isDirectory: true } };
  const path = operands.at(-1) ?? '';
  if (operands.length < 2)
    return tool.wrongUsage(spec, tool.isBusybox ? undefined : `missing destination file operand after ${quoted(first)}`);
  const isThere = !noDirectory && isDirectory(tool.sys, path);
  if (operands.length > 2 && !isThere) {
    const found = statOrNull(tool.sys, path);
    if (!tool.isBusybox) return tool.die(`target ${quoted(path)}: ${found === null ? 'No such file or directory' : 'Not a directory'}`);
    if (found !== null) return notInDirectory(tool, operands);
  }
  return { sources: operands.slice(0, -1), target: { path, isDirectory: isThere || operands.length > 2 } };
}
