/** What `[[ … ]]` finds out. */
import { compileRegex, escapeRegex, RegexError } from '../../coreutils/regex.ts';
import { evaluate, TestSyntax } from '../../coreutils/shell/test.ts';
import { evaluateArithmetic } from '../expand/evaluate.ts';
import { expandPattern, expandString } from '../expand/expand.ts';
import { compilePattern, matchPattern } from '../expand/pattern.ts';
import { optionOfName } from '../options.ts';
import type { RunFlags } from '../run/context.ts';
import { checked } from '../run/status.ts';
import { traceText } from '../run/trace.ts';
import type { Shell } from '../shell.ts';
import type { Word } from '../syntax/ast.ts';
import { elementOf, elementsOf, replaceElements, subscripted } from './arrays.ts';
import type { Condition } from './condition-syntax.ts';
import { stateOf } from './state.ts';

export interface ConditionCommand {
  readonly condition: Condition;
  readonly text: string;
  readonly line: number;
}

export async function runCondition(shell: Shell, { condition, text, line }: ConditionCommand, flags: RunFlags): Promise<number> {
  shell.line = line;
  const turn = shell.sys.turn();
  if (turn !== undefined) await turn;
  if (shell.options.xtrace) await traceText(shell, text);
  try {
    return await checked(shell, (await holds(shell, condition)) ? 0 : 1, flags);
  } catch (error) {
    if (!(error instanceof TestSyntax) && !(error instanceof RegexError)) throw error;
    if (error instanceof TestSyntax) await shell.complain(`[[: ${error.message}`);
    return checked(shell, 2, flags);
  }
}

async function holds(shell: Shell, node: Condition): Promise<boolean> {
  switch (node.kind) {
    case 'and':
      return (await holds(shell, node.left)) && (await holds(shell, node.right));
    case 'or':
      return (await holds(shell, node.left)) || (await holds(shell, node.right));
    case 'not':
      return !(await holds(shell, node.inner));
    case 'word':
      return (await expandString(shell, node.word)) !== '';
    case 'unary':
      return unary(shell, node.operator, await expandString(shell, node.word));
    case 'binary':
      return binary(shell, node);
  }
}

function unary(shell: Shell, operator: string, operand: string): boolean {
  if (operator === '-v') return isSet(shell, operand);
  if (operator === '-R') return shell.variables.entry(operand)?.own?.target !== undefined;
  if (operator === '-o') {
    const name = optionOfName(operand);
    return name !== undefined && shell.options[name];
  }
  return evaluate(shell.sys, [operator === '-a' ? '-e' : operator, operand]);
}

/** `-v name`, `-v 'name[subscript]'`. */
export function isSet(shell: Shell, text: string): boolean {
  const place = subscripted(text);
  if (place === null)
    return /^\d+$/.test(text)
      ? shell.positional[Number(text) - 1] !== undefined
      : shell.variables.get(text) !== undefined || shell.dialect.own?.special(shell, text) !== undefined;
  if (place.key === '@' || place.key === '*') return (elementsOf(shell, place.name)?.size ?? 0) > 0;
  return elementOf(shell, place.name, place.key) !== undefined;
}

const COMPARISONS = /^-(eq|ne|lt|le|gt|ge)$/;

async function binary(shell: Shell, node: Extract<Condition, { kind: 'binary' }>): Promise<boolean> {
  const left = await expandString(shell, node.left);
  if (node.operator === '=~') return matches(shell, left, node.right);
  if (/^(==?|!=)$/.test(node.operator)) {
    const ignoresCase = stateOf(shell).has('nocasematch');
    const pattern = await expandPattern(shell, node.right);
    const isMatch = matchPattern(compilePattern(ignoresCase ? pattern.toLowerCase() : pattern), ignoresCase ? left.toLowerCase() : left);
    return isMatch === (node.operator !== '!=');
  }
  const right = await expandString(shell, node.right);
  if (!COMPARISONS.test(node.operator)) return evaluate(shell.sys, [left, node.operator, right]);
  const [a, b] = [evaluateArithmetic(shell, left), evaluateArithmetic(shell, right)];
  return evaluate(shell.sys, [String(a), node.operator, String(b)]);
}

/** `=~`: what is quoted in the expression stands for itself. The parts that matched are BASH_REMATCH. */
async function matches(shell: Shell, subject: string, word: Word): Promise<boolean> {
  let expression = '';
  for (const part of word.parts) {
    const text = await expandString(shell, { parts: [part] });
    expression += part.quoted || (part.kind === 'own' && part.quoted) ? escapeRegex(text) : text;
  }
  const regex = compileRegex(expression, { extended: true, ignoreCase: stateOf(shell).has('nocasematch') });
  regex.lastIndex = 0;
  const match = regex.exec(subject);
  const elements = replaceElements(shell, 'BASH_REMATCH', false);
  match?.forEach((text, i) => {
    elements.set(i, text ?? '');
  });
  replaceElements(shell, 'BASH_REMATCH', true);
  return match !== null;
}
