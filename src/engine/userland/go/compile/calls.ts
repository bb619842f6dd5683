/** Calls: of functions, methods and closures, conversions and builtin functions. */
import { type Code, constant as constantCode, type FuncCode, invoke, later, liftAll, run } from '../runtime/frame.ts';
import { Closure, Slice, type Value } from '../runtime/values.ts';
import type { Expr } from '../syntax/ast.ts';
import { defaultType, type FuncType, isUntyped, isValid, type Type, tupleOf, UNTYPED_NIL, under } from '../types/types.ts';
import { assign } from './assign.ts';
import { builtin } from './builtins.ts';
import { type Context, complain, textOf } from './context.ts';
import { conversion } from './conversions.ts';
import { expression, single } from './expressions.ts';
import { inferred } from './generics.ts';
import { describe, exprText, invalid, type Operand, value } from './operand.ts';

export type CallExpr = Extract<Expr, { kind: 'call' }>;

export function call(context: Context, expr: CallExpr): Operand {
  const fn = expression(context, expr.fn);
  if (fn.mode === 'type') return conversion(context, expr, fn.type);
  if (fn.mode === 'builtin' && fn.meaning?.kind === 'builtin') return builtin(context, expr, fn.meaning.name);
  if (fn.mode === 'invalid') {
    for (const arg of expr.args) expression(context, arg);
    return invalid(expr);
  }
  const args = argumentsOf(context, expr);
  const known = fn.mode === 'generic' ? inferred(context, expr, { fn, args }) : fn;
  if (known === null) return invalid(expr);
  const signature = under(known.type);
  if (signature.kind !== 'func') {
    complain(context, expr.at, `invalid operation: cannot call non-function ${describe(context, known)}`);
    return invalid(expr);
  }
  const codes = matched(context, expr, { signature, args });
  return {
    ...value(expr, resultType(signature), codes === null ? constantCode(null) : callCode(known, codes)),
    mode: signature.results.length === 0 ? 'none' : 'value',
  };
}

const resultType = ({ results }: FuncType): Type => {
  const [only] = results;
  return results.length === 1 && only ? only : results.length === 0 ? UNTYPED_NIL : tupleOf(results);
};

/** The arguments: also the results of a call that stands for all of them. */
export function argumentsOf(context: Context, expr: CallExpr): readonly Operand[] {
  const [first] = expr.args;
  if (expr.args.length !== 1 || first === undefined) return expr.args.map((arg) => single(context, arg));
  const only = expression(context, first);
  if (only.mode !== 'value' || only.type.kind !== 'tuple') return [only.mode === 'nil' ? only : checkedOne(context, only)];
  const results = only.type.types;
  let shared: Value[] = [];
  return results.map((type, index): Operand => {
    const code: Code =
      index > 0
        ? { now: () => shared[index] }
        : later(function* (frame) {
            shared = (yield* run(only.code, frame)) as Value[];
            return shared[0];
          });
    return value(first, type, code);
  });
}

const checkedOne = (context: Context, operand: Operand): Operand => {
  if (['none', 'type', 'builtin', 'package', 'generic'].includes(operand.mode)) return single(context, operand.expr);
  return operand;
};

interface Given {
  readonly signature: FuncType;
  readonly args: readonly Operand[];
}

