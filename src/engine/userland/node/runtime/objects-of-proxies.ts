/** Descriptors of properties as objects of the script, and back. */
import { truthy } from './convert.ts';
import { get, has, recordOf } from './objects.ts';
import { isCallable, type JsObject, Property, type Value } from './values.ts';
import { insist, realm } from './vm.ts';

export { define, has, keysOf, own, prototypeOfObject, remove } from './objects.ts';

/** What a script says of a property: what it leaves out is as it was, or false. */
export function toDescriptor(from: JsObject, current?: Property): Property {
  const read = (name: string): Value => insist(get(from, name));
  const flag = (name: 'writable' | 'enumerable' | 'configurable'): boolean =>
    has(from, name) ? truthy(read(name)) : (current?.[name] ?? false);
  const attributes = { enumerable: flag('enumerable'), configurable: flag('configurable') };
  if (has(from, 'get') || has(from, 'set')) {
    const accessor = (name: 'get' | 'set'): JsObject | undefined => {
      if (!has(from, name)) return current?.[name];
      const found = read(name);
      if (found === undefined) return undefined;
      if (isCallable(found)) return found;
      throw realm().typeError(`${name === 'get' ? 'Getter' : 'Setter'} must be a function: ${realm().show(found)}`);
    };
    if (has(from, 'value') || has(from, 'writable'))
      throw realm().typeError('Invalid property descriptor. Cannot both specify accessors and a value or writable attribute');
    return new Property({ get: accessor('get'), set: accessor('set'), ...attributes });
  }
  if (current?.isAccessor && !has(from, 'value') && !has(from, 'writable'))
    return new Property({ get: current.get, set: current.set, ...attributes });
  return new Property({ value: has(from, 'value') ? read('value') : current?.value, writable: flag('writable'), ...attributes });
}

export function fromDescriptor(property: Property): JsObject {
  const { enumerable, configurable } = property;
  return property.isAccessor
    ? recordOf({ get: property.get, set: property.set, enumerable, configurable })
    : recordOf({ value: property.value, writable: property.writable, enumerable, configurable });
}
