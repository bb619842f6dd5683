/** The modules of the standard library. Each is loaded when it is first imported. */
import type { Interpreter } from '../runtime/interpreter.ts';
import type { PyModule } from '../runtime/values.ts';

/** A module: what the host does of it, and what is written in Python. */
export interface LibraryPart {
  readonly create?: (interpreter: Interpreter) => PyModule;
  readonly source?: string;
  readonly isPackage?: boolean;
}

type Load = () => Promise<LibraryPart>;
const written =
  (load: () => Promise<{ readonly SOURCE: string }>, isPackage = false): Load =>
  async () => ({ source: (await load()).SOURCE, isPackage });
/** A module whose source lies in several files. */
const joined =
  (loads: readonly (() => Promise<{ readonly SOURCE: string }>)[], isPackage = false): Load =>
  async () => {
    let source = '';
    for (const load of loads) source += (await load()).SOURCE;
    return { source, isPackage };
  };
const native =
  (load: () => Promise<{ readonly create: (interpreter: Interpreter) => PyModule }>): Load =>
  async () => ({ create: (await load()).create });
const empty: Load = async () => ({ isPackage: true });

export const LIBRARY: Readonly<Record<string, Load>> = {
  _collections_abc: written(() => import('./source/data/collections-abc.ts')),
  _collections_functools: written(() => import('./source/data/functools-parts.ts')),
  abc: written(() => import('./source/data/abc.ts')),
  argparse: joined([() => import('./source/system/argparse-actions.ts'), () => import('./source/system/argparse-parser.ts')]),
  asyncio: joined(
    [
      () => import('./source/net/asyncio-loop.ts'),
      () => import('./source/net/asyncio-tasks.ts'),
      () => import('./source/net/asyncio-queues.ts'),
    ],
    true,
  ),
  atexit: written(() => import('./source/system/atexit.ts')),
  base64: written(() => import('./source/data/base64.ts')),
  binascii: written(() => import('./source/data/binascii.ts')),
  bisect: written(() => import('./source/data/bisect.ts')),
  collections: joined([() => import('./source/data/collections-maps.ts'), () => import('./source/data/collections-sequences.ts')], true),
  'concurrent.futures': written(() => import('./source/system/futures.ts')),
  contextlib: written(() => import('./source/system/contextlib.ts')),
  copy: written(() => import('./source/data/copy.ts')),
  csv: written(() => import('./source/data/csv.ts')),
  dataclasses: written(() => import('./source/data/dataclasses.ts')),
  datetime: joined([() => import('./source/data/datetime-dates.ts'), () => import('./source/data/datetime-moments.ts')]),
  enum: joined([() => import('./source/data/enum-meta.ts'), () => import('./source/data/enum-classes.ts')]),
  fnmatch: written(() => import('./source/system/fnmatch.ts')),
  functools: written(() => import('./source/data/functools.ts')),
  getpass: written(() => import('./source/system/getpass.ts')),
  glob: written(() => import('./source/system/glob.ts')),
  hashlib: written(() => import('./source/data/digests.ts')),
  heapq: written(() => import('./source/data/heapq.ts')),
  hmac: written(() => import('./source/data/hmac.ts')),
  html: written(() => import('./source/data/html.ts')),
  'http.client': written(() => import('./source/net/http-client.ts')),
  'http.server': written(() => import('./source/net/http-server.ts')),
  inspect: written(() => import('./source/system/inspect.ts')),
  io: written(() => import('./source/system/io.ts')),
  itertools: written(() => import('./source/data/itertools.ts')),
  json: written(() => import('./source/data/json.ts'), true),
  logging: joined([() => import('./source/system/logging-records.ts'), () => import('./source/system/logging-loggers.ts')], true),
  operator: written(() => import('./source/data/operator.ts')),
  os: written(() => import('./source/system/os.ts')),
  pathlib: written(() => import('./source/system/pathlib.ts')),
  platform: written(() => import('./source/system/platform.ts')),
  posixpath: written(() => import('./source/system/posixpath.ts')),
  queue: written(() => import('./source/system/queue.ts')),
  random: written(() => import('./source/data/random.ts')),
  re: written(() => import('./source/data/re.ts')),
  secrets: written(() => import('./source/data/secrets.ts')),
  select: written(() => import('./source/net/select.ts')),
  selectors: written(() => import('./source/net/select.ts')),
  shutil: written(() => import('./source/system/shutil.ts')),
  signal: written(() => import('./source/system/signal.ts')),
  socket: written(() => import('./source/net/socket.ts')),
  socketserver: written(() => import('./source/net/socketserver.ts')),
  stat: written(() => import('./source/system/stat.ts')),
  statistics: written(() => import('./source/data/statistics.ts')),
  string: written(() => import('./source/data/string.ts')),
  struct: written(() => import('./source/data/struct.ts')),
  subprocess: written(() => import('./source/system/subprocess.ts')),
  tempfile: written(() => import('./source/system/tempfile.ts')),
  textwrap: written(() => import('./source/data/textwrap.ts')),
  threading: joined([() => import('./source/system/threading-locks.ts'), () => import('./source/system/threading-threads.ts')]),
  traceback: written(() => import('./source/system/traceback.ts')),
  types: written(() => import('./source/data/types.ts')),
  typing: written(() => import('./source/data/typing.ts')),
  'urllib.error': written(() => import('./source/net/urllib-error.ts')),
  'urllib.parse': written(() => import('./source/net/urllib-parse.ts')),
  'urllib.request': written(() => import('./source/net/urllib-request.ts')),
  uuid: written(() => import('./source/data/uuid.ts')),
  warnings: written(() => import('./source/system/warnings.ts')),
  weakref: written(() => import('./source/system/weakref.ts')),
  _pip: joined([() => import('./source/pip/resolve.ts'), () => import('./source/pip/wheels.ts'), () => import('./source/pip/commands.ts')]),
  ensurepip: written(() => import('./source/pip/ensurepip.ts'), true),
  site: written(() => import('./source/system/site.ts')),
  sysconfig: written(() => import('./source/system/sysconfig.ts')),
  venv: joined([() => import('./source/pip/activate.ts'), () => import('./source/pip/venv.ts')], true),
  configparser: written(() => import('./source/text/configparser.ts')),
  difflib: written(() => import('./source/text/difflib.ts')),
  fractions: written(() => import('./source/numbers/fractions.ts')),
  getopt: written(() => import('./source/text/getopt.ts')),
  graphlib: written(() => import('./source/text/graphlib.ts')),
  numbers: written(() => import('./source/numbers/numbers.ts')),
  pprint: written(() => import('./source/text/pprint.ts')),
  shlex: written(() => import('./source/text/shlex.ts')),
  timeit: written(() => import('./source/testing/timeit.ts')),
  tomllib: written(() => import('./source/text/tomllib.ts'), true),
  unittest: joined(
    [
      () => import('./source/testing/unittest-results.ts'),
      () => import('./source/testing/unittest-cases.ts'),
      () => import('./source/testing/unittest-run.ts'),
    ],
    true,
  ),
  calendar: written(() => import('./source/numbers/calendar.ts')),
  contextvars: written(() => import('./source/text/contextvars.ts')),
  decimal: joined([() => import('./source/numbers/decimal-context.ts'), () => import('./source/numbers/decimal.ts')]),
  doctest: written(() => import('./source/testing/doctest.ts')),
  grp: written(() => import('./source/text/groups.ts')),
  'http.cookies': written(() => import('./source/text/cookies.ts')),
  'importlib.metadata': written(() => import('./source/text/metadata.ts')),
  ipaddress: written(() => import('./source/text/ipaddress.ts')),
  'json.tool': written(() => import('./source/text/json-tool.ts')),
  keyword: written(() => import('./source/text/keyword.ts')),
  linecache: written(() => import('./source/text/linecache.ts')),
  pwd: written(() => import('./source/text/accounts.ts')),
  pydoc: written(() => import('./source/testing/pydoc.ts')),
  zoneinfo: written(() => import('./source/numbers/zoneinfo.ts'), true),
  _bytes: native(() => import('./native/bytes.ts')),
  _json: native(() => import('./native/json.ts')),
  _os: native(() => import('./native/os.ts')),
  _random: native(() => import('./native/random.ts')),
  _re: native(() => import('./native/re.ts')),
  _signal: native(() => import('./native/signal.ts')),
  _socket: native(() => import('./native/socket.ts')),
  _thread: native(() => import('./native/threads.ts')),
  math: native(() => import('./native/math.ts')),
  time: native(() => import('./native/time.ts')),
  _dates: async () => ({ create: (await import('./native/others.ts')).createDates }),
  _io: async () => ({ create: (await import('./native/others.ts')).createIo }),
  _traceback: async () => ({ create: (await import('./native/others.ts')).createTraceback }),
  errno: async () => ({ create: (await import('./native/others.ts')).createErrno }),
  _place: async () => ({ create: (await import('./native/others.ts')).createPlace }),
  gc: async () => ({ create: (await import('./native/others.ts')).createGc }),
  importlib: async () => ({ create: (await import('./native/others.ts')).createImportlib, isPackage: true }),
  http: written(() => import('./source/net/http.ts'), true),
  urllib: empty,
  concurrent: empty,
};

/** Modules that the real one has and this one has not, with a word of why. */
export const ABSENT: Readonly<Record<string, string>> = {
  ctypes: 'this model has no machine code to call',
  tkinter: 'this model has no windows',
  sqlite3: 'this model has no SQLite',
  multiprocessing: 'this model has threads and subprocesses, but not this module',
};
