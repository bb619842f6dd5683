/** What the compiler knows at a place of a script, and the shapes of what it makes. */

import { type Steps, settle, suspend, taken } from '../runtime/steps.ts';
import { PENDING, type Result, UNSET, type Value } from '../runtime/values.ts';
import type { SourceFile } from '../runtime/vm.ts';
import { type Frame, Scope, vm } from '../runtime/vm.ts';
import { StaticScope } from './scope.ts';

export type Expr = (frame: Frame) => Result;

/** How a statement ended if not at its end. */
export interface Leave {
  readonly kind: 'return' | 'break' | 'continue';
  readonly label: string | null;
}
export type Done = undefined | Leave | typeof PENDING;
export type Stmt = (frame: Frame) => Done;
export const RETURN: Leave = { kind: 'return', label: null };

export interface Context {
  readonly scope: StaticScope;
  readonly file: SourceFile;
  readonly closures: WeakSet<object>;
  readonly strict: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** The function's own, not an arrow function's. */
  readonly isArrow: boolean;
  readonly isModule: boolean;
  /** Private names of the classes around. */
  readonly privates: ReadonlyMap<string, object>;
  /** The labels of the statement that comes. */
  readonly labels: readonly string[];
}

export const within = (context: Context, scope: StaticScope): Context => ({ ...context, scope, labels: [] });

/** A block's scope, with slots of its own if functions are made in it. */
export const blockScope = (context: Context, node: object): StaticScope =>
  new StaticScope(context.scope, { isOwn: context.closures.has(node) });

/** Slots as they begin. */
export const freshSlots = (scope: StaticScope): (typeof UNSET | undefined)[] => scope.slots.map((isUnset) => (isUnset ? UNSET : undefined));

/** Enters a block: makes its variables, or sets them back. */
export function enterBlock(scope: StaticScope): (frame: Frame) => void {
  if (scope.host === scope)
    return (frame) => {
      frame.scope = new Scope(frame.scope, freshSlots(scope));
    };
  const own = [...scope.names.values()].map(({ slot, kind }) => ({
    slot,
    value: kind === 'function' || kind === 'var' ? undefined : UNSET,
  }));
  return ({ scope: { slots } }) => {
    for (const { slot, value } of own) slots[slot] = value;
  };
}

/** Values of expressions one after the other. */
export function gather<T>(list: readonly Expr[], frame: Frame, go: (values: Value[]) => T | typeof PENDING): T | typeof PENDING {
  const values: Value[] = [];
  for (const expr of list) {
    const value = expr(frame);
    if (value === PENDING) return suspend(gatherSteps(list, frame, values, go));
    values.push(value);
  }
  return go(values);
}

function gatherSteps<T>(list: readonly Expr[], frame: Frame, values: Value[], go: (values: Value[]) => T | typeof PENDING): Steps<T> {
  const held = taken();
  return (function* () {
    values.push((yield held) as Value);
    for (let at = values.length; at < list.length; at += 1) {
      const value = list[at]?.(frame);
      values.push(value === PENDING ? ((yield taken()) as Value) : value);
    }
    return yield* settle(go(values));
  })();
}

/** A value and what is done with it. */
export function map(expr: Expr, go: (value: Value, frame: Frame) => Result): Expr {
  return (frame) => {
    const value = expr(frame);
    if (value === PENDING) {
      const held = taken();
      return suspend(
        (function* () {
          const late = (yield held) as Value;
          return yield* settle(go(late, frame));
        })(),
      );
    }
    return go(value, frame);
  };
}

/** Says where the script stands, for what may go wrong now. */
export function stand(frame: Frame, at: number): void {
  frame.at = at;
  vm.top = frame;
}

export function* run(expr: Expr, frame: Frame): Steps {
  const value = expr(frame);
  return value === PENDING ? ((yield taken()) as Value) : value;
}
