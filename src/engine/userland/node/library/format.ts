/** `util.format`: what `console.log` writes. */
import { got } from '../builtins/define.ts';
import { stringify } from '../builtins/json.ts';
import { toNumber, toText } from '../runtime/convert.ts';
import { get, hasOwn } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { isCallable, isObject, type JsObject, JsSymbol, Property, Thrown, type Value } from '../runtime/values.ts';
import { DEFAULTS, type InspectOptions, inspect } from './inspect.ts';
import { numberText, symbolText } from './inspect-text.ts';

const builtIn = (value: JsObject): boolean => {
  for (let at: JsObject | null = value; at !== null; at = at.proto) {
    const found = at.props.get('toString');
    if (found === undefined) continue;
    const fn = found instanceof Property ? found.value : found;
    return !isCallable(fn) || fn.fn?.source === null;
  }
  return true;
};

function* asText(value: Value, options: InspectOptions): Steps<string> {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (
    isObject(value) &&
    (value.inner?.kind === 'error' ? true : !builtIn(value)) &&
    !hasOwn(value, 'constructor') &&
    value.inner?.kind !== 'date'
  ) {
    const fn = yield* got(get(value, 'toString'));
    if (isCallable(fn) && !builtIn(value)) return toText(value);
  }
  if (isObject(value) && value.inner?.kind === 'error') return yield* inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
  return yield* inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
}

function* jsonText(value: Value): Steps<string> {
  try {
    return (yield* stringify([value])) ?? 'undefined';
  } catch (error) {
    if (error instanceof Thrown && isObject(error.value) && String(get(error.value, 'message')).includes('circular structure'))
      return '[Circular]';
    throw error;
  }
}

function* directive(letter: string, value: Value, options: InspectOptions): Steps<string | null> {
  switch (letter) {
    case 's':
      return yield* asText(value, options);
    case 'd':
      if (typeof value === 'bigint') return `${value}n`;
      return value instanceof JsSymbol
        ? 'NaN'
        : isObject(value)
          ? numberText(isCallable(value) ? Number.NaN : toNumber(value))
          : numberText(toNumber(value));
    case 'i':
      if (typeof value === 'bigint') return `${value}n`;
      return isObject(value) || value instanceof JsSymbol ? 'NaN' : numberText(Number.parseInt(String(value), 10));
    case 'f':
      return value instanceof JsSymbol ? 'NaN' : numberText(Number.parseFloat(String(value)));
    case 'j':
      return yield* jsonText(value);
    case 'o':
      return yield* inspect(value, { ...options, showHidden: true, depth: 4 });
    case 'O':
      return yield* inspect(value, options);
    case 'c':
      return '';
    default:
      return null;
  }
}

export function* format(args: readonly Value[], options: InspectOptions = DEFAULTS): Steps<string> {
  const [first] = args;
  if (args.length === 1 && typeof first === 'string') return first;
  let text = '';
  let at = 0;
  if (typeof first === 'string' && args.length > 1) {
    at = 1;
    let from = 0;
    for (let next = first.indexOf('%'); next >= 0 && next < first.length - 1; next = first.indexOf('%', next)) {
      const letter = first.charAt(next + 1);
      if (letter === '%') {
        text += first.slice(from, next + 1);
        from = next + 2;
        next += 2;
        continue;
      }
      const shown = at < args.length ? yield* directive(letter, args[at], options) : null;
      if (shown === null) {
        next += 1;
        continue;
      }
      text += first.slice(from, next) + shown;
      at += 1;
      from = next + 2;
      next += 2;
    }
    text += first.slice(from);
  }
  for (let isFirst = at === 0; at < args.length; at += 1, isFirst = false) {
    const value = args[at];
    if (!isFirst) text += ' ';
    text += typeof value === 'string' ? value : value instanceof JsSymbol ? symbolText(value) : yield* inspect(value, options);
  }
  return text;
}
