/** Reads a Compose file's YAML. Upstream: compose-go with go.yaml.in/yaml/v4, whose sentences these are. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseAllDocuments, type YAMLMap } from 'yaml';
import { ProjectError } from './errors.ts';
import { isMapping, type Mapping, type Value } from './value.ts';

interface Reading {
  readonly file: string;
  readonly lines: LineCounter;
  readonly anchors: Map<string, Value>;
}

/** The documents of a file, each a mapping. Throws ProjectError. */
export function readYaml(text: string, file: string): readonly Mapping[] {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, merge: true, version: '1.2' });
  if (!Array.isArray(parsed)) throw new ProjectError('empty compose file');
  const documents = parsed.map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw syntaxError(error.code, error.message, error.linePos?.[0] ?? { line: 1, col: 1 });
    const value = document.contents === null ? null : toValue(document.contents as Node, { file, lines, anchors: new Map() });
    if (value === null) throw new ProjectError('empty compose file');
    if (!isMapping(value)) throw new ProjectError('top-level object must be a mapping');
    return value;
  });
  if (documents.length === 0) throw new ProjectError('empty compose file');
  return documents;
}

function syntaxError(code: string, message: string, at: { readonly line: number; readonly col: number }): ProjectError {
  const where = (what: string, column: number) => `go-yaml load error in ${what} at L${at.line}.C${column}`;
  if (code === 'TAB_AS_INDENT')
    return new ProjectError(`${where('scanner (while scanning for the next token)', at.col)}: found character that cannot start any token`);
  const sentence = SENTENCES[code] ?? `${message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? ''}`;
  return new ProjectError(`${where('parser', at.col)}: ${sentence}`);
}

const SENTENCES: Readonly<Record<string, string>> = {
  BAD_INDENT: 'did not find expected key',
  MISSING_CHAR: 'did not find expected node content',
  BLOCK_AS_IMPLICIT_KEY: 'mapping values are not allowed in this context',
};

function toValue(node: Node, reading: Reading): Value {
  if (isAlias(node)) {
    const value = reading.anchors.get(node.source);
    if (value === undefined) throw new ProjectError(`failed to parse ${reading.file}: yaml: unknown anchor '${node.source}' referenced`);
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
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function mappingValue(node: YAMLMap, reading: Reading): Mapping {
  const own = new Map<string, Value>();
  const merged = new Map<string, Value>();
  const lines = new Map<string, number>();
  for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
    const name = isScalar(key) ? String((key as { source?: string }).source ?? key.value) : '';
    const content = value === null ? null : toValue(value, reading);
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
