import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ash } from '../../../../src/engine/userland/sh/ash.ts';
import { dash } from '../../../../src/engine/userland/sh/dialect.ts';
import { compilePattern, matchPattern } from '../../../../src/engine/userland/sh/expand/pattern.ts';
import { SyntaxFailure } from '../../../../src/engine/userland/sh/syntax/errors.ts';
import { fetchConstructs, isPlain } from '../../../../src/engine/userland/sh/syntax/needed.ts';
import { parseAll } from '../../../../src/engine/userland/sh/syntax/parse-all.ts';
import { Source } from '../../../../src/engine/userland/sh/syntax/source.ts';

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
  for (const { features } of [dash, ash]) {
    try {
      parseAll(new Source(text, { isFinal: true, features }));
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxFailure);
    }
  }
}

describe('the parser', () => {
  it('needs no code that is fetched later for a text that is plain', () => {
    const plain = fc.array(fc.constantFrom(...PIECES, 'docker', '-it', "'", '.'), { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(fc.property(plain.filter(isPlain), parses));
    expect(isPlain('docker run --rm -e NAME="$a b" alpine echo hi && ls /usr | cat; x &\n')).toBe(true);
    expect(['echo ${x}', 'echo $(x)', "a$'b'", 'if true', 'a; for x', '(a)', 'a >b', 'f() { :; }', 'i\\\nf x'].filter(isPlain)).toEqual([]);
  });

  it('throws nothing but a syntax failure, whatever it reads', async () => {
    await fetchConstructs();
    fc.assert(fc.property(fc.string({ unit: 'binary' }), parses));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
        parses,
      ),
      { numRuns: 2000 },
    );
  });

  it('survives what is nested too deep', async () => {
    await fetchConstructs();
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
