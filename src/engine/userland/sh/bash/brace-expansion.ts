/** `{a,b}` and `{1..9}`: made while reading, because it knows nothing of the shell. */
import type { Part, Word } from '../syntax/ast.ts';
import { toWord } from '../syntax/words.ts';

/** A character outside quotes, or a part that stays whole. */
type Item = string | Part;

/** More words than this a pair of braces does not make. */
const MAX_WORDS = 100_000;

export function braceWords(word: Word): readonly Word[] {
  const mayExpand = word.parts.some((part) => part.kind === 'text' && !part.quoted && part.text.includes('{'));
  if (!mayExpand) return [word];
  const items = word.parts.flatMap((part): Item[] => (part.kind === 'text' && !part.quoted ? [...part.text] : [part]));
  const words = expand(items);
  return words.length === 1 ? [word] : words.map((one) => toWord(partsOf(one))).filter((one) => one.parts.length > 0);
}

function partsOf(items: readonly Item[]): Part[] {
  const parts: Part[] = [];
  for (const item of items) {
    const last = parts.at(-1);
    if (typeof item !== 'string') parts.push(item);
    else if (last?.kind === 'text' && !last.quoted) parts[parts.length - 1] = { ...last, text: last.text + item };
    else parts.push({ kind: 'text', text: item, quoted: false });
  }
  return parts;
}

function expand(items: readonly Item[]): Item[][] {
  for (let start = items.indexOf('{'); start >= 0; start = items.indexOf('{', start + 1)) {
    const alternatives = alternativesAt(items, start);
    if (alternatives === null) continue;
    const before = items.slice(0, start);
    const after = expand(items.slice(alternatives.end + 1));
    const middles = alternatives.items;
    if (middles.length * after.length > MAX_WORDS) return [[...items]];
    return middles.flatMap((middle) => after.map((rest) => [...before, ...middle, ...rest]));
  }
  return [[...items]];
}

/** What stands between the brace at `start` and its partner, each already expanded; null if the braces mean nothing. */
function alternativesAt(items: readonly Item[], start: number): { readonly items: readonly Item[][]; readonly end: number } | null {
  let depth = 0;
  const commas: number[] = [];
  for (let i = start; i < items.length; i += 1) {
    if (items[i] === '{') depth += 1;
    if (items[i] === ',' && depth === 1) commas.push(i);
    if (items[i] !== '}') continue;
    depth -= 1;
    if (depth > 0) continue;
    if (commas.length === 0) {
      const sequence = sequenceOf(items.slice(start + 1, i));
      return sequence === null ? null : { items: sequence.map((text) => [...text]), end: i };
    }
    const bounds = [start, ...commas, i];
    const pieces = bounds.slice(1).map((end, at) => items.slice((bounds[at] ?? 0) + 1, end));
    return { items: pieces.flatMap(expand), end: i };
  }
  return null;
}

function sequenceOf(items: readonly Item[]): readonly string[] | null {
  if (items.some((item) => typeof item !== 'string')) return null;
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(items.join(''));
  if (match === null) return null;
  const [, from = '', to = '', by] = match;
  const isNumber = /\d/.test(from);
  if (isNumber !== /\d/.test(to)) return null;
  const [first, last] = isNumber ? [Number(from), Number(to)] : [from.charCodeAt(0), to.charCodeAt(0)];
  const step = Math.abs(Number(by ?? 1)) || 1;
  if (Math.abs(last - first) / step > MAX_WORDS) return null;
  const count = Math.floor(Math.abs(last - first) / step) + 1;
  const numbers = Array.from({ length: count }, (_, i) => first + i * (first <= last ? step : -step));
  if (!isNumber) return numbers.map((code) => String.fromCharCode(code));
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
  return numbers.map((number) => (number < 0 ? `-${String(-number).padStart(width - 1, '0')}` : String(number).padStart(width, '0')));
}
