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
const native =
  (load: () => Promise<{ readonly create: (interpreter: Interpreter) => PyModule }>): Load =>
  async () => ({ create: (await load()).create });
const empty: Load = async () => ({ isPackage: true });

export const LIBRARY: Readonly<Record<string, Load>> = {
  '_collections_abc': written(() => import('./source/collections-abc.ts')),
  '_collections_functools': written(() => import('./source/functools-parts.ts')),
  'abc': written(() => import('./source/abc.ts')),
  'argparse': written(() => import('./source/argparse.ts')),
  'asyncio': written(() => import('./source/asyncio.ts'), true),
  'atexit': written(() => import('./source/atexit.ts')),
  'base64': written(() => import('./source/base64.ts')),
  'binascii': written(() => import('./source/binascii.ts')),
  'bisect': written(() => import('./source/bisect.ts')),
  'collections': written(() => import('./source/collections.ts'), true),
  'concurrent.futures': written(() => import('./source/futures.ts')),
  'contextlib': written(() => import('./source/contextlib.ts')),
  'copy': written(() => import('./source/copy.ts')),
  'csv': written(() => import('./source/csv.ts')),
  'dataclasses': written(() => import('./source/dataclasses.ts')),
  'datetime': written(() => import('./source/datetime.ts')),
  'enum': written(() => import('./source/enum.ts')),
  'fnmatch': written(() => import('./source/fnmatch.ts')),
  'functools': written(() => import('./source/functools.ts')),
  'getpass': written(() => import('./source/getpass.ts')),
  'glob': written(() => import('./source/glob.ts')),
  'hashlib': written(() => import('./source/digests.ts')),
  'heapq': written(() => import('./source/heapq.ts')),
  'hmac': written(() => import('./source/hmac.ts')),
  'html': written(() => import('./source/html.ts')),
  'http.client': written(() => import('./source/http-client.ts')),
  'http.server': written(() => import('./source/http-server.ts')),
  'inspect': written(() => import('./source/inspect.ts')),
  'io': written(() => import('./source/io.ts')),
  'itertools': written(() => import('./source/itertools.ts')),
  'json': written(() => import('./source/json.ts'), true),
  'logging': written(() => import('./source/logging.ts'), true),
  'operator': written(() => import('./source/operator.ts')),
  'os': written(() => import('./source/os.ts'), true),
  'pathlib': written(() => import('./source/pathlib.ts')),
  'platform': written(() => import('./source/platform.ts')),
  'posixpath': written(() => import('./source/posixpath.ts')),
  'queue': written(() => import('./source/queue.ts')),
  'random': written(() => import('./source/random.ts')),
  're': written(() => import('./source/re.ts')),
  'secrets': written(() => import('./source/secrets.ts')),
  'select': written(() => import('./source/select.ts')),
  'selectors': written(() => import('./source/select.ts')),
  'shutil': written(() => import('./source/shutil.ts')),
  'signal': written(() => import('./source/signal.ts')),
  'socket': written(() => import('./source/socket.ts')),
  'socketserver': written(() => import('./source/socketserver.ts')),
  'stat': written(() => import('./source/stat.ts')),
  'statistics': written(() => import('./source/statistics.ts')),
  'string': written(() => import('./source/string.ts')),
  'struct': written(() => import('./source/struct.ts')),
  'subprocess': written(() => import('./source/subprocess.ts')),
  'tempfile': written(() => import('./source/tempfile.ts')),
  'textwrap': written(() => import('./source/textwrap.ts')),
  'threading': written(() => import('./source/threading.ts')),
  'traceback': written(() => import('./source/traceback.ts')),
  'types': written(() => import('./source/types.ts')),
  'typing': written(() => import('./source/typing.ts')),
  'urllib.error': written(() => import('./source/urllib-error.ts')),
  'urllib.parse': written(() => import('./source/urllib-parse.ts')),
  'urllib.request': written(() => import('./source/urllib-request.ts')),
  'uuid': written(() => import('./source/uuid.ts')),
  'warnings': written(() => import('./source/warnings.ts')),
  'weakref': written(() => import('./source/weakref.ts')),
  '_bytes': native(() => import('./native/bytes.ts')),
  '_json': native(() => import('./native/json.ts')),
  '_os': native(() => import('./native/os.ts')),
  '_random': native(() => import('./native/random.ts')),
  '_re': native(() => import('./native/re.ts')),
  '_signal': native(() => import('./native/signal.ts')),
  '_socket': native(() => import('./native/socket.ts')),
  '_thread': native(() => import('./native/threads.ts')),
  'math': native(() => import('./native/math.ts')),
  'time': native(() => import('./native/time.ts')),
  '_dates': async () => ({ create: (await import('./native/others.ts')).createDates }),
  '_io': async () => ({ create: (await import('./native/others.ts')).createIo }),
  '_traceback': async () => ({ create: (await import('./native/others.ts')).createTraceback }),
  'errno': async () => ({ create: (await import('./native/others.ts')).createErrno }),
  'gc': async () => ({ create: (await import('./native/others.ts')).createGc }),
  'importlib': async () => ({ create: (await import('./native/others.ts')).createImportlib }),
  'http': written(() => import('./source/http.ts'), true),
  'urllib': empty,
  'concurrent': empty,
};

/** Modules that the real one has and this one has not, with a word of why. */
export const ABSENT: Readonly<Record<string, string>> = {
  ctypes: 'this model has no machine code to call',
  tkinter: 'this model has no windows',
  sqlite3: 'this model has no SQLite',
  multiprocessing: 'this model has threads and subprocesses, but not this module',
};
