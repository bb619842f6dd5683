/**
 * What was meant by a line that was typed in the wrong mode: on the Korean two-set keyboard (두벌식) each letter's key has a jamo, and an
 * input method joins what comes of them into syllables. `애차ㄷㄱ` is `docker`.
 */
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ';
const FINALS = ['', ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'];
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;

/** The key of each jamo; two keys for those that are joined of two. */
const KEYS: Readonly<Record<string, string>> = {
  ...{ ㅂ: 'q', ㅈ: 'w', ㄷ: 'e', ㄱ: 'r', ㅅ: 't', ㅛ: 'y', ㅕ: 'u', ㅑ: 'i', ㅐ: 'o', ㅔ: 'p' },
  ...{ ㅁ: 'a', ㄴ: 's', ㅇ: 'd', ㄹ: 'f', ㅎ: 'g', ㅗ: 'h', ㅓ: 'j', ㅏ: 'k', ㅣ: 'l' },
  ...{ ㅋ: 'z', ㅌ: 'x', ㅊ: 'c', ㅍ: 'v', ㅠ: 'b', ㅜ: 'n', ㅡ: 'm' },
  ...{ ㅃ: 'Q', ㅉ: 'W', ㄸ: 'E', ㄲ: 'R', ㅆ: 'T', ㅒ: 'O', ㅖ: 'P' },
  ...{ ㅘ: 'hk', ㅙ: 'ho', ㅚ: 'hl', ㅝ: 'nj', ㅞ: 'np', ㅟ: 'nl', ㅢ: 'ml' },
  ...{ ㄳ: 'rt', ㄵ: 'sw', ㄶ: 'sg', ㄺ: 'fr', ㄻ: 'fa', ㄼ: 'fq', ㄽ: 'ft', ㄾ: 'fx', ㄿ: 'fv', ㅀ: 'fg', ㅄ: 'qt' },
};

function keysOfSyllable(code: number): string {
  const index = code - FIRST_SYLLABLE;
  const final = index % FINALS.length;
  const vowel = Math.floor(index / FINALS.length) % VOWELS.length;
  const initial = Math.floor(index / FINALS.length / VOWELS.length);
  return [INITIALS[initial], VOWELS[vowel], FINALS[final]].map((jamo) => KEYS[jamo ?? ''] ?? '').join('');
}

/** The keys that were pressed for a text; what is no Hangul stays as it is. */
export function keysOf(text: string): string {
  return [...text.normalize('NFC')]
    .map((sign) => {
      const code = sign.charCodeAt(0);
      return code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE ? keysOfSyllable(code) : (KEYS[sign] ?? sign);
    })
    .join('');
}

export const hasHangul = (text: string): boolean => /[ㄱ-ㆎ가-힣ᄀ-ᇿ]/.test(text);
