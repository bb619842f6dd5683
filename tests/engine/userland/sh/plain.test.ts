import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ash } from '../../../../src/engine/userland/sh/ash.ts';
import { dash } from '../../../../src/engine/userland/sh/dialect.ts';
import type { Shell } from '../../../../src/engine/userland/sh/shell.ts';
import { fetchConstructs } from '../../../../src/engine/userland/sh/syntax/needed.ts';
import { parseAll } from '../../../../src/engine/userland/sh/syntax/parse-all.ts';
import { plainWords } from '../../../../src/engine/userland/sh/syntax/plain.ts';
import { Source } from '../../../../src/engine/userland/sh/syntax/source.ts';

const PIECES = [
  'docker',
  'run',
  'if',
  'in',
  'for',
  'function',
  'x',
  ' ',
  '  ',
  '\t',
  '=',
  'a=b',
  '-',
  '/',
  '%1',
  '2',
  ':',
  '{',
  '}',
  '!',
  '~',
  '#',
  '*',
  '$',
  '"',
  ';',
  '&',
  '>',
  '\n',
];
const line = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => `${pieces.join('')}\n`);

describe('a line that needs no grammar', () => {
  beforeAll(fetchConstructs);

  it.each([dash, ash])('has the words that $name reads in it', ({ features }) => {
    const shell = { features, aliases: new Map() } as unknown as Shell;
    fc.assert(
      fc.property(line, (text) => {
        const words = plainWords(shell, text);
        if (words === undefined) return;
        const { items } = parseAll(new Source(text, { isFinal: true, features }));
        expect(items.map(({ command }) => command)).toEqual([
          expect.objectContaining({
            type: 'simple',
            assignments: [],
            redirects: [],
            words: words.map((literal) => expect.objectContaining({ literal })),
          }),
        ]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is most that is typed', () => {
    const shell = { features: dash.features, aliases: new Map() } as unknown as Shell;
    expect(plainWords(shell, ' docker run -d  -e A=b nginx:1.29@sha256:0 %1\n')).toEqual(
      'docker run -d -e A=b nginx:1.29@sha256:0 %1'.split(' '),
    );
    for (const text of ['A=b docker\n', 'echo $A\n', 'if true\n', 'ls ~\n', 'docker', '\n'])
      expect(plainWords(shell, text), text).toBeUndefined();
  });
});
