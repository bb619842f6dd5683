import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, matchPattern } from '../../../../src/engine/userland/sh/expand/pattern.ts';
import { parse, SyntaxFailure } from '../../../../src/engine/userland/sh/index.ts';

const PIECES = [
  'if',
  'then',
  'fi',
  'do',
  'done',
  'while',
  'case',
  'esac',
  'in',
  'for',
  'x',
  ' ',
  '\n',
  ';',
  '&',
  '|',
  '(',
  ')',
  '{',
  '}',
  '$',
  '`',
  '"',
  "'",
  '\\',
  '<<',
  'E',
  '>',
  '&1',
  '=',
  '#',
  '$((',
  '))',
  '${',
  ':-',
  '!',
  '%',
  '/',
];

function parses(text: string): void {
  for (const dialect of ['dash', 'ash'] as const) {
    try {
      parse(text, dialect);
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxFailure);
    }
  }
}

describe('the parser', () => {
  it('throws nothing but a syntax failure, whatever it reads', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), parses));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
        parses,
      ),
      { numRuns: 2000 },
    );
  });

  it('survives what is nested too deep', () => {
    for (const open of ['(', '$(', '{ ', 'if ', '$((', '`', '"$(', '${x:-', '! ', 'f() ', 'while ']) parses(open.repeat(20_000));
  });
});

/** The meaning of a pattern, said naively. */
function matches(pattern: string, text: string): boolean {
  const [head] = pattern;
  if (head === undefined) return text === '';
  if (head === '*') return matches(pattern.slice(1), text) || (text !== '' && matches(pattern, text.slice(1)));
  return text !== '' && (head === '?' || head === text[0]) && matches(pattern.slice(1), text.slice(1));
}

describe('patterns', () => {
  it('match as the definition says', () => {
    const letters = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }).map((chars) => chars.join(''));
    const patterns = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 6 }).map((chars) => chars.join(''));
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        expect(matchPattern(compilePattern(pattern), text)).toBe(matches(pattern, text));
      }),
    );
  });

  it('never take forever', () => {
    expect(matchPattern(compilePattern('*a'.repeat(40)), `${'a'.repeat(5000)}b`)).toBe(false);
  });
});
