/** `Function.prototype`, `Symbol`, `Boolean`, `BigInt`, and the globals that are plain functions. */
import { lengthOf, textToNumber, toInteger, toNumber, toObject, toText, truthy } from '../runtime/convert.ts';
import { call, construct, native } from '../runtime/functions.ts';
import { get, hide } from '../runtime/objects.ts';
import { ordinaryInstance } from '../runtime/operators.ts';
import { isCallable, isObject, type JsObject, JsSymbol, Property, type Result, SYMBOLS, type Value } from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';
import { accessor, constant, makeClass, method, methods, stepsMethod, tag } from './define.ts';

export function setUpFunction(): void {
  const proto = intrinsics().function;
  proto.fn = { ...noFunction(), isReady: true };
  makeClass({ name: 'Function', length: 1, prototype: proto }, () => {
    throw new_evalError();
  });
  const list = (value: Value): Value[] => {
    if (value === undefined || value === null) return [];
    if (!isObject(value)) throw realm().typeError('CreateListFromArrayLike called on non-object');
    if (value.items !== null) return value.items.map((one) => (typeof one === 'symbol' ? undefined : one));
    return Array.from({ length: lengthOf(value) }, (_, index) => get(value, String(index)) as Value);
  };
  methods(proto, {
    call: [1, ([self, ...args], fn) => call(fn, self, args)],
    apply: [2, ([self, args], fn) => call(fn, self, list(args))],
    bind: [1, ([self, ...first], fn) => bound(fn, self, first)],
    toString: [
      0,
      (_, fn) => {
        if (!isCallable(fn)) throw realm().typeError("Function.prototype.toString requires that 'this' be a Function");
        return fn.fn?.source?.() ?? `function ${fn.fn?.name ?? ''}() { [native code] }`;
      },
    ],
  });
  stepsMethod(proto, SYMBOLS.hasInstance, 1, function* ([value], self) {
    return isCallable(self) ? yield* ordinaryInstance(self, value) : false;
  });
}

const new_evalError = (): unknown => realm().absent('code that is made from text: eval and new Function');

const noFunction = (): NonNullable<JsObject['fn']> => ({
  name: '',
  length: 0,
  call: () => undefined,
  construct: 'none',
  isClass: false,
  kind: 'function',
  source: null,
  isReady: true,
  scope: null,
  outer: null,
  home: null,
  fields: null,
});

function bound(fn: Value, self: Value, first: readonly Value[]): JsObject {
  if (!isCallable(fn)) throw realm().typeError('Bind must be called on a function');
  const name = get(fn, 'name');
  const length = get(fn, 'length');
  const made = native(
    `bound ${typeof name === 'string' ? name : ''}`,
    Math.max(0, (typeof length === 'number' ? length : 0) - first.length),
    (args, _, newTarget): Result => (newTarget === undefined ? call(fn, self, [...first, ...args]) : construct(fn, [...first, ...args])),
    fn.fn?.construct === 'none' ? 'none' : 'native',
  );
  made.proto = fn.proto;
  stepsMethod(made, SYMBOLS.hasInstance, 1, function* ([value]) {
    return yield* ordinaryInstance(fn, value);
  });
  return made;
}

export function setUpSymbol(): void {
  const proto = intrinsics().symbol;
  const symbol = makeClass({ name: 'Symbol', length: 0, prototype: proto }, ([description], _, newTarget) => {
    if (newTarget !== undefined) throw realm().typeError('Symbol is not a constructor');
    return new JsSymbol(description === undefined ? undefined : toText(description));
  });
  for (const [name, value] of Object.entries(SYMBOLS)) constant(symbol, name, value);
  methods(symbol, {
    for: [1, ([name]) => realm().symbolFor(toText(name))],
    keyFor: [1, ([value]) => [...realm().symbols].find(([, one]) => one === value)?.[0]],
  });
  const own = (self: Value): JsSymbol => {
    if (self instanceof JsSymbol) return self;
    if (isObject(self) && self.inner?.kind === 'primitive' && self.inner.value instanceof JsSymbol) return self.inner.value;
    throw realm().typeError('not a symbol');
  };
  methods(proto, {
    toString: [0, (_, self) => `Symbol(${own(self).description ?? ''})`],
    valueOf: [0, (_, self) => own(self)],
  });
  accessor(proto, 'description', (self) => own(self).description);
  tag(proto, SYMBOLS.toStringTag, 'Symbol');
}

