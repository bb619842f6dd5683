/** The functions that jq defines itself: streams of values here, one answer each in `functions.ts`, the rest in jq's own language. */
import type { Interpreter } from './evaluate.ts';
import { FUNCTIONS } from './functions.ts';
import { getPath } from './paths.ts';
import { PRELUDE } from './prelude.ts';
import { REGEX_FUNCTIONS } from './regex.ts';
import type { At, Scope } from './scope.ts';
import type { Filter, Json } from './syntax.ts';
import { JqSyntax } from './syntax.ts';
import { compare, equal, isArray, isTrue, JqError, typeOf } from './values.ts';

export interface Call {
  readonly name: string;
  readonly args: readonly Filter[];
  readonly scope: Scope;
  readonly at: At;
}

/** Ends the program (`halt`, `halt_error`). */
export class Halt extends Error {
  override readonly name = 'Halt';
  readonly status: number;
  readonly value: Json | undefined;

  constructor(status: number, value?: Json) {
    super('halt');
    this.status = status;
    this.value = value;
  }
}

export async function* callNative(interpreter: Interpreter, call: Call): AsyncGenerator<At> {
  const { name, args, scope, at } = call;
  const stream = STREAMS[name];
  if (stream !== undefined) {
    yield* stream(interpreter, call);
    return;
  }
  const work = FUNCTIONS[name] ?? REGEX_FUNCTIONS[name];
  if (work === undefined) throw new JqSyntax(`${name} is not defined`);
  for await (const values of product(interpreter, args, { scope, at })) yield { value: work(at.value, values), path: null };
}

/** Whether a function that is not in the language's own definitions is known. */
export const isNative = (name: string): boolean => name in STREAMS || name in FUNCTIONS || name in REGEX_FUNCTIONS;

/** All combinations of the arguments' values; the last argument is the outer loop. */
async function* product(
  interpreter: Interpreter,
  args: readonly Filter[],
  { scope, at }: { scope: Scope; at: At },
): AsyncGenerator<readonly Json[]> {
  const last = args.at(-1);
  if (last === undefined) {
    yield [];
    return;
  }
  for await (const value of interpreter.values(last, scope, at))
    for await (const others of product(interpreter, args.slice(0, -1), { scope, at })) yield [...others, value];
}

const raise = (error: Error): never => {
  throw error;
};

type Stream = (interpreter: Interpreter, call: Call) => AsyncGenerator<At>;
const none: Filter = { kind: 'identity' };

/** By a key that is worked out for each item. */
async function keyed(interpreter: Interpreter, { args, scope, at }: Call): Promise<{ readonly key: Json; readonly item: Json }[]> {
  if (!isArray(at.value)) throw new JqError(`Cannot index ${typeOf(at.value)} with number`);
  const pairs: { key: Json; item: Json }[] = [];
  for (const item of at.value) pairs.push({ key: await interpreter.collect(args[0] ?? none, scope, { value: item, path: null }), item });
  return pairs;
}

const byKey = (a: { key: Json }, b: { key: Json }): number => compare(a.key, b.key);

function grouped(pairs: readonly { key: Json; item: Json }[]): Json[][] {
  const groups: { key: Json; items: Json[] }[] = [];
  for (const { key, item } of [...pairs].sort(byKey)) {
    const last = groups.at(-1);
    if (last !== undefined && equal(last.key, key)) last.items.push(item);
    else groups.push({ key, items: [item] });
  }
  return groups.map(({ items }) => items);
}

const overKeys = (make: (pairs: { key: Json; item: Json }[]) => Json): Stream =>
  async function* (interpreter, call) {
    yield { value: make(await keyed(interpreter, call)), path: null };
  };

