/**
 * Korean in the search. Words are written together with their particles (볼륨을, 컨테이너에서는), and the index knows nothing of them. A
 * query is stripped of its particles; as a word is found by its beginning, 볼륨 finds 볼륨을, 볼륨이 and 볼륨은 alike.
 */
/** After a consonant, after a vowel, or after either. Longer ones first, since they end in shorter ones. */
const AFTER_CONSONANT = [
  '으로부터',
  '이라는',
  '이라고',
  '으로는',
  '으로도',
  '이라도',
  '이라',
  '이란',
  '이나',
  '이랑',
  '으로',
  '이다',
  '을',
  '은',
  '이',
  '과',
];
const AFTER_VOWEL = ['로부터', '라는', '라고', '로는', '로도', '라도', '라', '란', '나', '랑', '로', '다', '를', '는', '가', '와'];
const AFTER_ANY = [
  ...[
    '에서부터',
    '에게서',
    '에서는',
    '에서도',
    '에서의',
    '까지는',
    '입니다',
    '인가요',
    '에서',
    '에게',
    '에는',
    '에도',
    '에만',
    '까지',
    '부터',
    '보다',
  ],
  ...[
    '처럼',
    '마다',
    '마저',
    '조차',
    '밖에',
    '대로',
    '하고',
    '과는',
    '와는',
    '과의',
    '와의',
    '들이',
    '들은',
    '들을',
    '들의',
    '들',
    '의',
    '에',
    '도',
    '만',
  ],
];
const SHORTEST_STEM = 2;
const RIEUL = 8;

/** The final consonant of a syllable: 0 for none; null if it is no Hangul. */
function finalOf(letter: string): number | null {
  const code = letter.codePointAt(0) ?? 0;
  return code >= 0xac00 && code <= 0xd7a3 ? (code - 0xac00) % 28 : null;
}

/** What may follow such a letter. A Latin word is read in many ways, so anything may follow it. */
function particlesAfter(letter: string): readonly string[] {
  const final = finalOf(letter);
  if (final === null) return [...AFTER_ANY, ...AFTER_CONSONANT, ...AFTER_VOWEL];
  if (final === 0) return [...AFTER_ANY, ...AFTER_VOWEL];
  return [...AFTER_ANY, ...AFTER_CONSONANT, ...(final === RIEUL ? AFTER_VOWEL.filter((particle) => particle.startsWith('로')) : [])];
}

/** The noun of a word: the word without its longest particle. Always a beginning of the word, and never less than two syllables. */
export function stem(word: string): string {
  if (finalOf(word.at(-1) ?? '') === null) return word;
  for (let length = SHORTEST_STEM; length < word.length; length++) {
    const noun = word.slice(0, length);
    if (particlesAfter(noun.at(-1) ?? '').includes(word.slice(length))) return noun;
  }
  return word;
}

/** A query as the index is asked: composed letters (macOS gives them apart), each word without its particle. */
export const searchQuery = (query: string): string =>
  query
    .normalize('NFC')
    .split(/(\s+)/)
    .map((word) => (/^\s*$/.test(word) ? word : stem(word)))
    .join('');
