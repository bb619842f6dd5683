import type { Command, Operand, Pipe } from './nodes.ts';
import { type Cursor, show, unquote } from './parse.ts';

const CLAUSES = ['if', 'else', 'end', 'range', 'with', 'define', 'template', 'block'];

/** A pipeline up to `}}` or `)`, with its declarations. */
export function parsePipe(cursor: Cursor, options: { context: string; end: 'right' | 'rparen' }): Pipe {
  const { declares, assigns } = parseDeclarations(cursor, options.context);
  const at = cursor.peekNonSpace().at;
  const commands: Command[] = [];
  for (;;) {
    const token = cursor.peekNonSpace();
    if (token.kind === options.end) {
      cursor.nextNonSpace();
      return finish(cursor, { at, declares, assigns, commands, context: options.context });
    }
    if (token.kind === 'eof' || token.kind === 'right' || token.kind === 'rparen') {
      throw cursor.fail(token.kind === 'eof' ? 'unclosed action' : `unexpected ${show(token)} in ${options.context}`, token);
    }
    commands.push(parseCommand(cursor, options.context));
  }
}

function finish(
  cursor: Cursor,
  pipe: { at: number; declares: readonly string[]; assigns: boolean; commands: readonly Command[]; context: string },
): Pipe {
  if (pipe.commands.length === 0) throw cursor.fail(`missing value for ${pipe.context}`);
  for (const command of pipe.commands.slice(1)) {
    const first = command.operands[0];
    if (first !== undefined && ['literal', 'dot', 'nil'].includes(first.kind)) {
      throw cursor.fail(`non executable command in pipeline stage ${pipe.commands.indexOf(command) + 1}`);
    }
  }
  const head = pipe.declares.length > 0 ? `${pipe.declares.join(', ')} ${pipe.assigns ? '=' : ':='} ` : '';
  return {
    at: pipe.at,
    declares: pipe.declares,
    assigns: pipe.assigns,
    commands: pipe.commands,
    text: head + pipe.commands.map((c) => c.text).join(' | '),
  };
}

function parseDeclarations(cursor: Cursor, context: string): { declares: readonly string[]; assigns: boolean } {
  const none = { declares: [], assigns: false };
  const first = cursor.peekNonSpace();
  if (first.kind !== 'variable') return none;
  const ahead = lookAhead(cursor, context === 'range');
  if (ahead === null) return none;
  if (!ahead.assigns) cursor.variables = [...cursor.variables, ...ahead.declares];
  return ahead;
}

/** Reads `$x :=`, `$x =` or `$i, $x :=`; null, with nothing read, if it is an ordinary variable. */
function lookAhead(cursor: Cursor, range: boolean): { declares: readonly string[]; assigns: boolean } | null {
  const saved = cursor.mark();
  const declares = [cursor.nextNonSpace().text];
  let token = cursor.nextNonSpace();
  if (range && token.kind === 'comma' && cursor.peekNonSpace().kind === 'variable') {
    declares.push(cursor.nextNonSpace().text);
    token = cursor.nextNonSpace();
  }
  if (token.kind === 'declare' || token.kind === 'assign') return { declares, assigns: token.kind === 'assign' };
  cursor.reset(saved);
  return null;
}

function parseCommand(cursor: Cursor, context: string): Command {
  const operands: Operand[] = [];
  const at = cursor.peekNonSpace().at;
  for (;;) {
    if (cursor.peek().kind === 'space') cursor.next();
    const operand = parseOperand(cursor, context);
    if (operand !== null) operands.push(operand);
    const token = cursor.next();
    if (token.kind === 'space') continue;
    if (token.kind === 'right' || token.kind === 'rparen') cursor.back();
    else if (token.kind !== 'pipe') throw cursor.fail(`unexpected ${show(token)} in operand`, token);
    else if (['right', 'rparen'].includes(cursor.peekNonSpace().kind)) throw cursor.fail(`missing value for ${context}`);
    break;
  }
  if (operands.length === 0) throw cursor.fail('empty command');
  return { at, operands, text: operands.map((o) => o.text).join(' ') };
}

/** A term and the fields after it: `(index . 0).Name.First`. */
function parseOperand(cursor: Cursor, context: string): Operand | null {
  const term = parseTerm(cursor, context);
  if (term === null || cursor.peek().kind !== 'field') return term;
  const at = cursor.peek().at;
  const names: string[] = [];
  while (cursor.peek().kind === 'field') names.push(cursor.next().text.slice(1));
  const text = term.text + names.map((name) => `.${name}`).join('');
  if (term.kind === 'field') return { ...term, at, text, names: [...term.names, ...names] };
  if (term.kind === 'variable') return { ...term, at, text, names: [...term.names, ...names] };
  if (term.kind === 'literal' || term.kind === 'nil' || term.kind === 'dot')
    throw cursor.fail(`unexpected . after term ${JSON.stringify(term.text)}`);
  return { kind: 'chain', at, text, of: term, names };
}

function parseTerm(cursor: Cursor, context: string): Operand | null {
  const token = cursor.nextNonSpace();
  const { at, text } = token;
  switch (token.kind) {
    case 'identifier':
      return identifier(cursor, { at, text });
    case 'dot':
      return { kind: 'dot', at, text: '.' };
    case 'field':
      return { kind: 'field', at, text, names: [text.slice(1)] };
    case 'variable':
      if (!cursor.variables.includes(text)) throw cursor.fail(`undefined variable ${JSON.stringify(text)}`, token);
      return { kind: 'variable', at, text, name: text, names: [] };
    case 'number':
      return { kind: 'literal', at, text, value: Number(text.replaceAll('_', '')) };
    case 'string':
      return { kind: 'literal', at, text, value: unquote(text) };
    case 'char':
      return { kind: 'literal', at, text, value: unquote(text).codePointAt(0) ?? 0 };
    case 'lparen': {
      const pipe = parsePipe(cursor, { context: 'parenthesized pipeline', end: 'rparen' });
      return { kind: 'pipe', at: pipe.at, text: `(${pipe.text})`, pipe };
    }
    default:
      cursor.back();
      if (token.kind === 'right' || token.kind === 'rparen' || token.kind === 'pipe') return null;
      throw cursor.fail(token.kind === 'eof' ? 'unclosed action' : `unexpected ${show(token)} in ${context}`, token);
  }
}

function identifier(cursor: Cursor, word: { at: number; text: string }): Operand {
  if (word.text === 'true' || word.text === 'false') return { kind: 'literal', ...word, value: word.text === 'true' };
  if (word.text === 'nil') return { kind: 'nil', ...word };
  if (CLAUSES.includes(word.text)) throw cursor.fail(`unexpected <${word.text}> in command`);
  if (!cursor.functions.has(word.text)) throw cursor.fail(`function ${JSON.stringify(word.text)} not defined`);
  return { kind: 'function', ...word, name: word.text };
}
