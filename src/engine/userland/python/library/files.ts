/** `open`, and the classes of files. */
import type { OpenFlags } from '../../../kernel/fs/types.ts';
import { findAttribute } from '../protocol/attributes.ts';
import { iterator, next } from '../protocol/iterate.ts';
import { fail, osError, typeError, valueError } from '../runtime/exceptions.ts';
import type { Steps, Thread } from '../runtime/thread.ts';
import { call } from '../runtime/thread.ts';
import { builtinType, classOf, PyByteArray, PyBytes, PyInstance, PyList, type PyType, plain, STOP, type Value } from '../runtime/values.ts';
import { bytesIn } from '../types/bytes.ts';
import { members, methodSteps, methods, steps, textOf } from './define.ts';
import { again, Stream, type StreamOptions } from './streams.ts';

export const IO_BASE = builtinType('_IOBase');
export const TEXT_FILE = builtinType('TextIOWrapper', IO_BASE);
export const BUFFERED_READER = builtinType('BufferedReader', IO_BASE);
export const BUFFERED_WRITER = builtinType('BufferedWriter', IO_BASE);
export const BUFFERED_RANDOM = builtinType('BufferedRandom', IO_BASE);
export const RAW_FILE = builtinType('FileIO', IO_BASE);
for (const type of [IO_BASE, TEXT_FILE, BUFFERED_READER, BUFFERED_WRITER, BUFFERED_RANDOM, RAW_FILE]) type.attrs.set('__module__', '_io');

export function streamOf(value: Value | undefined): Stream {
  if (value instanceof PyInstance && value.host instanceof Stream) return value.host;
  throw typeError(`a file is wanted, not ${classOf(value ?? null).name}`);
}

/** A file object over a descriptor. */
export function fileOf(options: StreamOptions): PyInstance {
  const type = options.isText
    ? TEXT_FILE
    : options.isUnbuffered
      ? RAW_FILE
      : options.canRead && options.canWrite
        ? BUFFERED_RANDOM
        : options.canRead
          ? BUFFERED_READER
          : BUFFERED_WRITER;
  return over(new Stream(options), type);
}

function over(stream: Stream, type: PyType): PyInstance {
  const file = new PyInstance(type);
  file.host = stream;
  return file;
}

interface Mode {
  readonly flags: OpenFlags;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly isText: boolean;
}

function modeOf(mode: string): Mode {
  const kinds = [...mode].filter((char) => 'rwxa'.includes(char));
  if (/[^rwxabt+U]/.test(mode)) throw valueError(`invalid mode: '${mode}'`);
  if (mode.includes('b') && mode.includes('t')) throw valueError("can't have text and binary mode at once");
  if (kinds.length !== 1) throw valueError('must have exactly one of create/read/write/append mode');
  const [kind] = kinds;
  const isBoth = mode.includes('+');
  const canRead = kind === 'r' || isBoth;
  const canWrite = kind !== 'r' || isBoth;
  return {
    canRead,
    canWrite,
    isText: !mode.includes('b'),
    flags: {
      read: canRead,
      write: canWrite,
      closeOnExec: true,
      ...(kind === 'w' ? { create: true, truncate: true } : {}),
      ...(kind === 'x' ? { create: true, exclusive: true } : {}),
      ...(kind === 'a' ? { create: true, append: true } : {}),
    },
  };
}

/** A path given as text, bytes or an object that has one. */
export function* pathOf(thread: Thread, value: Value | undefined): Steps<string> {
  const own = plain(value ?? null);
  if (typeof own === 'string') return own;
  if (own instanceof PyBytes) return new TextDecoder().decode(own.data);
  const method = yield* findAttribute(thread, own, '__fspath__');
  if (method === undefined) throw typeError(`expected str, bytes or os.PathLike object, not ${classOf(own).name}`);
  return textOf(yield* call(method));
}

