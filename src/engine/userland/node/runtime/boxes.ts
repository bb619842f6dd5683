/** Primitives as objects: `Object('text')`, and what `this` is in a sloppy method of one. */
import { arrayIndex } from './convert.ts';
import { protoOf } from './objects.ts';
import { type Exotic, JsObject, type Key, PASS, Property, type Value } from './values.ts';

const textOf = (object: JsObject): string =>
  object.inner?.kind === 'primitive' && typeof object.inner.value === 'string' ? object.inner.value : '';

const TEXT: Exotic = {
  own(object, key) {
    const text = textOf(object);
    if (key === 'length') return new Property({ value: text.length });
    const index = arrayIndex(key);
    return index >= 0 && index < text.length ? new Property({ value: text.charAt(index), enumerable: true }) : PASS;
  },
  define: (object, key) => (key === 'length' || (arrayIndex(key) >= 0 && arrayIndex(key) < textOf(object).length) ? false : plain(object)),
  keys: (object): Key[] => [...Array.from({ length: textOf(object).length }, (_, index) => String(index)), 'length'],
};
const plain = (_: JsObject): typeof PASS => PASS;

export function boxed(value: Exclude<Value, undefined | null | JsObject>): JsObject {
  const object = new JsObject(protoOf(value));
  object.inner = { kind: 'primitive', value };
  if (typeof value === 'string') object.exotic = TEXT;
  return object;
}
