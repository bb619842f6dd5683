/** The words of what can be pressed before anything else is there. */
export const TOUCH_WORDS = {
  run: { en: 'Run', ko: '실행' },
  runAgain: { en: 'Run again', ko: '다시 실행' },
  stop: { en: 'Stop', ko: '멈추기' },
  choose: { en: 'Choose an answer first.', ko: '먼저 답을 고르세요.' },
  right: { en: 'As you said.', ko: '예상한 대로입니다.' },
  wrong: { en: 'It turned out differently.', ko: '예상과 다릅니다.' },
} as const;

export type Language = 'en' | 'ko';

export const languageOf = (tag: string | undefined): Language => (tag?.startsWith('ko') ? 'ko' : 'en');

/** In the page's own language. */
export const touchWord = (name: keyof typeof TOUCH_WORDS): string => TOUCH_WORDS[name][languageOf(document.documentElement.lang)];
