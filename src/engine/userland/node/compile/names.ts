/** Variables: read and written. */
import { get, set, stored } from '../runtime/objects.ts';
import { andThen } from '../runtime/steps.ts';
import { PENDING, Property, type Result, type Thrown, UNSET, type Value } from '../runtime/values.ts';
import { type Frame, realm, type Scope } from '../runtime/vm.ts';
import { argumentsOf } from './arguments.ts';
import { type Context, type Expr, stand } from './context.ts';
import { type Binding, resolve, type StaticScope } from './scope.ts';

/** A binding of another module: where it really is. */
export interface ImportRef {
  scope: Scope;
  slot: number;
}

const scopeAt = (frame: Frame, hops: number): Scope => {
  let scope = frame.scope;
  for (let left = hops; left > 0; left -= 1) if (scope.parent !== null) scope = scope.parent;
  return scope;
};

function unset(frame: Frame, at: number, name: string): Thrown {
  stand(frame, at);
  return realm().referenceError(`Cannot access '${name}' before initialization`);
}

export function readName(context: Context, name: string, at: number): Expr {
  const found = resolve(context.scope, name);
  if (found === null) return name === 'arguments' && isInFunction(context.scope) ? (frame) => argumentsOf(frame.top) : readGlobal(name, at);
  const {
    hops,
    binding: { slot, kind },
  } = found;
  if (kind === 'import')
    return (frame) => {
      const ref = scopeAt(frame, hops).slots[slot] as unknown as ImportRef | Value;
      if (typeof ref !== 'object' || ref === null || !('slot' in ref)) return ref as Value;
      const value = ref.scope.slots[ref.slot];
      if (value === UNSET) throw unset(frame, at, name);
      return value;
    };
  if (kind === 'var' || kind === 'param' || kind === 'function' || kind === 'self') {
    if (hops === 0) return (frame) => frame.scope.slots[slot] as Value;
    return (frame) => scopeAt(frame, hops).slots[slot] as Value;
  }
  if (hops === 0)
    return (frame) => {
      const value = frame.scope.slots[slot];
      if (value === UNSET) throw unset(frame, at, name);
      return value;
    };
  return (frame) => {
    const value = scopeAt(frame, hops).slots[slot];
    if (value === UNSET) throw unset(frame, at, name);
    return value;
  };
}

function isInFunction(scope: StaticScope): boolean {
  for (let at: StaticScope | null = scope; at !== null; at = at.parent) if (at.isFunction) return true;
  return false;
}

function readGlobal(name: string, at: number): Expr {
  if (name === 'undefined') return () => undefined;
  return (frame) => {
    const { global } = realm();
    const found = stored(global, name);
    if (found === UNSET) {
      stand(frame, at);
      throw realm().referenceError(`${name} is not defined`);
    }
    if (!(found instanceof Property)) return found;
    return get(global, name);
  };
}

/** `typeof name` is no error. */
export function isThere(context: Context, name: string): ((frame: Frame) => boolean) | null {
  if (resolve(context.scope, name) !== null || name === 'arguments') return null;
  return () => stored(realm().global, name) !== UNSET;
}

/** Sets a variable that is there already. */
export function writeName(context: Context, name: string, at: number): (frame: Frame, value: Value) => Result {
  const found = resolve(context.scope, name);
  if (found === null) return writeGlobal(context, name, at);
  const {
    hops,
    binding: { slot, kind },
  } = found;
  if (kind === 'self')
    return (frame) => {
      if (!context.strict) return undefined;
      stand(frame, at);
      throw realm().typeError('Assignment to constant variable.');
    };
  if (kind === 'const' || kind === 'import')
    return (frame) => {
      if (scopeAt(frame, hops).slots[slot] === UNSET) throw unset(frame, at, name);
      stand(frame, at);
      throw realm().typeError('Assignment to constant variable.');
    };
  if (kind === 'let' || kind === 'class')
    return (frame, value) => {
      const { slots } = scopeAt(frame, hops);
      if (slots[slot] === UNSET) throw unset(frame, at, name);
      slots[slot] = value;
      return undefined;
    };
  if (hops === 0)
    return (frame, value) => {
      frame.scope.slots[slot] = value;
      return undefined;
    };
  return (frame, value) => {
    scopeAt(frame, hops).slots[slot] = value;
    return undefined;
  };
}

function writeGlobal({ strict }: Context, name: string, at: number): (frame: Frame, value: Value) => Result {
  return (frame, value) => {
    const { global } = realm();
    if (strict && stored(global, name) === UNSET) {
      stand(frame, at);
      throw realm().referenceError(`${name} is not defined`);
    }
    const done = set(global, name, value);
    return done === PENDING ? andThen(done as Result, () => undefined) : undefined;
  };
}

/** Gives a variable its first value. */
export function beginName(context: Context, name: string): (frame: Frame, value: Value) => void {
  const found = resolve(context.scope, name);
  if (found === null) {
    return (_, value) => {
      realm().global.props.set(name, value);
    };
  }
  const {
    hops,
    binding: { slot },
  } = found;
  return (frame, value) => {
    scopeAt(frame, hops).slots[slot] = value;
  };
}

export const slotOf = (scope: StaticScope, name: string): Binding | undefined => scope.names.get(name);
