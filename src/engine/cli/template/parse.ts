import { TemplateError } from './errors.ts';
import { lex, type Token, type TokenKind } from './lex.ts';
import type { Node, Parsed } from './nodes.ts';
import { parsePipe } from './parse-pipe.ts';

/** Where the parser stands; pipes and actions read from the same one. */
export interface Cursor {
  readonly name: string;
  readonly functions: ReadonlySet<string>;
  readonly templates: Map<string, readonly Node[]>;
  /** Variables in scope. */
  variables: readonly string[];
  loops: number;
  peek(): Token;
  peekNonSpace(): Token;
  next(): Token;
  nextNonSpace(): Token;
  expect(kind: TokenKind, context: string): Token;
  /** Steps back over the last token. */
  back(): void;
  mark(): number;
  reset(mark: number): void;
  fail(message: string, token?: Token): TemplateError;
}

/** Parses a template and all that it defines. */
export function parseTemplate(source: string, options: { name?: string; functions: ReadonlySet<string> }): Parsed {
  const name = options.name ?? '';
  const templates = new Map<string, readonly Node[]>();
  const cursor = makeCursor(lex(source, name), { name, functions: options.functions, templates });
  const { nodes, end } = parseList(cursor);
  if (end !== 'eof') throw cursor.fail(`unexpected {{${end}}}`);
  templates.set(name, nodes);
  return { source, name, templates };
}

function makeCursor(tokens: readonly Token[], base: Pick<Cursor, 'name' | 'functions' | 'templates'>): Cursor {
  let index = 0;
  let last = tokens[0];
  const at = (offset: number): Token => tokens[Math.min(index + offset, tokens.length - 1)] ?? { kind: 'eof', text: '', at: 0, line: 1 };
  const cursor: Cursor = {
    ...base,
    variables: ['$'],
    loops: 0,
    peek: () => at(0),
    peekNonSpace: () => (at(0).kind === 'space' ? at(1) : at(0)),
    next() {
      last = at(0);
      index++;
      return last;
    },
    nextNonSpace() {
      const token = cursor.next();
      return token.kind === 'space' ? cursor.next() : token;
    },
    expect(kind, context) {
      const token = cursor.nextNonSpace();
      if (token.kind !== kind) throw cursor.fail(`unexpected ${show(token)} in ${context}`, token);
      return token;
    },
    back: () => {
      index--;
    },
    mark: () => index,
    reset: (mark) => {
      index = mark;
    },
    fail: (message, token) => new TemplateError(`template: ${base.name}:${(token ?? last)?.line ?? 1}: ${message}`),
  };
  return cursor;
}

/** How Go's lexer shows a token in errors. */
export function show(token: Token): string {
  if (token.kind === 'eof') return 'EOF';
  if (['if', 'else', 'end', 'range', 'with', 'define', 'template', 'block', 'break', 'continue'].includes(token.text))
    return `<${token.text}>`;
  return token.text.length > 10 ? `${JSON.stringify(token.text.slice(0, 10))}...` : JSON.stringify(token.text);
}

type End = 'eof' | 'end' | 'else' | 'else if' | 'else with';
interface List {
  readonly nodes: readonly Node[];
  readonly end: End;
}

function parseList(cursor: Cursor): List {
  const nodes: Node[] = [];
  for (;;) {
    const token = cursor.next();
    if (token.kind === 'eof') return { nodes, end: 'eof' };
    if (token.kind === 'text') {
      nodes.push({ kind: 'text', text: token.text });
      continue;
    }
    const end = parseAction(cursor, nodes);
    if (end !== null) return { nodes, end };
  }
}