export function setUpPrimitives(): void {
  const boolean = intrinsics().boolean;
  makeClass({ name: 'Boolean', length: 1, prototype: boolean }, ([value], _, newTarget) =>
    newTarget === undefined ? truthy(value) : realm().box(truthy(value)),
  );
  const own = <T>(self: Value, type: string): T => {
    const value = isObject(self) && self.inner?.kind === 'primitive' ? self.inner.value : self;
    if (typeof value === type) return value as T;
    throw realm().typeError(
      `${type === 'boolean' ? 'Boolean' : 'BigInt'}.prototype.valueOf requires that 'this' be a ${type === 'boolean' ? 'Boolean' : 'BigInt'}`,
    );
  };
  methods(boolean, {
    toString: [0, (_, self) => String(own<boolean>(self, 'boolean'))],
    valueOf: [0, (_, self) => own<boolean>(self, 'boolean')],
  });
  const { bigint } = intrinsics();
  const big = makeClass({ name: 'BigInt', length: 1, prototype: bigint }, ([value], _, newTarget) => {
    if (newTarget !== undefined) throw realm().typeError('BigInt is not a constructor');
    return toBig(value);
  });
  methods(big, {
    asUintN: [2, ([bits, value]) => BigInt.asUintN(toNumber(bits), toBig(value))],
    asIntN: [2, ([bits, value]) => BigInt.asIntN(toNumber(bits), toBig(value))],
  });
  methods(bigint, {
    toString: [0, ([radix], self) => own<bigint>(self, 'bigint').toString(radix === undefined ? 10 : toInteger(radix))],
    valueOf: [0, (_, self) => own<bigint>(self, 'bigint')],
    toLocaleString: [
      0,
      (_, self) =>
        own<bigint>(self, 'bigint')
          .toString()
          .replace(/\B(?=(\d{3})+$)/g, ','),
    ],
  });
  tag(bigint, SYMBOLS.toStringTag, 'BigInt');
}

function toBig(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return BigInt(value);
    throw realm().rangeError(`The number ${value} cannot be converted to a BigInt because it is not an integer`);
  }
  if (typeof value === 'string' && /^\s*([-+]?\d+|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)?\s*$/.test(value)) return BigInt(value.trim());
  if (typeof value === 'string') throw syntaxError(`Cannot convert ${value} to a BigInt`);
  throw realm().typeError(
    `Cannot convert ${isObject(value) ? toText(value) : String(value instanceof JsSymbol ? 'Symbol()' : value)} to a BigInt`,
  );
}

export const syntaxError = (message: string): unknown => realm().thrown('SyntaxError', message);

/** Characters that each of the four leaves as they are. */
const COMPONENT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";

function uriCoded(name: string, code: (text: string) => string): void {
  method(realm().global, name, 1, ([value]) => {
    try {
      return code(toText(value));
    } catch (error) {
      if (error instanceof URIError) throw realm().thrown('URIError', 'URI malformed');
      throw error;
    }
  });
}

export function setUpGlobals(): void {
  const { global } = realm();
  hide(global, 'globalThis', global);
  for (const [name, value] of [
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['undefined', undefined],
  ] as const)
    global.props.set(name, new Property({ value }));
  methods(global, {
    parseInt: [2, ([text, radix]) => Number.parseInt(toText(text), radix === undefined ? undefined : toInteger(radix))],
    parseFloat: [1, ([text]) => Number.parseFloat(toText(text))],
    isNaN: [1, ([value]) => Number.isNaN(toNumber(value))],
    isFinite: [1, ([value]) => Number.isFinite(toNumber(value))],
    eval: [
      1,
      ([code]) => {
        if (typeof code !== 'string') return code;
        throw new_evalError();
      },
    ],
  });
  uriCoded('encodeURIComponent', encodeURIComponent);
  uriCoded('encodeURI', encodeURI);
  uriCoded('decodeURIComponent', decodeURIComponent);
  uriCoded('decodeURI', decodeURI);
  methods(global, {
    escape: [
      1,
      ([text]) =>
        [...toText(text)]
          .map((one) => (COMPONENT.includes(one) ? one : `%${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`))
          .join(''),
    ],
  });
}

export const asNumber = textToNumber;
export const asObject = toObject;
