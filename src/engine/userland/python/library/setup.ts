/** The module `builtins`, and all that has to be there before it. */
import { EXCEPTIONS, exceptionType } from '../runtime/exceptions.ts';
import type { Interpreter } from '../runtime/interpreter.ts';
import {
  BOOL,
  BYTEARRAY,
  BYTES,
  CLASSMETHOD,
  COMPLEX,
  DICT,
  ELLIPSIS,
  FLOAT,
  FROZENSET,
  INT,
  LIST,
  NOT_IMPLEMENTED,
  OBJECT,
  PROPERTY,
  PyModule,
  RANGE,
  SET,
  SLICE,
  STATICMETHOD,
  STR,
  SUPER,
  TUPLE,
  TYPE,
} from '../runtime/values.ts';
import '../types/bytes.ts';
import '../types/dicts.ts';
import '../types/exceptions.ts';
import '../types/functions.ts';
import '../types/lists.ts';
import '../types/numbers.ts';
import '../types/sets.ts';
import '../types/text.ts';
import { BUILD_CLASS } from '../types/class.ts';
import { ENUMERATE, FILTER, MAP, ZIP } from '../types/iterators.ts';
import '../types/object.ts';
import { withoutNewer } from '../versions/library.ts';
import { BUILTIN_FUNCTIONS } from './builtins.ts';
import { OPEN } from './files.ts';
import { IMPORT } from './importing.ts';
import { INPUT, PRINT } from './output.ts';
import { furnishSite } from './site.ts';
import { createSys } from './sys.ts';

const TYPES = [
  BOOL,
  BYTEARRAY,
  BYTES,
  CLASSMETHOD,
  COMPLEX,
  DICT,
  ENUMERATE,
  FILTER,
  FLOAT,
  FROZENSET,
  INT,
  LIST,
  MAP,
  OBJECT,
  PROPERTY,
  RANGE,
  SET,
  SLICE,
  STATICMETHOD,
  STR,
  SUPER,
  TUPLE,
  TYPE,
  ZIP,
];

/** Fills an interpreter with what is there from the beginning. */
export function furnish(interpreter: Interpreter, argv: readonly string[]): void {
  const { builtins } = interpreter;
  for (const type of TYPES) builtins.set(type.name, type);
  for (const [name, type] of EXCEPTIONS) builtins.set(name, type);
  builtins.set('EnvironmentError', exceptionType('OSError'));
  builtins.set('IOError', exceptionType('OSError'));
  for (const one of [...BUILTIN_FUNCTIONS, BUILD_CLASS, PRINT, INPUT, OPEN, IMPORT]) builtins.set(one.name, one);
  withoutNewer({ attrs: builtins }, 'builtins', interpreter.version);
  builtins.set('Ellipsis', ELLIPSIS);
  builtins.set('NotImplemented', NOT_IMPLEMENTED);
  builtins.set('__debug__', true);
  furnishSite(interpreter);
  const module = new PyModule('builtins');
  for (const [key, entry] of builtins.map) module.attrs.map.set(key, entry);
  interpreter.modules.set('builtins', module);
  const sys = createSys(interpreter, argv);
  withoutNewer(sys, 'sys', interpreter.version);
  interpreter.modules.set('sys', sys);
}
