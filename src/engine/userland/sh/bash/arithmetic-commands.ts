/** `(( … ))` and `for (( …; …; … ))`. */
import { evaluateArithmetic } from '../expand/evaluate.ts';
import { expandString } from '../expand/expand.ts';
import { isZero } from '../expand/integer.ts';
import { runList } from '../run/command.ts';
import { goesOn } from '../run/compound.ts';
import { type RunFlags, TAIL } from '../run/context.ts';
import { checked, done } from '../run/status.ts';
import { traceText } from '../run/trace.ts';
import { type Shell, ShellAbort } from '../shell.ts';
import { readArithmetic } from '../syntax/arithmetic-word.ts';
import type { Command, List, Word } from '../syntax/ast.ts';
import { doGroup, group } from '../syntax/compound.ts';
import { SyntaxFailure } from '../syntax/errors.ts';
import type { Parser } from '../syntax/parser.ts';
import type { Token } from '../syntax/tokens.ts';
import { PartList, readQuotedPiece } from '../syntax/words.ts';

/** Null: the parentheses are a subshell's. */
export function parseArithmeticCommand(parser: Parser, token: Token): Command | null {
  const { source } = parser;
  if (source.text.charAt(token.start + 1) !== '(') return null;
  const { at, line } = source;
  source.at = token.start + 2;
  const word = readArithmetic(source);
  if (word === null) {
    source.at = at;
    source.line = line;
    return null;
  }
  parser.tokens.again();
  const text = source.text.slice(token.start + 2, source.at - 2);
  return {
    type: 'own',
    line: token.line,
    text: `((${text}))`,
    run: (shell, flags) => runArithmetic(shell, { word, text, line: token.line }, flags),
  };
}

interface Arithmetic {
  readonly word: Word;
  readonly text: string;
  readonly line: number;
}

async function runArithmetic(shell: Shell, { word, text, line }: Arithmetic, flags: RunFlags): Promise<number> {
  shell.line = line;
  const turn = shell.sys.turn();
  if (turn !== undefined) await turn;
  if (shell.options.xtrace) await traceText(shell, `(( ${text.trim()} ))`);
  const expression = await expandString(shell, word);
  return checked(shell, await truthOf(shell, expression, '(('), flags);
}

/** 0 if the expression is not zero; what is wrong with it is said, and makes 1. */
export async function truthOf(shell: Shell, expression: string, command: string): Promise<number> {
  const { builtin } = shell;
  shell.builtin = command;
  try {
    return isZero(evaluateArithmetic(shell, expression)) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ShellAbort) || error.isFatal) throw error;
    await shell.write(2, `${error.text}\n`);
    return 1;
  } finally {
    shell.builtin = builtin;
  }
}

export function parseArithmeticFor(parser: Parser, line: number): Command | null {
  const { source } = parser;
  const { start: from } = parser.peek();
  const match = /^[ \t]*\(\(/.exec(source.text.slice(source.at));
  if (match === null) return null;
  parser.next();
  source.skip(match[0].length);
  const [start, condition, step] = [readClause(parser, ';'), readClause(parser, ';'), readClause(parser, ')')];
  if (parser.isOperator(';')) parser.next();
  parser.skipNewlines();
  let body: List;
  if (parser.isReserved('{')) {
    const command = group(parser);
    body = { items: [{ command, isBackground: false, text: '' }] };
  } else body = doGroup(parser);
  const text = source.text.slice(from, source.at);
  return { type: 'own', line, text, run: (shell, flags) => runFor(shell, { start, condition, step, body, line }, flags) };
}

function readClause(parser: Parser, end: ';' | ')'): Word {
  const { source } = parser;
  const out = new PartList();
  for (let depth = 0; ; ) {
    const char = source.peek();
    if (char === '') source.end({ kind: 'missing-parentheses' });
    if (depth === 0 && char === end) break;
    if (depth === 0 && (char === ';' || char === ')'))
      throw new SyntaxFailure({ kind: 'unexpected', token: char, isName: false }, source.line);
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    readQuotedPiece(source, out, '"');
  }
  source.next();
  if (end === ')') {
    if (source.peek() !== ')') throw new SyntaxFailure({ kind: 'unexpected', token: ')', isName: false }, source.line);
    source.next();
  }
  return out.word();
}

interface ArithmeticFor {
  readonly start: Word;
  readonly condition: Word;
  readonly step: Word;
  readonly body: List;
  readonly line: number;
}

async function runFor(shell: Shell, command: ArithmeticFor, flags: RunFlags): Promise<number> {
  const value = async (word: Word): Promise<boolean> => {
    shell.line = command.line;
    const text = await expandString(shell, word);
    return text.trim() === '' || (await truthOf(shell, text, '((')) === 0;
  };
  await value(command.start);
  let status = 0;
  shell.loopDepth += 1;
  try {
    while (await value(command.condition)) {
      const turn = shell.sys.turn();
      if (turn !== undefined) await turn;
      status = await runList(shell, command.body, flags & ~TAIL);
      if (!goesOn(shell)) break;
      await value(command.step);
    }
  } finally {
    shell.loopDepth -= 1;
  }
  return done(shell, shell.flow?.kind === 'return' ? shell.flow.status : status);
}
