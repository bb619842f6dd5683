/** `process`: what of it reaches the machine. */
import { ERRNO, isErrno } from '../../../kernel/errno.ts';
import type { Signal } from '../../../kernel/sys.ts';
import { accessor, methods, stepsMethod } from '../builtins/define.ts';
import { invalidArgument } from '../library/every-module.ts';
import { arrayIndex, toInteger, toNumber, toText } from '../runtime/convert.ts';
import { call, native } from '../runtime/functions.ts';
import { BASE_BYTES } from '../runtime/memory.ts';
import { arrayOf, get, hide, objectOf, recordOf } from '../runtime/objects.ts';
import { type Exotic, isCallable, isObject, JsObject, type Key, PASS, Property, Thrown, type Value } from '../runtime/values.ts';
import { intrinsics, realm, sys } from '../runtime/vm.ts';
import type { Host } from './host.ts';
import { SIGNAL_NUMBERS } from './signals.ts';
import { systemError } from './system-errors.ts';

/** The environment: texts, read from and written to the process's own. */
const ENVIRONMENT: Exotic = {
  own(_, key) {
    const value = typeof key === 'string' ? sys().env.get(key) : undefined;
    return value === undefined
      ? typeof key === 'string'
        ? undefined
        : PASS
      : new Property({ value, writable: true, enumerable: true, configurable: true });
  },
  assign(_, key, value) {
    if (typeof key !== 'string') return PASS;
    sys().env.set(key, toText(value));
    return true;
  },
  define(_, key, property) {
    if (typeof key !== 'string') return PASS;
    sys().env.set(key, toText(property.value));
    return true;
  },
  remove(_, key) {
    if (typeof key !== 'string') return PASS;
    sys().env.delete(key);
    return true;
  },
  keys: (): Key[] => [...sys().env.keys()],
};

export function environment(): JsObject {
  const made = new JsObject(intrinsics().object);
  made.exotic = ENVIRONMENT;
  return made;
}

const NS = 1_000_000_000n;

export function setUpProcess(host: Host): void {
  const { process } = host;
  const own = host.sys;
  const set = (name: string, value: Value): void => {
    process.props.set(name, value);
  };
  set('version', host.version);
  set('versions', versions(host.version.slice(1)));
  set('arch', own.uname.machine === 'aarch64' ? 'arm64' : 'x64');
  set('platform', 'linux');
  set(
    'release',
    recordOf({
      name: 'node',
      ...(Number(host.version.slice(1).split('.')[0]) % 2 === 0
        ? { lts: LTS[host.version.slice(1).split('.')[0] ?? ''] ?? 'Krypton' }
        : {}),
    }),
  );
  set('argv', arrayOf([]));
  set('execArgv', arrayOf([...host.flags.own]));
  set('env', environment());
  set('pid', own.pid);
  accessor(process, 'ppid', () => own.ppid);
  set('execPath', host.execPath);
  set('debugPort', 9229);
  set('title', 'node');
  set('features', recordOf({ inspector: true, typescript: 'strip', require_module: true }));
  set('config', recordOf({ variables: objectOf(), target_defaults: objectOf() }));
  identity(process);
  measures(host);
  control(host);
}

const LTS: Readonly<Record<string, string>> = { 18: 'Hydrogen', 20: 'Iron', 22: 'Jod', 24: 'Krypton' };
const V8: Readonly<Record<string, string>> = {
  18: '10.2.154.26-node.36',
  20: '11.3.244.8-node.33',
  22: '12.4.254.21-node.33',
  24: '13.6.233.17-node.37',
};

const versions = (node: string): JsObject =>
  recordOf({
    node,
    acorn: '8.15.0',
    ares: '1.34.6',
    modules: '137',
    napi: '10',
    openssl: '3.5.4',
    uv: '1.51.0',
    v8: V8[node.split('.')[0] ?? ''] ?? '14.1.146.11-node.14',
    zlib: '1.3.1',
  });

