/** find's expression as one step: primaries joined by `!`, `-a`, `-o`, `,` and parentheses, in that order of strength. */
import { ACTIONS, printed } from './actions.ts';
import { GLOBALS } from './globals.ts';
import type { Search, Step } from './search.ts';
import { TESTS } from './tests.ts';
import { Words } from './words.ts';

const AND = ['-a', '-and'];
const OR = ['-o', '-or'];
const PATTERN_TESTS = ['-name', '-iname', '-path', '-ipath', '-wholename', '-iwholename', '-lname', '-ilname'];
/** What busybox is built without. */
const GNU_ONLY = [
  '-wholename',
  '-iwholename',
  '-lname',
  '-ilname',
  '-iregex',
  '-xtype',
  '-uid',
  '-gid',
  '-nouser',
  '-nogroup',
  '-anewer',
  '-cnewer',
  '-readable',
  '-writable',
  '-true',
  '-false',
  '-printf',
  '-ls',
  '-fprint',
  '-fprint0',
  '-fprintf',
  '-ok',
  '-execdir',
  '-okdir',
];

/** busybox is built without many of them, Debian's without one more. */
const isMissing = ({ isBusybox, search }: Words, word: string): boolean =>
  isBusybox && (GNU_ONLY.includes(word) || (word === '-delete' && search.tool.isDebianBusybox));

/** Reads the expression; global options in it change the search. Without an action the files that pass are printed. */
export async function expression(search: Search, args: readonly string[]): Promise<Step> {
  const words = new Words(search, args);
  const step = args.length === 0 ? () => true : await list(words);
  if (words.peek() === ')') await (words.isBusybox ? words.unknown(')') : words.refuse("you have too many ')'"));
  if (search.hasAction) return step;
  const print = printed(search, '\n');
  return async (file) => (await step(file)) && print(file);
}

async function list(words: Words): Promise<Step> {
  let left = await either(words);
  while (words.peek() === ',') {
    words.take();
    const [first, second] = [left, await either(words)];
    left = async (file) => {
      await first(file);
      return second(file);
    };
  }
  return left;
}

async function either(words: Words): Promise<Step> {
  let left = await both(words);
  while (OR.includes(words.peek() ?? '')) {
    const word = words.take() ?? '';
    await expectOperand(words, word);
    const [first, second] = [left, await both(words)];
    left = async (file) => (await first(file)) || second(file);
  }
  return left;
}

const endsOperand = (word: string | undefined): boolean => word === undefined || word === ')' || word === ',' || OR.includes(word);

async function both(words: Words): Promise<Step> {
  const start = words.peek() ?? '';
  // busybox takes what is missing beside an operator for true.
  if (words.isBusybox && endsOperand(words.peek())) return () => true;
  if (!words.isBusybox && (OR.includes(start) || AND.includes(start) || start === ','))
    await words.refuse(`invalid expression; you have used a binary operator '${start}' with nothing before it.`);
  let left = await negation(words);
  while (!endsOperand(words.peek())) {
    if (AND.includes(words.peek() ?? '')) {
      const word = words.take() ?? '';
      await expectOperand(words, word);
    }
    const [first, second] = [left, await negation(words)];
    left = async (file) => (await first(file)) && second(file);
  }
  return left;
}

async function expectOperand(words: Words, operator: string): Promise<void> {
  if (words.peek() === undefined && !words.isBusybox) await words.refuse(`expected an expression after '${operator}'`);
}

async function negation(words: Words): Promise<Step> {
  const word = words.peek();
  if (word !== '!' && word !== '-not') return primary(words);
  words.take();
  if (words.peek() === undefined) return words.isBusybox ? () => false : words.refuse(`expected an expression after '${word}'`);
  const step = await negation(words);
  return async (file) => !(await step(file));
}

async function primary(words: Words): Promise<Step> {
  const word = words.take();
  if (word === undefined || AND.includes(word)) return () => true;
  if (word === '(') return group(words);
  const build = isMissing(words, word) ? undefined : lookUp(word);
  if (build !== undefined) return build(words, word);
  if (word.startsWith('-') && word !== '-') return words.unknown(word);
  if (words.isBusybox) return words.unknown(word);
  return misplacedPath(words, word);
}

function lookUp(word: string): ((words: Words, name: string) => Promise<Step>) | undefined {
  for (const table of [TESTS, ACTIONS, GLOBALS]) if (Object.hasOwn(table, word)) return table[word];
  return undefined;
}

/** A shell has often made several words of an unquoted pattern. */
async function misplacedPath(words: Words, word: string): Promise<never> {
  const { tool } = words.search;
  await tool.warn(`paths must precede expression: \`${word}'`);
  const test = words.previous(3) ?? '';
  if (PATTERN_TESTS.includes(test) && tool.sys.path.access(word, {}))
    await tool.warn(`possible unquoted pattern after predicate \`${test}'?`);
  return tool.end(1);
}

async function group(words: Words): Promise<Step> {
  if (words.peek() === ')' && !words.isBusybox) await words.refuse('invalid expression; empty parentheses are not allowed.');
  const step = await list(words);
  if (words.take() !== ')')
    await words.refuse(
      words.isBusybox ? "unpaired '('" : "invalid expression; I was expecting to find a ')' somewhere but did not see one.",
    );
  return step;
}
