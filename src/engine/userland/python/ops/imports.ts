/** Imports, annotations, and the value of a line at the prompt. */
import { findAttribute } from '../protocol/attributes.ts';
import { collect } from '../protocol/iterate.ts';
import { fail } from '../runtime/exceptions.ts';
import type { Frame } from '../runtime/frame.ts';
import { argsOf, Call, type Steps, type Thread } from '../runtime/thread.ts';
import { PyDict, PyModule, type Value } from '../runtime/values.ts';
import { type Handlers, later, silently } from './handler.ts';

function* importName(thread: Thread, frame: Frame, options: { name: string; names: Value; level: Value }): Steps {
  const { name, names, level } = options;
  const hook = thread.interpreter.builtins.get('__import__') ?? null;
  return (yield new Call(hook, argsOf([name, frame.globals, null, names, level]))) as Value;
}

function* importFrom(thread: Thread, module: Value, name: string): Steps {
  const found = yield* findAttribute(thread, module, name);
  if (found !== undefined) return found;
  const own = module instanceof PyModule ? String(module.attrs.get('__name__')) : '?';
  const inside = thread.interpreter.modules.get(`${own}.${name}`);
  if (inside !== undefined) return inside;
  const file = module instanceof PyModule ? module.attrs.get('__file__') : undefined;
  const raised = fail(
    'ImportError',
    `cannot import name '${name}' from '${own}' (${typeof file === 'string' ? file : 'unknown location'})`,
  );
  raised.exc.host = { name: own, path: file ?? null, module, wanted: name };
  throw raised;
}

function* importStar(thread: Thread, frame: Frame, module: Value): Steps<void> {
  if (!(module instanceof PyModule)) return;
  const all = module.attrs.get('__all__');
  const names = all === undefined ? [...module.attrs.map.values()].map(({ k }) => k) : yield* collect(thread, all);
  for (const name of names)
    if (typeof name === 'string' && (all !== undefined || !name.startsWith('_'))) {
      const value = yield* findAttribute(thread, module, name);
      if (value === undefined) throw fail('AttributeError', `module '${String(module.attrs.get('__name__'))}' has no attribute '${name}'`);
      (frame.names ?? frame.globals).set(name, value);
    }
}

function annotate(frame: Frame, name: string): void {
  const names = frame.names ?? frame.globals;
  let all = names.get('__annotations__');
  if (!(all instanceof PyDict)) {
    all = new PyDict();
    names.set('__annotations__', all);
  }
  if (all instanceof PyDict) all.set(name, frame.pop());
}

export const IMPORTS: Handlers = {
  IMPORT: (frame, arg, thread) => {
    const names = frame.pop();
    const level = frame.pop();
    later(thread, importName(thread, frame, { name: frame.code.names[arg] ?? '', names, level }));
  },
  IMPORT_FROM: (frame, arg, thread) => later(thread, importFrom(thread, frame.pop(), frame.code.names[arg] ?? '')),
  IMPORT_STAR: (frame, _, thread) => silently(thread, importStar(thread, frame, frame.pop())),
  ANNOTATE: (frame, arg) => annotate(frame, frame.code.names[arg] ?? ''),
  PRINT: (frame, _, thread) => {
    const value = frame.pop();
    if (value === null) return;
    silently(thread, thread.interpreter.showLine(thread, value));
  },
};
