/** `os`, what is made of its calls. */
export const SOURCE = String.raw`
import sys
from _os import *
from _os import _list, _realpath, _putenv, _environment, _spawn, _exit
import posixpath as path
sys.modules['os.path'] = path

name = 'posix'
sep = '/'
altsep = None
extsep = '.'
pathsep = ':'
linesep = '\n'
curdir = '.'
pardir = '..'
defpath = '/bin:/usr/bin'
devnull = '/dev/null'
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
WNOHANG = 1
WUNTRACED = 2
EX_OK = 0
P_WAIT, P_NOWAIT = 0, 1
error = OSError


class _Environ(dict):
    def __setitem__(self, key, value):
        if not isinstance(key, str) or not isinstance(value, str):
            bad = key if not isinstance(key, str) else value
            raise TypeError('str expected, not ' + type(bad).__name__)
        _putenv(key, value)
        dict.__setitem__(self, key, value)

    def __delitem__(self, key):
        dict.__delitem__(self, key)
        _putenv(key, None)

    def setdefault(self, key, value=None):
        if key not in self:
            self[key] = value
        return self[key]

    def update(self, *args, **kwargs):
        for key, value in dict(*args, **kwargs).items():
            self[key] = value

    def pop(self, key, *default):
        if key in self:
            value = self[key]
            del self[key]
            return value
        if default:
            return default[0]
        raise KeyError(key)

    def copy(self):
        return dict(self)

    def __repr__(self):
        return 'environ(' + dict.__repr__(self) + ')'


environ = _Environ(_environment)


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    _putenv(key, value)


def unsetenv(key):
    _putenv(key, None)


class PathLike:
    def __fspath__(self):
        raise NotImplementedError


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    if hasattr(type(path), '__fspath__'):
        return path.__fspath__()
    raise TypeError('expected str, bytes or os.PathLike object, not ' + type(path).__name__)


def fsencode(name):
    name = fspath(name)
    return name.encode('utf-8', 'surrogateescape') if isinstance(name, str) else name


def fsdecode(name):
    name = fspath(name)
    return name.decode('utf-8', 'surrogateescape') if isinstance(name, bytes) else name


def listdir(path='.'):
    return [name for name, kind in _list('.' if path is None else path)]


class DirEntry:
    def __init__(self, folder, name, kind):
        self.name = name
        self.path = name if folder == '.' else path.join(folder, name)
        self._kind = kind

    def is_dir(self, *, follow_symlinks=True):
        if self._kind == 10:
            return follow_symlinks and path.isdir(self.path)
        return self._kind == 4

    def is_file(self, *, follow_symlinks=True):
        if self._kind == 10:
            return follow_symlinks and path.isfile(self.path)
        return self._kind == 8

    def is_symlink(self):
        return self._kind == 10

    def stat(self, *, follow_symlinks=True):
        return stat(self.path) if follow_symlinks else lstat(self.path)

    def inode(self):
        return lstat(self.path).st_ino

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return '<DirEntry ' + repr(self.name) + '>'


class _Scan:
    def __init__(self, folder):
        self._all = iter([DirEntry(folder, name, kind) for name, kind in _list(folder)])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._all)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def close(self):
        pass


def scandir(path='.'):
    return _Scan(fspath('.' if path is None else path))


def makedirs(name, mode=0o777, exist_ok=False):
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == '.':
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    rmdir(name)
    head, tail = path.split(name)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def walk(top, topdown=True, onerror=None, followlinks=False):
    try:
        entries = list(scandir(top))
    except OSError as problem:
        if onerror is not None:
            onerror(problem)
        return
    dirs = [one.name for one in entries if one.is_dir()]
    files = [one.name for one in entries if not one.is_dir()]
    top = fspath(top)
    if topdown:
        yield top, dirs, files
    for name in dirs:
        inside = path.join(top, name)
        if followlinks or not path.islink(inside):
            yield from walk(inside, topdown, onerror, followlinks)
    if not topdown:
        yield top, dirs, files


def fdopen(fd, mode='r', *args, **kwargs):
    return open_file(fd, mode, *args, **kwargs)


from builtins import open as open_file


def get_exec_path(env=None):
    return (env or environ).get('PATH', defpath).split(':')


def execl(file, *args):
    execv(file, args)


def execlp(file, *args):
    execvp(file, args)


def execvpe(file, args, env):
    execve(file, args, env)


def system(command):
    import subprocess
    status = subprocess.call(command, shell=True)
    return -status if status < 0 else status << 8


def popen(cmd, mode='r', buffering=-1):
    import subprocess
    process = subprocess.Popen(cmd, shell=True, text=True, stdout=subprocess.PIPE)
    return process.stdout


def sched_getaffinity(pid):
    return set(range(cpu_count() or 1))


def process_cpu_count():
    return cpu_count()


def getlogin():
    raise OSError(6, 'No such device or address')


def register_at_fork(**kwargs):
    pass


def urandom_(size):
    return urandom(size)


supports_follow_symlinks = set()
supports_dir_fd = set()
supports_fd = set()
`;
