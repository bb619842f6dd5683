/** `console` */

import { isErrno } from '../../../kernel/errno.ts';
import { encode } from '../../encoding.ts';
import { methods, stepsMethod, tag } from '../builtins/define.ts';
import { format } from '../library/format.ts';
import { DEFAULTS, type InspectOptions, inspect } from '../library/inspect.ts';
import { optionsFrom } from '../library/inspect-options.ts';
import { tableText } from '../library/table.ts';
import { toNumber, toText, truthy } from '../runtime/convert.ts';
import { enumerableKeys, get, objectOf } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { settle } from '../runtime/steps.ts';
import { captureTrace } from '../runtime/traces.ts';
import { isObject, type JsObject, SYMBOLS, type Value } from '../runtime/values.ts';
import { sys, waitFor } from '../runtime/vm.ts';
import type { Host } from './host.ts';

/** Writes to a descriptor, and waits while it is full. A reader that has gone is no error of the script's. */
export function* writeText(fd: number, text: string): Steps {
  yield* settle(waitFor(written(fd, text), () => undefined));
  return undefined;
}

async function written(fd: number, text: string): Promise<void> {
  try {
    await sys().write(fd, encode(text));
  } catch (error) {
    if (!isErrno(error, 'EPIPE', 'EIO', 'EBADF')) throw error;
  }
}

interface State {
  indent: string;
  readonly counts: Map<string, number>;
  readonly timers: Map<string, bigint>;
}

export function setUpConsole(host: Host): JsObject {
  const state: State = { indent: '', counts: new Map(), timers: new Map() };
  const console = objectOf();
  tag(console, SYMBOLS.toStringTag, 'console');
  const optionsOf = (fd: number): InspectOptions => ({ ...DEFAULTS, colors: host.hasColours(fd) });
  function* print(fd: number, args: readonly Value[]): Steps {
    let text = yield* format(args, optionsOf(fd));
    if (state.indent !== '') text = state.indent + text.replaceAll('\n', `\n${state.indent}`);
    return yield* host.write(fd, `${text}\n`);
  }
  for (const [name, fd] of [
    ['log', 1],
    ['info', 1],
    ['debug', 1],
    ['error', 2],
    ['warn', 2],
  ] as const)
    stepsMethod(console, name, 0, (args) => print(fd, args));
  stepsMethod(console, 'dir', 0, function* ([value, options]) {
    return yield* print(1, [yield* inspect(value, { ...optionsFrom(options, optionsOf(1)), customInspect: false })]);
  });
  stepsMethod(console, 'dirxml', 0, (args) => print(1, args));
  stepsMethod(console, 'trace', 0, function* (args) {
    const error = objectOf();
    const said = yield* format(args, optionsOf(2));
    captureTrace(error, `Trace${said === '' ? '' : `: ${said}`}`);
    return yield* print(2, [get(error, 'stack') as Value]);
  });
  stepsMethod(console, 'assert', 0, function* ([condition, ...args]) {
    if (truthy(condition)) return undefined;
    const [first, ...others] = args;
    if (args.length === 0) return yield* print(2, ['Assertion failed']);
    return yield* print(2, typeof first === 'string' ? [`Assertion failed: ${first}`, ...others] : ['Assertion failed:', ...args]);
  });
  stepsMethod(console, 'table', 1, function* ([value, columns]) {
    if (!isObject(value)) return yield* print(1, [value]);
    return yield* print(1, [yield* tableText(value, isObject(columns) ? (columns.items ?? []).map((one) => toText(one as Value)) : null)]);
  });
  groups(console, state, print);
  counters(console, state, print);
  return console;
}

type Print = (fd: number, args: readonly Value[]) => Steps;

function groups(console: JsObject, state: State, print: Print): void {
  for (const name of ['group', 'groupCollapsed'])
    stepsMethod(console, name, 0, function* (args) {
      if (args.length > 0) yield* print(1, args);
      state.indent += '  ';
      return undefined;
    });
  methods(console, {
    groupEnd: [
      0,
      () => {
        state.indent = state.indent.slice(0, -2);
        return undefined;
      },
    ],
    clear: [0, () => undefined],
  });
}

/** Time that has passed, as `console.time` writes it. */
export function durationText(ns: bigint): string {
  const ms = Number(ns) / 1e6;
  if (ms >= 3_600_000)
    return `${Math.floor(ms / 3_600_000)}:${String(Math.floor((ms % 3_600_000) / 60_000)).padStart(2, '0')}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')} (h:mm:ss)`;
  if (ms >= 60_000) return `${Math.floor(ms / 60_000)}:${((ms % 60_000) / 1000).toFixed(3).padStart(6, '0')} (m:ss.mmm)`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(3)}s`;
  return `${Number(ms.toFixed(3))}ms`;
}

function counters(console: JsObject, state: State, print: Print): void {
  const label = (value: Value): string => (value === undefined ? 'default' : toText(value));
  const passed = (name: string): string | null => {
    const from = state.timers.get(name);
    return from === undefined ? null : durationText(sys().clock.monotonicNs() - from);
  };
  stepsMethod(console, 'count', 0, function* ([name]) {
    const count = (state.counts.get(label(name)) ?? 0) + 1;
    state.counts.set(label(name), count);
    return yield* print(1, [`${label(name)}: ${count}`]);
  });
  methods(console, {
    countReset: [
      0,
      ([name]) => {
        state.counts.delete(label(name));
        return undefined;
      },
    ],
    time: [
      0,
      ([name]) => {
        state.timers.set(label(name), sys().clock.monotonicNs());
        return undefined;
      },
    ],
  });
  for (const [method, ends] of [
    ['timeLog', false],
    ['timeEnd', true],
  ] as const)
    stepsMethod(console, method, 0, function* ([name, ...rest]) {
      const text = passed(label(name));
      if (text === null)
        return yield* print(2, [
          `(node:${sys().pid}) Warning: No such label '${label(name)}' for console.${method}()\n(Use \`node --trace-warnings ...\` to show where the warning was created)`,
        ]);
      if (ends) state.timers.delete(label(name));
      return yield* print(1, ['%s: %s', label(name), text, ...rest]);
    });
}

export const keysIn = enumerableKeys;
export const asNumber = toNumber;
