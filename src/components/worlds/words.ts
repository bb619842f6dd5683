/** What two worlds say, in both languages. */
import { type Language, languageOf } from '../page/words.ts';

const WORDS = {
  worlds: { en: 'Two worlds', ko: '두 세계' },
  without: { en: 'without', ko: '없이' },
  with: { en: 'with', ko: '붙여서' },
  next: { en: 'Next line', ko: '다음 줄' },
  all: { en: 'Run all', ko: '모두 실행' },
  again: { en: 'Again', ko: '다시' },
  there: { en: 'What is there', ko: '남아 있는 것' },
  nothing: { en: 'nothing', ko: '없음' },
  difference: { en: 'The difference', ko: '차이' },
  failed: { en: 'It could not be played:', ko: '재생하지 못했습니다.' },
} as const;

export type WorldsWord = keyof typeof WORDS;

export const worldsWordIn = (name: WorldsWord, language: Language): string => WORDS[name][language];
export const worldsWord = (name: WorldsWord): string => worldsWordIn(name, languageOf(document.documentElement.lang));
