import { describe, expect, it } from 'vitest';
import { withParticle } from '../../src/components/josa/josa.ts';
import { TERMS, termOf } from '../../src/components/term/terms.ts';

describe('particles', () => {
  it.each([
    ['컨테이너', '을/를', '컨테이너를'],
    ['볼륨', '을/를', '볼륨을'],
    ['레이블', '으로/로', '레이블로'],
    ['볼륨', '으로/로', '볼륨으로'],
    ['web', '을/를', 'web을'],
    ['db', '이/가', 'db가'],
    ['alpine', '은/는', 'alpine은'],
    ['nginx', '과/와', 'nginx와'],
    ['redis', '을/를', 'redis를'],
    ['shell', '으로/로', 'shell로'],
    ['alpine:3.23', '이/가', 'alpine:3.23이'],
    ['10.5.0.2', '이/가', '10.5.0.2가'],
    ['`web`', '을/를', '`web`을'],
    ['', '을/를', '를'],
  ] as const)('%s %s', (word, pair, whole) => {
    expect(withParticle(word, pair)).toBe(whole);
  });
});

describe('the glossary', () => {
  it('has both languages for each term', () => {
    for (const [name, { en, ko, says }] of Object.entries(TERMS)) {
      expect(name).toBe(en);
      expect(ko.length * says.en.length * says.ko.length, name).toBeGreaterThan(0);
      expect(says.ko, name).toMatch(/니다\.$/);
    }
  });

  it('tells an author what is missing, and where to add it', () => {
    expect(() => termOf('whale')).toThrow(/no term "whale".*terms\.ts/);
  });
});
