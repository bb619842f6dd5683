/** Reads `[[ … ]]`. */
import type { Command, Word } from '../syntax/ast.ts';
import { SyntaxFailure } from '../syntax/errors.ts';
import type { Parser } from '../syntax/parser.ts';
import type { Source } from '../syntax/source.ts';
import { PartList, readPiece, readWord } from '../syntax/words.ts';
import { runCondition } from './condition.ts';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly inner: Condition }
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'unary'; readonly operator: string; readonly word: Word }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Word; readonly right: Word };

const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/;
const BINARY = /^(==?|!=|=~|-eq|-ne|-lt|-le|-gt|-ge|-nt|-ot|-ef)$/;

export function parseCondition(parser: Parser, line: number): Command {
  const { source } = parser;
  const start = parser.peek().start;
  parser.next();
  const condition = or(parser);
  parser.skipNewlines();
  if (!parser.isReserved(']]')) refuse(parser);
  parser.next();
  const text = source.text.slice(start, source.at).trim();
  return { type: 'own', line, text, run: (shell, flags) => runCondition(shell, { condition, text, line }, flags) };
}

function refuse(parser: Parser): never {
  if (parser.peek().kind === 'end') parser.unexpected();
  const token = parser.peek();
  const written = parser.source.text.slice(token.start, parser.source.at);
  throw new SyntaxFailure(
    { kind: 'bad-condition', text: `syntax error in conditional expression: unexpected token \`${written}'` },
    parser.source.line,
  );
}

function or(parser: Parser): Condition {
  let left = and(parser);
  while (operatorFollows(parser, '||')) left = { kind: 'or', left, right: and(parser) };
  return left;
}

function and(parser: Parser): Condition {
  let left = term(parser);
  while (operatorFollows(parser, '&&')) left = { kind: 'and', left, right: term(parser) };
  return left;
}

function operatorFollows(parser: Parser, text: string): boolean {
  parser.skipNewlines();
  if (!parser.isOperator(text)) return false;
  parser.next();
  return true;
}

function term(parser: Parser): Condition {
  parser.skipNewlines();
  if (parser.isReserved('!')) {
    parser.next();
    return { kind: 'not', inner: term(parser) };
  }
  if (parser.isOperator('(')) {
    parser.next();
    const inner = parser.nested(() => or(parser));
    parser.skipNewlines();
    if (!parser.isOperator(')')) refuse(parser);
    parser.next();
    return inner;
  }
  const token = parser.peek();
  if (token.kind !== 'word' || token.plain === ']]') refuse(parser);
  parser.next();
  if (token.plain !== null && UNARY.test(token.plain)) {
    const operand = parser.peek();
    if (operand.kind === 'word' && operand.plain !== ']]' && !(operand.plain !== null && BINARY.test(operand.plain))) {
      parser.next();
      return { kind: 'unary', operator: token.plain, word: operand.word };
    }
  }
  return binary(parser, token.word);
}

function binary(parser: Parser, left: Word): Condition {
  const token = parser.peek();
  if (token.kind === 'redirect' && /^[<>]$/.test(token.text)) {
    parser.next();
    return { kind: 'binary', operator: token.text, left, right: operandOf(parser, token.text) };
  }
  if (token.kind !== 'word' || token.plain === null || !BINARY.test(token.plain)) return { kind: 'word', word: left };
  parser.next();
  return { kind: 'binary', operator: token.plain, left, right: operandOf(parser, token.plain) };
}

function operandOf(parser: Parser, operator: string): Word {
  const { source } = parser;
  while (source.peek() === ' ' || source.peek() === '\t') source.next();
  if (operator === '=~') return readExpression(source);
  if (/^(==?|!=)$/.test(operator)) {
    source.readsGroups = 'always';
    const word = readWord(source);
    source.readsGroups = false;
    if (word.parts.length === 0 || isEnd(word)) refuseOperand(source, word);
    return word;
  }
  const token = parser.next();
  if (token.kind !== 'word' || token.plain === ']]') refuseOperand(source, token.kind === 'word' ? token.word : { parts: [] });
  return token.word;
}

const isEnd = ({ parts }: Word): boolean => parts.length === 1 && parts[0]?.kind === 'text' && !parts[0].quoted && parts[0].text === ']]';

function refuseOperand(source: Source, word: Word): never {
  if (!isEnd(word) && source.peek() === '') source.end({ kind: 'unexpected', token: 'end of file', isName: true });
  const text = isEnd(word) ? ']]' : source.peek() === '\n' ? 'newline' : source.peek();
  throw new SyntaxFailure({ kind: 'bad-condition', text: `unexpected argument \`${text}' to conditional binary operator` }, source.line);
}

/** A regular expression: up to a blank outside its parentheses. */
function readExpression(source: Source): Word {
  const out = new PartList();
  for (let depth = 0; ; ) {
    const char = source.peek();
    if (char === '' || char === '\n') break;
    if (depth === 0 && /[ \t]/.test(char)) break;
    if (char === ')' && depth === 0) break;
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (' \t;&|<>()'.includes(char)) out.text(source.next(), false);
    else if (char === '[') readBracket(source, out);
    else readPiece(source, out);
  }
  return out.word();
}

/** A set of characters, in which a blank or a parenthesis is nothing special. */
function readBracket(source: Source, out: PartList): void {
  const match = /^\[\^?\]?(?:\[[:.=][a-z]+[:.=]\]|[^\]\s$`'"\\])*\]/.exec(source.text.slice(source.at));
  if (match === null) return out.text(source.next(), false);
  source.skip(match[0].length);
  return out.text(match[0], false);
}
