/** Puts a process's parts together. */

import { isErrno } from '../../../kernel/errno.ts';
import type { Signal, Sys } from '../../../kernel/sys.ts';
import { encode } from '../../encoding.ts';
import { got } from '../builtins/define.ts';
import { compileWrapped, newFile, type Wrapped } from '../compile/script.ts';
import { commonBinding, inspectFunctions } from '../library/every-module.ts';
import { LIBRARY } from '../library/index.ts';
import { inspect } from '../library/inspect.ts';
import type { Modules } from '../modules/modules.ts';
import { toInteger, toText, truthy } from '../runtime/convert.ts';
import { call, native, nativeSteps } from '../runtime/functions.ts';
import { get, objectOf, recordOf } from '../runtime/objects.ts';
import type { Realm } from '../runtime/realm.ts';
import { type Steps, start } from '../runtime/steps.ts';
import { isObject, type JsObject, Thrown, type Value } from '../runtime/values.ts';
import { insist } from '../runtime/vm.ts';
import { setUpConsole, writeText } from './console.ts';
import type { Flags } from './flags.ts';
import { lazyGlobal, setUpTimers } from './globals.ts';
import type { Host } from './host.ts';
import { Loop } from './loop.ts';
import { setUpProcess } from './process-object.ts';
import { SIGNAL_NUMBERS } from './signals.ts';

/** V8's last words: the heap is over. */
export function outOfMemory(sys: Sys, limitMb: number): void {
  const at = Math.round(Number(sys.clock.monotonicNs()) / 1e6);
  const text = `\n<--- Last few GCs --->\n\n[${sys.pid}:0x7f0000000000]    ${at} ms: Mark-Compact (reduce) ${limitMb}.0 (${limitMb + 2}.0) -> ${limitMb}.0 (${limitMb + 2}.0) MB, pooled: 0 MB, 0.00 / 0.00 ms  (average mu = 0.100, current mu = 0.000) last resort; GC in old space requested\n\n\n<--- JS stacktrace --->\n\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n`;
  throw new HeapOver(text);
}

/** Ends the process, from wherever it is. */
export class HeapOver extends Error {
  readonly text: string;

  constructor(text: string) {
    super('heap out of memory');
    this.text = text;
  }
}

interface Building {
  readonly flags: Flags;
  readonly version: string;
}

/** Modules of the library are compiled once for all processes. */
const compiled = new Map<string, Wrapped>();

export interface ReadyHost extends Host {
  ready(modules: Modules): Steps;
}

export function createHost(sys: Sys, realm: Realm, { flags, version }: Building): ReadyHost {
  const loop = new Loop(realm);
  const process = objectOf();
  const loaded = new Map<string, JsObject>();
  const terminals = new Map<number, boolean>();
  const isTerminal = (fd: number): boolean => {
    const known = terminals.get(fd) ?? (sys.fds.has(fd) && sys.fds.isatty(fd));
    terminals.set(fd, known);
    return known;
  };
  const host: ReadyHost = {
    realm,
    sys,
    loop,
    flags,
    version,
    execPath: '/usr/local/bin/node',
    startNs: sys.clock.monotonicNs(),
    process,
    emitters: null,
    modules: null,
    hasColours: (fd) => {
      const asked = sys.env.get('FORCE_COLOR');
      if (asked !== undefined) return asked !== '0' && asked !== 'false';
      return isTerminal(fd) && !sys.env.has('NO_COLOR') && !sys.env.has('NODE_DISABLE_COLORS') && sys.env.get('TERM') !== 'dumb';
    },
    write: (fd, text) => writeText(fd, text),
    *builtin(name) {
      const known = loaded.get(name);
      if (known !== undefined) return yield* got(get(known, 'exports'));
      const load = LIBRARY[name];
      if (load === undefined) throw realm.absent(`module '${name}'`);
      const library = (yield sys.stall(load)) as Awaited<ReturnType<typeof load>>;
      const binding =
        library.binding === undefined
          ? {}
          : ((yield sys.stall(library.binding)) as Awaited<ReturnType<NonNullable<typeof library.binding>>>)(host);
      const wrapped =
        compiled.get(name) ?? compileWrapped(newFile(`node:${name}`, library.source), ['exports', 'require', 'module', 'process', 'host']);
      compiled.set(name, wrapped);
      const exports = objectOf();
      const module = recordOf({ exports });
      loaded.set(name, module);
      const require = nativeSteps('require', 1, ([wanted]) => host.builtin(toText(wanted).replace(/^node:/, '')));
      yield* got(wrapped.run([exports, require, module, process, recordOf({ ...commonBinding(), ...binding })], undefined, ''));
      return yield* got(get(module, 'exports'));
    },
    *ready(modules) {
      host.modules = modules;
      yield* prepare(host);
      return undefined;
    },
  };
  return host;
}

