import { isErrno } from '../../../kernel/errno.ts';
import type { Options } from '../../options.ts';
import { LineReader, rawOf, readAll, toRaw, toText } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';
import { entries } from '../files/entries.ts';
import { compileRegex, escapeRegex, longestMatches, RegexError } from '../regex.ts';

const SPEC = {
  short: 'EFGPe:f:hHilLnoqrRsvwxzcm:A:B:C:abU',
  numbers: true,
  long: {
    'extended-regexp': 'E',
    'fixed-strings': 'F',
    'basic-regexp': 'G',
    'perl-regexp': 'P',
    regexp: 'e:',
    file: 'f:',
    'no-filename': 'h',
    'with-filename': 'H',
    'ignore-case': 'i',
    'files-with-matches': 'l',
    'files-without-match': 'L',
    'line-number': 'n',
    'only-matching': 'o',
    quiet: 'q',
    silent: 'q',
    recursive: 'r',
    'dereference-recursive': 'R',
    'no-messages': 's',
    'invert-match': 'v',
    'word-regexp': 'w',
    'line-regexp': 'x',
    'null-data': 'z',
    count: 'c',
    'max-count': 'm:',
    'after-context': 'A:',
    'before-context': 'B:',
    context: 'C:',
    text: 'a',
    color: 'color::',
    colour: 'color::',
    include: 'include:',
    exclude: 'exclude:',
    'exclude-dir': 'exclude-dir:',
    'line-buffered': 'line-buffered',
  },
  usage: '[-HhnlLoqvsrRiwFExmzabABC] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...',
  usageStatus: 2,
  package: '(GNU grep) 3.8',
};

interface Search {
  readonly tool: Tool;
  readonly options: Options;
  readonly matches: (line: string) => readonly RegExpMatchArray[];
  readonly namesFiles: boolean;
  readonly before: number;
  readonly after: number;
  readonly limit: number;
  found: boolean;
}

export const grep: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  const operands = [...options.operands];
  const patterns = await patternsOf(tool, options, operands);
  const regex = await compile(tool, options, patterns);
  if (options.has('line-buffered')) tool.out.lineBuffered = true;
  const context = Number(options.value('C') ?? options.value('#') ?? 0);
  const isRecursive = options.has('r', 'R');
  const isDirectory = isRecursive && operands.length === 1 && isDir(tool, operands[0] ?? '');
  const search: Search = {
    tool,
    options,
    matches: matcher(regex, options),
    found: false,
    namesFiles:
      options.last('h', 'H') === 'H' ||
      (options.last('h', 'H') !== 'h' && (operands.length > 1 || (isRecursive && (operands.length === 0 || isDirectory)))),
    before: Number(options.value('B') ?? context),
    after: Number(options.value('A') ?? context),
    limit: options.has('m') ? Number(options.value('m')) : Number.POSITIVE_INFINITY,
  };
  const paths = operands.length > 0 ? operands : isRecursive ? ['.'] : ['-'];
  for (const path of paths) {
    await searchPath(search, path);
    if (search.found && options.has('q')) return 0;
  }
  if (tool.status === 2) return 2;
  return search.found ? 0 : 1;
};

