/** What the search says, in both languages. */
import type { Language } from '../page/touch-words.ts';

const WORDS = {
  en: {
    search: 'Search',
    close: 'Close',
    clear: 'Type a word, in English or Korean.',
    found: (count: number, query: string) =>
      count === 0 ? `Nothing found for “${query}”.` : `${count} ${count === 1 ? 'page' : 'pages'} for “${query}”`,
    more: 'Show more',
    absent: 'The search could not be loaded. It needs the network once.',
  },
  ko: {
    search: '검색',
    close: '닫기',
    clear: '한국어나 영어로 낱말을 입력하세요.',
    found: (count: number, query: string) => (count === 0 ? `‘${query}’ 검색 결과가 없습니다.` : `‘${query}’ 검색 결과 ${count}쪽`),
    more: '더 보기',
    absent: '검색을 불러오지 못했습니다. 처음 한 번은 네트워크가 필요합니다.',
  },
} as const;

export const searchWords = (language: Language): (typeof WORDS)[Language] => WORDS[language];
