/** `Error` and its kinds. */

// biome-ignore-all lint/correctness/useYield: what could wait is a generator, though some need not.
import { listSteps } from '../compile/iteration.ts';
import { textOf } from '../runtime/convert.ts';
import { nativeSteps, prototypeOf } from '../runtime/functions.ts';
import { arrayOf, get, has, hide } from '../runtime/objects.ts';
import { ERROR_TYPES, type ErrorType } from '../runtime/realm.ts';
import type { Steps } from '../runtime/steps.ts';
import { captureTrace } from '../runtime/traces.ts';
import { isCallable, isObject, JsObject, Property, type Value } from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';
import { got, method, stepsMethod } from './define.ts';

export function setUpErrors(): void {
  const { global } = realm();
  for (const type of ERROR_TYPES) {
    const proto = intrinsics()[type];
    const length = type === 'AggregateError' ? 2 : 1;
    const make = nativeSteps(type, length, function* (args, _, newTarget) {
      return yield* makeError(type, args, newTarget);
    });
    const made = { ...(make.fn as NonNullable<JsObject['fn']>), construct: 'native' as const };
    make.fn = made;
    make.props.set('prototype', new Property({ value: proto }));
    hide(proto, 'constructor', make);
    hide(proto, 'name', type);
    hide(proto, 'message', '');
    hide(global, type, make);
    if (type !== 'Error') make.proto = get(global, 'Error') as JsObject;
    else statics(make);
  }
  stepsMethod(intrinsics().Error, 'toString', 0, function* (_, self) {
    if (!isObject(self)) throw realm().typeError("Error.prototype.toString requires that 'this' be a JSReceiver");
    return yield* headOf(self);
  });
}

/** `Name: message` */
export function* headOf(error: JsObject): Steps<string> {
  const named = yield* got(get(error, 'name'));
  const name = named === undefined ? 'Error' : yield* textOf(named);
  const said = yield* got(get(error, 'message'));
  const message = said === undefined ? '' : yield* textOf(said);
  if (name === '') return message;
  return message === '' ? name : `${name}: ${message}`;
}

function* makeError(type: ErrorType, args: readonly Value[], newTarget: JsObject | undefined): Steps {
  const [message, options] = type === 'AggregateError' ? args.slice(1) : args;
  const error = new JsObject(prototypeOf(newTarget, type));
  if (message !== undefined)
    error.props.set('message', new Property({ value: yield* textOf(message), writable: true, configurable: true }));
  const text = error.props.get('message');
  error.props.clear();
  // The constructors of its class are not part of an error's trace.
  captureTrace(error, null, newTarget);
  if (text !== undefined) error.props.set('message', text);
  if (isObject(options) && has(options, 'cause'))
    error.props.set('cause', new Property({ value: yield* got(get(options, 'cause')), writable: true, configurable: true }));
  if (type === 'AggregateError')
    error.props.set(
      'errors',
      new Property({ value: arrayOf(yield* listSteps(args[0], () => 'not iterable')), writable: true, configurable: true }),
    );
  return error;
}

function statics(error: JsObject): void {
  stepsMethod(error, 'captureStackTrace', 2, function* ([target, from]) {
    if (!isObject(target)) throw realm().typeError('Invalid argument');
    captureTrace(target, null, isCallable(from) ? from : undefined);
    return undefined;
  });
  error.props.set('stackTraceLimit', 10);
  method(error, 'isError', 1, ([value]) => isObject(value) && value.inner?.kind === 'error');
}