function isDir(tool: Tool, path: string): boolean {
  try {
    return tool.sys.path.stat(path).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

async function patternsOf(tool: Tool, options: Options, operands: string[]): Promise<readonly string[]> {
  const patterns = options.values('e').flatMap((text) => toRaw(text).split('\n'));
  for (const path of options.values('f')) {
    const fd = await tool.openInput(path);
    if (fd === null) return tool.end(2);
    const text = rawOf(await readAll(tool.sys, fd));
    if (text !== '') patterns.push(...text.replace(/\n$/, '').split('\n'));
  }
  if (options.has('e', 'f')) return patterns;
  const first = operands.shift();
  if (first === undefined) return usage(tool);
  return toRaw(first).split('\n');
}

/** grep has a sentence of its own for a call without a pattern. */
async function usage(tool: Tool): Promise<never> {
  if (tool.isBusybox) return tool.wrongUsage(SPEC);
  await tool.sys.write(
    2,
    new TextEncoder().encode(`Usage: ${tool.name} [OPTION]... PATTERNS [FILE]...\nTry '${tool.name} --help' for more information.\n`),
  );
  return tool.end(2);
}

async function compile(tool: Tool, options: Options, patterns: readonly string[]): Promise<RegExp | null> {
  if (patterns.length === 0) return null;
  const kind = options.last('E', 'F', 'G', 'P') ?? (tool.applet === 'egrep' ? 'E' : tool.applet === 'fgrep' ? 'F' : 'G');
  const ignoreCase = options.has('i');
  try {
    const sources = patterns.map((pattern) => {
      if (kind === 'F') return escapeRegex(pattern);
      if (kind === 'P') return pattern;
      return compileRegex(pattern, { extended: kind === 'E', ignoreCase }).source;
    });
    const [only = ''] = sources;
    return new RegExp(sources.length === 1 ? only : sources.join('|'), `gs${ignoreCase ? 'i' : ''}`);
  } catch (error) {
    if (error instanceof RegexError) return tool.die(tool.isBusybox ? `bad regex '${patterns[0]}'` : error.message, 2);
    return tool.die('Invalid regular expression', 2);
  }
}

/** All non-overlapping matches of a line that count. */
function matcher(regex: RegExp | null, options: Options): (line: string) => readonly RegExpMatchArray[] {
  if (regex === null) return () => [];
  const isWord = (char: string | undefined): boolean => char !== undefined && /\w/.test(char);
  return (line) => {
    if (options.has('x')) {
      const match = new RegExp(`^(?:${regex.source})$`, regex.flags).exec(line);
      return match === null ? [] : [match];
    }
    if (!options.has('w')) {
      regex.lastIndex = 0;
      if (!options.has('o')) {
        const match = regex.exec(line);
        return match === null ? [] : [match];
      }
      return [...longestMatches(regex, line)];
    }
    return [...line.matchAll(regex)].filter((match) => !isWord(line[match.index - 1]) && !isWord(line[match.index + match[0].length]));
  };
}

async function searchPath(search: Search, path: string): Promise<void> {
  const { tool, options } = search;
  if (path !== '-' && isDir(tool, path)) return searchDirectory(search, path);
  if (path === '-') return searchFile(search, { fd: 0, path: '(standard input)' });
  let fd: number;
  try {
    fd = await tool.sys.open(path, { read: true });
  } catch (error) {
    if (!isErrno(error)) throw error;
    tool.status = 2;
    if (!options.has('s')) await tool.warn(`${path}: ${error.message}`);
    return;
  }
  await searchFile(search, { fd, path });
  tool.sys.fds.close(fd);
}

async function searchDirectory(search: Search, path: string): Promise<void> {
  const { tool, options } = search;
  if (!options.has('r', 'R')) {
    // busybox reads nothing from it, and says so of no file.
    if (tool.isBusybox) return nothingFound(search, path);
    return tool.complain(`${path}: Is a directory`, 0);
  }
  for (const { name, type } of entries(tool.sys, path)) {
    if (type === 'symlink' && !options.has('R') && (!tool.isBusybox || isDir(tool, `${path}/${name}`))) continue;
    if (type === 'directory' && options.values('exclude-dir').some((glob) => fits(glob, name))) continue;
    if (type !== 'directory' && options.has('include') && !options.values('include').some((glob) => fits(glob, name))) continue;
    if (type !== 'directory' && options.values('exclude').some((glob) => fits(glob, name))) continue;
    await searchPath(search, path === '.' && options.operands.length < 2 && !tool.isBusybox ? name : `${path.replace(/\/$/, '')}/${name}`);
  }
}

async function nothingFound({ tool, options, namesFiles }: Search, path: string): Promise<void> {
  if (options.has('c')) await tool.out.raw(`${namesFiles ? `${toRaw(path)}:` : ''}0\n`);
  if (options.has('L')) await tool.out.raw(`${toRaw(path)}\n`);
}

const fits = (glob: string, name: string): boolean =>
  new RegExp(`^${escapeRegex(glob).replaceAll('\\*', '.*').replaceAll('\\?', '.')}$`).test(name);

async function searchFile(search: Search, { fd, path }: { fd: number; path: string }): Promise<void> {
  const { tool, options } = search;
  const reader = new LineReader(tool.sys, fd, options.has('z') ? '\0' : '\n');
  const isListing = options.has('l', 'L', 'c', 'q');
  const prefix = (mark: string, number: number): string =>
    `${search.namesFiles ? `${toRaw(path)}${mark}` : ''}${options.has('n') ? `${number}${mark}` : ''}`;
  const held: [number, string][] = [];
  let count = 0;
  let lastShown = 0;
  let afterLeft = 0;
  let number = 0;
  let isBinary = false;
  for (
    let line = await reader.next();
    line !== null && count < search.limit;
    line = count < search.limit || afterLeft > 0 ? await reader.next() : null
  ) {
    await tool.sys.turn();
    number += 1;
    if (line.includes('\0') && !options.has('a', 'z') && !tool.isBusybox) isBinary = true;
    const found = search.matches(line);
    if (found.length > 0 === options.has('v')) {
      if (isListing) continue;
      if (afterLeft > 0) {
        await tool.out.raw(`${prefix('-', number)}${line}\n`);
        lastShown = number;
        afterLeft -= 1;
      } else if (search.before > 0) held.push([number, line]);
      if (held.length > search.before) held.shift();
      continue;
    }
    count += 1;
    search.found = true;
    if (options.has('q') || (options.has('l') && !options.has('c'))) break;
    if (isListing) continue;
    if (isBinary) {
      await tool.out.write(`${tool.name}: ${path}: binary file matches\n`);
      return;
    }
    const firstShown = held[0]?.[0] ?? number;
    if ((search.before > 0 || search.after > 0) && lastShown > 0 && firstShown > lastShown + 1) await tool.out.write('--\n');
    for (const [heldNumber, text] of held.splice(0)) await tool.out.raw(`${prefix('-', heldNumber)}${text}\n`);
    await showMatch(search, { line, found, prefix: prefix(':', number) });
    lastShown = number;
    afterLeft = search.after;
  }
  await summarize(search, { path, count });
}

async function showMatch(
  { tool, options }: Search,
  { line, found, prefix }: { line: string; found: readonly RegExpMatchArray[]; prefix: string },
): Promise<void> {
  const end = options.has('z') ? '\0' : '\n';
  if (!options.has('o')) return tool.out.raw(prefix + line + end);
  if (options.has('v')) return;
  for (const match of found) if (match[0] !== '') await tool.out.raw(prefix + match[0] + end);
}

async function summarize({ tool, options, namesFiles }: Search, { path, count }: { path: string; count: number }): Promise<void> {
  if (options.has('q')) return;
  if (options.has('c')) await tool.out.write(`${namesFiles ? `${path}:` : ''}${count}\n`);
  if (options.has('l') && count > 0) await tool.out.write(`${toText(toRaw(path))}\n`);
  if (options.has('L') && count === 0) await tool.out.write(`${path}\n`);
}
