import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIgnoreFile } from '../../../../src/engine/api-types/ignore/ignore-file.ts';
import { compilePatterns, judge, PatternSyntaxError, type Verdict } from '../../../../src/engine/api-types/ignore/patterns.ts';

/** Walks down to a path as a context's walk does. */
function isIgnored(lines: readonly string[], path: string): boolean {
  const patterns = compilePatterns(lines);
  let above: Verdict | undefined;
  const parts = path.split('/');
  for (let i = 1; i <= parts.length; i++) above = judge(patterns, parts.slice(0, i).join('/'), above);
  return above?.ignored === true;
}

describe('ignore patterns', () => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['**', 'file', true],
    ['**', 'dir/file', true],
    ['**/', 'file', true],
    ['**/**', 'dir/file', true],
    ['dir/**', 'dir/file', true],
    ['dir/**', 'dir/dir2/file', true],
    ['dir/**', 'dir', false],
    ['**/dir2/*', 'dir/dir2/file', true],
    ['**/dir2/**', 'dir/dir2/dir2/file', true],
    ['**file', 'dir/file', true],
    ['**file', 'dir/dir2/afile', true],
    ['**/file', 'dir/dir2/file', true],
    ['**/file', 'afile', false],
    ['**/file*', 'dir/dir2/file.txt', true],
    ['**/file*txt', 'dir/dir2/file.txt', true],
    ['**/**/*.txt', 'dir/dir2/file.txt', true],
    ['**/*.txt2', 'dir/dir2/file.txt', false],
    ['a**/*.txt', 'a/file.txt', true],
    ['a**/*.txt', 'a/dir/file.txt', true],
    ['a/*.txt', 'a/dir/file.txt', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a[b-d]e', 'ace', true],
    ['a[b-d]e', 'aae', false],
    ['a[^b-d]e', 'ae', false],
    ['a[^b-d]e', 'axe', true],
    ['a[!b]e', 'a!e', true],
    ['abc.def', 'abcZdef', false],
    ['abc?def', 'abc/def', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a\\\\', 'a\\', true],
    ['[*]', '*', false],
    ['\\d', '7', true],
    ['file[[:digit:]]', 'file5', true],
    ['a(b)', 'a(b)', true],
    ['a+b|c$', 'a+b|c$', true],
    ['하*', '하늘/별', true],
    ['?', '하', true],
    ['./a//b/../c', 'a/c', true],
    ['^a', 'a', false],
  ];
  for (const [pattern, path, ignored] of rows)
    test(`${pattern} ${ignored ? 'takes' : 'leaves'} ${path}`, () => expect(isIgnored([pattern], path)).toBe(ignored));

  test('the last one that matches decides', () => {
    expect(isIgnored(['*.md', '!README*.md', 'README-secret.md'], 'README.md')).toBe(false);
    expect(isIgnored(['*.md', '!README*.md', 'README-secret.md'], 'README-secret.md')).toBe(true);
    expect(isIgnored(['dir', '!dir/keep'], 'dir/keep')).toBe(false);
    expect(isIgnored(['dir', '!dir/keep'], 'dir/other')).toBe(true);
    expect(isIgnored(['**', '!dir'], 'dir/any/thing')).toBe(false);
    expect(isIgnored(['!dir', '**'], 'dir')).toBe(true);
  });

  test('what Go cannot compile is an error', () => {
    for (const bad of ['[', '[a', '[]a]', '[-x]', '[x-]', 'a[', 'a\\', '!'])
      expect(() => compilePatterns([bad]), bad).toThrow(PatternSyntaxError);
    for (const late of ['\\h', '[b-a]', '[[:what:]]']) expect(() => isIgnored([late], 'x'), late).toThrow(PatternSyntaxError);
  });

  test('no pattern takes long', () => {
    expect(isIgnored([`${'*a'.repeat(30)}b`], 'a'.repeat(250))).toBe(false);
    expect(isIgnored([`${'x/**/'.repeat(30)}b`], 'x/a/'.repeat(250))).toBe(false);
  });

  test('any line gives a verdict or a syntax error, and soon', () => {
    const piece = fc.constantFrom('*', '**', '?', '/', '!', '[', ']', '^', '-', '\\', 'a', 'b', '.', '#', ' ', ':', '하', '(', '|', '{');
    fc.assert(
      fc.property(
        fc.array(fc.array(piece, { maxLength: 8 }), { maxLength: 4 }),
        fc.array(fc.constantFrom('a', 'b', '/', '.', '하'), { minLength: 1, maxLength: 12 }),
        (lines, path) => {
          try {
            isIgnored(readIgnoreFile(new TextEncoder().encode(lines.map((line) => line.join('')).join('\n'))), path.join(''));
          } catch (error) {
            expect(error).toBeInstanceOf(PatternSyntaxError);
          }
        },
      ),
      { seed: 61, numRuns: 2000 },
    );
  });

  test('literal names match themselves, what is in them, and nothing else', () => {
    const name = fc
      .array(fc.constantFrom('a', 'b', 'c', '.', '-', '_', '+', '(', ' é'), { minLength: 1, maxLength: 4 })
      .map((letters) => `x${letters.join('')}x`);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), fc.array(name, { minLength: 1, maxLength: 3 }), (pattern, path) => {
        const expected = pattern.every((part, i) => part === path[i]);
        expect(isIgnored([pattern.join('/')], path.join('/'))).toBe(expected);
        expect(isIgnored([pattern.join('/'), `!${path.join('/')}`], path.join('/'))).toBe(false);
      }),
      { seed: 62, numRuns: 500 },
    );
  });

  test('wildcards agree with a naive matcher', () => {
    const parts = fc.array(fc.constantFrom('a', 'b', '*', '?', '/'), { minLength: 1, maxLength: 7 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(parts, fc.stringMatching(/^[ab]{1,3}(\/[ab]{1,3})?$/), (pattern, path) => {
        fc.pre(!pattern.includes('**') && /^[^/].*[^/]$/.test(pattern) && !pattern.includes('//'));
        const prefixes = path.split('/').map((_, i, all) => all.slice(0, i + 1).join('/'));
        expect(isIgnored([pattern], path)).toBe(prefixes.some((prefix) => naive(pattern, prefix)));
      }),
      { seed: 63, numRuns: 2000 },
    );
  });
});

function naive(pattern: string, path: string): boolean {
  if (pattern === '') return path === '';
  if (pattern.startsWith('*'))
    return naive(pattern.slice(1), path) || (path !== '' && !path.startsWith('/') && naive(pattern, path.slice(1)));
  if (path === '') return false;
  return (pattern[0] === path[0] || (pattern.startsWith('?') && path[0] !== '/')) && naive(pattern.slice(1), path.slice(1));
}

describe('ignore files', () => {
  const read = (text: string) => readIgnoreFile(new TextEncoder().encode(text));
  test('lose comments, blanks and leading slashes', () => {
    expect(read('\ufefftest1\n/test2\n/a/file/here\n\n lastfile\r\n# this is a comment\n! /inverted/abs/path\n!\n! \n #not\n')).toEqual([
      'test1',
      'test2',
      'a/file/here',
      'lastfile',
      '!inverted/abs/path',
      '!',
      '!',
      '#not',
    ]);
    expect(read('/')).toEqual(['/']);
    expect(read('a//b/./c/../d/')).toEqual(['a/b/d']);
  });
});
