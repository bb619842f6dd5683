/** Particles come off a query, and nothing else does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARTICLES, withParticle } from '../../../src/components/josa/josa.ts';
import { searchQuery, stem } from '../../../src/components/site/korean-search.ts';
import { PAIRS, searchTerms } from '../../../src/components/site/search-terms.ts';

describe('the noun of a Korean word', () => {
  it.each([
    ['볼륨을', '볼륨'],
    ['볼륨이', '볼륨'],
    ['컨테이너가', '컨테이너'],
    ['컨테이너에서는', '컨테이너'],
    ['레이어마다', '레이어'],
    ['이미지로부터', '이미지'],
    ['시그널로', '시그널'],
    ['네트워크와의', '네트워크'],
    ['프로세스입니다', '프로세스'],
    ['파일들을', '파일'],
    ['nginx를', 'nginx'],
    ['Dockerfile은', 'Dockerfile'],
  ])('%s is %s', (word, noun) => {
    expect(stem(word)).toBe(noun);
  });

  it.each(['볼륨', '컨테이너', '이미지', '데이터', '추가', '하나', '가', '을', 'volume', 'docker', '-v', '쓰기 시 복사'])(
    '%s stays as it is',
    (word) => {
      expect(stem(word)).toBe(word);
    },
  );

  // A vowel takes 를, never 을: what does not fit is part of the word.
  it.each(['컨테이너을', '볼륨를'])('%s has no particle', (word) => {
    expect(stem(word)).toBe(word);
  });

  it('is found under every particle of every term', () => {
    const words = PAIRS.map(({ ko }) => ko).filter((ko) => ko.length >= 2 && /[가-힣]$/.test(ko) && !ko.includes(' '));
    for (const word of words)
      for (const pair of PARTICLES.filter((one) => one !== '아/야')) expect(stem(withParticle(word, pair))).toBe(word);
  });

  it('is always a beginning of the word, so that nothing is lost', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (word) => word.startsWith(stem(word))));
  });
});

describe('a query', () => {
  it('is stripped word by word', () => {
    expect(searchQuery('볼륨을 컨테이너에  마운트')).toBe('볼륨 컨테이너  마운트');
  });

  it('is composed first', () => {
    expect(searchQuery('볼륨을'.normalize('NFD'))).toBe('볼륨');
  });
});

describe('what a page is found by', () => {
  it('is in both languages', () => {
    expect(searchTerms('볼륨을 지웁니다.', 'ko')).toEqual([{ term: '볼륨 (volume)', weight: 1 }]);
    expect(searchTerms('Remove the Volumes.', 'en')).toEqual([{ term: 'volume (볼륨)', weight: 1 }]);
  });

  it('is nothing for a page that is about nothing', () => {
    expect(searchTerms('Hello.', 'en')).toEqual([]);
  });
});
