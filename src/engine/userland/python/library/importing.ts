/** Imports: from the interpreter's own library, and from files along `sys.path`. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Code } from '../compile/code.ts';
import { compileSource } from '../compile/module.ts';
import { findAttribute } from '../protocol/attributes.ts';
import { collect } from '../protocol/iterate.ts';
import { exceptionType, fail, Raised } from '../runtime/exceptions.ts';
import type { Interpreter } from '../runtime/interpreter.ts';
import { type Steps, type Thread, wait } from '../runtime/thread.ts';
import { PyDict, PyException, PyList, PyModule, type Value } from '../runtime/values.ts';
import { hasModule, withoutNewer } from '../versions/library.ts';
import { NEWEST } from '../versions/versions.ts';
import { compileAloud } from './builtins.ts';
import { moduleText } from './cache.ts';
import { steps, textOf } from './define.ts';
import { ABSENT, LIBRARY } from './index.ts';

/** Code of the library's own modules: the same in every process. */
const compiled = new Map<string, Code>();

export function noModule(name: string, hint = ''): Raised {
  const exc = new PyException(exceptionType('ModuleNotFoundError'), [`No module named '${name}'${hint}`]);
  exc.host = { name, path: null };
  return new Raised(exc);
}

/** A module by its whole name, imported if it is not yet. */
export function* importModule(thread: Thread, name: string): Steps {
  const known = thread.interpreter.modules.get(name);
  if (known === null) throw noModule(name, `; '${name}' is not a package`);
  if (known !== undefined) return known;
  const dot = name.lastIndexOf('.');
  if (dot < 0) return yield* load(thread, name, null);
  const parent = yield* importModule(thread, name.slice(0, dot));
  const again = thread.interpreter.modules.get(name);
  if (again !== undefined) return again;
  const path = parent instanceof PyModule ? parent.attrs.get('__path__') : undefined;
  const own = LIBRARY[name];
  if (path === undefined && own === undefined) throw noModule(name, `; '${name.slice(0, dot)}' is not a package`);
  const module = yield* load(thread, name, path ?? null);
  if (parent instanceof PyModule) parent.attrs.set(name.slice(dot + 1), module);
  return module;
}

function* load(thread: Thread, name: string, path: Value): Steps {
  const { interpreter } = thread;
  if (isOwnModule(interpreter, name) && !isShadowed(thread, name)) return yield* loadOwn(thread, name);
  const folders = path === null ? searchPath(thread) : (yield* collect(thread, path)).map(String);
  const last = name.slice(name.lastIndexOf('.') + 1);
  for (const folder of folders) {
    const base = `${folder === '' ? interpreter.sys.path.cwd() : folder}/${last}`;
    const found = lookFor(interpreter, base);
    if (found === null) continue;
    return yield* loadFile(thread, { name, ...found });
  }
  for (const folder of folders) {
    const base = `${folder === '' ? interpreter.sys.path.cwd() : folder}/${last}`;
    if (isDirectory(interpreter, base)) return namespacePackage(interpreter, name, base);
  }
  const absent = ABSENT[name];
  if (absent !== undefined && hasModule(name, interpreter.version)) throw noModule(name, `: ${absent}`);
  throw noModule(name);
}

/** Debian has what makes environments in a package of its own. */
const isInstalled = ({ sys, options: { place } }: Interpreter, name: string): boolean =>
  name !== 'ensurepip' || place.layout !== 'debian' || sys.path.access(`${place.library}/ensurepip/__init__.py`, { read: true });

/** Whether a module is of the library, in this version and as it is installed. */
export const isOwnModule = (interpreter: Interpreter, name: string): boolean =>
  Object.hasOwn(LIBRARY, name) && hasModule(name, interpreter.version) && isInstalled(interpreter, name);

/** A script's own directory comes before the library, as on a real computer. */
const BUILT_IN = new Set(['sys', 'builtins', 'time', 'math', 'itertools', 'errno', '_thread', '_io', 'marshal', 'gc']);

function isShadowed(thread: Thread, name: string): boolean {
  if (BUILT_IN.has(name) || name.includes('.')) return false;
  const [first] = searchPath(thread);
  if (first === undefined) return false;
  return lookFor(thread.interpreter, `${first === '' ? thread.sys.path.cwd() : first}/${name}`) !== null;
}

function searchPath(thread: Thread): string[] {
  const path = thread.interpreter.module('sys')?.attrs.get('path');
  return path instanceof PyList ? path.items.map(String) : [];
}

interface Found {
  readonly file: string;
  readonly folder: string | null;
}

function lookFor({ sys }: Interpreter, base: string): Found | null {
  const isFile = (path: string): boolean => {
    try {
      return sys.path.stat(path).type === 'regular';
    } catch (error) {
      if (isErrno(error)) return false;
      throw error;
    }
  };
  if (isFile(`${base}/__init__.py`)) return { file: `${base}/__init__.py`, folder: base };
  return isFile(`${base}.py`) ? { file: `${base}.py`, folder: null } : null;
}

