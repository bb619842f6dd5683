/** diff: what changes one file, or tree, into another. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import type { Options } from '../../options.ts';
import { rawOf, readAll, toRaw } from '../../program-io.ts';
import type { Tool, UsageSpec, Utility } from '../../tool.ts';
import { strftime, zoneOf } from '../dates.ts';
import { entries, joined } from '../files/entries.ts';
import { type Change, changesBetween } from './edit-script.ts';

const TROUBLE = 2;
const DEFAULT_CONTEXT = 3;
const NO_NEWLINE = '\\ No newline at end of file\n';
const GNU_SPEC: UsageSpec = {
  short: 'abBdiNqrsTtwuU:cL:x:Ey',
  usageStatus: TROUBLE,
  package: '(GNU diffutils) 3.8',
  long: {
    text: 'a',
    'ignore-space-change': 'b',
    'ignore-blank-lines': 'B',
    minimal: 'd',
    'ignore-case': 'i',
    'new-file': 'N',
    brief: 'q',
    recursive: 'r',
    'report-identical-files': 's',
    'ignore-all-space': 'w',
    unified: 'U::',
    label: 'L:',
    exclude: 'x:',
    color: 'color::',
    'expand-tabs': 't',
    'initial-tab': 'T',
    normal: 'normal',
    'strip-trailing-cr': 'strip-cr',
    'no-dereference': 'no-deref',
  },
};
const BUSYBOX_SPEC: UsageSpec = {
  short: 'abBdiNqrstTwuU:L:S:',
  usage: '[-abBdiNqrTstw] [-L LABEL] [-S FILE] [-U LINES] FILE1 FILE2',
  usageStatus: 1,
};

interface Side {
  readonly path: string;
  readonly label: string | undefined;
  /** Null: not there, and -N takes it for empty. */
  readonly stat: Stat | null;
}
interface Pair {
  readonly left: Side;
  readonly right: Side;
  readonly isNested: boolean;
}
interface Run {
  readonly tool: Tool;
  readonly options: Options;
}

export const diff: Utility = async (tool) => {
  const spec = tool.isBusybox ? BUSYBOX_SPEC : GNU_SPEC;
  const options = await tool.options(spec);
  const [left, right, extra] = options.operands;
  if (left === undefined || right === undefined)
    return tool.wrongUsage(spec, tool.isBusybox ? undefined : `missing operand after '${left ?? tool.name}'`);
  if (extra !== undefined) return tool.wrongUsage(spec, tool.isBusybox ? undefined : `extra operand '${extra}'`);
  const run = { tool, options };
  const labels = options.values('L');
  const one = await side(run, left, labels[0]);
  const two = await side(run, right, labels[1]);
  if (tool.status >= TROUBLE || one === null || two === null) return TROUBLE;
  return compare(run, inSameKind(run, { left: one, right: two, isNested: false }));
};

async function side({ tool, options }: Run, path: string, label: string | undefined): Promise<Side | null> {
  try {
    return { path, label, stat: path === '-' ? tool.sys.fds.stat(0) : tool.sys.path.stat(path) };
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (options.has('N') && error.code === 'ENOENT') return { path, label, stat: null };
    await tool.complain(tool.isBusybox ? `can't stat '${path}': ${error.message}` : `${path}: ${error.message}`, TROUBLE);
    return null;
  }
}