/** The arguments as the parameters want them; null if they do not fit. */
function matched(context: Context, expr: CallExpr, { signature, args }: Given): readonly Code[] | null {
  const { params, variadic } = signature;
  const where = `argument to ${exprText(expr.fn)}`;
  const fixed = variadic ? params.length - 1 : params.length;
  if (expr.spread && !variadic) {
    complain(context, expr.args.at(-1)?.at ?? expr.at, `have (...${textOf(context, args.at(-1)?.type ?? UNTYPED_NIL)})`);
    return null;
  }
  const isShort = args.length < (expr.spread ? params.length : fixed);
  const isLong = args.length > params.length && (!variadic || expr.spread);
  if (isShort || isLong) {
    if (args.some(({ mode }) => mode === 'invalid')) return null;
    const have = `(${args.map((arg) => argumentText(context, arg)).join(', ')})`;
    const wanted = signatureParams(context, signature);
    complain(
      context,
      isShort ? (args.at(-1)?.expr.at ?? expr.end) : (args[params.length]?.expr.at ?? expr.at),
      `${isShort ? 'not enough' : 'too many'} arguments in call to ${exprText(expr.fn)}\n\thave ${have}\n\twant ${wanted}`,
    );
    return null;
  }
  const codes = args
    .slice(0, expr.spread ? params.length : fixed)
    .map((arg, index) => assign(context, arg, params[index] ?? arg.type, where));
  const last = params.at(-1);
  if (!variadic || expr.spread || last?.kind !== 'slice') return codes;
  const rest = args.slice(fixed).map((arg) => assign(context, arg, last.element, where));
  return [...codes, rest.length === 0 ? constantCode(null) : liftAll(rest, (values) => new Slice(values.slice()))];
}

/** As `have (number, string)` lists it. */
export function argumentText(context: Context, { type, mode }: Operand): string {
  if (mode === 'nil') return 'nil';
  if (!isUntyped(type)) return textOf(context, type);
  return /int|float|rune/.test(type.key) ? 'number' : textOf(context, defaultType(type));
}

function signatureParams(context: Context, { params, variadic }: FuncType): string {
  const list = params.map((param, index) =>
    variadic && index === params.length - 1 && param.kind === 'slice' ? `...${textOf(context, param.element)}` : textOf(context, param),
  );
  return `(${list.join(', ')})`;
}

/** The code of a call: straight to a function that is known, else to what the value is. */
export function callCode({ code, target }: Operand, args: readonly Code[]): Code {
  if (target === undefined) {
    return later(function* (frame) {
      const closure = yield* run(code, frame);
      const values: Value[] = [];
      for (const arg of args) values.push(yield* run(arg, frame));
      return (yield invoke(frame.goroutine, closure, values)) as Value;
    });
  }
  const all = target.receiver === null ? args : [target.receiver, ...args];
  const { native } = target.code;
  if (native) return liftAll(all, (values, frame) => native(values, frame.goroutine));
  return toKnown(target.code, all);
}

function toKnown(code: FuncCode, args: readonly Code[]): Code {
  const closure = new Closure(code);
  return later(function* (frame) {
    const values: Value[] = [];
    for (const arg of args) values.push(arg.now ? arg.now(frame) : yield* run(arg, frame));
    return (yield invoke(frame.goroutine, closure, values)) as Value;
  });
}

/** What `go` and `defer` keep of a call: the closure and the values of its arguments. */
export function prepared(context: Context, expr: CallExpr): Code<readonly [Value, readonly Value[]]> {
  const fn = expression(context, expr.fn);
  if (fn.mode === 'builtin' || fn.mode === 'type') return wrapped(call(context, expr).code);
  if (fn.mode === 'invalid') {
    for (const arg of expr.args) expression(context, arg);
    return wrapped(constantCode(null));
  }
  const args = argumentsOf(context, expr);
  const known = fn.mode === 'generic' ? inferred(context, expr, { fn, args }) : fn;
  const signature = known && under(known.type);
  if (known === null || signature?.kind !== 'func') {
    if (known && isValid(known.type)) complain(context, expr.at, `invalid operation: cannot call non-function ${describe(context, known)}`);
    return wrapped(constantCode(null));
  }
  const codes = matched(context, expr, { signature, args }) ?? [];
  const { target } = known;
  if (target === undefined) return liftAll([known.code, ...codes], ([closure, ...values]) => [closure, values] as const);
  const closure = new Closure(target.code);
  return liftAll(target.receiver === null ? codes : [target.receiver, ...codes], (values) => [closure, values.slice()] as const);
}

/** A builtin that is deferred: its arguments are looked at when it runs. */
function wrapped(code: Code): Code<readonly [Value, readonly Value[]]> {
  return {
    now: (frame) => {
      const later: FuncCode = {
        name: 'builtin',
        file: '',
        line: 0,
        results: null,
        zero: null,
        nativeSteps: () => run(code, frame),
      };
      return [new Closure(later), []] as const;
    },
  };
}
