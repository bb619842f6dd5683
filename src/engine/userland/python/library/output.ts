/** `print` and `input`. */
import { findAttribute, getAttribute } from '../protocol/attributes.ts';
import { str, strNow } from '../protocol/text.ts';
import { truth } from '../protocol/truth.ts';
import { fail, typeError } from '../runtime/exceptions.ts';
import { call, type Steps, type Thread } from '../runtime/thread.ts';
import { classOf, PyInstance, type PyTuple, type Value } from '../runtime/values.ts';
import { steps } from './define.ts';
import { TEXT_FILE } from './files.ts';
import { Stream } from './streams.ts';

function* standard(thread: Thread, name: string): Steps {
  const sys = thread.interpreter.module('sys');
  if (sys === null) return null;
  return (yield* findAttribute(thread, sys, name)) ?? null;
}

/** Writes to a stream at once if it is one of the interpreter's own. */
export function* writeTo(thread: Thread, file: Value, text: string): Steps<void> {
  if (file instanceof PyInstance && file.cls === TEXT_FILE && file.host instanceof Stream) yield* file.host.writeText(thread, text);
  else yield* call(yield* getAttribute(thread, file, 'write'), text);
}

const word = (value: Value, name: string): string | null => {
  if (value === null || typeof value === 'string') return value;
  throw typeError(`${name} must be None or a string, not ${classOf(value).name}`);
};

export const PRINT = steps("print(*args, sep=' ', end=None, file=None, flush=False)", function* ([args, sep, end, file, flush], thread) {
  const target = file === null ? yield* standard(thread, 'stdout') : (file as Value);
  if (target === null) return null;
  let text = '';
  let isFirst = true;
  const between = word(sep as Value, 'sep') ?? ' ';
  for (const one of (args as PyTuple).items) {
    if (!isFirst) text += between;
    isFirst = false;
    text += strNow(one) ?? (yield* str(thread, one));
  }
  const last = word(end as Value, 'end');
  yield* writeTo(thread, target, text + (last ?? '\n'));
  const passed = thread.sys.charge(PRINT_NS);
  if (passed) yield passed;
  if (yield* truth(thread, flush as Value)) yield* call(yield* getAttribute(thread, target, 'flush'));
  return null;
});
const PRINT_NS = 700;

export const INPUT = steps("input(prompt='', /)", function* ([prompt], thread) {
  const out = yield* standard(thread, 'stdout');
  if (prompt !== '') yield* writeTo(thread, out, yield* str(thread, prompt as Value));
  yield* call(yield* getAttribute(thread, out, 'flush'));
  const input = yield* standard(thread, 'stdin');
  const line = yield* call(yield* getAttribute(thread, input, 'readline'));
  if (line === '') throw fail('EOFError', 'EOF when reading a line');
  return String(line).replace(/\n$/, '');
});
