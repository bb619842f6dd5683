import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DockerfileError } from '../../../../src/engine/daemon/builder/dockerfile/errors.ts';
import { expand } from '../../../../src/engine/daemon/builder/dockerfile/expand.ts';

const ENV = new Map([
  ['NAME', 'value'],
  ['EMPTY', ''],
  ['PATH_', '/usr/local/bin:/usr/bin'],
  ['FILE', 'archive.tar.gz'],
  ['SPACED', 'a b  c'],
]);
const OPTIONS = { escapeSign: '\\' };
const text = (word: string): string => {
  try {
    return expand(word, ENV, OPTIONS).text;
  } catch (error) {
    if (error instanceof DockerfileError) return `error: ${error.message.replace(/^failed to process .*?": /s, '')}`;
    throw error;
  }
};

describe('expansion', () => {
  it.each([
    ['$NAME', 'value'],
    ['${NAME}s', 'values'],
    ['$NAMES', ''],
    ['$', '$'],
    ['\\$NAME', '$NAME'],
    ["'$NAME'", '$NAME'],
    ['"$NAME"', 'value'],
    ['"a\\"b\\c"', 'a"b\\c'],
    ['${EMPTY:-x}', 'x'],
    ['${EMPTY-x}', ''],
    ['${GONE-x}', 'x'],
    ['${GONE:-${NAME}}', 'value'],
    ['${NAME:+x}', 'x'],
    ['${EMPTY:+x}', ''],
    ['${EMPTY+x}', 'x'],
    ['${NAME:?no}', 'value'],
    ['${GONE?}', 'error: GONE: is not allowed to be unset'],
    ['${EMPTY:?}', 'error: EMPTY: is not allowed to be empty'],
    ['${GONE:?say why}', 'error: GONE: say why'],
    ['${FILE%.*}', 'archive.tar'],
    ['${FILE%%.*}', 'archive'],
    ['${FILE#*.}', 'tar.gz'],
    ['${FILE##*.}', 'gz'],
    ['${FILE/a/_}', '_rchive.tar.gz'],
    ['${FILE//a/_}', '_rchive.t_r.gz'],
    ['${FILE//?ar/X}', 'archive.X.gz'],
    ['${PATH_//\\//+}', '+usr+local+bin:+usr+bin'],
    ['${}', 'error: syntax error: bad substitution'],
    ['${NAME', 'error: unsupported modifier (\ufffd) in substitution'],
    ['${NAME:-x', "error: syntax error: missing '}'"],
    ['${NAME^}', 'error: unsupported modifier (^) in substitution'],
    ['"open', 'error: unexpected end of statement while looking for matching double-quote'],
    ["'open", 'error: unexpected end of statement while looking for matching single-quote'],
    ['$9$1x', 'x'],
  ])('%s is %s', (word, expected) => {
    expect(text(word)).toBe(expected);
  });

  it('splits at blanks that are not quoted, after variables', () => {
    expect(expand('one "two three" $SPACED \'$NAME x\'', ENV, OPTIONS).words).toEqual(['one', 'two three', 'a', 'b', 'c', '$NAME x']);
  });

  it('says which variables it has met', () => {
    const { matched, unmatched } = expand('$NAME ${GONE:-x} $NAME', ENV, OPTIONS);
    expect([[...matched], [...unmatched]]).toEqual([['NAME'], ['GONE']]);
  });

  it('leaves alone what has no sign of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcXYZ019 .,:/=-_äß日') }), (word) => {
        expect(expand(word, ENV, OPTIONS).text).toBe(word);
      }),
      { seed: 20_261_128 },
    );
  });

  it('takes off the shortest or the longest match, as trying all of them would', () => {
    const value = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), minLength: 1, maxLength: 5 });
    const matches = (one: string, glob: string): boolean => {
      if (glob === '') return one === '';
      if (glob.startsWith('*')) return matches(one, glob.slice(1)) || (one !== '' && matches(one.slice(1), glob));
      return one !== '' && (glob[0] === '?' || glob[0] === one[0]) && matches(one.slice(1), glob.slice(1));
    };
    fc.assert(
      fc.property(value, pattern, fc.constantFrom('#', '##', '%', '%%'), (one, glob, operator) => {
        const lengths = Array.from({ length: one.length + 1 }, (_, i) => i);
        const isPrefix = operator.startsWith('#');
        const part = (length: number): string => (isPrefix ? one.slice(0, length) : one.slice(one.length - length));
        const fitting = lengths.filter((length) => matches(part(length), glob));
        const length = (operator.length === 2 ? fitting.at(-1) : fitting[0]) ?? 0;
        const expected = isPrefix ? one.slice(length) : one.slice(0, one.length - length);
        expect(expand(`\${X${operator}${glob}}`, new Map([['X', one]]), OPTIONS).text).toBe(expected);
      }),
      { seed: 20_261_128, numRuns: 500 },
    );
  });

  it('never fails in another way than by its own error', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('$', '{', '}', ':', '-', '#', '%', '/', '\\', '"', "'", 'N', ' ', '*', '?'), maxLength: 24 }),
        (word) => {
          expect(typeof text(word)).toBe('string');
        },
      ),
      { seed: 20_261_128, numRuns: 2000 },
    );
  });
});
