/** Compound commands (POSIX 2.9.4). */
import type { CaseItem, Command, IfClause, List, Word } from './ast.ts';
import { doubleBracket } from './double-bracket.ts';
import { SyntaxFailure } from './errors.ts';
import { isName } from './names.ts';
import type { Parser } from './parser.ts';

/** The compound command that starts here; null if none does. */
export function parseCompound(parser: Parser): Command | null {
  const own = parser.source.features.grammar?.compound(parser) ?? null;
  if (own !== null) return own;
  const token = parser.peek();
  if (token.kind === 'operator' && token.text === '(') return subshell(parser, token.line);
  if (token.kind !== 'word' || token.plain === null) return null;
  switch (token.plain) {
    case '{':
      return group(parser);
    case 'if':
      return conditional(parser);
    case 'for':
      return forLoop(parser, token.line);
    case 'while':
    case 'until':
      return whileLoop(parser, token.plain === 'until');
    case 'case':
      return caseCommand(parser, token.line);
    case '[[':
      return parser.source.features.functionKeyword ? doubleBracket(parser) : null;
    case 'function':
      return parser.source.features.functionKeyword ? functionKeyword(parser) : null;
    default:
      return null;
  }
}

function subshell(parser: Parser, line: number): Command {
  parser.next();
  const body = parser.list();
  if (!parser.isOperator(')')) parser.unexpected(')');
  parser.next();
  return { type: 'subshell', body, line };
}

export function group(parser: Parser): Command {
  parser.next();
  const body = parser.list();
  parser.expectReserved('}');
  return { type: 'group', body };
}

function conditional(parser: Parser): Command {
  const clauses: IfClause[] = [];
  do {
    parser.next();
    const condition = parser.list();
    parser.expectReserved('then');
    clauses.push({ condition, body: parser.list() });
  } while (parser.isReserved('elif'));
  let otherwise: List | null = null;
  if (parser.isReserved('else')) {
    parser.next();
    otherwise = parser.list();
  }
  parser.expectReserved('fi');
  return { type: 'if', clauses, otherwise };
}

export function doGroup(parser: Parser): List {
  parser.expectReserved('do');
  const body = parser.list();
  parser.expectReserved('done');
  return body;
}

function forLoop(parser: Parser, line: number): Command {
  parser.next();
  const token = parser.peek();
  if (token.kind !== 'word' || token.plain === null || !isName(token.plain)) {
    if (token.kind === 'end' || parser.source.features.grammar !== undefined) parser.unexpected();
    throw new SyntaxFailure({ kind: 'bad-for-variable' }, parser.source.line);
  }
  parser.next();
  parser.skipNewlines();
  const words = parser.isReserved('in') ? forWords(parser) : null;
  if (words === null && parser.isOperator(';')) parser.next();
  parser.skipNewlines();
  return { type: 'for', name: token.plain, words, body: doGroup(parser), line };
}

export function forWords(parser: Parser): Word[] {
  parser.next();
  const words: Word[] = [];
  for (let token = parser.peek(); token.kind === 'word'; token = parser.peek()) {
    words.push(...parser.braced(token.word));
    parser.next();
  }
  if (!parser.isOperator(';') && parser.peek().kind !== 'newline') parser.unexpected();
  parser.next();
  return words;
}

function whileLoop(parser: Parser, isUntil: boolean): Command {
  parser.next();
  const condition = parser.list();
  return { type: 'while', isUntil, condition, body: doGroup(parser) };
}

function caseCommand(parser: Parser, line: number): Command {
  parser.next();
  const subject = parser.peek();
  if (subject.kind !== 'word') parser.unexpected('word');
  parser.next();
  parser.skipNewlines();
  parser.expectReserved('in');
  parser.skipNewlines();
  const items: CaseItem[] = [];
  while (!parser.isReserved('esac')) {
    items.push(caseItem(parser));
    if (!parser.isOperator(';;', ';&', ';;&') && !parser.isReserved('esac')) parser.unexpected(';;');
    if (parser.isOperator(';;', ';&', ';;&')) parser.next();
    parser.skipNewlines();
  }
  parser.next();
  return { type: 'case', word: subject.word, items, line };
}

function caseItem(parser: Parser): CaseItem {
  if (parser.isOperator('(')) parser.next();
  const patterns: Word[] = [];
  for (;;) {
    const token = parser.peek();
    if (token.kind !== 'word') parser.unexpected(token.kind === 'end' ? ')' : undefined);
    patterns.push(token.word);
    parser.next();
    if (!parser.isOperator('|')) break;
    parser.next();
  }
  if (!parser.isOperator(')')) parser.unexpected(')');
  parser.next();
  const body = parser.list(true);
  return { patterns, body, fallsThrough: parser.isOperator(';&'), goesOn: parser.isOperator(';;&') };
}

function functionKeyword(parser: Parser): Command | null {
  parser.next();
  const token = parser.peek();
  if (token.kind !== 'word' || token.plain === null) parser.unexpected();
  parser.next();
  if (parser.isOperator('(')) {
    parser.next();
    if (!parser.isOperator(')')) parser.unexpected(')');
    parser.next();
  }
  parser.skipNewlines();
  return { type: 'function', name: token.plain, body: parser.command() };
}

/** The definition of a function; its name has been read. */
export function readFunction(parser: Parser, name: string | null): Command {
  parser.next();
  if (parser.peek().kind === 'word')
    throw new SyntaxFailure({ kind: 'unexpected', token: 'word', isName: true, expecting: ')' }, parser.source.line);
  if (!parser.isOperator(')')) parser.unexpected(')');
  if (name === null || !/^[^$`'"\\=]+$/.test(name)) throw new SyntaxFailure({ kind: 'bad-function-name' }, parser.source.line);
  parser.next();
  parser.skipNewlines();
  return { type: 'function', name, body: parser.command() };
}