function* prepare(host: Host): Steps {
  const { realm, sys, process } = host;
  const shown = inspectFunctions();
  realm.hooks.inspectFunction = shown.inspect;
  realm.hooks.inspect = (value) => insist(start(inspect(value)));
  realm.hooks.inspectOptions = (options, depth) =>
    recordOf({
      ...Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'given')),
      depth,
      stylize: native('stylize', 2, ([text]) => toText(text)),
    } as Record<string, Value>);
  setUpProcess(host);
  realm.setGlobal('process', process);
  realm.setGlobal('console', setUpConsole(host));
  setUpTimers(host);
  realm.setGlobal('global', realm.global);
  sys.on('SIGPIPE', 'ignore');
  yield* host.builtin('internal/process');
  yield* host.builtin('internal/stdio');
  for (const [name, module, member] of LAZY) lazyGlobal(name, () => start(lazily(host, module, member)));
  return undefined;
}

/** Globals that are made when they are first used. */
const LAZY: readonly (readonly [name: string, module: string, member: string])[] = [
  ['Buffer', 'buffer', 'Buffer'],
  ['Blob', 'buffer', 'Blob'],
  ['atob', 'buffer', 'atob'],
  ['btoa', 'buffer', 'btoa'],
  ['URL', 'url', 'URL'],
  ['URLSearchParams', 'url', 'URLSearchParams'],
  ['performance', 'perf_hooks', 'performance'],
  ['crypto', 'crypto', 'webcrypto'],
  ...[
    'Event',
    'CustomEvent',
    'EventTarget',
    'DOMException',
    'AbortController',
    'AbortSignal',
    'TextEncoder',
    'TextDecoder',
    'structuredClone',
  ].map((name) => [name, 'internal/events', name] as const),
  ...['fetch', 'Headers', 'Request', 'Response'].map((name) => [name, 'internal/fetch', name] as const),
];

function* lazily(host: Host, module: string, member: string): Steps {
  const exports = yield* host.builtin(module);
  return isObject(exports) ? yield* got(get(exports, member)) : undefined;
}

/** The module `module`. */
export const moduleBinding = (host: Host): Readonly<Record<string, Value>> => ({ moduleClass: host.modules?.commonJs.moduleClass });

/** What `internal/process` reaches. */
export const processBinding = (host: Host): Readonly<Record<string, Value>> => ({
  signalNumber: native('signalNumber', 1, ([name]) => SIGNAL_NUMBERS[toText(name)]),
  listenSignal: native('listenSignal', 2, ([name, run]) => {
    const signal = toText(name) as Signal;
    if (signal === 'SIGKILL' || signal === 'SIGSTOP') throw new Thrown(host.realm.error('Error', `uv_signal_start EINVAL`));
    try {
      host.sys.on(signal, () => host.loop.post(() => call(run, undefined, [])));
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
    return undefined;
  }),
  ignoreSignal: native('ignoreSignal', 1, ([name]) => {
    host.sys.on(toText(name) as Signal, 'default');
    return undefined;
  }),
  listenMessages: native('listenMessages', 0, () => undefined),
  setEmitters: native('setEmitters', 1, ([table]) => {
    if (isObject(table))
      host.emitters = Object.fromEntries(
        ['exit', 'beforeExit', 'uncaught', 'unhandled'].map((name) => [name, get(table, name)]),
      ) as unknown as Host['emitters'];
    return undefined;
  }),
  writeError: nativeSteps('writeError', 1, function* ([text]) {
    if (host.flags.noWarnings) return undefined;
    return yield* host.write(2, toText(text));
  }),
});

export const bytesOf = encode;
export const asInteger = toInteger;
export const isTrue = truthy;
