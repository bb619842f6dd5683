/** From the text of a Dockerfile to its statements: directives, comments, continued lines, here-documents. Upstream: buildkit parser. */
import { atLines, DockerfileError, type Lines } from './errors.ts';
import { type Heredoc, heredocsIn } from './heredoc.ts';
import { type ParsedArguments, parseArguments, splitCommand } from './words.ts';

/** One statement. */
export interface Node extends ParsedArguments {
  /** The instruction as it was written. */
  readonly command: string;
  readonly flags: readonly string[];
  /** The statement as one line, without its here-documents. */
  readonly original: string;
  readonly heredocs: readonly Heredoc[];
  /** Comment lines right above. */
  readonly comments: readonly string[];
  readonly lines: Lines;
}

export interface Directive {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

export interface ParsedFile {
  readonly nodes: readonly Node[];
  readonly escapeSign: string;
  readonly directives: readonly Directive[];
  /** Lines with empty continuation lines before them. */
  readonly emptyContinuations: readonly number[];
}

const DIRECTIVE = /^#[ \t]*([a-zA-Z][a-zA-Z0-9]*)[ \t]*=[ \t]*(.+?)[ \t]*$/;
const KNOWN_DIRECTIVES = new Set(['syntax', 'escape', 'check']);
const MAX_LINE_BYTES = 65_535;

interface Reading {
  readonly lines: readonly string[];
  at: number;
  escapeSign: string;
  readsDirectives: boolean;
  readonly directives: Directive[];
  readonly emptyContinuations: number[];
}

const trimNewline = (line: string): string => line.replace(/[\r\n]+$/, '');
const isComment = (line: string): boolean => line.trimStart().startsWith('#');

/** Throws DockerfileError. */
export function parseFile(text: string): ParsedFile {
  const lines = text.replace(/^\uFEFF/, '').match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const reading: Reading = { lines, at: 0, escapeSign: '\\', readsDirectives: true, directives: [], emptyContinuations: [] };
  const nodes: Node[] = [];
  let comments: string[] = [];
  while (reading.at < lines.length) {
    const line = trimNewline(lines[reading.at] ?? '').trimStart();
    reading.at += 1;
    checkLength(line, reading.at);
    const isDirective = reading.readsDirectives && readDirective(reading, line);
    if (isComment(line)) {
      const comment = line.slice(1).trim();
      if (!isDirective) comments = comment === '' ? [] : [...comments, comment];
      continue;
    }
    if (line === '') continue;
    nodes.push(readNode(reading, line, comments));
    comments = [];
  }
  if (nodes.length === 0) throw new DockerfileError('file with no instructions', { start: reading.at, end: reading.at });
  return { nodes, escapeSign: reading.escapeSign, directives: reading.directives, emptyContinuations: reading.emptyContinuations };
}

function checkLength(line: string, at: number): void {
  if (line.length > MAX_LINE_BYTES)
    throw new DockerfileError(`dockerfile line greater than max allowed size of ${MAX_LINE_BYTES}`, { start: at, end: at });
}

/** Directives end at the first line that is none. */
function readDirective(reading: Reading, line: string): boolean {
  const match = DIRECTIVE.exec(line);
  const name = match?.[1]?.toLowerCase() ?? '';
  if (!match || !KNOWN_DIRECTIVES.has(name)) {
    reading.readsDirectives = false;
    return false;
  }
  const first = reading.directives.find((one) => one.name === name);
  if (first) throw new DockerfileError(`only one ${name} parser directive can be used`, { start: first.line, end: first.line });
  const value = match[2] ?? '';
  if (name === 'escape') {
    if (value !== '\\' && value !== '`')
      throw new DockerfileError(`invalid escape token '${value}' does not match \` or \\`, { start: 0, end: 0 });
    reading.escapeSign = value;
  }
  reading.directives.push({ name, value, line: reading.at });
  return true;
}

/** Takes the sign of continuation off; null if there is none. */
function continued(line: string, escapeSign: string): string | null {
  const sign = escapeSign === '\\' ? '\\\\' : escapeSign;
  const match = new RegExp(`(^|[^${sign}])${sign}[ \\t]*$`).exec(line);
  return match ? line.slice(0, match.index) + (match[1] ?? '') : null;
}

function readNode(reading: Reading, first: string, comments: readonly string[]): Node {
  const start = reading.at;
  let whole = first;
  let hasEmpty = false;
  let part = continued(first, reading.escapeSign);
  if (part !== null) whole = part;
  while (part !== null && reading.at < reading.lines.length) {
    const line = trimNewline(reading.lines[reading.at] ?? '');
    reading.at += 1;
    if (isComment(line)) continue;
    if (line.trim() === '') {
      hasEmpty = true;
      continue;
    }
    part = continued(line, reading.escapeSign);
    whole += part ?? line;
  }
  if (hasEmpty) reading.emptyContinuations.push(reading.at);
  return atLines({ start, end: reading.at }, () => {
    checkLength(whole, start);
    const node = nodeFromLine(whole, reading.escapeSign);
    const heredocs = readHeredocs(reading, node.command, { line: whole, start });
    return { ...node, heredocs, comments, lines: { start, end: reading.at } };
  });
}

/** A statement on one line. Throws DockerfileError. */
export function nodeFromLine(line: string, escapeSign: string): Omit<Node, 'heredocs' | 'comments' | 'lines'> {
  const { command, flags, rest } = splitCommand(line);
  return { command, flags, original: line, ...parseArguments(command, rest, escapeSign) };
}

function readHeredocs(reading: Reading, command: string, { line, start }: { line: string; start: number }): readonly Heredoc[] {
  const isOpen = ['add', 'copy', 'run'].includes(command.toLowerCase()) || /^onbuild\s+(add|copy|run)\b/i.test(line.trim());
  if (!isOpen || !line.includes('<<')) return [];
  return heredocsIn(line).map((heredoc) => {
    let content = '';
    for (;;) {
      const next = reading.lines[reading.at];
      if (next === undefined) throw new DockerfileError('unterminated heredoc', { start, end: reading.at });
      reading.at += 1;
      const bare = trimNewline(next);
      if ((heredoc.chomp ? bare.replace(/^\t+/, '') : bare) === heredoc.name) return { ...heredoc, content };
      content += next;
    }
  });
}