/** A file and a directory: the file of that name in it. */
function inSameKind({ tool }: Run, pair: Pair): Pair {
  const { left, right } = pair;
  const inside = (directory: Side, file: Side): Side => {
    const path = joined(directory.path, file.path.replace(/.*\//, ''));
    try {
      return { path, label: directory.label, stat: tool.sys.path.stat(path) };
    } catch (error) {
      if (isErrno(error)) return { path, label: directory.label, stat: null };
      throw error;
    }
  };
  const [isLeft, isRight] = [left.stat?.type === 'directory', right.stat?.type === 'directory'];
  if (isLeft && !isRight && right.stat !== null) return { ...pair, left: inside(left, right) };
  if (isRight && !isLeft && left.stat !== null) return { ...pair, right: inside(right, left) };
  return pair;
}

async function compare(run: Run, pair: Pair): Promise<number> {
  const { left, right } = pair;
  if (left.stat?.type === 'directory' && right.stat?.type === 'directory') return directories(run, pair);
  const [one, two] = [await content(run, left), await content(run, right)];
  if (one === null || two === null) return TROUBLE;
  if (one === two) {
    if (run.options.has('s') && !run.tool.isBusybox) await run.tool.out.write(`Files ${left.path} and ${right.path} are identical\n`);
    return 0;
  }
  return files(run, pair, [one, two]);
}

async function content({ tool }: Run, { path, stat }: Side): Promise<string | null> {
  if (stat === null) return '';
  const fd = await tool.openInput(path);
  if (fd === null) return null;
  const bytes = await readAll(tool.sys, fd);
  if (fd !== 0) tool.sys.fds.close(fd);
  return rawOf(bytes);
}

async function files({ tool, options }: Run, pair: Pair, [one, two]: readonly [string, string]): Promise<number> {
  const { left, right } = pair;
  const isBinary = !options.has('a') && (one.slice(0, 4096).includes('\0') || two.slice(0, 4096).includes('\0'));
  const [leftLines, rightLines] = [linesOf(one), linesOf(two)];
  const shape = shaper(options);
  await tool.sys.charge((leftLines.length + rightLines.length) * 500);
  const changes = changesBetween(leftLines.map(shape), rightLines.map(shape)).filter(
    (change) => !(options.has('B') && isBlank(change, leftLines, rightLines)),
  );
  if (changes.length === 0) return 0;
  if (isBinary || options.has('q')) {
    await tool.out.write(
      `${isBinary && !options.has('q') && !tool.isBusybox ? 'Binary files' : 'Files'} ${left.path} and ${right.path} differ\n`,
    );
    return 1;
  }
  if (pair.isNested && !tool.isBusybox)
    await tool.out.write(`diff ${tool.args.filter((word) => word.startsWith('-') && word !== '-').join(' ')} ${left.path} ${right.path}\n`);
  const context = Number(options.value('U') || DEFAULT_CONTEXT);
  const isUnified = tool.isBusybox || options.has('u', 'U');
  if (isUnified)
    await tool.out.raw(heading(tool, '---', left) + heading(tool, '+++', right) + hunks({ changes, context, leftLines, rightLines }));
  else await tool.out.raw(changes.map((change) => normal(change, leftLines, rightLines)).join(''));
  return 1;
}

const isBlank = ({ oldFrom, oldTo, newFrom, newTo }: Change, left: readonly string[], right: readonly string[]): boolean =>
  [...left.slice(oldFrom, oldTo), ...right.slice(newFrom, newTo)].every((line) => line === '\n');

/** Lines with their ends. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function shaper(options: Options): (line: string) => string {
  return (line) => {
    let shaped = options.has('strip-cr') ? line.replace(/\r\n$/, '\n') : line;
    if (options.has('w')) shaped = shaped.replace(/[ \t\r\v\f]+/g, '');
    else if (options.has('b')) shaped = shaped.replace(/[ \t\r\v\f]+(?=\n|$)/g, '').replace(/[ \t\r\v\f]+/g, ' ');
    return options.has('i') ? shaped.toLowerCase() : shaped;
  };
}

/** A file that is not there has the time zero. */
function heading(tool: Tool, mark: string, { path, label, stat }: Side): string {
  if (label !== undefined) return toRaw(`${mark} ${label}\n`);
  if (tool.isBusybox) return toRaw(`${mark} ${path}\n`);
  const ns = path === '-' ? tool.sys.clock.nowNs() : (stat?.mtimeNs ?? 0n);
  return toRaw(`${mark} ${path}\t${strftime('%Y-%m-%d %H:%M:%S.%N %z', ns, zoneOf(tool.sys.env.get('TZ')))}\n`);
}

const marked = (mark: string, line: string): string => (line.endsWith('\n') ? mark + line : `${mark}${line}\n${NO_NEWLINE}`);

const span = (from: number, to: number): string => (to - from === 1 ? String(to) : to === from ? String(from) : `${from + 1},${to}`);

function normal({ oldFrom, oldTo, newFrom, newTo }: Change, left: readonly string[], right: readonly string[]): string {
  const letter = oldFrom === oldTo ? 'a' : newFrom === newTo ? 'd' : 'c';
  const removed = left
    .slice(oldFrom, oldTo)
    .map((line) => marked('< ', line))
    .join('');
  const added = right
    .slice(newFrom, newTo)
    .map((line) => marked('> ', line))
    .join('');
  return `${span(oldFrom, oldTo)}${letter}${span(newFrom, newTo)}\n${removed}${letter === 'c' ? '---\n' : ''}${added}`;
}

interface Unified {
  readonly changes: readonly Change[];
  readonly context: number;
  readonly leftLines: readonly string[];
  readonly rightLines: readonly string[];
}

/** Changes whose context touches share a hunk. */
function hunks(unified: Unified): string {
  const groups: Change[][] = [];
  for (const change of unified.changes) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && change.oldFrom - before.oldTo <= 2 * unified.context) last.push(change);
    else groups.push([change]);
  }
  return groups.map((group) => hunk(unified, group)).join('');
}

