import { toRaw } from '../../program-io.ts';
import { Exit, type Tool, type Utility } from '../../tool.ts';
import { compileRegex, RegexError } from '../regex.ts';

interface Parser {
  readonly tool: Tool;
  readonly words: readonly string[];
  at: number;
}
type Value = string | bigint;

/** Exit status 2: the expression is none; 1: its value is empty or zero. */
export const expr: Utility = async (tool) => {
  const words = tool.args[0] === '--' ? tool.args.slice(1) : tool.args;
  if (words.length === 0)
    return tool.isBusybox ? tool.die('too few arguments', 2) : tool.wrongUsage({ short: '', usageStatus: 2 }, 'missing operand');
  const parser: Parser = { tool, words, at: 0 };
  const value = await or(parser);
  if (parser.at < words.length) await syntaxError(parser, `unexpected argument '${words[parser.at]}'`);
  await tool.out.write(`${value}\n`);
  return isNull(value) ? 1 : 0;
};

const isNull = (value: Value): boolean => value === '' || value === 0n || (typeof value === 'string' && /^-?0+$/.test(value));

async function syntaxError({ tool }: Parser, reason: string): Promise<never> {
  await tool.warn(tool.isBusybox ? 'syntax error' : `syntax error: ${reason}`);
  throw new Exit(2);
}

const isInteger = (value: Value): boolean => typeof value === 'bigint' || /^-?\d+$/.test(value);

async function integer(parser: Parser, value: Value): Promise<bigint> {
  if (isInteger(value)) return BigInt(value);
  return parser.tool.die(parser.tool.isBusybox ? 'non-numeric argument' : 'non-integer argument', 2);
}

function accept(parser: Parser, ...operators: readonly string[]): string | undefined {
  const word = parser.words[parser.at];
  if (word === undefined || !operators.includes(word)) return undefined;
  parser.at += 1;
  return word;
}

async function or(parser: Parser): Promise<Value> {
  let left = await and(parser);
  while (accept(parser, '|') !== undefined) {
    const right = await and(parser);
    left = isNull(left) ? (isNull(right) ? 0n : right) : left;
  }
  return left;
}

async function and(parser: Parser): Promise<Value> {
  let left = await comparison(parser);
  while (accept(parser, '&') !== undefined) {
    const right = await comparison(parser);
    left = isNull(left) || isNull(right) ? 0n : left;
  }
  return left;
}

async function comparison(parser: Parser): Promise<Value> {
  let left = await sum(parser);
  for (
    let operator = accept(parser, '<', '<=', '=', '==', '!=', '>=', '>');
    operator !== undefined;
    operator = accept(parser, '<', '<=', '=', '==', '!=', '>=', '>')
  ) {
    const right = await sum(parser);
    const [one, two] = isInteger(left) && isInteger(right) ? [BigInt(left), BigInt(right)] : [String(left), String(right)];
    left = compare(one, operator, two) ? 1n : 0n;
  }
  return left;
}

function compare(left: Value, operator: string, right: Value): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '!=':
      return left !== right;
    case '>=':
      return left >= right;
    case '>':
      return left > right;
    default:
      return left === right;
  }
}

async function sum(parser: Parser): Promise<Value> {
  let left = await product(parser);
  for (let operator = accept(parser, '+', '-'); operator !== undefined; operator = accept(parser, '+', '-')) {
    const [one, two] = [await integer(parser, left), await integer(parser, await product(parser))];
    left = operator === '+' ? one + two : one - two;
  }
  return left;
}

async function product(parser: Parser): Promise<Value> {
  let left = await match(parser);
  for (let operator = accept(parser, '*', '/', '%'); operator !== undefined; operator = accept(parser, '*', '/', '%')) {
    const [one, two] = [await integer(parser, left), await integer(parser, await match(parser))];
    if (two === 0n && operator !== '*') return parser.tool.die('division by zero', 2);
    left = operator === '*' ? one * two : operator === '/' ? one / two : one % two;
  }
  return left;
}

async function match(parser: Parser): Promise<Value> {
  let left = await primary(parser);
  while (accept(parser, ':') !== undefined) left = await matched(parser, left, await primary(parser));
  return left;
}

/** The group if the expression has one, else how many characters matched, from the beginning. */
async function matched(parser: Parser, text: Value, pattern: Value): Promise<Value> {
  try {
    const regex = compileRegex(toRaw(String(pattern)), { extended: false });
    const found = new RegExp(`^(?:${regex.source})`, 's').exec(toRaw(String(text)));
    const hasGroup = /\\\(/.test(String(pattern));
    return hasGroup ? (found?.[1] ?? '') : BigInt(found?.[0].length ?? 0);
  } catch (error) {
    if (error instanceof RegexError) return parser.tool.die(error.message, 2);
    throw error;
  }
}

async function primary(parser: Parser): Promise<Value> {
  const { words } = parser;
  const word = words[parser.at];
  if (word === undefined) return syntaxError(parser, `missing argument after '${words[parser.at - 1] ?? ''}'`);
  parser.at += 1;
  if (word === '(') {
    const value = await or(parser);
    if (accept(parser, ')') === undefined) return syntaxError(parser, `expecting ')' after '${words[parser.at - 1] ?? ''}'`);
    return value;
  }
  const hasArguments = words[parser.at] !== undefined;
  if (word === '+' && hasArguments) return words[parser.at++] ?? '';
  if (word === 'length' && hasArguments) return BigInt(toRaw(String(await primary(parser))).length);
  if (word === 'match' && hasArguments) return matched(parser, await primary(parser), await primary(parser));
  if (word === 'index' && hasArguments) {
    const [text, set] = [String(await primary(parser)), String(await primary(parser))];
    return BigInt([...text].findIndex((char) => set.includes(char)) + 1);
  }
  if (word === 'substr' && hasArguments) {
    const text = String(await primary(parser));
    const [from, count] = [Number(await integer(parser, await primary(parser))), Number(await integer(parser, await primary(parser)))];
    return from < 1 || count < 1 ? '' : text.slice(from - 1, from - 1 + count);
  }
  return word;
}
