/** Which handler is for which exception; groups of exceptions. */
import { EXCEPTION_GROUP, exceptionType, typeError } from '../runtime/exceptions.ts';
import { isSubclass, PyException, PyList, PyTuple, PyType, type Value } from '../runtime/values.ts';

const BASE = exceptionType('BaseException');
const GROUP = exceptionType('BaseExceptionGroup');

export function matchesException(exc: PyException, type: Value): boolean {
  if (type instanceof PyTuple) return type.items.some((one) => matchesException(exc, one));
  if (!(type instanceof PyType) || !isSubclass(type, BASE))
    throw typeError('catching classes that do not inherit from BaseException is not allowed');
  return isSubclass(exc.cls, type);
}

/** The exceptions in a group. */
export function membersOf(group: PyException): readonly Value[] {
  const inside = group.args.items[1];
  return inside instanceof PyList || inside instanceof PyTuple ? inside.items : [];
}

/** A group with other members. */
export function derive(group: PyException, members: readonly Value[]): PyException {
  const made = new PyException(group.cls, [group.args.items[0] ?? '', new PyList([...members])]);
  made.trace = group.trace;
  made.cause = group.cause;
  made.context = group.context;
  made.isContextHidden = group.isContextHidden;
  return made;
}

/** What of an exception is for a handler, and what is not. */
export function splitGroup(exc: Value, type: Value): readonly [matched: Value, rest: Value] {
  if (!(exc instanceof PyException)) return [null, null];
  if (!isSubclass(exc.cls, GROUP)) {
    if (!matchesException(exc, type)) return [null, exc];
    return [new PyException(EXCEPTION_GROUP, ['', new PyList([exc])]), null];
  }
  return split(exc, (one) => matchesException(one, type));
}

/** Takes a group apart by a condition on its members. */
export function split(group: PyException, is: (one: PyException) => boolean): readonly [matched: Value, rest: Value] {
  if (is(group)) return [group, null];
  const [matched, rest]: [Value[], Value[]] = [[], []];
  for (const one of membersOf(group)) {
    if (!(one instanceof PyException)) continue;
    if (isSubclass(one.cls, GROUP)) {
      const [inside, outside] = split(one, is);
      if (inside !== null) matched.push(inside);
      if (outside !== null) rest.push(outside);
    } else (is(one) ? matched : rest).push(one);
  }
  return [matched.length === 0 ? null : derive(group, matched), rest.length === 0 ? null : derive(group, rest)];
}
