/** `sys`. */
import { exceptionType, fail, Raised, typeError } from '../runtime/exceptions.ts';
import type { Interpreter } from '../runtime/interpreter.ts';
import { exceptionReport } from '../runtime/traceback.ts';
import {
  builtinType,
  PyDict,
  PyException,
  PyFloat,
  PyInstance,
  PyList,
  type PyModule,
  PyTraceback,
  PyTuple,
  type Value,
} from '../runtime/values.ts';
import { fn, moduleOf, steps } from './define.ts';
import { fileOf } from './files.ts';
import { namedTuple, tupleType } from './named-tuples.ts';
import { writeTo } from './output.ts';

const VERSION_INFO = tupleType('version_info', ['major', 'minor', 'micro', 'releaselevel', 'serial']);
const FLAGS = tupleType('flags', [
  'debug',
  'inspect',
  'interactive',
  'optimize',
  'dont_write_bytecode',
  'no_user_site',
  'no_site',
  'ignore_environment',
  'verbose',
  'bytes_warning',
  'quiet',
  'hash_randomization',
  'isolated',
  'dev_mode',
  'utf8_mode',
]);
const FLOAT_INFO = tupleType('float_info', [
  'max',
  'max_exp',
  'max_10_exp',
  'min',
  'min_exp',
  'min_10_exp',
  'dig',
  'mant_dig',
  'epsilon',
  'radix',
  'rounds',
]);

/** A standard stream. */
function standard({ sys, options }: Interpreter, fd: number): Value {
  if (!sys.fds.has(fd)) return null;
  const isTerminal = sys.fds.isatty(fd);
  const isUnbuffered = options.flags.has('u') || (sys.env.get('PYTHONUNBUFFERED') ?? '') !== '';
  const name = ['<stdin>', '<stdout>', '<stderr>'][fd] ?? '';
  const [encoding = 'utf-8', errors] = (sys.env.get('PYTHONIOENCODING') ?? 'utf-8').split(':');
  return fileOf({
    fd,
    name,
    mode: fd === 0 ? 'r' : 'w',
    canRead: fd === 0,
    canWrite: fd !== 0,
    isText: true,
    encoding: encoding.toLowerCase().replace(/^utf_?8$/, 'utf-8'),
    errors: errors ?? (fd === 2 ? 'backslashreplace' : 'strict'),
    isUnbuffered: fd === 1 && isUnbuffered,
    isLineBuffered: isTerminal || fd === 2,
    closesFd: false,
  });
}

function exit(status: Value): never {
  throw new Raised(new PyException(exceptionType('SystemExit'), status === undefined ? [] : [status]));
}

const FUNCTIONS = [
  fn('exit(status=None, /)', ([status]) => exit(status ?? null)),
  fn('getrecursionlimit()', (_, { interpreter }) => interpreter.recursionLimit),
  fn('setrecursionlimit(limit, /)', ([limit], { interpreter }) => {
    if (typeof limit !== 'number') throw typeError('an integer is required');
    if (limit < 1) throw fail('ValueError', 'recursion limit must be greater or equal than 1');
    interpreter.recursionLimit = limit;
    return null;
  }),
  fn('exc_info()', (_, thread) => {
    const exc = thread.handling;
    if (exc === null) return new PyTuple([null, null, null]);
    return new PyTuple([exc.cls, exc, exc.trace === null ? null : new PyTraceback(exc.trace)]);
  }),
  fn('exception()', (_, thread) => thread.handling),
  fn('_getframe(depth=0, /)', ([depth], thread) => {
    let { frame } = thread;
    for (let up = 0; up < Number(depth) && frame !== null; up += 1) frame = frame.back;
    if (frame === null) throw fail('ValueError', 'call stack is not deep enough');
    return frame;
  }),
  fn('getsizeof(object, default=None)', ([value]) => sizeOf(value as Value)),
  fn('getdefaultencoding()', () => 'utf-8'),
  fn('getfilesystemencoding()', () => 'utf-8'),
  fn('intern(string, /)', ([text]) => text as Value),
  fn('getswitchinterval()', () => new PyFloat(0.005)),
  fn('get_int_max_str_digits()', () => 4300),
  fn('is_finalizing()', () => false),
  fn('gettrace()', () => null),
  steps('excepthook(exctype, value, traceback, /)', function* ([, exc], thread) {
    const file = thread.interpreter.module('sys')?.attrs.get('stderr') ?? null;
    if (exc instanceof PyException && file !== null)
      yield* writeTo(thread, file, yield* exceptionReport(thread, exc, { isUncaught: true }));
    return null;
  }),
];

