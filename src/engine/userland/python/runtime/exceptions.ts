/** The exceptions of the language, and how the host raises them. */
import { isErrno } from '../../../kernel/errno.ts';
import { BASE_EXCEPTION, builtinType, PyException, type PyObject, PyTuple, type PyType, TYPE, type Value } from './values.ts';

/** Each with what comes from it. */
interface Tree {
  readonly [name: string]: Tree;
}
const TREE: Tree = {
  SystemExit: {},
  KeyboardInterrupt: {},
  GeneratorExit: {},
  BaseExceptionGroup: {},
  Exception: {
    StopIteration: {},
    StopAsyncIteration: {},
    ArithmeticError: { FloatingPointError: {}, OverflowError: {}, ZeroDivisionError: {} },
    AssertionError: {},
    AttributeError: {},
    BufferError: {},
    EOFError: {},
    ImportError: { ModuleNotFoundError: {} },
    LookupError: { IndexError: {}, KeyError: {} },
    MemoryError: {},
    NameError: { UnboundLocalError: {} },
    OSError: {
      BlockingIOError: {},
      ChildProcessError: {},
      ConnectionError: { BrokenPipeError: {}, ConnectionAbortedError: {}, ConnectionRefusedError: {}, ConnectionResetError: {} },
      FileExistsError: {},
      FileNotFoundError: {},
      InterruptedError: {},
      IsADirectoryError: {},
      NotADirectoryError: {},
      PermissionError: {},
      ProcessLookupError: {},
      TimeoutError: {},
    },
    ReferenceError: {},
    RuntimeError: { NotImplementedError: {}, RecursionError: {} },
    SyntaxError: { IndentationError: { TabError: {} } },
    SystemError: {},
    TypeError: {},
    ValueError: { UnicodeError: { UnicodeDecodeError: {}, UnicodeEncodeError: {}, UnicodeTranslateError: {} } },
    Warning: {
      BytesWarning: {},
      DeprecationWarning: {},
      EncodingWarning: {},
      FutureWarning: {},
      ImportWarning: {},
      PendingDeprecationWarning: {},
      ResourceWarning: {},
      RuntimeWarning: {},
      SyntaxWarning: {},
      UnicodeWarning: {},
      UserWarning: {},
    },
  },
};

const all = new Map<string, PyType>([['BaseException', BASE_EXCEPTION]]);

function define(tree: Tree, parent: PyType): void {
  for (const [name, below] of Object.entries(tree)) {
    const type = builtinType(name, parent);
    type.cls = TYPE;
    all.set(name, type);
    define(below, type);
  }
}
define(TREE, BASE_EXCEPTION);

/** All of them by name. */
export const EXCEPTIONS: ReadonlyMap<string, PyType> = all;

export function exceptionType(name: string): PyType {
  const type = all.get(name);
  if (type === undefined) throw new Error(`No exception ${name}`);
  return type;
}

const GROUP = exceptionType('BaseExceptionGroup');
export const EXCEPTION_GROUP = builtinType('ExceptionGroup', GROUP);
EXCEPTION_GROUP.bases = [GROUP, exceptionType('Exception')];
EXCEPTION_GROUP.mro = [EXCEPTION_GROUP, GROUP, ...exceptionType('Exception').mro];
all.set('ExceptionGroup', EXCEPTION_GROUP);

/** What a host's function throws to raise an exception of Python. */
export class Raised {
  readonly exc: PyException;
  /** Raised once more as it was: its trace has this place already. */
  readonly isAgain: boolean;
  /** Raised by the interpreter, in words of its own, and not by the program. */
  isOwn = false;

  constructor(exc: PyException, isAgain = false) {
    this.exc = exc;
    this.isAgain = isAgain;
  }
}

export function fail(type: string, message: string): Raised {
  const raised = new Raised(new PyException(exceptionType(type), [message]));
  raised.isOwn = true;
  return raised;
}
export const typeError = (message: string): Raised => fail('TypeError', message);
export const valueError = (message: string): Raised => fail('ValueError', message);

const BY_ERRNO: Readonly<Record<string, string>> = {
  EPERM: 'PermissionError',
  EACCES: 'PermissionError',
  ENOENT: 'FileNotFoundError',
  ESRCH: 'ProcessLookupError',
  EINTR: 'InterruptedError',
  ECHILD: 'ChildProcessError',
  EAGAIN: 'BlockingIOError',
  EALREADY: 'BlockingIOError',
  EINPROGRESS: 'BlockingIOError',
  EEXIST: 'FileExistsError',
  ENOTDIR: 'NotADirectoryError',
  EISDIR: 'IsADirectoryError',
  EPIPE: 'BrokenPipeError',
  ECONNABORTED: 'ConnectionAbortedError',
  ECONNREFUSED: 'ConnectionRefusedError',
  ECONNRESET: 'ConnectionResetError',
  ETIMEDOUT: 'TimeoutError',
};

export interface OsErrorOptions {
  readonly code: string;
  readonly number: number;
  readonly message: string;
  readonly path?: Value;
}

/** An OSError of the class that belongs to the number. */
export function osError({ code, number, message, path }: OsErrorOptions): Raised {
  const exc = new PyException(exceptionType(BY_ERRNO[code] ?? 'OSError'), [number, message]);
  exc.host = { filename: path ?? null };
  return new Raised(exc);
}

/** What a function of the host ended with, as an exception; what is none of the program's goes on. */
export function asRaised(error: unknown, path?: Value): Raised {
  if (error instanceof Raised) return error;
  if (isErrno(error)) {
    const about = path ?? error.path;
    return osError({ code: error.code, number: error.number, message: error.message, ...(about === undefined ? {} : { path: about }) });
  }
  if (error instanceof RangeError && error.message.startsWith('Maximum call stack'))
    return fail('RecursionError', 'maximum recursion depth exceeded');
  if (error instanceof RangeError) return new Raised(new PyException(exceptionType('MemoryError'), []));
  throw error;
}

export const isException = (value: Value | undefined): value is PyException => value instanceof PyException;
export const tupleOf = (...items: readonly Value[]): PyObject => new PyTuple(items);
