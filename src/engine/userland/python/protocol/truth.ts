/** Whether a value counts as true, and how long it is. */

import { PyComplex } from '../runtime/complex.ts';
import { typeError, valueError } from '../runtime/exceptions.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import {
  classOf,
  lookup,
  PyBuiltin,
  PyByteArray,
  PyBytes,
  PyDict,
  PyFloat,
  PyInstance,
  PyList,
  PyRange,
  PySet,
  PyTuple,
  PyView,
  type Value,
} from '../runtime/values.ts';
import { textLength } from './strings.ts';

/** Undefined if a method of the program has to say it. */
export function truthNow(value: Value): boolean | undefined {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'string':
      return value !== '';
    case 'bigint':
      return true;
    default:
  }
  if (value === null) return false;
  if (value instanceof PyInstance) {
    const { cls } = value;
    if (lookup(cls, '__bool__') instanceof PyBuiltin || (lookup(cls, '__bool__') === undefined && lookup(cls, '__len__') === undefined))
      return value.worth === undefined ? true : truthNow(value.worth);
    return undefined;
  }
  if (!value.cls.isBuiltin && (hasOwn(value, '__bool__') || hasOwn(value, '__len__'))) return undefined;
  const length = lengthNow(value);
  if (length !== undefined) return length > 0;
  if (value instanceof PyFloat) return value.v !== 0;
  return value instanceof PyComplex ? value.real !== 0 || value.imag !== 0 : true;
}

const hasOwn = (value: Value, name: string): boolean => {
  const found = lookup(classOf(value), name);
  return found !== undefined && !(found instanceof PyBuiltin);
};

export function* truth(_: Thread, value: Value): Steps<boolean> {
  const now = truthNow(value);
  if (now !== undefined) return now;
  const type = classOf(value);
  const own = lookup(type, '__bool__');
  if (own !== undefined) {
    const result = (yield new Call(own, argsOf([value]))) as Value;
    if (typeof result !== 'boolean') throw typeError(`__bool__ should return bool, returned ${classOf(result).name}`);
    return result;
  }
  const length = lookup(type, '__len__');
  if (length === undefined) return true;
  return ((yield new Call(length, argsOf([value]))) as Value) !== 0;
}

/** The length of what is the interpreter's own. */
export function lengthNow(value: Value): number | undefined {
  if (typeof value === 'string') return textLength(value);
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length;
  if (value instanceof PyDict || value instanceof PySet) return value.map.size;
  if (value instanceof PyBytes || value instanceof PyByteArray) return value.data.length;
  if (value instanceof PyRange) return value.length;
  if (value instanceof PyView) return value.dict.map.size;
  return undefined;
}

export function* length(_: Thread, value: Value): Steps<number> {
  const type = classOf(value);
  if (type.isBuiltin || !hasOwn(value, '__len__')) {
    const now = lengthNow(value instanceof PyInstance && value.worth !== undefined ? value.worth : value);
    if (now !== undefined) return now;
  }
  const own = lookup(type, '__len__');
  if (own === undefined) throw typeError(`object of type '${type.name}' has no len()`);
  const result = (yield new Call(own, argsOf([value]))) as Value;
  if (typeof result === 'boolean') return Number(result);
  if (typeof result !== 'number') throw typeError(`'${classOf(result).name}' object cannot be interpreted as an integer`);
  if (result < 0) throw valueError('__len__() should return >= 0');
  return result;
}
