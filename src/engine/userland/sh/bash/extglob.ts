/** `@(a|b)`, `!(x)` and their like. In a pattern's text a group begins with a mark that no other text has. */

import type { Expansion } from '../expand/expansion.ts';
import { GROUP_MARK, patternGroups } from '../expand/pattern.ts';
import type { Word } from '../syntax/ast.ts';
import type { Source } from '../syntax/source.ts';
import { PartList, readPiece } from '../syntax/words.ts';
import { stateOf } from './state.ts';

export const startsGroup = (source: Source): boolean => source.peek(1) === '(' && '?*+@!'.includes(source.peek() || ' ');

/** Reads a group as one part of a word. */
export function readGroup(source: Source, out: PartList): boolean {
  const { at } = source;
  const always = source.readsGroups === 'always';
  const operator = source.next();
  source.next();
  const alternatives: Word[] = [];
  for (let one = new PartList(); ; ) {
    const char = source.peek();
    if (char === '') source.end({ kind: 'unterminated-quote', quote: ')' });
    if (char === ')' || char === '|') {
      source.next();
      alternatives.push(one.word());
      if (char === ')') break;
      one = new PartList();
    } else if (startsGroup(source)) readGroup(source, one);
    else if (' \t\n;&<>('.includes(char)) one.text(source.next(), false);
    else readPiece(source, one);
  }
  const text = source.text.slice(at, source.at);
  out.push({ kind: 'own', quoted: false, text, expand: (expansion) => expandGroup(expansion, { operator, alternatives, always }) });
  return true;
}

interface Group {
  readonly operator: string;
  readonly alternatives: readonly Word[];
  /** Also where the shell's options know no groups. */
  readonly always: boolean;
}

function expandGroup(expansion: Expansion, { operator, alternatives, always }: Group): void {
  const patterns = alternatives.map((word) => expansion.pattern(word));
  const texts = alternatives.map((word) => expansion.string(word));
  if (!always && !stateOf(expansion.shell).has('extglob')) return expansion.fields.addLiteral(`${operator}(${texts.join('|')})`);
  return expansion.fields.addPattern(`${operator}(${texts.join('|')})`, `${GROUP_MARK}${operator}(${patterns.join('|')})`);
}

const quoteChar = (char: string): string => (/[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char);

/** A pattern with groups as a regular expression. */
export function groupsToRegex(pattern: string): RegExp {
  return new RegExp(`^(?:${translate(pattern, { at: 0 }, '')})$`, 'su');
}

interface Cursor {
  at: number;
}

/** Translates up to one of `stops`, which stays unread. */
function translate(pattern: string, cursor: Cursor, stops: string): string {
  let out = '';
  while (cursor.at < pattern.length) {
    const char = pattern.charAt(cursor.at);
    if (stops.includes(char) && stops !== '') break;
    cursor.at += 1;
    if (char === GROUP_MARK) {
      const group = readAlternatives(pattern, cursor);
      if (group.operator !== '!') out += `(?:${group.alternatives})${group.operator === '@' ? '' : group.operator}`;
      else {
        const rest = translate(pattern, cursor, stops);
        return `${out}(?!(?:${group.alternatives})${rest}${stops === '' ? '$' : ''})[\\s\\S]*${rest}`;
      }
    } else if (char === '*') out += '[\\s\\S]*';
    else if (char === '?') out += '[\\s\\S]';
    else if (char === '[') out += readSet(pattern, cursor);
    else if (char === '\\') out += quoteChar(pattern.charAt(cursor.at++));
    else out += quoteChar(char);
  }
  return out;
}

function readAlternatives(pattern: string, cursor: Cursor): { readonly operator: string; readonly alternatives: string } {
  const operator = pattern.charAt(cursor.at);
  cursor.at += 2;
  const alternatives: string[] = [];
  for (;;) {
    alternatives.push(translate(pattern, cursor, '|)'));
    cursor.at += 1;
    if (pattern.charAt(cursor.at - 1) !== '|') return { operator, alternatives: alternatives.join('|') };
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  xdigit: '0-9A-Fa-f',
};

function readSet(pattern: string, cursor: Cursor): string {
  const match = /^([!^]?)(\]?(?:\[:[a-z]+:\]|\\.|[^\]\\])*)\]/s.exec(pattern.slice(cursor.at));
  if (match === null) return '\\[';
  cursor.at += match[0].length;
  const inside = (match[2] ?? '').replace(
    /\[:([a-z]+):\]|\\(.)|([[\]&])/gs,
    (_, name: string | undefined, quoted: string | undefined, plain: string | undefined) =>
      name !== undefined ? (CLASSES[name] ?? '') : quoted !== undefined ? `\\${quoted}` : `\\${plain}`,
  );
  return `[${match[1] === '' ? '' : '^'}${inside}]`;
}

patternGroups.compile = groupsToRegex;
