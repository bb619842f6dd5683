/** Reads a Compose file's YAML. Upstream: compose-go with go.yaml.in/yaml/v4, whose sentences these are. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseAllDocuments, type YAMLMap } from 'yaml';
import { ProjectError } from './errors.ts';
import { isMapping, type Mapping, textOf, type Value } from './value.ts';

interface Reading {
  readonly file: string;
  readonly lines: LineCounter;
  readonly anchors: Map<string, Value>;
  readonly path: readonly string[];
  readonly removes: (readonly string[])[];
}

/** A document of a file, and what of the files before it goes because of `!reset` and `!override`. */
export interface Document {
  readonly value: Mapping;
  readonly removes: readonly (readonly string[])[];
}

/** The documents of a file, each a mapping. Throws ProjectError. */
export function readYaml(text: string, file: string): readonly Document[] {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, merge: true, version: '1.2' });
  if (!Array.isArray(parsed)) throw new ProjectError('empty compose file');
  const documents = parsed.map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw syntaxError(text, error, error.linePos?.[0] ?? { line: 1, col: 1 });
    const reading: Reading = { file, lines, anchors: new Map(), path: [], removes: [] };
    const value = document.contents === null ? null : toValue(document.contents as Node, reading);
    if (value === null) throw new ProjectError('empty compose file');
    if (!isMapping(value))
      throw new ProjectError(
        `yaml: construct errors: line 1: cannot construct ${Array.isArray(value) ? '!!seq' : `!!str \`${textOf(value)}\``} into cli.named`,
      );
    return { value, removes: reading.removes };
  });
  if (documents.length === 0) throw new ProjectError('empty compose file');
  return documents;
}

interface Place {
  readonly line: number;
  readonly col: number;
}

const place = ({ line, col }: Place): string => `L${line}.C${col}`;

function syntaxError(text: string, { code, message }: { code: string; message: string }, at: Place): ProjectError {
  const says = (what: string, where: string, sentence: string) =>
    new ProjectError(`go-yaml load error in ${what} at ${where}: ${sentence}`);
  if (code === 'TAB_AS_INDENT')
    return says('scanner (while scanning for the next token)', place(at), 'found character that cannot start any token');
  if (code === 'MISSING_CHAR' && /quote/.test(message)) {
    const start = quoteBefore(text, at, /"/.test(message) ? '"' : "'");
    return says('scanner (while scanning a quoted scalar)', `${place(start)}-${place(at)}`, 'found unexpected end of stream');
  }
  const sentence = SENTENCES[code];
  if (code === 'BAD_INDENT' || code === 'UNEXPECTED_TOKEN') {
    const { from, to } = mappingAround(text, at);
    return says('parser (while parsing a block mapping)', `${place(from)}-${place(to)}`, 'did not find expected key');
  }
  return says('parser', place(at), sentence ?? message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '');
}

/** Where the quote that is not closed was opened. */
function quoteBefore(text: string, at: Place, quote: string): Place {
  const lines = text.split('\n').slice(0, at.line);
  for (let i = lines.length - 1; i >= 0; i--) {
    const col = (lines[i] ?? '').lastIndexOf(quote);
    if (col >= 0) return { line: i + 1, col: col + 1 };
  }
  return at;
}

/** The mapping that a line is too far in for: where it begins, and where that line does. */
function mappingAround(text: string, at: Place): { readonly from: Place; readonly to: Place } {
  const lines = text.split('\n');
  const indentOf = (i: number): number => (/^\s*(#|$)/.test(lines[i] ?? '') ? Number.POSITIVE_INFINITY : (lines[i] ?? '').search(/\S/));
  const wrong = indentOf(at.line - 1);
  const to = { line: at.line, col: wrong === Number.POSITIVE_INFINITY ? at.col : wrong + 1 };
  let first = at.line - 2;
  while (first >= 0 && indentOf(first) >= wrong) first--;
  const indent = first < 0 ? 0 : indentOf(first);
  for (let i = first; i >= 0 && indentOf(i) >= indent; i--) if (indentOf(i) === indent) first = i;
  return { from: { line: Math.max(first, 0) + 1, col: indent + 1 }, to };
}

const SENTENCES: Readonly<Record<string, string>> = {
  MISSING_CHAR: 'did not find expected node content',
  BLOCK_AS_IMPLICIT_KEY: 'mapping values are not allowed in this context',
};

function toValue(node: Node, reading: Reading): Value {
  if (isAlias(node)) {
    const value = reading.anchors.get(node.source);
    if (value === undefined) {
      const at = place(reading.lines.linePos(node.range?.[0] ?? 0));
      throw new ProjectError(`go-yaml load error in composer at ${at}: unknown anchor '${node.source}' referenced`);
    }
    return value;
  }
  const value = plainValue(node, reading);
  if ('anchor' in node && typeof node.anchor === 'string') reading.anchors.set(node.anchor, value);
  return value;
}

function plainValue(node: Node, reading: Reading): Value {
  if (isMap(node)) return mappingValue(node, reading);
  if (isSeq(node)) return node.items.map((item) => toValue(item as Node, reading));
  if (!isScalar(node)) return null;
  const { value } = node;
  // Go's YAML still knows octal numbers as they were.
  if (node.type === 'PLAIN' && typeof value === 'number' && /^0[0-7]+$/.test(node.source ?? ''))
    return Number.parseInt(node.source ?? '', 8);
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function mappingValue(node: YAMLMap, reading: Reading): Mapping {
  const own = new Map<string, Value>();
  const merged = new Map<string, Value>();
  const lines = new Map<string, number>();
  for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
    const name = isScalar(key) ? String((key as { source?: string }).source ?? key.value) : '';
    const place = [...reading.path, name];
    const { tag } = value ?? {};
    if (tag === '!reset' || tag === '!override') reading.removes.push(place);
    if (tag === '!reset') continue;
    const content = value === null ? null : toValue(value, { ...reading, path: place });
    if (name === '<<') {
      for (const part of Array.isArray(content) ? content : [content])
        if (isMapping(part)) for (const [k, v] of Object.entries(part)) if (!merged.has(k)) merged.set(k, v);
      continue;
    }
    const line = reading.lines.linePos(key.range?.[0] ?? 0).line;
    const before = lines.get(name);
    if (before !== undefined) throw duplicate(reading, node, { name, line, before });
    lines.set(name, line);
    own.set(name, content);
  }
  return { ...Object.fromEntries(merged), ...Object.fromEntries(own) };
}

function duplicate({ file }: Reading, _node: YAMLMap, at: { name: string; line: number; before: number }): ProjectError {
  const sentence = `line ${at.line}: mapping key ${JSON.stringify(at.name)} already defined at line ${at.before}`;
  return new ProjectError(`failed to parse ${file}: yaml: construct errors: line 1: ${sentence}`);
}
