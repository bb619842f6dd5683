/** What xargs reads: its input taken apart into arguments. */
import { LineReader, toRaw, toText } from '../../program-io.ts';
import type { Tool } from '../../tool.ts';

export interface ItemRules {
  /** Each ends with this byte, and nothing is special: `\0`, `,`. Undefined: blanks and newlines, quotes and backslashes. */
  readonly separator: string | undefined;
  /** A whole line is one argument (-I). */
  readonly wholeLines: boolean;
  /** Quotes and backslashes have a meaning. */
  readonly hasQuotes: boolean;
  /** A line that ends the input (-E). */
  readonly end: string | undefined;
}

export interface Item {
  readonly text: string;
  /** The last of its line; for -L. */
  readonly endsLine: boolean;
}

/** Calls `each` with one argument after the other, as they come. */
export async function eachItem(tool: Tool, fd: number, rules: ItemRules, each: (item: Item) => Promise<void>): Promise<void> {
  const { separator } = rules;
  const reader = new LineReader(tool.sys, fd, separator === undefined ? '\n' : toRaw(separator));
  const next = separator === undefined ? () => logicalLine(reader) : () => reader.next();
  for (let line = await next(); line !== null; line = await next()) {
    await tool.sys.turn();
    const { words, problem } = separator === undefined ? wordsOf(line, rules) : { words: [line], problem: undefined };
    for (const [at, word] of words.entries()) {
      const text = toText(word);
      if (text === rules.end) return;
      await each({ text, endsLine: at === words.length - 1 && !/[ \t]$/.test(line) });
    }
    if (problem !== undefined) throw new UnmatchedQuote(problem);
  }
}

/** Says which quote was left open. */
export class UnmatchedQuote extends Error {
  override readonly name = 'UnmatchedQuote';
}

/** A backslash before a newline makes it part of the argument. */
async function logicalLine(reader: LineReader): Promise<string | null> {
  let line = await reader.next();
  while (line !== null && /(?:^|[^\\])(?:\\\\)*\\$/.test(line)) {
    const more = await reader.next();
    if (more === null) return line;
    line += `\n${more}`;
  }
  return line;
}

function wordsOf(line: string, { wholeLines: isWhole, hasQuotes }: ItemRules): { words: readonly string[]; problem: string | undefined } {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let at = isWhole ? (/^[ \t]*/.exec(line)?.[0].length ?? 0) : 0; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
      else word = (word ?? '') + char;
    } else if (hasQuotes && (char === '"' || char === "'")) {
      quote = char;
      word ??= '';
    } else if (hasQuotes && char === '\\') {
      at += 1;
      word = (word ?? '') + (line[at] ?? '');
    } else if (!isWhole && (char === ' ' || char === '\t')) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + char;
  }
  if (quote !== '') return { words, problem: quote === '"' ? 'double' : 'single' };
  if (word !== null) words.push(word);
  return { words, problem: undefined };
}
