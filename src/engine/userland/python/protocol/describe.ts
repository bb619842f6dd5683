/** What is shown of objects that have no text of their own: `<__main__.Point object at 0x…>`. */

import { Code } from '../compile/code.ts';
import { PyComplex } from '../runtime/complex.ts';
import { Frame } from '../runtime/frame.ts';
import type { Thread } from '../runtime/thread.ts';
import {
  ALIAS,
  CLASSMETHOD,
  classOf,
  isSubclass,
  PyBuiltin,
  PyFunction,
  PyGenerator,
  PyGeneric,
  PyInstance,
  PyMember,
  PyMethod,
  PyModule,
  type PyObject,
  PyProperty,
  PySuper,
  PyTraceback,
  PyType,
  PyWrapped,
  UNION,
  type Value,
} from '../runtime/values.ts';
import { floatRepr } from './floats.ts';
import { reprNow } from './text.ts';

/** A class with its module, as in messages: `__main__.Point`, but `int`. */
export function qualified(type: PyType): string {
  const module = type.attrs.get('__module__');
  return typeof module === 'string' && module !== 'builtins' ? `${module}.${type.qualname}` : type.qualname;
}

const at = (thread: Thread, value: object): string => `0x${thread.interpreter.address(value).toString(16).padStart(12, '0')}`;

export function describe(thread: Thread, value: Value): string {
  if (value instanceof PyType) return `<class '${qualified(value)}'>`;
  if (value instanceof PyFunction) return `<function ${value.qualname} at ${at(thread, value)}>`;
  if (value instanceof PyBuiltin) {
    if (value.owner === null) return `<built-in function ${value.name}>`;
    return value.isStatic
      ? `<built-in method ${value.name} of type object at ${at(thread, value)}>`
      : `<method '${value.name}' of '${value.owner.name}' objects>`;
  }
  if (value instanceof PyMethod) {
    if (value.func instanceof PyBuiltin)
      return `<built-in method ${value.func.name} of ${value.self instanceof PyType ? 'type' : classOf(value.self).name} object at ${at(thread, value)}>`;
    const name = value.func instanceof PyFunction ? value.func.qualname : '?';
    return `<bound method ${name} of ${reprNow(value.self) ?? describe(thread, value.self)}>`;
  }
  if (value instanceof PyModule) {
    const file = value.attrs.get('__file__');
    return `<module '${String(value.attrs.get('__name__'))}'${typeof file === 'string' ? ` from '${file}'` : ' (built-in)'}>`;
  }
  if (value instanceof PyGenerator) return `<${value.cls.name} object ${value.qualname} at ${at(thread, value)}>`;
  if (value instanceof PyGeneric) return genericText(value);
  if (value instanceof PyComplex) return complexText(value);
  if (value instanceof PyMember) return `<member '${value.name}' of '${value.owner.name}' objects>`;
  if (value instanceof PyProperty) return `<property object at ${at(thread, value)}>`;
  if (value instanceof PySuper) return `<super: <class '${value.from.name}'>, <${value.of.name} object>>`;
  if (value instanceof PyWrapped)
    return `<${isSubclass(value.cls, CLASSMETHOD) ? 'classmethod' : 'staticmethod'}(${reprNow(value.func) ?? describe(thread, value.func)})>`;
  if (value instanceof Code) return `<code object ${value.name} at ${at(thread, value)}, file "${value.file}", line ${value.firstLine}>`;
  if (value instanceof Frame)
    return `<frame at ${at(thread, value)}, file '${value.code.file}', line ${value.code.firstLine}, code ${value.code.name}>`;
  if (value instanceof PyTraceback) return `<traceback object at ${at(thread, value)}>`;
  const object = value as PyObject;
  return `<${object instanceof PyInstance ? qualified(object.cls) : object.cls.name} object at ${at(thread, object)}>`;
}

function part(value: Value): string {
  if (value === null) return 'None';
  if (value instanceof PyType) return qualified(value);
  if (value instanceof PyGeneric) return genericText(value);
  if (value instanceof PyInstance && value.attrs?.has('__name__') === true) return String(value.attrs.get('__name__'));
  return reprNow(value) ?? '...';
}

function genericText(value: PyGeneric): string {
  if (value.cls === UNION) return value.args.map(part).join(' | ');
  return value.cls === ALIAS ? `${part(value.origin)}[${value.args.map(part).join(', ')}]` : part(value.origin);
}

function complexText({ real, imag }: PyComplex): string {
  const short = (number: number): string => floatRepr(number).replace(/\.0$/, '');
  if (real === 0 && !Object.is(real, -0)) return `${short(imag)}j`;
  return `(${short(real)}${imag < 0 || Object.is(imag, -0) ? '' : '+'}${short(imag)}j)`;
}
