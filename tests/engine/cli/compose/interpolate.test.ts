import { describe, expect, it } from 'vitest';
import { readDotenv } from '../../../../src/engine/cli/compose/project/dotenv.ts';
import { substitute } from '../../../../src/engine/cli/compose/project/interpolate.ts';

const VALUES: Readonly<Record<string, string>> = { SET: 'value', EMPTY: '' };
const run = (text: string): { readonly text: string; readonly unset: readonly string[] } => {
  const unset: string[] = [];
  return { text: substitute(text, { lookup: (name) => VALUES[name], unset: (name) => unset.push(name) }), unset };
};

describe('variables', () => {
  it.each([
    ['$SET ${SET}', 'value value'],
    ['$$SET $${SET}', '$SET ${SET}'],
    ['${NONE:-d} ${EMPTY:-d} ${SET:-d}', 'd d value'],
    ['${NONE-d} ${EMPTY-d}', 'd '],
    ['${NONE:+a} ${EMPTY:+a} ${SET:+a}', '  a'],
    ['${EMPTY+a} ${NONE+a}', 'a '],
    ['${NONE:-${SET}} ${NONE:-${EMPTY:-deep}}', 'value deep'],
    ['${SET:?x} ${EMPTY?x}', 'value '],
    ['a$ $1 a$.b', 'a$ $1 a$.b'],
  ])('%s', (text, wanted) => expect(run(text)).toEqual({ text: wanted, unset: [] }));

  it('tells of those without a value', () => expect(run('$NONE ${ALSO}')).toEqual({ text: ' ', unset: ['NONE', 'ALSO'] }));

  it.each([
    ['${NONE:?say so}', 'required variable NONE is missing a value: say so'],
    ['${EMPTY:?}', 'required variable EMPTY is missing a value'],
    ['${', '${'],
    ['${SET!}', '${SET!}'],
  ])('refuses %s', (text, message) => expect(() => run(text)).toThrow(message));
});

describe('files of variables', () => {
  const read = (text: string) => Object.fromEntries(readDotenv(text, '.env', { lookup: (name) => VALUES[name], unset: () => {} }));

  it.each([
    ['A=1\n# no\n\nB = two words # note', { A: '1', B: 'two words' }],
    ['A="x\\ny" # note\nB=\'$SET\\n\'', { A: 'x\ny', B: '$SET\\n' }],
    ['export A=1\nB=$A-$SET', { A: '1', B: '1-value' }],
    ['A="two\nlines"', { A: 'two\nlines' }],
    ['SET\nNONE\n', { SET: 'value' }],
    ['A="\\$SET $$SET \\"q\\" \\x"', { A: '$SET $SET "q" \\x' }],
    ["A='it\\'s'\nB=c # d", { A: "it's", B: 'c' }],
    ['A: 1', { A: '1' }],
    ['A=a#b', { A: 'a#b' }],
  ])('%j', (text, wanted) => expect(read(text)).toEqual(wanted));

  it.each([
    ['A%B=1', 'line 1: unexpected character "%" in variable name "A%B=1"'],
    ['\n# no\nA B=1', 'line 3: key cannot contain a space'],
    ['A=1\nB="x\n', 'line 3: unterminated quoted value "x'],
  ])('refuses %j', (text, message) => expect(() => read(text)).toThrow(message));

  it('uses what a file before it has, unless it is said again', () => {
    const first = readDotenv('A=1\nB=b\n', '.env', { lookup: () => undefined, unset: () => {} });
    expect(
      Object.fromEntries(readDotenv('A=2\nC=$A$B\n', 'two.env', { lookup: () => undefined, unset: () => {} }, new Map(first))),
    ).toEqual({
      A: '2',
      B: 'b',
      C: '2b',
    });
  });
});
