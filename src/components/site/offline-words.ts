/** What a reader is told about the book without a network. */
import type { Language } from '../page/words.ts';

/** How many files of the site are kept, out of how many. */
export interface Keeping {
  readonly kept: number;
  readonly total: number;
  readonly isKeeping: boolean;
}

export type OfflineState = 'none' | 'keeping' | 'part' | 'all';

export const stateOf = ({ kept, total, isKeeping }: Keeping): OfflineState => {
  if (total > 0 && kept >= total) return 'all';
  return isKeeping ? 'keeping' : kept > 0 ? 'part' : 'none';
};

const WORDS = {
  en: {
    none: 'Not saved for offline yet.',
    keeping: (percent: number) => `Saving for offline: ${percent}%`,
    part: 'This page is saved for offline; the whole book is not saved yet.',
    all: 'Saved for offline: every page, every image, every machine.',
    make: 'Make everything available offline',
    update: 'A new version of the book is here.',
    reload: 'Use it now',
    later: 'Later',
  },
  ko: {
    none: '오프라인용으로 아직 저장되지 않았습니다.',
    keeping: (percent: number) => `오프라인용으로 저장하는 중: ${percent}%`,
    part: '이 페이지는 오프라인용으로 저장되었습니다. 책 전체는 아직 저장되지 않았습니다.',
    all: '오프라인용으로 저장되었습니다. 모든 페이지와 이미지, 머신을 네트워크 없이 쓸 수 있습니다.',
    make: '모두 오프라인에서 쓸 수 있게 하기',
    update: '책의 새 버전이 준비되었습니다.',
    reload: '지금 적용',
    later: '나중에',
  },
} as const;

export const offlineWords = (language: Language): (typeof WORDS)[Language] => WORDS[language];

/** The sentence for a state, in the reader's language. */
export function offlineSentence(keeping: Keeping, language: Language): string {
  const state = stateOf(keeping);
  const words = WORDS[language];
  // Never a hundred before it is whole.
  return state === 'keeping' ? words.keeping(Math.min(99, Math.floor((100 * keeping.kept) / keeping.total))) : words[state];
}