function isDirectory({ sys }: Interpreter, path: string): boolean {
  try {
    return sys.path.stat(path).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function namespacePackage(interpreter: Interpreter, name: string, folder: string): PyModule {
  const module = new PyModule(name);
  module.attrs.set('__path__', new PyList([folder]));
  module.attrs.set('__package__', name);
  interpreter.modules.set(name, module);
  return module;
}

function* loadFile(thread: Thread, { name, file, folder }: Found & { readonly name: string }): Steps {
  const { interpreter } = thread;
  const { text, keep } = moduleText(interpreter, file);
  const code = yield* compileAloud(thread, text, { file, mode: 'exec' });
  keep();
  const module = new PyModule(name);
  module.attrs.set('__file__', file);
  if (folder !== null) module.attrs.set('__path__', new PyList([folder]));
  module.attrs.set('__package__', folder === null ? name.slice(0, Math.max(0, name.lastIndexOf('.'))) : name);
  yield* execute(thread, module, code);
  return interpreter.modules.get(name) ?? module;
}

function* execute(thread: Thread, module: PyModule, code: Code): Steps<void> {
  const { interpreter } = thread;
  const name = String(module.attrs.get('__name__'));
  interpreter.modules.set(name, module);
  module.attrs.set('__builtins__', interpreter.module('builtins'));
  if (!module.attrs.has('__doc__')) module.attrs.set('__doc__', null);
  try {
    yield interpreter.frameOf(code, module.attrs);
  } catch (error) {
    interpreter.modules.delete(name);
    throw error;
  }
}

/** Modules that are compiled into files of their own; the built-in ones have none. */
const COMPILED = new Set(['math', 'select', '_json', '_random', '_socket']);

/** Where a module of the library lies on a real computer. */
function fileOfOwn({ options, version }: Interpreter, name: string, isPackage: boolean): string | null {
  if (BUILT_IN.has(name) && !COMPILED.has(name)) return null;
  const folder = options.place.library;
  if (COMPILED.has(name)) return `${folder}/lib-dynload/${name}.cpython-${version.short.replace('.', '')}-x86_64-linux-gnu.so`;
  return `${folder}/${name.replaceAll('.', '/')}${isPackage && name !== 'os' ? '/__init__' : ''}.py`;
}

/** A module of the interpreter's own: made by the host, written in Python, or both. */
function* loadOwn(thread: Thread, name: string): Steps {
  const { interpreter } = thread;
  const entry = LIBRARY[name];
  if (entry === undefined) throw noModule(name);
  const { version } = interpreter;
  const part = yield* wait(interpreter.sys.stall(entry));
  const module = part.create?.(interpreter) ?? new PyModule(name);
  module.attrs.set('__name__', name);
  if (part.isPackage === true) module.attrs.set('__path__', new PyList([]));
  const file = fileOfOwn(interpreter, name, part.isPackage === true);
  if (file !== null) module.attrs.set('__file__', file);
  module.attrs.set('__package__', part.isPackage === true ? name : name.slice(0, Math.max(0, name.lastIndexOf('.'))));
  interpreter.modules.set(name, module);
  if (part.source !== undefined) {
    let code = compiled.get(name);
    if (code === undefined) {
      code = compileSource(part.source, { file: `<frozen ${name}>`, mode: 'exec', version: NEWEST });
      compiled.set(name, code);
    }
    yield* execute(thread, module, code);
  }
  withoutNewer(module, name, version);
  return interpreter.modules.get(name) ?? module;
}

/** The package that a relative import starts from. */
function packageOf(globals: Value, level: number): string {
  const own = globals instanceof PyDict ? globals.get('__package__') : undefined;
  const name = globals instanceof PyDict ? globals.get('__name__') : undefined;
  let base = typeof own === 'string' ? own : String(name ?? '');
  if (typeof own !== 'string' && globals instanceof PyDict && !globals.has('__path__'))
    base = base.slice(0, Math.max(0, base.lastIndexOf('.')));
  if (base === '') throw fail('ImportError', 'attempted relative import with no known parent package');
  for (let up = 1; up < level; up += 1) {
    const dot = base.lastIndexOf('.');
    if (dot < 0) throw fail('ImportError', 'attempted relative import beyond top-level package');
    base = base.slice(0, dot);
  }
  return base;
}

export const IMPORT = steps(
  '__import__(name, globals=None, locals=None, fromlist=None, level=0)',
  function* ([name, globals, , names, level], thread) {
    const wanted = textOf(name);
    const base = Number(level) > 0 ? packageOf(globals as Value, Number(level)) : '';
    const full = base === '' ? wanted : wanted === '' ? base : `${base}.${wanted}`;
    const module = yield* importModule(thread, full);
    const list = typeof names === 'string' ? names.split(',') : names === null ? [] : (yield* collect(thread, names as Value)).map(String);
    if (list.length === 0) {
      if (base !== '') return module;
      return thread.interpreter.modules.get(full.split('.')[0] ?? full) ?? module;
    }
    // Names that are no attributes may be modules of the package.
    const isPackage = module instanceof PyModule && module.attrs.has('__path__');
    for (const one of list) {
      if (!isPackage || one === '*' || (yield* findAttribute(thread, module, one)) !== undefined) continue;
      try {
        yield* importModule(thread, `${full}.${one}`);
      } catch (error) {
        if (!(error instanceof Raised) || error.exc.host?.name !== `${full}.${one}`) throw error;
      }
    }
    return module;
  },
);
