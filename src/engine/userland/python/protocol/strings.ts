/** Text by its characters: a string of the host's counts in halves where a character is outside of the first plane. */

// Most texts have no such character; the last long one that was looked at is remembered.
let lastText = '';
let isLastWide = false;
const SHORT = 64;

/** Whether some character takes two units of the host's string. */
export function isWide(text: string): boolean {
  if (text.length <= SHORT) return /[\ud800-\udbff]/.test(text);
  if (text === lastText) return isLastWide;
  lastText = text;
  isLastWide = /[\ud800-\udbff]/.test(text);
  return isLastWide;
}

export const textLength = (text: string): number => (isWide(text) ? [...text].length : text.length);
export const charsOf = (text: string): string[] => (isWide(text) ? [...text] : text.split(''));

/** The character at an index that is inside. */
export const charAt = (text: string, index: number): string => (isWide(text) ? ([...text][index] ?? '') : text.charAt(index));

export const sliceText = (text: string, from: number, to: number): string =>
  isWide(text) ? [...text].slice(from, to).join('') : text.slice(from, to);

/** Where the n-th unit of the host's string is, counted in characters. */
export const toCharIndex = (text: string, unit: number): number => (unit > 0 && isWide(text) ? [...text.slice(0, unit)].length : unit);
export const toUnitIndex = (text: string, char: number): number => (isWide(text) ? [...text].slice(0, char).join('').length : char);
