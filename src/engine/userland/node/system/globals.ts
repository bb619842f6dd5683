/** Globals that node adds to the language's: timers, `console`, `process`. */

import { accessor, method, methods } from '../builtins/define.ts';
import { invalidArgument } from '../library/every-module.ts';
import { toNumber } from '../runtime/convert.ts';
import { call, native } from '../runtime/functions.ts';
import { hide, objectOf } from '../runtime/objects.ts';
import { andThen } from '../runtime/steps.ts';
import { isCallable, isObject, JsObject, type Result, SYMBOLS, Thrown, type Value } from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';
import type { Host } from './host.ts';
import type { Timer } from './loop.ts';

type TimerObjects = Map<Timer, JsObject>;

function fnOf(value: Value, name: string): JsObject {
  if (isCallable(value)) return value;
  throw new Thrown(invalidArgument(name, 'of type function', value));
}

function timeoutClass(host: Host, objects: TimerObjects): JsObject {
  const proto = new JsObject(intrinsics().object);
  const made = native('Timeout', 5, () => undefined, 'native');
  hide(proto, 'constructor', made);
  const timer = (self: Value): Timer | null => (isObject(self) && self.inner?.kind === 'host' ? (self.inner.held as Timer) : null);
  const with_ = (change: (timer: Timer) => void) => (_: readonly Value[], self: Value) => {
    const found = timer(self);
    if (found !== null) change(found);
    return self;
  };
  methods(proto, {
    ref: [0, with_((one) => (one.isRef = true))],
    unref: [0, with_((one) => (one.isRef = false))],
    hasRef: [0, (_, self) => timer(self)?.isRef ?? false],
    refresh: [0, with_((one) => host.loop.schedule(one))],
    close: [0, with_((one) => host.loop.cancel(one))],
  });
  method(proto, SYMBOLS.toPrimitive, 0, (_, self) => timer(self)?.id);
  method(
    proto,
    SYMBOLS.dispose,
    0,
    with_((one) => host.loop.cancel(one)),
  );
  void objects;
  return proto;
}

export function setUpTimers(host: Host): void {
  const { global } = realm();
  const { loop } = host;
  const objects: TimerObjects = new Map();
  const byId = new Map<number, Timer>();
  const proto = timeoutClass(host, objects);
  realm().hooks.timerOf = (timer) => objects.get(timer as Timer);
  const begin = (fn: Value, delay: Value, args: readonly Value[], repeats: boolean): JsObject => {
    const timer = loop.addTimer(fnOf(fn, 'callback'), args, { delayMs: delay === undefined ? 1 : toNumber(delay), repeats });
    const object = new JsObject(proto);
    object.inner = { kind: 'host', held: timer };
    describe(object, timer);
    objects.set(timer, object);
    byId.set(timer.id, timer);
    return object;
  };
  const end = (value: Value): undefined => {
    const timer =
      isObject(value) && value.inner?.kind === 'host'
        ? (value.inner.held as Timer)
        : typeof value === 'number' || typeof value === 'string'
          ? byId.get(Number(value))
          : undefined;
    if (timer === undefined || !('delayMs' in timer)) return undefined;
    loop.cancel(timer);
    objects.delete(timer);
    byId.delete(timer.id);
    return undefined;
  };
  methods(global, {
    setTimeout: [2, ([fn, delay, ...args]) => begin(fn, delay, args, false)],
    setInterval: [2, ([fn, delay, ...args]) => begin(fn, delay, args, true)],
    clearTimeout: [1, ([value]) => end(value)],
    clearInterval: [1, ([value]) => end(value)],
    queueMicrotask: [
      1,
      ([fn]) => {
        const run = fnOf(fn, 'callback');
        realm().jobs.push(() => call(run, undefined, []));
        return undefined;
      },
    ],
  });
  immediates(host);
}

/** What is seen of a timer when it is shown. */
function describe(object: JsObject, timer: Timer): void {
  const fields: readonly (readonly [string, Value])[] = [
    ['_idleTimeout', timer.delayMs],
    ['_idlePrev', null],
    ['_idleNext', null],
    ['_idleStart', Math.floor(timer.dueMs - timer.delayMs)],
    ['_onTimeout', timer.fn],
    ['_timerArgs', undefined],
    ['_repeat', timer.repeats ? timer.delayMs : null],
    ['_destroyed', false],
  ];
  for (const [name, value] of fields) object.props.set(name, value);
}

function immediates(host: Host): void {
  const { global } = realm();
  const proto = new JsObject(intrinsics().object);
  hide(
    proto,
    'constructor',
    native('Immediate', 2, () => undefined, 'native'),
  );
  type Held = { isActive: boolean; isRef: boolean };
  const held = (self: Value): Held | null => (isObject(self) && self.inner?.kind === 'host' ? (self.inner.held as Held) : null);
  for (const [name, isRef] of [
    ['ref', true],
    ['unref', false],
  ] as const)
    method(proto, name, 0, (_, self) => {
      const found = held(self);
      if (found !== null) found.isRef = isRef;
      return self;
    });
  methods(global, {
    setImmediate: [
      1,
      ([fn, ...args]) => {
        const run = fnOf(fn, 'callback');
        const object = new JsObject(proto);
        object.inner = { kind: 'host', held: host.loop.addImmediate(() => call(run, object, args)) };
        return object;
      },
    ],
    clearImmediate: [
      1,
      ([value]) => {
        const found = held(value);
        if (found !== null) found.isActive = false;
        return undefined;
      },
    ],
  });
}

/** A global that is made when it is first asked for. */
export function lazyGlobal(name: string, make: () => Result): void {
  const { global } = realm();
  accessor(
    global,
    name,
    () =>
      andThen(make(), (value) => {
        hide(global, name, value as Value);
        return value as Value;
      }),
    (_, value) => {
      hide(global, name, value);
      return undefined;
    },
  );
}

export const emptyObject = objectOf;
