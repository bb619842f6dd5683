/** `RegExp`. */
import { toNumber, toText } from '../runtime/convert.ts';
import { arrayOf, get, isProxy } from '../runtime/objects.ts';
import { isObject, JsObject, Property, SYMBOLS, type Value } from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';
import { accessor, makeClass, method, methods } from './define.ts';
import { makeRegExp } from './regexp-make.ts';

export type Pattern = Extract<NonNullable<JsObject['inner']>, { kind: 'regexp' }>;

export const patternOf = (value: Value): Pattern | null => (isObject(value) && value.inner?.kind === 'regexp' ? value.inner : null);

function own(self: Value): { readonly object: JsObject; readonly pattern: Pattern } {
  const pattern = patternOf(self);
  if (pattern === null || !isObject(self)) throw realm().typeError(`Receiver is not a RegExp`);
  return { object: self, pattern };
}

function lastIndex(object: JsObject): number {
  const found = get(object, 'lastIndex');
  return typeof found === 'number' ? found : toNumber(found as Value);
}
export function setLastIndex(object: JsObject, at: number): void {
  object.props.set('lastIndex', new Property({ value: at, writable: true }));
}

/** Runs a pattern from where it stands. */
export function match(self: Value, text: string): RegExpExecArray | null {
  const { object, pattern } = own(self);
  const moves = /[gy]/.test(pattern.flags);
  pattern.regexp.lastIndex = moves ? lastIndex(object) : 0;
  const found = pattern.regexp.exec(text);
  if (moves) setLastIndex(object, pattern.regexp.lastIndex);
  return found;
}

/** What `exec` gives. */
export function matchArray(found: RegExpExecArray): JsObject {
  const made = arrayOf([...found]);
  made.props.set('index', found.index);
  made.props.set('input', found.input);
  const { groups } = found;
  if (groups === undefined) made.props.set('groups', undefined);
  else {
    const named = new JsObject(null);
    for (const [name, value] of Object.entries(groups)) named.props.set(name, value);
    made.props.set('groups', named);
  }
  if (found.indices) made.props.set('indices', arrayOf(found.indices.map((pair) => (pair ? arrayOf([...pair]) : undefined))));
  return made;
}

const FLAGS = [
  ['d', 'hasIndices'],
  ['g', 'global'],
  ['i', 'ignoreCase'],
  ['m', 'multiline'],
  ['s', 'dotAll'],
  ['u', 'unicode'],
  ['v', 'unicodeSets'],
  ['y', 'sticky'],
] as const;

export function setUpRegExp(): void {
  const proto = intrinsics().regexp;
  const regexp = makeClass({ name: 'RegExp', length: 2, prototype: proto }, ([source, flags], _, newTarget) => {
    const known = patternOf(source);
    if (known !== null && newTarget === undefined && flags === undefined) return source;
    const made = makeRegExp(
      known ? known.source : source === undefined ? '' : toText(source),
      flags === undefined ? (known?.flags ?? '') : toText(flags),
    );
    const from = newTarget && get(newTarget, 'prototype');
    if (isObject(from)) made.proto = from;
    return made;
  });
  accessor(regexp, SYMBOLS.species, (self) => self);
  method(regexp, 'escape', 1, ([text]) => toText(text).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  methods(proto, {
    exec: [
      1,
      ([text], self) => {
        const found = match(self, toText(text));
        return found === null ? null : matchArray(found);
      },
    ],
    test: [1, ([text], self) => match(self, toText(text)) !== null],
    toString: [
      0,
      (_, self) => {
        const { pattern } = own(self);
        return `/${pattern.source}/${pattern.flags}`;
      },
    ],
    compile: [2, (_, self) => self],
  });
  accessor(proto, 'source', (self) => (patternOf(self) ?? { source: '(?:)' }).source);
  accessor(proto, 'flags', (self) => (patternOf(self) ?? { flags: '' }).flags);
  for (const [letter, name] of FLAGS)
    accessor(proto, name, (self) => patternOf(self)?.flags.includes(letter) ?? (isObject(self) && !isProxy(self) ? undefined : false));
}