const unifiedSpan = (from: number, to: number): string => (to - from === 1 ? String(to) : `${to === from ? from : from + 1},${to - from}`);

function hunk({ context, leftLines, rightLines }: Unified, changes: readonly Change[]): string {
  const [first, last] = [changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) return '';
  const before = Math.min(context, first.oldFrom, first.newFrom);
  const after = Math.min(context, leftLines.length - last.oldTo, rightLines.length - last.newTo);
  let text = `@@ -${unifiedSpan(first.oldFrom - before, last.oldTo + after)} +${unifiedSpan(first.newFrom - before, last.newTo + after)} @@\n`;
  let at = first.oldFrom - before;
  for (const { oldFrom, oldTo, newFrom, newTo } of changes) {
    text += leftLines
      .slice(at, oldFrom)
      .map((line) => marked(' ', line))
      .join('');
    text += leftLines
      .slice(oldFrom, oldTo)
      .map((line) => marked('-', line))
      .join('');
    text += rightLines
      .slice(newFrom, newTo)
      .map((line) => marked('+', line))
      .join('');
    at = oldTo;
  }
  return (
    text +
    leftLines
      .slice(at, at + after)
      .map((line) => marked(' ', line))
      .join('')
  );
}

async function directories(run: Run, { left, right, isNested }: Pair): Promise<number> {
  const { tool, options } = run;
  if (isNested && !options.has('r')) {
    await tool.out.write(`Common subdirectories: ${left.path} and ${right.path}\n`);
    return 0;
  }
  const names = (path: string): readonly string[] => entries(tool.sys, path).map(({ name }) => name);
  const [one, two] = [names(left.path), names(right.path)];
  let status = 0;
  for (const name of [...new Set([...one, ...two])].sort()) {
    await tool.sys.turn();
    status = Math.max(status, await entry(run, { left, right, name, isLeft: one.includes(name), isRight: two.includes(name) }));
  }
  return status;
}

async function entry(
  run: Run,
  { left, right, name, isLeft, isRight }: { left: Side; right: Side; name: string; isLeft: boolean; isRight: boolean },
): Promise<number> {
  const { tool, options } = run;
  if (!(isLeft && isRight) && !options.has('N')) {
    await tool.out.write(`Only in ${isLeft ? left.path : right.path}: ${name}\n`);
    return 1;
  }
  const [one, two] = [await side(run, joined(left.path, name), undefined), await side(run, joined(right.path, name), undefined)];
  if (one === null || two === null) return TROUBLE;
  const kinds = [one.stat?.type ?? two.stat?.type, two.stat?.type ?? one.stat?.type];
  if ((kinds[0] === 'directory') !== (kinds[1] === 'directory')) {
    const word = (kind: string | undefined): string => (kind === 'regular' ? 'regular file' : (kind ?? ''));
    await tool.out.write(`File ${one.path} is a ${word(kinds[0])} while file ${two.path} is a ${word(kinds[1])}\n`);
    return 1;
  }
  return compare(run, { left: one, right: two, isNested: true });
}
