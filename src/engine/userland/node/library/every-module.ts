/** What every module of the library written in JavaScript has at hand, as `host`. */

import { toText } from '../runtime/convert.ts';
import { native, nativeSteps } from '../runtime/functions.ts';
import { hide, recordOf } from '../runtime/objects.ts';
import type { ErrorType } from '../runtime/realm.ts';
import { start } from '../runtime/steps.ts';
import { additions, constructorName, peek } from '../runtime/traces.ts';
import { INSPECT, isObject, type JsObject, PROMISIFY, type Value } from '../runtime/values.ts';
import { insist, realm } from '../runtime/vm.ts';
import { format } from './format.ts';
import { DEFAULTS, type InspectOptions, inspect } from './inspect.ts';
import { optionsFrom } from './inspect-options.ts';

/** A value as node's messages about arguments show it. */
export function received(value: Value): string {
  if (value === undefined || value === null) return `Received ${value}`;
  if (isObject(value)) {
    if (value.fn !== null) return `Received function ${String(peek(value, 'name') ?? '')}`;
    return peek(value, 'constructor') === undefined ? `Received ${plainly(value)}` : `Received an instance of ${constructorName(value)}`;
  }
  let shown = plainly(value);
  if (shown.length > 28) shown = `${shown.slice(0, 25)}...`;
  return `Received type ${typeof value === 'object' ? 'symbol' : typeof value} (${shown})`;
}

const plainly = (value: Value): string => insist(start(inspect(value, { ...DEFAULTS, colors: false, depth: -1 })));

export function invalidArgument(name: string, expected: string, actual: Value): JsObject {
  const what = name.includes('.') ? 'property' : 'argument';
  return realm().coded('TypeError', 'ERR_INVALID_ARG_TYPE', `The "${name}" ${what} must be ${expected}. ${received(actual)}`)
    .value as JsObject;
}

export function commonBinding(): Readonly<Record<string, Value>> {
  return {
    coded: native('coded', 3, ([type, code, message]) => realm().coded(toText(type) as ErrorType, toText(code), toText(message)).value),
    invalidArgument: native('invalidArgument', 3, ([name, expected, actual]) => invalidArgument(toText(name), toText(expected), actual)),
    addToTrace: native('addToTrace', 2, ([error, text]) => {
      if (isObject(error)) additions.set(error, toText(text));
      return undefined;
    }),
    received: native('received', 1, ([value]) => received(value)),
  };
}

/** `util.inspect` and `util.format`, which most modules use. */
export function inspectFunctions(): { readonly inspect: JsObject; readonly format: JsObject; readonly formatWithOptions: JsObject } {
  const inspectFunction = nativeSteps('inspect', 2, function* ([value, options, depth, colors]) {
    if (typeof options === 'boolean' || options === undefined) {
      const legacy: InspectOptions = {
        ...DEFAULTS,
        showHidden: options === true,
        depth: typeof depth === 'number' ? depth : depth === null ? Number.POSITIVE_INFINITY : 2,
        colors: colors === true,
      };
      return yield* inspect(value, legacy);
    }
    return yield* inspect(value, optionsFrom(options));
  });
  hide(inspectFunction, 'custom', INSPECT);
  hide(
    inspectFunction,
    'defaultOptions',
    recordOf({
      showHidden: false,
      depth: 2,
      colors: false,
      customInspect: true,
      maxArrayLength: 100,
      maxStringLength: 10_000,
      breakLength: 80,
      compact: 3,
      sorted: false,
      getters: false,
    }),
  );
  hide(inspectFunction, 'promisify', PROMISIFY);
  return {
    inspect: inspectFunction,
    format: nativeSteps('format', 0, (args) => format(args)),
    formatWithOptions: nativeSteps('formatWithOptions', 1, ([options, ...args]) => format(args, optionsFrom(options))),
  };
}

/** The same for all modules of a process. */
export const inspectBinding = ({
  realm: own,
}: {
  readonly realm: { readonly inspectFunction: JsObject | null };
}): Readonly<Record<string, Value>> => {
  const made = inspectFunctions();
  return { ...made, inspect: own.inspectFunction ?? made.inspect };
};
