/** `io`: files, and files that lie in memory. */
export const SOURCE = String.raw`
from _io import *
from _io import _IOBase
from builtins import open

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    pass


BlockingIOError = BlockingIOError


class IOBase:
    closed = False

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def close(self):
        self.closed = True

    def flush(self):
        pass

    def isatty(self):
        return False

    def readable(self):
        return False

    def writable(self):
        return False

    def seekable(self):
        return False

    def fileno(self):
        raise UnsupportedOperation('fileno')

    def readlines(self, hint=-1):
        return list(self)

    def writelines(self, lines):
        for line in lines:
            self.write(line)


class RawIOBase(IOBase):
    pass


class BufferedIOBase(IOBase):
    pass


class TextIOBase(IOBase):
    pass


class _Memory:
    def _start(self, initial):
        self._value = initial
        self._at = 0
        self.closed = False

    def _check(self):
        if self.closed:
            raise ValueError('I/O operation on closed file')

    def readable(self):
        return True

    writable = seekable = readable

    def getvalue(self):
        self._check()
        return self._settled()

    def _settled(self):
        return self._value

    def read(self, size=-1):
        self._check()
        value = self._settled()
        end = len(value) if size is None or size < 0 else self._at + size
        part = value[self._at:end]
        self._at += len(part)
        return part

    def readline(self, size=-1):
        self._check()
        value = self._settled()
        end = value.find(self._newline, self._at) + 1
        if end == 0:
            end = len(value)
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        part = value[self._at:end]
        self._at = max(self._at, end)
        return part

    def seek(self, pos, whence=0):
        self._check()
        self._at = max(0, pos + (0 if whence == 0 else self._at if whence == 1 else len(self._settled())))
        return self._at

    def tell(self):
        return self._at

    def truncate(self, pos=None):
        self._value = self._settled()[:self._at if pos is None else pos]
        return len(self._value)

    def close(self):
        self.closed = True


class StringIO(_Memory, TextIOBase):
    _newline = '\n'

    def __init__(self, initial_value='', newline='\n'):
        self._parts = []
        self._start(initial_value or '')

    def _settled(self):
        if self._parts:
            self._value += ''.join(self._parts)
            self._parts = []
        return self._value

    def write(self, s):
        self._check()
        if not isinstance(s, str):
            raise TypeError('string argument expected, got %r' % type(s).__name__)
        if self._parts or self._at == len(self._value):
            self._parts.append(s)
        else:
            self._value = self._value[:self._at] + s + self._value[self._at + len(s):]
        self._at += len(s)
        return len(s)


class BytesIO(_Memory, BufferedIOBase):
    _newline = b'\n'

    def __init__(self, initial_bytes=b''):
        self._start(bytes(initial_bytes or b''))

    def write(self, b):
        self._check()
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        b = bytes(b)
        if self._at > len(self._value):
            self._value += bytes(self._at - len(self._value))
        self._value = self._value[:self._at] + b + self._value[self._at + len(b):]
        self._at += len(b)
        return len(b)

    def read1(self, size=-1):
        return self.read(size)

    def readinto(self, b):
        data = self.read(len(b))
        for at, byte in enumerate(data):
            b[at] = byte
        return len(data)

    def getbuffer(self):
        return self._value


def text_encoding(encoding, stacklevel=2):
    return encoding or 'locale'
`;
