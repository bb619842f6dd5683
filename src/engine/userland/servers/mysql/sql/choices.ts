/** One value of several: CASE, IF, COALESCE and their like. */
import type { Expr } from './ast.ts';
import { type Compiled, coerce, compile, constant, isEqual, type Scope } from './compile.ts';
import { parameterCount } from './errors.ts';
import { commonType, NULL_TYPE } from './types.ts';
import { compareValues, isTrue } from './values.ts';

/** IF, IFNULL, COALESCE and NULLIF. */
export function choices(name: string, args: readonly Compiled[]): Compiled {
  const [first, second, third] = args;
  if (name === 'nullif') {
    if (first === undefined || second === undefined) throw parameterCount(name);
    return {
      type: first.type,
      nullable: true,
      run: (env) => {
        const [a, b] = [first.run(env), second.run(env)];
        return a !== null && b !== null && compareValues(a, b) === 0 ? null : a;
      },
    };
  }
  if (first === undefined || (name === 'ifnull' && args.length !== 2) || (name === 'if' && args.length !== 3)) throw parameterCount(name);
  const chosen = name === 'if' ? args.slice(1) : args;
  const type = chosen.reduce((common, arg) => commonType(common, arg.type), NULL_TYPE);
  const ready = chosen.map((arg) => coerce(arg, type));
  if (name === 'if') {
    const nullable = second?.nullable === true || third?.nullable === true;
    return { type, nullable, run: (env) => ready[isTrue(first.run(env)) ? 0 : 1]?.run(env) ?? null };
  }
  return {
    type,
    nullable: args.every((arg) => arg.nullable),
    run: (env) => {
      for (const arg of ready) {
        const value = arg.run(env);
        if (value !== null) return value;
      }
      return null;
    },
  };
}

export function cases(expr: Extract<Expr, { kind: 'case' }>, scope: Scope): Compiled {
  const { subject } = expr;
  const conditions = expr.whens.map(([when]) => compile(subject === undefined ? when : isEqual(subject, when), scope));
  const results = expr.whens.map(([, then]) => compile(then, scope));
  const otherwise = expr.otherwise === undefined ? constant(NULL_TYPE, null) : compile(expr.otherwise, scope);
  const all = [...results, otherwise];
  const type = all.reduce((common, one) => commonType(common, one.type), NULL_TYPE);
  const ready = all.map((one) => coerce(one, type));
  return {
    type,
    nullable: all.some(({ nullable }) => nullable),
    run: (env) => {
      const hit = conditions.findIndex((condition) => isTrue(condition.run(env)));
      return (hit < 0 ? ready.at(-1) : ready[hit])?.run(env) ?? null;
    },
  };
}
