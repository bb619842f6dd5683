/** Structures, lists, maps and pointers as `%v`, `%+v` and `%#v` write them. */
import type { Steps } from '../runtime/frame.ts';
import type { Goroutine } from '../runtime/goroutine.ts';
import { Boxed, GoMap, Slice, type Value } from '../runtime/values.ts';
import { typeText } from '../types/text.ts';
import { basicOf, type Type, under } from '../types/types.ts';
import { addressOf, formatValue, pointee, type Shown, type Verb } from './format.ts';

export function* formatComposite(goroutine: Goroutine, verb: Verb, shown: Shown): Steps<string> {
  const { type, value } = shown;
  const below = under(type);
  const isSource = verb.verb === 'v' && verb.flags.includes('#');
  const deeper = (inner: Type, of: Value, mayCall = shown.mayCall): Steps<string> =>
    formatValue(goroutine, verb, { type: inner, value: of, depth: shown.depth + 1, mayCall });
  switch (below.kind) {
    case 'interface':
      if (!(value instanceof Boxed)) return isSource ? `${typeText(type)}(nil)` : '<nil>';
      return yield* deeper(value.type, value.value);
    case 'pointer': {
      const inside = under(below.element).kind;
      const isShown = shown.depth === 0 && ['struct', 'slice', 'array', 'map'].includes(inside);
      if (value === null)
        return isSource
          ? `(${typeText(type)})(nil)`
          : verb.verb === 'v' || verb.verb === 's'
            ? verb.verb === 's'
              ? `%!s(${typeText(type)}=<nil>)`
              : '<nil>'
            : `%!${verb.verb}(${typeText(type)}=<nil>)`;
      if (isShown) return `&${yield* deeper(below.element, pointee(value))}`;
      return isSource ? `(${typeText(type)})(${addressOf(value)})` : addressOf(value);
    }
    case 'struct': {
      const names = verb.flags.includes('+') || isSource;
      const parts: string[] = [];
      for (const [index, field] of below.fields.entries()) {
        const text = yield* deeper(field.type, (value as Value[])[index], shown.mayCall && /^\p{Lu}/u.test(field.name));
        parts.push(names ? `${field.name}:${text}` : text);
      }
      return isSource ? `${typeText(type)}{${parts.join(', ')}}` : `{${parts.join(' ')}}`;
    }
    case 'slice':
    case 'array': {
      const list = value instanceof Slice ? value.list() : Array.isArray(value) ? value : null;
      if (list === null && isSource) return `${typeText(type)}(nil)`;
      const parts: string[] = [];
      for (const one of list ?? []) parts.push(yield* deeper(below.element, one));
      return isSource ? `${typeText(type)}{${parts.join(', ')}}` : `[${parts.join(' ')}]`;
    }
    case 'map': {
      if (value === null && isSource) return `${typeText(type)}(nil)`;
      const parts: string[] = [];
      for (const [key, of] of value instanceof GoMap ? sortedEntries(value) : [])
        parts.push(`${yield* deeper(below.index, key)}:${yield* deeper(below.element, of)}`);
      return isSource ? `${typeText(type)}{${parts.join(', ')}}` : `map[${parts.join(' ')}]`;
    }
    default:
      return value === null ? (isSource ? `(${typeText(type)})(nil)` : '<nil>') : addressOf(value);
  }
}

/** Maps are shown in the order of their keys. */
export const sortedEntries = (map: GoMap): readonly (readonly [Value, Value])[] =>
  [...map.entries.values()].sort(([a], [b]) => order(a, b));

function order(a: Value, b: Value): number {
  if (a instanceof Boxed && b instanceof Boxed)
    return a.type.key === b.type.key || (basicOf(a.type) && basicOf(b.type)) ? order(a.value, b.value) : a.type.key < b.type.key ? -1 : 1;
  if (Array.isArray(a) && Array.isArray(b)) return a.map((one, index) => order(one, b[index])).find((one) => one !== 0) ?? 0;
  if (a === b || a === null || b === null || a === undefined || b === undefined) return 0;
  return a < b ? -1 : 1;
}
