/** What a terminal says itself. */
import { type Language, languageOf } from '../page/words.ts';

const WORDS = {
  didYouMean: { en: 'Did you mean', ko: '이 명령인가요?' },
  useIt: { en: 'Use it', ko: '쓰기' },
  next: { en: 'Next:', ko: '다음:' },
  ended: { en: 'This shell has ended.', ko: '이 셸은 끝났습니다.' },
  leave: {
    en: 'Tab completes a word. To leave the terminal: Esc, then Tab.',
    ko: 'Tab은 낱말을 완성합니다. 터미널에서 나가려면 Esc를 누른 뒤 Tab을 누르세요.',
  },
  did: { en: 'What it did:', ko: '한 일:' },
  tabs: { en: 'Terminals', ko: '터미널 목록' },
  newTab: { en: 'New terminal', ko: '새 터미널' },
  closeTab: { en: 'Close', ko: '닫기' },
} as const;

export type TerminalWord = keyof typeof WORDS;

export const terminalWordIn = (name: TerminalWord, language: Language): string => WORDS[name][language];
export const terminalWord = (name: TerminalWord): string => terminalWordIn(name, languageOf(document.documentElement.lang));
