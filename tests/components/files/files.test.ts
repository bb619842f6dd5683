import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageOfFile, toned } from '../../../src/components/files/highlight.ts';
import { onlyFile, tarOf } from '../../../src/components/files/tar.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('colours of a file', () => {
  it.each([
    [
      'Dockerfile',
      'FROM alpine AS a\n# why\nRUN echo "$X" --flag',
      'keyword:FROM keyword:AS comment:# why keyword:RUN string:"$X" key:--flag',
    ],
    [
      'compose.yaml',
      'services:\n  web:\n    image: "nginx" # x\n    ports: [80]',
      'key:services key:  web key:    image string:"nginx" comment:# x key:    ports number:80',
    ],
    ['a.json', '{"a": [true, 1, "b"]}', 'key:"a" keyword:true number:1 string:"b"'],
    ['run', '#!/bin/sh\nif true; then echo $A; fi', 'comment:#!/bin/sh keyword:if keyword:then variable:$A keyword:fi'],
    ['notes.txt', 'FROM here', ''],
  ])('%s', (name, text, expected) => {
    const pieces = toned(text, languageOfFile(name, text));
    expect(
      pieces
        .filter(({ tone }) => tone !== '')
        .map(({ tone, text: piece }) => `${tone}:${piece}`)
        .join(' '),
    ).toBe(expected);
  });

  it('loses no letter, whatever is written', () => {
    const names = ['Dockerfile', 'a.yaml', 'a.json', 'a.sh', 'a.ts', 'a.py', '.env'];
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(...names),
        (text, name) =>
          toned(text, languageOfFile(name))
            .map((piece) => piece.text)
            .join('') === text,
      ),
    );
  });
});

describe('archives', () => {
  it('are what tar reads', () => {
    const archive = tarOf([
      { name: 'one.txt', bytes: bytes('one\n') },
      { name: 'sub/two', bytes: new Uint8Array(1000).fill(65) },
    ]);
    expect(execFileSync('tar', ['-tvf', '-'], { input: archive, encoding: 'utf8' })).toMatch(
      /-rw-r--r-- .* 4 .* one\.txt\n.* 1000 .* sub\/two/,
    );
  });

  it('give their only file back', () => {
    const file = { name: 'héllo', bytes: bytes('x'.repeat(513)) };
    expect(onlyFile(tarOf([file]))).toEqual(file);
    expect(onlyFile(tarOf([file, file]))).toBeNull();
    expect(onlyFile(new Uint8Array(100))).toBeNull();
  });

  it('have no names that lead elsewhere', () => {
    for (const name of ['/etc/passwd', '../x', 'a/../../b', 'n'.repeat(101)])
      expect(() => tarOf([{ name, bytes: bytes('') }])).toThrow(RangeError);
  });
});
