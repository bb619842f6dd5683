/** Korean particles after a word that is only known at run time: `web을`, `db를`, `alpine으로`. */

/** A pair by its form after a consonant and after a vowel, as it is looked up in a grammar. */
export const PARTICLES = ['이/가', '을/를', '은/는', '과/와', '으로/로', '이라/라', '아/야'] as const;
export type Particle = (typeof PARTICLES)[number];

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const FINALS = 28;
const RIEUL = 8;

/** Which final consonant a digit's Korean name ends in: 영 일 이 삼 사 오 육 칠 팔 구. */
const DIGITS: readonly ('none' | 'rieul' | 'other')[] = [
  'other',
  'rieul',
  'none',
  'other',
  'none',
  'none',
  'other',
  'rieul',
  'rieul',
  'none',
];

/** How a Latin letter is read at the end of a word: m, n, ng as a final consonant, l as rieul; most others open into a vowel. */
function latinEnding(word: string): 'none' | 'rieul' | 'other' {
  const text = word.toLowerCase();
  // Letters that are spelt out: `db`, `api`, `TTY`. L M N R end in a consonant.
  if (!/[aeiouy]/.test(text)) return /l$/.test(text) ? 'rieul' : /[mnr]$/.test(text) ? (text.endsWith('r') ? 'rieul' : 'other') : 'none';
  if (/(l|le)$/.test(text)) return 'rieul';
  if (/(m|n|ng|ne|me)$/.test(text)) return 'other';
  return /(p|t|k|c|b|ck)$/.test(text) && /[aeiou][ptkcb]k?$/.test(text) ? 'other' : 'none';
}

function endingOf(word: string): 'none' | 'rieul' | 'other' {
  const text = word.replace(/[)\]}"'`»”’.,:;!?\s]+$/, '');
  const last = text.at(-1) ?? '';
  const code = last.codePointAt(0) ?? 0;
  if (code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE) {
    const final = (code - FIRST_SYLLABLE) % FINALS;
    return final === 0 ? 'none' : final === RIEUL ? 'rieul' : 'other';
  }
  if (/\d/.test(last)) return DIGITS[Number(last)] ?? 'none';
  return /[A-Za-z]/.test(last) ? latinEnding(/[A-Za-z]+$/.exec(text)?.[0] ?? '') : 'none';
}

/** The particle that follows the word. 으로 becomes 로 after ㄹ as after a vowel. */
export function particle(word: string, pair: Particle): string {
  const [after = '', open = ''] = pair.split('/');
  const ending = endingOf(word);
  return ending === 'none' || (ending === 'rieul' && pair === '으로/로') ? open : after;
}

export const withParticle = (word: string, pair: Particle): string => `${word}${particle(word, pair)}`;
