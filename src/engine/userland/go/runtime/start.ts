/** Runs a program: its variables, its `init` functions, `main`. */
import type { Sys } from '../../../kernel/sys.ts';
import { toRaw } from '../../program-io.ts';
import type { Program } from '../compile/program.ts';
import { callMethod, dispatch } from '../compile/selectors.ts';
import { addressOf, formatBasic } from '../library/format.ts';
import { typeText } from '../types/text.ts';
import { basicOf, funcOf, STRING } from '../types/types.ts';
import { Frame, type FuncCode, invoke, run, type Steps } from './frame.ts';
import { Goroutine, live, type Process } from './goroutine.ts';
import { RUNTIME_ERROR } from './panic.ts';
import { ASSERTION_ERROR, PLAIN_ERROR } from './plain-error.ts';
import { Boxed, Closure, type Value } from './values.ts';

const native = (name: string, of: (value: Value) => Value): FuncCode => ({
  name,
  file: '',
  line: 0,
  results: null,
  zero: null,
  native: ([value]) => of(value),
});
for (const type of [RUNTIME_ERROR, PLAIN_ERROR, ASSERTION_ERROR]) {
  type.methods.set('Error', { name: 'Error', type: funcOf([], [STRING]), pointer: false, code: native('Error', (value) => value) });
  type.methods.set('RuntimeError', {
    name: 'RuntimeError',
    type: funcOf([], []),
    pointer: false,
    code: native('RuntimeError', () => null),
  });
}

/** A panic's value, as the runtime prints it. */
function* describe(goroutine: Goroutine, value: Value): Steps<string> {
  if (!(value instanceof Boxed)) return 'nil';
  const method = dispatch(value.type, 'Error') ? 'Error' : dispatch(value.type, 'String') ? 'String' : null;
  if (method !== null) return String(yield* callMethod(goroutine, value, { name: method, args: [] }));
  if (basicOf(value.type) === null) return `(${toRaw(typeText(value.type))}) ${addressOf(value)}`;
  const text = formatBasic({ verb: 'v', flags: '' }, value.type, value.value);
  if (value.type.kind === 'basic') return basicOf(value.type)?.sort === 'string' ? text : `${typeText(value.type)}(${text})`;
  return `${typeText(value.type)}(${basicOf(value.type)?.sort === 'string' ? JSON.stringify(text) : text})`;
}

function* all(goroutine: Goroutine, { initialization, main }: Program): Steps {
  for (const { codes, inits } of initialization) {
    const frame = new Frame(goroutine, main, []);
    for (const code of codes) yield* run(code, frame);
    for (const init of inits) yield* invoke(goroutine, new Closure(init), []);
  }
  return yield* invoke(goroutine, new Closure(main), []);
}

/** The exit status. Does not come back if the program ends otherwise. */
export async function start(sys: Sys, program: Program): Promise<number> {
  const process: Process = { sys, startNs: sys.clock.monotonicNs(), running: 1, count: 1, last: 0, listens: false, main: null, describe };
  const main = new Goroutine(process);
  process.main = main;
  await live(main, all(main, program));
  return 0;
}