function identity(process: JsObject): void {
  const ids = (): ReturnType<ReturnType<typeof sys>['ids']['get']> => sys().ids.get();
  methods(process, {
    cwd: [0, () => sys().path.cwd()],
    chdir: [
      1,
      ([path]) => {
        if (typeof path !== 'string') throw new Thrown(invalidArgument('directory', 'of type string', path));
        try {
          sys().path.chdir(path);
        } catch (error) {
          throw systemError(error, { syscall: 'chdir', path: sys().path.cwd(), dest: path });
        }
        return undefined;
      },
    ],
    umask: [0, ([mask]) => (mask === undefined ? sys().umask() : sys().umask(toInteger(mask)))],
    getuid: [0, () => ids().uid],
    geteuid: [0, () => ids().euid],
    getgid: [0, () => ids().gid],
    getegid: [0, () => ids().egid],
    getgroups: [0, () => arrayOf([...ids().groups])],
    setuid: [
      1,
      ([id]) => {
        sys().ids.setuid(toInteger(id));
        return undefined;
      },
    ],
    setgid: [
      1,
      ([id]) => {
        sys().ids.setgid(toInteger(id));
        return undefined;
      },
    ],
  });
}

function measures(host: Host): void {
  const { process } = host;
  const elapsed = (): bigint => sys().clock.monotonicNs();
  const hrtime = native('hrtime', 1, ([since]) => {
    const now = elapsed();
    const pair = isObject(since) && since.items !== null ? since.items : [0, 0];
    const ns = now - (BigInt(toInteger(pair[0] as Value)) * NS + BigInt(toInteger(pair[1] as Value)));
    return arrayOf([Number(ns / NS), Number(ns % NS)]);
  });
  hide(
    hrtime,
    'bigint',
    native('bigint', 0, () => elapsed()),
  );
  process.props.set('hrtime', hrtime);
  const memory = native('memoryUsage', 0, () => {
    const used = realm().memory.told;
    return recordOf({
      rss: BASE_BYTES + used,
      heapTotal: 6_090_752 + used,
      heapUsed: 4_210_000 + used,
      external: 1_560_000,
      arrayBuffers: 10_515,
    });
  });
  hide(
    memory,
    'rss',
    native('rss', 0, () => BASE_BYTES + realm().memory.told),
  );
  process.props.set('memoryUsage', memory);
  methods(process, {
    uptime: [0, () => Number(elapsed() - host.startNs) / 1e9],
    cpuUsage: [
      0,
      ([before]) => {
        const user = Number(sys().times().selfNs / 1000n);
        return recordOf({ user: user - (isObject(before) ? toNumber(get(before, 'user') as Value) : 0), system: 0 });
      },
    ],
    availableMemory: [0, () => 4_294_967_296],
    constrainedMemory: [0, () => 0],
    resourceUsage: [
      0,
      () => recordOf({ userCPUTime: Number(sys().times().selfNs / 1000n), systemCPUTime: 0, maxRSS: Math.round(BASE_BYTES / 1024) }),
    ],
  });
}

function control(host: Host): void {
  const { process } = host;
  methods(process, {
    reallyExit: [1, ([code]) => host.sys.exit(toInteger(code) & 255)],
    abort: [
      0,
      () => {
        host.sys.kill(host.sys.pid, 'SIGABRT');
        return undefined;
      },
    ],
    kill: [
      2,
      ([pid, signal]) => {
        const number = signal === undefined ? 15 : typeof signal === 'number' ? signal : SIGNAL_NUMBERS[toText(signal)];
        if (number === undefined) throw realm().coded('TypeError', 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${toText(signal)}`);
        const name = Object.entries(SIGNAL_NUMBERS).find(([, one]) => one === number)?.[0] as Signal | undefined;
        try {
          host.sys.kill(toInteger(pid), name ?? null);
        } catch (error) {
          throw systemError(error, { syscall: 'kill' });
        }
        return true;
      },
    ],
  });
  stepsMethod(process, 'nextTick', 1, function* ([fn, ...args]) {
    if (!isCallable(fn)) throw new Thrown(invalidArgument('callback', 'of type function', fn));
    host.loop.ticks.push(() => call(fn, undefined, args));
    return undefined;
  });
}

export const errnoNames = ERRNO;
export const isSystemError = isErrno;
export const indexOfKey = arrayIndex;
