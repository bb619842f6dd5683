/** Runs a script, a text or a module as `__main__`. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Code } from '../compile/code.ts';
import { compileAloud } from '../library/builtins.ts';
import { importModule, isOwnModule } from '../library/importing.ts';
import { LIBRARY } from '../library/index.ts';
import { exceptionType, Raised } from '../runtime/exceptions.ts';
import type { Interpreter } from '../runtime/interpreter.ts';
import { call, type Steps, type Thread } from '../runtime/thread.ts';
import { PyList, PyModule, type Value } from '../runtime/values.ts';
import { decodeBytes } from '../types/codecs.ts';
import { Ended } from './finish.ts';

export function mainModule(interpreter: Interpreter): PyModule {
  const module = new PyModule('__main__');
  module.attrs.set('__doc__', null);
  module.attrs.set('__package__', null);
  module.attrs.set('__spec__', null);
  module.attrs.set('__builtins__', interpreter.module('builtins'));
  interpreter.modules.set('__main__', module);
  return module;
}

function putFirst(interpreter: Interpreter, folder: string): void {
  const path = interpreter.module('sys')?.attrs.get('path');
  if (path instanceof PyList && !interpreter.options.flags.has('I')) path.items.unshift(folder);
}

export async function runText(
  interpreter: Interpreter,
  text: string,
  { file, folder }: { readonly file: string; readonly folder: string },
): Promise<void> {
  putFirst(interpreter, folder);
  const module = mainModule(interpreter);
  await interpreter.run(interpreter.main, execute(interpreter.main, module, { text, file }));
}

function* execute(thread: Thread, module: PyModule, { text, file }: { readonly text: string; readonly file: string }): Steps {
  const code = yield* compileAloud(thread, text, { file, mode: 'exec' });
  return (yield thread.interpreter.frameOf(code, module.attrs)) as Value;
}

export async function runFile(interpreter: Interpreter, path: string): Promise<void> {
  const { sys, options } = interpreter;
  const full = path.startsWith('/') ? path : `${sys.path.cwd().replace(/\/$/, '')}/${path}`;
  let file = path;
  let source: Uint8Array;
  try {
    if (sys.path.stat(path).type === 'directory') {
      file = `${path.replace(/\/$/, '')}/__main__.py`;
      if (!sys.path.access(file, { read: true }))
        throw new Ended(1, `${options.place.executable}: can't find '__main__' module in '${full}'\n`);
      putFirst(interpreter, path);
    } else putFirst(interpreter, folderOf(sys.path.realpath(path)));
    source = sys.path.readFile(file);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Ended(2, `${sys.argv[0] ?? 'python'}: can't open file '${full}': [Errno ${error.number}] ${error.message}\n`);
  }
  const module = mainModule(interpreter);
  module.attrs.set('__file__', full);
  module.attrs.set('__cached__', null);
  // Tracebacks show the path as it was given, absolute.
  const name = file === path ? full : `${full.replace(/\/$/, '')}/__main__.py`;
  const text = decodeBytes(source, 'utf-8-sig', 'surrogateescape').replace(/\r\n?/g, '\n');
  interpreter.sources.set(name, text.split('\n'));
  await interpreter.run(interpreter.main, execute(interpreter.main, module, { text, file: name }));
}

const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

export async function runModule(interpreter: Interpreter, name: string): Promise<void> {
  putFirst(interpreter, interpreter.sys.path.cwd());
  await interpreter.run(interpreter.main, moduleAsMain(interpreter.main, name));
}

/** `runpy`: finds a module, and runs it under another name. */
function* moduleAsMain(thread: Thread, name: string): Steps {
  const { interpreter } = thread;
  const { executable } = interpreter.options.place;
  const own = LIBRARY[`${name}.__main__`];
  if (own !== undefined || (isOwnModule(interpreter, name) && !hasFile(interpreter, name)))
    return yield* ownAsMain(thread, own === undefined ? name : `${name}.__main__`);
  const dot = name.lastIndexOf('.');
  try {
    if (dot >= 0) yield* importModule(thread, name.slice(0, dot));
  } catch (error) {
    if (error instanceof Raised && error.exc.cls === exceptionType('ModuleNotFoundError'))
      throw new Ended(
        1,
        `${executable}: Error while finding module specification for '${name}' (ModuleNotFoundError: ${String(error.exc.args.items[0])})\n`,
      );
    throw error;
  }
  const found = findFile(interpreter, name);
  if (found === null) throw new Ended(1, `${executable}: No module named ${name}\n`);
  let { file } = found;
  if (found.isPackage) {
    yield* importModule(thread, name);
    file = file.replace(/__init__\.py$/, '__main__.py');
    if (!interpreter.sys.path.access(file, { read: true }))
      throw new Ended(1, `${executable}: No module named ${name}.__main__; '${name}' is a package and cannot be directly executed\n`);
  }
  const module = mainModule(interpreter);
  module.attrs.set('__file__', file);
  module.attrs.set('__package__', found.isPackage ? name : name.slice(0, Math.max(0, dot)));
  setArgument(interpreter, file);
  const text = decodeBytes(interpreter.sys.path.readFile(file), 'utf-8-sig');
  const code: Code = yield* compileAloud(thread, text, { file, mode: 'exec' });
  return (yield interpreter.frameOf(code, module.attrs)) as Value;
}

/** A module of the library's own that has something to run. */
function* ownAsMain(thread: Thread, name: string): Steps {
  const { interpreter } = thread;
  setArgument(interpreter, `${interpreter.options.place.library}/${name.replaceAll('.', '/')}.py`);
  const module = yield* importModule(thread, name);
  const main = module instanceof PyModule ? (module.attrs.get('_main') ?? module.attrs.get('main')) : undefined;
  if (main === undefined) return null;
  return yield* call(main);
}

function setArgument(interpreter: Interpreter, file: string): void {
  const argv = interpreter.module('sys')?.attrs.get('argv');
  if (argv instanceof PyList) argv.items[0] = file;
}

const hasFile = (interpreter: Interpreter, name: string): boolean => findFile(interpreter, name) !== null;

function findFile(interpreter: Interpreter, name: string): { readonly file: string; readonly isPackage: boolean } | null {
  const { sys } = interpreter;
  const path = interpreter.module('sys')?.attrs.get('path');
  // What lies in the library's folder stands for modules of the interpreter's own.
  const folders = (path instanceof PyList ? path.items.map(String) : []).filter((one) => one !== interpreter.options.place.library);
  for (const folder of folders) {
    const base = `${folder}/${name.replaceAll('.', '/')}`;
    if (sys.path.access(`${base}/__init__.py`, { read: true })) return { file: `${base}/__init__.py`, isPackage: true };
    if (sys.path.access(`${base}.py`, { read: true })) return { file: `${base}.py`, isPackage: false };
    if (sys.path.access(`${base}/__main__.py`, { read: true })) return { file: `${base}/__init__.py`, isPackage: true };
  }
  return null;
}