const STREAMS: Readonly<Record<string, Stream>> = {
  async *'empty/0'() {},
  async *'error/0'(_, { at }) {
    yield raise(new JqError(at.value));
  },
  async *'path/1'(interpreter, { args, scope, at }) {
    for (const path of await interpreter.paths(args[0] ?? none, scope, at.value)) yield { value: path, path: null };
  },
  async *'getpath/1'(interpreter, { args, scope, at }) {
    for await (const path of interpreter.values(args[0] ?? none, scope, at)) {
      if (!isArray(path)) throw new JqError('Path must be specified as an array');
      yield { value: getPath(at.value, path), path: at.path && [...at.path, ...path] };
    }
  },
  async *'range/1'(interpreter, { args, scope, at }) {
    for await (const end of interpreter.values(args[0] ?? none, scope, at)) yield* counting(interpreter, [0, end, 1]);
  },
  async *'range/2'(interpreter, { args, scope, at }) {
    for await (const [from = 0, to = 0] of product(interpreter, args, { scope, at })) yield* counting(interpreter, [from, to, 1]);
  },
  async *'range/3'(interpreter, { args, scope, at }) {
    for await (const [from = 0, to = 0, by = 1] of product(interpreter, args, { scope, at })) yield* counting(interpreter, [from, to, by]);
  },
  async *'limit/2'(interpreter, { args, scope, at }) {
    for await (const count of interpreter.values(args[0] ?? none, scope, at)) {
      let left = Number(count);
      if (left <= 0) continue;
      for await (const one of interpreter.eval(args[1] ?? none, scope, at)) {
        yield one;
        left -= 1;
        if (left <= 0) break;
      }
    }
  },
  async *'first/1'(interpreter, { args, scope, at }) {
    for await (const one of interpreter.eval(args[0] ?? none, scope, at)) {
      yield one;
      return;
    }
  },
  'sort_by/1': overKeys((pairs) => pairs.sort(byKey).map(({ item }) => item)),
  'group_by/1': overKeys(grouped),
  'unique_by/1': overKeys((pairs) => grouped(pairs).map(([item]) => item ?? null)),
  'min_by/1': overKeys((pairs) => pairs.sort(byKey)[0]?.item ?? null),
  'max_by/1': overKeys(
    (pairs) =>
      pairs.reduce<{ key: Json; item: Json } | undefined>(
        (best, one) => (best === undefined || byKey(one, best) >= 0 ? one : best),
        undefined,
      )?.item ?? null,
  ),
  async *'input/0'(interpreter) {
    const value = await interpreter.world.nextInput();
    if (value === undefined) throw new JqError('No more inputs');
    yield { value, path: null };
  },
  async *'debug/0'(interpreter, { at }) {
    await interpreter.world.debug(at.value);
    yield at;
  },
  async *'stderr/0'(interpreter, { at }) {
    await interpreter.world.stderr(at.value);
    yield at;
  },
  async *'now/0'(interpreter) {
    yield { value: interpreter.world.nowSeconds(), path: null };
  },
  async *'halt/0'() {
    yield raise(new Halt(0));
  },
  async *'halt_error/1'(interpreter, { args, scope, at }) {
    for await (const status of interpreter.values(args[0] ?? none, scope, at)) yield raise(new Halt(Number(status), at.value));
  },
  async *'input_line_number/0'() {
    yield { value: 0, path: null };
  },
  async *'builtins/0'() {
    const names = [...Object.keys(FUNCTIONS), ...PRELUDE.map(({ name, params }) => `${name}/${params.length}`)];
    yield { value: names, path: null };
  },
  async *'recurse/1'(interpreter, { args, scope, at }) {
    yield* descend(interpreter, at, (one) => interpreter.eval(args[0] ?? none, scope, one));
  },
  async *'repeat/1'(interpreter, { args, scope, at }) {
    yield* descend(interpreter, at, (one) => interpreter.eval(args[0] ?? none, scope, one));
  },
  async *'while/2'(interpreter, { args, scope, at }) {
    const holds = async (one: At): Promise<boolean> => isTrue((await interpreter.collect(args[0] ?? none, scope, one))[0] ?? null);
    const next = async function* (one: At): AsyncGenerator<At> {
      for await (const further of interpreter.eval(args[1] ?? none, scope, one)) if (await holds(further)) yield further;
    };
    if (await holds(at)) yield* descend(interpreter, at, next);
  },
  async *'until/2'(interpreter, { args, scope, at }) {
    let one: At | undefined = at;
    while (one !== undefined && !isTrue((await interpreter.collect(args[0] ?? none, scope, one))[0] ?? null)) {
      await interpreter.world.turn();
      one = (await interpreter.eval(args[1] ?? none, scope, one).next()).value;
    }
    if (one !== undefined) yield one;
  },
};

/** A value, and all that `next` leads to from it, the nearest first: without a stack of calls, because it may never end. */
async function* descend(interpreter: Interpreter, start: At, next: (at: At) => AsyncGenerator<At>): AsyncGenerator<At> {
  yield start;
  const open = [next(start)];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    await interpreter.world.turn();
    const one = await top.next();
    if (one.done === true) open.pop();
    else {
      yield one.value;
      open.push(next(one.value));
    }
  }
}

async function* counting(interpreter: Interpreter, [from, to, by]: readonly [Json, Json, Json]): AsyncGenerator<At> {
  if (typeof from !== 'number' || typeof to !== 'number' || typeof by !== 'number') throw new JqError('Range bounds must be numeric');
  for (let i = from; by > 0 ? i < to : by < 0 && i > to; i += by) {
    await interpreter.world.turn();
    yield { value: i, path: null };
  }
}