export const OPEN = steps(
  "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)",
  function* (args, thread) {
    const [file, modeText, buffering, encoding, errors, newline, closefd] = args;
    const mode = modeOf(textOf(modeText, "open() argument 'mode'"));
    if (!mode.isText && encoding !== null) throw valueError("binary mode doesn't take an encoding argument");
    let fd: number;
    let name: Value = file ?? null;
    if (typeof file === 'number') fd = file;
    else {
      const path = yield* pathOf(thread, file);
      name = file instanceof PyInstance && file.worth === undefined ? path : (file ?? null);
      fd = yield* openPath(thread, path, mode.flags);
    }
    const isTerminal = thread.sys.fds.isatty(fd);
    return fileOf({
      fd,
      name,
      mode: textOf(modeText),
      canRead: mode.canRead,
      canWrite: mode.canWrite,
      isText: mode.isText,
      encoding:
        encoding === null
          ? 'utf-8'
          : textOf(encoding)
              .toLowerCase()
              .replace(/^utf_?8$/, 'utf-8'),
      errors: errors === null ? 'strict' : textOf(errors),
      newline: newline === null ? null : textOf(newline),
      isUnbuffered: buffering === 0,
      isLineBuffered: buffering === 1 || (isTerminal && mode.isText),
      closesFd: closefd !== false,
    });
  },
);

export function* openPath(thread: Thread, path: string, flags: OpenFlags, mode = 0o666): Steps<number> {
  const fd = yield* again(thread, () => thread.sys.open(path, flags, mode));
  if (thread.sys.fds.stat(fd).type === 'directory' && flags.directory !== true) {
    thread.sys.fds.close(fd);
    throw osError({ code: 'EISDIR', number: 21, message: 'Is a directory', path });
  }
  return fd;
}

methods(IO_BASE, {
  'readable(self)': ([self]) => streamOf(self).options.canRead,
  'writable(self)': ([self]) => streamOf(self).options.canWrite,
  'seekable(self)': ([self], thread) => thread.sys.fds.stat(streamOf(self).fd).type === 'regular',
  'isatty(self)': ([self], thread) => {
    streamOf(self).check();
    return thread.sys.fds.isatty(streamOf(self).fd);
  },
  'fileno(self)': ([self]) => {
    streamOf(self).check();
    return streamOf(self).fd;
  },
  '__iter__(self)': ([self]) => {
    streamOf(self).check();
    return self as Value;
  },
  '__enter__(self)': ([self]) => {
    streamOf(self).check();
    return self as Value;
  },
  'detach(self)': ([self]) => {
    const stream = streamOf(self);
    return over(stream, stream.options.canRead ? BUFFERED_READER : BUFFERED_WRITER);
  },
});

const isText = (self: Value | undefined): boolean => streamOf(self).options.isText && (self as PyInstance).cls === TEXT_FILE;
const countOf = (value: Value | undefined): number | null =>
  value === null || value === undefined || Number(value) < 0 ? null : Number(value);

function* write(thread: Thread, self: Value | undefined, value: Value): Steps {
  const stream = streamOf(self);
  if (isText(self)) {
    const text = plain(value);
    if (typeof text !== 'string') throw typeError(`write() argument must be str, not ${classOf(value).name}`);
    yield* stream.writeText(thread, text);
    return [...text].length;
  }
  const bytes = bytesIn(value);
  yield* stream.writeBytes(thread, bytes.slice());
  if (stream.isLineBuffered || stream.isUnbuffered) yield* stream.flush(thread);
  return bytes.length;
}

function* line(thread: Thread, self: Value | undefined, limit = -1): Steps {
  return isText(self) ? yield* streamOf(self).readTextLine(thread) : new PyBytes(yield* streamOf(self).readLine(thread, limit));
}

const isEmpty = (value: Value): boolean => value === '' || (value instanceof PyBytes && value.data.length === 0);