function sizeOf(value: Value): number {
  if (typeof value === 'string') return 49 + value.length;
  if (typeof value === 'number' || typeof value === 'boolean') return 28;
  if (value === null) return 16;
  if (value instanceof PyList) return 56 + value.items.length * 8;
  if (value instanceof PyTuple) return 40 + value.items.length * 8;
  if (value instanceof PyDict) return value.map.size === 0 ? 64 : 184 + value.map.size * 100;
  return value instanceof PyFloat ? 24 : 48;
}

const NO_FLAGS = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, false, 0];

export function createSys(interpreter: Interpreter, argv: readonly string[]): PyModule {
  const { sys, options, modules, version } = interpreter;
  const [major = 3, minor = 0, micro = 0] = version.text.split('.').map(Number);
  const info = namedTuple(VERSION_INFO, [major, minor, micro, 'final', 0]);
  const streams = { stdin: standard(interpreter, 0), stdout: standard(interpreter, 1), stderr: standard(interpreter, 2) };
  const { place } = options;
  const implementation = new PyInstance(builtinType('SimpleNamespace'));
  for (const [key, value] of [
    ['name', 'cpython'],
    ['cache_tag', `cpython-${major}${minor}`],
    ['version', info],
  ] as const)
    implementation.attrs?.set(key, value);
  const module = moduleOf('sys', {
    values: {
      argv: new PyList([...argv]),
      orig_argv: new PyList([...sys.argv]),
      version: `${version.text} ${version.build}`,
      version_info: info,
      hexversion: major * 0x1000000 + minor * 0x10000 + micro * 0x100 + 0xf0,
      api_version: 1013,
      copyright: 'Copyright (c) Python Software Foundation.',
      platform: 'linux',
      executable: place.executable,
      _base_executable: place.baseExecutable,
      prefix: place.prefix,
      base_prefix: place.basePrefix,
      exec_prefix: place.prefix,
      base_exec_prefix: place.basePrefix,
      byteorder: 'little',
      maxsize: 9223372036854775807n,
      maxunicode: 1114111,
      modules,
      implementation,
      float_info: namedTuple(FLOAT_INFO, [
        new PyFloat(Number.MAX_VALUE),
        1024,
        308,
        new PyFloat(2.2250738585072014e-308),
        -1021,
        -307,
        15,
        53,
        new PyFloat(Number.EPSILON),
        2,
        1,
      ]),
      flags: namedTuple(FLAGS, NO_FLAGS),
      dont_write_bytecode: options.flags.has('B') || (sys.env.get('PYTHONDONTWRITEBYTECODE') ?? '') !== '',
      warnoptions: new PyList([]),
      builtin_module_names: new PyTuple(['builtins', 'sys', 'time']),
      path: new PyList(searchPath(interpreter)),
      path_hooks: new PyList([]),
      meta_path: new PyList([]),
      ps1: '>>> ',
      ps2: '... ',
      ...streams,
      ...Object.fromEntries(Object.entries(streams).map(([name, stream]) => [`__${name}__`, stream])),
    },
    functions: FUNCTIONS,
  });
  module.attrs.set('__excepthook__', module.attrs.get('excepthook') ?? null);
  return module;
}

function searchPath(interpreter: Interpreter): string[] {
  const { sys, options } = interpreter;
  const { place } = options;
  const given = (sys.env.get('PYTHONPATH') ?? '').split(':').filter((one) => one !== '');
  const hasUser = place.isUserSiteOn && sys.path.access(place.userSite, { read: true });
  return [
    ...given.map((one) => (one.startsWith('/') ? one : `${sys.path.cwd()}/${one}`)),
    `${place.library.replace(/\/[^/]*$/, '')}/python${interpreter.version.short.replace('.', '')}.zip`,
    place.library,
    `${place.library}/lib-dynload`,
    ...(options.flags.has('S') ? [] : [...(hasUser ? [place.userSite] : []), ...place.sites]),
  ];
}