/** An action after its `{{`. Answers how it ends the list, if it does. */
function parseAction(cursor: Cursor, nodes: Node[]): End | null {
  const word = cursor.peekNonSpace();
  if (word.kind !== 'identifier') return pushAction(cursor, nodes);
  switch (word.text) {
    case 'end':
      cursor.nextNonSpace();
      cursor.expect('right', 'end');
      return 'end';
    case 'else':
      cursor.nextNonSpace();
      return parseElse(cursor);
    case 'if':
    case 'with':
    case 'range':
      cursor.nextNonSpace();
      nodes.push(parseControl(cursor, word.text));
      return null;
    case 'break':
    case 'continue':
      cursor.nextNonSpace();
      if (cursor.loops === 0) throw cursor.fail(`{{${word.text}}} outside {{range}}`);
      cursor.expect('right', word.text);
      nodes.push({ kind: word.text });
      return null;
    case 'define':
    case 'block':
    case 'template':
      cursor.nextNonSpace();
      parseNamed(cursor, word.text, nodes);
      return null;
    default:
      return pushAction(cursor, nodes);
  }
}

function pushAction(cursor: Cursor, nodes: Node[]): null {
  nodes.push({ kind: 'action', pipe: parsePipe(cursor, { context: 'command', end: 'right' }) });
  return null;
}

function parseElse(cursor: Cursor): End {
  const next = cursor.peekNonSpace();
  if (next.kind === 'identifier' && (next.text === 'if' || next.text === 'with')) {
    cursor.nextNonSpace();
    return `else ${next.text}`;
  }
  cursor.expect('right', 'else');
  return 'else';
}

function parseControl(cursor: Cursor, kind: 'if' | 'with' | 'range'): Node {
  const outer = cursor.variables;
  const pipe = parsePipe(cursor, { context: kind, end: 'right' });
  if (kind === 'range') cursor.loops++;
  const body = parseList(cursor);
  if (kind === 'range') cursor.loops--;
  let otherwise: readonly Node[] = [];
  if (body.end === 'else if' && kind === 'if') otherwise = [parseControl(cursor, 'if')];
  else if (body.end === 'else with' && kind === 'with') otherwise = [parseControl(cursor, 'with')];
  else if (body.end === 'else') otherwise = parseTail(cursor);
  else if (body.end !== 'end') throw cursor.fail(body.end === 'eof' ? 'unexpected EOF' : `unexpected <${body.end}> in input`);
  cursor.variables = outer;
  return { kind, pipe, body: body.nodes, otherwise };
}

function parseTail(cursor: Cursor): readonly Node[] {
  const list = parseList(cursor);
  if (list.end !== 'end') throw cursor.fail(list.end === 'eof' ? 'unexpected EOF' : 'expected end; found {{else}}');
  return list.nodes;
}

function parseNamed(cursor: Cursor, kind: 'define' | 'block' | 'template', nodes: Node[]): void {
  const token = cursor.expect('string', `${kind} clause`);
  const name = unquote(token.text);
  const ends = kind !== 'define' && cursor.peekNonSpace().kind !== 'right';
  const pipe = ends ? parsePipe(cursor, { context: `${kind} clause`, end: 'right' }) : null;
  if (!ends) cursor.expect('right', `${kind} clause`);
  if (kind !== 'template') {
    const outer = cursor.variables;
    cursor.variables = ['$'];
    cursor.templates.set(name, parseTail(cursor));
    cursor.variables = outer;
  }
  if (kind !== 'define')
    nodes.push({
      kind: 'template',
      at: token.at,
      name,
      pipe,
      text: `{{template ${JSON.stringify(name)}${pipe === null ? '' : ` ${pipe.text}`}}}`,
    });
}

/** A Go string literal's value. */
export function unquote(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1);
  return text
    .slice(1, -1)
    .replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/gs, (_all, sequence: string) => characterOf(sequence));
}

const SIMPLE: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function characterOf(sequence: string): string {
  if (sequence.length === 1) return SIMPLE[sequence] ?? sequence;
  return String.fromCodePoint(/^[0-7]/.test(sequence) ? Number.parseInt(sequence, 8) : Number.parseInt(sequence.slice(1), 16));
}
