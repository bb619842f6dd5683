/** What a page is found by beside its own words: the book's terms in both languages. Only used while the site is built. */
import type { Language } from '../page/words.ts';
import { TERMS } from '../term/terms.ts';

interface Pair {
  readonly en: string;
  readonly ko: string;
}

/** Beside the glossary: words that readers search in either language. */
const MORE: readonly Pair[] = [
  { en: 'network', ko: '네트워크' },
  { en: 'port', ko: '포트' },
  { en: 'process', ko: '프로세스' },
  { en: 'build', ko: '빌드' },
  { en: 'cache', ko: '캐시' },
  { en: 'command', ko: '명령' },
  { en: 'host', ko: '호스트' },
  { en: 'shell', ko: '셸' },
  { en: 'server', ko: '서버' },
  { en: 'file', ko: '파일' },
  { en: 'storage', ko: '저장소' },
  { en: 'repository', ko: '리포지터리' },
  { en: 'tag', ko: '태그' },
  { en: 'manifest', ko: '매니페스트' },
  { en: 'endpoint', ko: '엔드포인트' },
  { en: 'mount', ko: '마운트' },
  { en: 'terminal', ko: '터미널' },
  { en: 'packet', ko: '패킷' },
  { en: 'Docker', ko: '도커' },
];

export const PAIRS: readonly Pair[] = [...Object.values(TERMS).filter(({ en, ko }) => en !== ko), ...MORE];

/** How often a text has it, in either language. */
const mentions = (text: string, { en, ko }: Pair): number =>
  text.split(ko).length - 1 + [...text.matchAll(new RegExp(`\\b${en}s?\\b`, 'gi'))].length;

export interface SearchTerm {
  /** In both languages. */
  readonly term: string;
  /** The search's, from 1 to 5: a page that is about a thing stands before one that names it. */
  readonly weight: number;
}

const MOST_WEIGHT = 5;
const weightOf = (count: number): number => Math.min(MOST_WEIGHT, Math.round(Math.sqrt(count) * 10) / 10);

/**
 * The terms that a page is about, in both languages: `볼륨 (volume)` on a Korean page, `volume (볼륨)` on an English one. Written
 * into the page for the search alone, so that either language's word finds it, without a particle.
 */
export const searchTerms = (text: string, language: Language): readonly SearchTerm[] =>
  PAIRS.map((pair) => ({ ...pair, count: mentions(text, pair) }))
    .filter(({ count }) => count > 0)
    .map(({ en, ko, count }) => ({ term: language === 'ko' ? `${ko} (${en})` : `${en} (${ko})`, weight: weightOf(count) }));