methodSteps(IO_BASE, {
  *'write(self, s, /)'([self, value], thread) {
    return yield* write(thread, self, value as Value);
  },
  *'writelines(self, lines, /)'([self, lines], thread) {
    const it = yield* iterator(thread, lines as Value);
    for (let one = yield* next(thread, it); one !== STOP; one = yield* next(thread, it)) yield* write(thread, self, one);
    return null;
  },
  *'flush(self)'([self], thread) {
    const stream = streamOf(self);
    stream.check();
    if (stream.options.canWrite) yield* stream.flush(thread);
    return null;
  },
  *'read(self, size=None, /)'([self, size], thread) {
    const stream = streamOf(self);
    if (isText(self)) return yield* stream.readText(thread, countOf(size));
    if ((self as PyInstance).cls === RAW_FILE && countOf(size) !== null)
      return new PyBytes(yield* stream.readAvailable(thread, Number(size)));
    return new PyBytes(yield* stream.readBytes(thread, countOf(size)));
  },
  *'readall(self)'([self], thread) {
    return new PyBytes(yield* streamOf(self).readBytes(thread, null));
  },
  *'read1(self, size=-1, /)'([self, size], thread) {
    return new PyBytes(yield* streamOf(self).readAvailable(thread, countOf(size) ?? 65536));
  },
  *'readinto(self, buffer, /)'([self, buffer], thread) {
    if (!(buffer instanceof PyByteArray)) throw typeError('readinto() argument must be read-write bytes-like object');
    const bytes = yield* streamOf(self).readBytes(thread, buffer.data.length);
    buffer.data.set(bytes);
    return bytes.length;
  },
  *'peek(self, size=0, /)'([self], thread) {
    return new PyBytes(yield* streamOf(self).peek(thread));
  },
  *'readline(self, size=-1, /)'([self, size], thread) {
    return yield* line(thread, self, Number(size));
  },
  *'readlines(self, hint=-1, /)'([self], thread) {
    const lines: Value[] = [];
    for (let one = yield* line(thread, self); !isEmpty(one); one = yield* line(thread, self)) lines.push(one);
    return new PyList(lines);
  },
  *'__next__(self)'([self], thread) {
    const one = yield* line(thread, self);
    if (isEmpty(one)) throw fail('StopIteration', '');
    return one;
  },
  *'seek(self, offset, whence=0, /)'([self, offset, whence], thread) {
    return yield* streamOf(self).seek(thread, Number(offset), Number(whence));
  },
  *'tell(self)'([self], thread) {
    return yield* streamOf(self).tell(thread);
  },
  *'truncate(self, size=None, /)'([self, size], thread) {
    const stream = streamOf(self);
    yield* stream.flush(thread);
    const to = size === null ? yield* stream.tell(thread) : Number(size);
    thread.sys.fds.truncate(stream.fd, to);
    return to;
  },
  *'close(self)'([self], thread) {
    yield* streamOf(self).close(thread);
    return null;
  },
  *'__exit__(self, *args)'([self], thread) {
    yield* streamOf(self).close(thread);
    return null;
  },
  *'reconfigure(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)'(
    [self, encoding, errors, , lines, through],
    thread,
  ) {
    const stream = streamOf(self);
    yield* stream.flush(thread);
    if (encoding !== null) stream.encoding = textOf(encoding);
    if (errors !== null) stream.errors = textOf(errors);
    if (lines !== null) stream.isLineBuffered = lines === true;
    if (through !== null) stream.isUnbuffered = through === true;
    return null;
  },
});

members(IO_BASE, {
  closed: (self) => streamOf(self).isClosed,
  name: (self) => streamOf(self).options.name,
  mode: (self) => streamOf(self).options.mode,
  encoding: (self) => streamOf(self).encoding,
  errors: (self) => streamOf(self).errors,
  newlines: () => null,
  line_buffering: (self) => streamOf(self).isLineBuffered,
  raw: (self) => self,
  buffer: (self) => {
    const stream = streamOf(self);
    return over(stream, stream.options.canRead ? BUFFERED_READER : BUFFERED_WRITER);
  },
});
methods(IO_BASE, {
  '__repr__(self)': ([self]) => {
    const { name, mode } = streamOf(self).options;
    const shown = typeof name === 'string' ? `'${name}'` : String(name);
    const type = (self as PyInstance).cls;
    return type === TEXT_FILE
      ? `<_io.TextIOWrapper name=${shown} mode='${mode}' encoding='${streamOf(self).encoding}'>`
      : `<_io.${type.name} name=${shown}>`;
  },
});
