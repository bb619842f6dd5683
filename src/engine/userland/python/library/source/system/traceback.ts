/** `traceback`. */
export const SOURCE = String.raw`
import sys
from _traceback import report, lines_of, stack, only


def _one(exc, value):
    if isinstance(exc, BaseException):
        return exc
    return value


def format_exception(exc, /, value=None, tb=None, limit=None, chain=True):
    exc = _one(exc, value)
    return report(exc).splitlines(True) if exc is not None else ['NoneType: None\n']


def format_exc(limit=None, chain=True):
    return ''.join(format_exception(sys.exc_info()[1]))


def print_exc(limit=None, file=None, chain=True):
    print(format_exc(limit, chain), end='', file=sys.stderr if file is None else file)


def print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True):
    print(''.join(format_exception(exc, value)), end='', file=sys.stderr if file is None else file)


def format_exception_only(exc, /, value=None):
    return [only(_one(exc, value))]


def format_tb(tb, limit=None):
    return [] if tb is None else lines_of(tb)


def print_tb(tb, limit=None, file=None):
    print(''.join(format_tb(tb)), end='', file=sys.stderr if file is None else file)


def format_stack(f=None, limit=None):
    return [stack()]


def print_stack(f=None, limit=None, file=None):
    print(stack(), end='', file=sys.stderr if file is None else file)


class FrameSummary:
    def __init__(self, filename, lineno, name, line=None):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self.line = line

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __getitem__(self, at):
        return (self.filename, self.lineno, self.name, self.line)[at]


def _source(name, line):
    try:
        with open(name) as file:
            return file.read().split('\n')[line - 1].strip()
    except (OSError, IndexError):
        return ''


def extract_tb(tb, limit=None):
    found = []
    while tb is not None:
        code = tb.tb_frame.f_code
        found.append(FrameSummary(code.co_filename, tb.tb_lineno, code.co_name, _source(code.co_filename, tb.tb_lineno)))
        tb = tb.tb_next
    return found


def extract_stack(f=None, limit=None):
    found = []
    frame = f or sys._getframe(1)
    while frame is not None:
        found.insert(0, FrameSummary(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
        frame = frame.f_back
    return found


class TracebackException:
    def __init__(self, exc_type, exc_value, exc_traceback, **kwargs):
        self._exc = exc_value

    @classmethod
    def from_exception(cls, exc, **kwargs):
        return cls(type(exc), exc, exc.__traceback__)

    def format(self, *, chain=True):
        return iter(format_exception(self._exc))
`;
