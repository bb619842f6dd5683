/** Methods of texts that take a pattern: `replace`, `split`, `match`, `matchAll`, `search`. */
import { textOf, toInteger, toText } from '../runtime/convert.ts';
import { call } from '../runtime/functions.ts';
import { arrayOf, get } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { isCallable, isObject, JsObject, SYMBOLS, UNSET, type Value } from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';
import { got, methods, stepsMethods } from './define.ts';
import { hostIterator } from './iterators.ts';
import { match, matchArray, type Pattern, patternOf, setLastIndex } from './regexp.ts';
import { makeRegExp } from './regexp-make.ts';
import { ownText } from './string.ts';

interface Match {
  readonly text: string;
  readonly index: number;
  readonly groups: readonly (string | undefined)[];
  readonly named: Readonly<Record<string, string>> | undefined;
}

/** Another copy, so that where the script's own one stands does not matter. */
const freshly = (pattern: Pattern, flags: string): RegExp =>
  new RegExp(pattern.regexp.source, [...new Set(pattern.flags + flags)].join(''));

function matchesOf(text: string, searched: Value, isAll: boolean): Match[] {
  const pattern = patternOf(searched);
  if (pattern !== null) {
    const toMatch = (found: RegExpExecArray): Match => ({
      text: found[0],
      index: found.index,
      groups: found.slice(1),
      named: found.groups,
    });
    if (!pattern.flags.includes('g')) {
      const found = match(searched, text);
      return found === null ? [] : [toMatch(found)];
    }
    if (isObject(searched)) setLastIndex(searched, 0);
    return [...text.matchAll(freshly(pattern, 'g'))].map((one) => toMatch(one as RegExpExecArray));
  }
  const part = toText(searched);
  const found: Match[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + Math.max(1, part.length))) {
    found.push({ text: part, index: at, groups: [], named: undefined });
    if (!isAll || (part === '' && at >= text.length)) break;
  }
  return found;
}

/** `$1`, `$&`, `$<name>` … in what is put in place. */
function expanded(template: string, whole: string, one: Match): string {
  return template.replace(/\$(?:(\$)|(&)|(`)|(')|(\d{1,2})|<([^>]*)>)/g, (said, dollar, and, before, after, number, name) => {
    if (dollar) return '$';
    if (and) return one.text;
    if (before) return whole.slice(0, one.index);
    if (after) return whole.slice(one.index + one.text.length);
    if (number !== undefined) {
      const two = Number(number);
      if (two >= 1 && two <= one.groups.length) return one.groups[two - 1] ?? '';
      const first = Number(String(number).charAt(0));
      if (String(number).length === 2 && first >= 1 && first <= one.groups.length)
        return (one.groups[first - 1] ?? '') + String(number).charAt(1);
      return said;
    }
    return one.named === undefined ? said : (one.named[name] ?? '');
  });
}

function* replaced(text: string, [searched, by]: readonly Value[], isAll: boolean): Steps<string> {
  const template = isCallable(by) ? null : yield* textOf(by);
  let made = '';
  let at = 0;
  for (const one of matchesOf(text, searched, isAll)) {
    made += text.slice(at, one.index);
    if (template !== null) made += template.includes('$') ? expanded(template, text, one) : template;
    else {
      const named = one.named && namedGroups(one.named);
      const args = [one.text, ...one.groups, one.index, text, ...(named ? [named] : [])];
      made += yield* textOf(yield* got(call(by, undefined, args)));
    }
    at = one.index + one.text.length;
    if (made.length > 65_536) realm().memory.take(0);
  }
  realm().memory.take(made.length);
  return made + text.slice(at);
}

function namedGroups(groups: Readonly<Record<string, string>>): JsObject {
  const made = new JsObject(null);
  for (const [name, value] of Object.entries(groups)) made.props.set(name, value);
  return made;
}

/** An object's own way, for what is not a pattern of ours. */
function* custom(symbol: keyof typeof SYMBOLS, args: readonly Value[], text: string): Steps<{ readonly value: Value } | null> {
  const [first, ...rest] = args;
  if (!isObject(first) || patternOf(first) !== null) return null;
  const own = yield* got(get(first, SYMBOLS[symbol]));
  return isCallable(own) ? { value: yield* got(call(own, first, [text, ...rest])) } : null;
}

export function setUpStringPatterns(proto: JsObject): void {
  stepsMethods(
    proto,
    {
      *replace(args, self) {
        const text = ownText(self, 'replace');
        const own = yield* custom('replace', args, text);
        return own === null ? yield* replaced(text, args, false) : own.value;
      },
      *replaceAll(args, self) {
        const pattern = patternOf(args[0]);
        if (pattern !== null && !pattern.flags.includes('g')) throw realm().typeError('replaceAll must be called with a global RegExp');
        return yield* replaced(ownText(self, 'replaceAll'), args, true);
      },
    },
    { replace: 2, replaceAll: 2 },
  );
  methods(proto, {
    split: [2, ([separator, limit], self) => arrayOf(splitText(ownText(self, 'split'), separator, limit))],
    match: [
      1,
      ([searched], self) => {
        const text = ownText(self, 'match');
        const object = patternOf(searched) ? searched : makeRegExp(searched === undefined ? '' : toText(searched), '');
        const pattern = patternOf(object);
        if (pattern?.flags.includes('g')) {
          if (isObject(object)) setLastIndex(object, 0);
          const all = text.match(freshly(pattern, ''));
          return all === null ? null : arrayOf([...all]);
        }
        const found = match(object, text);
        return found === null ? null : matchArray(found);
      },
    ],
    matchAll: [
      1,
      ([searched], self) => {
        const text = ownText(self, 'matchAll');
        const pattern = patternOf(searched) ?? patternOf(makeRegExp(toText(searched), 'g'));
        if (pattern === null || !pattern.flags.includes('g'))
          throw realm().typeError('String.prototype.matchAll called with a non-global RegExp argument');
        const found = text.matchAll(freshly(pattern, 'g'));
        return hostIterator(intrinsics().regexpIterator, 'RegExp String Iterator', () => {
          const next = found.next();
          return next.done ? UNSET : matchArray(next.value as RegExpExecArray);
        });
      },
    ],
    search: [
      1,
      ([searched], self) =>
        ownText(self, 'search').search(freshly(patternOf(searched) ?? (patternOf(makeRegExp(toText(searched), '')) as Pattern), '')),
    ],
  });
}

function splitText(text: string, separator: Value, limit: Value): (string | undefined)[] {
  const most = limit === undefined ? undefined : toInteger(limit);
  if (separator === undefined) return [text];
  const pattern = patternOf(separator);
  const parts = pattern === null ? text.split(toText(separator), most) : text.split(freshly(pattern, ''), most);
  realm().memory.take(text.length + parts.length * 16);
  return parts;
}
