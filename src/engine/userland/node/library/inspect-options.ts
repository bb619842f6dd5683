/** Options of `util.inspect`, read from the script's object. */
import { toNumber, truthy } from '../runtime/convert.ts';
import { get, has } from '../runtime/objects.ts';
import { isObject, type Value } from '../runtime/values.ts';
import { DEFAULTS, type InspectOptions } from './inspect.ts';

export function optionsFrom(given: Value, base: InspectOptions = DEFAULTS): InspectOptions {
  if (!isObject(given)) return base;
  const value = (name: string): Value => get(given, name) as Value;
  const flag = (name: 'colors' | 'showHidden' | 'sorted' | 'getters' | 'customInspect' | 'numericSeparator'): boolean =>
    has(given, name) ? truthy(value(name)) : base[name];
  const size = (name: 'depth' | 'breakLength' | 'maxArrayLength' | 'maxStringLength'): number => {
    if (!has(given, name)) return base[name];
    const found = value(name);
    return found === null || found === undefined ? (found === null ? Number.POSITIVE_INFINITY : base[name]) : toNumber(found);
  };
  const compact = has(given, 'compact') ? value('compact') : base.compact;
  return {
    depth: size('depth'),
    colors: flag('colors'),
    showHidden: flag('showHidden'),
    breakLength: size('breakLength'),
    compact: typeof compact === 'boolean' ? (compact ? true : 0) : toNumber(compact as Value),
    maxArrayLength: size('maxArrayLength'),
    maxStringLength: size('maxStringLength'),
    sorted: flag('sorted'),
    getters: flag('getters'),
    customInspect: flag('customInspect'),
    numericSeparator: flag('numericSeparator'),
    given,
  };
}
