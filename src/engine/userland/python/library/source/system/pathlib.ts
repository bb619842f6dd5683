/** `pathlib`. */
export const SOURCE = `
import os
import io
import fnmatch
import stat as _stat


class PurePath:
    def __init__(self, *args):
        if len(args) == 1 and isinstance(args[0], PurePath):
            text = args[0]._text
        else:
            text = os.path.join(*[os.fspath(one) for one in args]) if args else ''
        start = '/' if text.startswith('/') else ''
        parts = [part for part in text.split('/') if part and part != '.']
        self._text = start + '/'.join(parts) or '.'

    def __fspath__(self):
        return self._text

    def __str__(self):
        return self._text

    def as_posix(self):
        return self._text

    def __bytes__(self):
        return self._text.encode()

    def __repr__(self):
        return '%s(%r)' % (type(self).__name__, self._text)

    def __eq__(self, other):
        return isinstance(other, PurePath) and self._text == other._text

    def __lt__(self, other):
        return self.parts < other.parts

    def __le__(self, other):
        return self.parts <= other.parts

    def __gt__(self, other):
        return self.parts > other.parts

    def __hash__(self):
        return hash(self._text)

    def __truediv__(self, other):
        try:
            return type(self)(self._text, other)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, other):
        return type(self)(other, self._text)

    def joinpath(self, *others):
        return type(self)(self._text, *others)

    @property
    def parts(self):
        names = [part for part in self._text.split('/') if part and part != '.']
        return tuple((['/'] if self._text.startswith('/') else []) + names)

    @property
    def root(self):
        return '/' if self._text.startswith('/') else ''

    anchor = root
    drive = ''

    @property
    def name(self):
        return '' if self._text in ('.', '/') else os.path.basename(self._text)

    @property
    def suffix(self):
        name = self.name
        at = name.rfind('.')
        return name[at:] if 0 < at < len(name) - 1 else ''

    @property
    def suffixes(self):
        name = self.name.lstrip('.')
        return ['.' + one for one in name.split('.')[1:]] if not name.endswith('.') else []

    @property
    def stem(self):
        return self.name[:len(self.name) - len(self.suffix)]

    @property
    def parent(self):
        return type(self)(os.path.dirname(self._text) or '.')

    @property
    def parents(self):
        found, one = [], self
        while one.parent != one:
            one = one.parent
            found.append(one)
        return tuple(found)

    def is_absolute(self):
        return self._text.startswith('/')

    def with_name(self, name):
        if not self.name:
            raise ValueError('%r has an empty name' % (self,))
        return self.parent / name

    def with_suffix(self, suffix):
        if suffix and not suffix.startswith('.'):
            raise ValueError('Invalid suffix %r' % suffix)
        return self.parent / (self.stem + suffix)

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def relative_to(self, *other, walk_up=False):
        base = type(self)(*other)
        if self.parts[:len(base.parts)] != base.parts:
            raise ValueError('%r is not in the subpath of %r OR one path is relative and the other is absolute.' % (self._text, base._text))
        return type(self)(*self.parts[len(base.parts):])

    def is_relative_to(self, *other):
        base = type(self)(*other)
        return self.parts[:len(base.parts)] == base.parts

    def match(self, pattern):
        wanted = PurePath(pattern).parts
        own = self.parts
        if len(wanted) > len(own) or (pattern.startswith('/') and len(wanted) != len(own)):
            return False
        return all(fnmatch.fnmatchcase(a, b) for a, b in zip(own[-len(wanted):], wanted))


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls(os.path.expanduser('~'))

    def stat(self, *, follow_symlinks=True):
        return os.stat(self._text) if follow_symlinks else os.lstat(self._text)

    def lstat(self):
        return os.lstat(self._text)

    def exists(self, *, follow_symlinks=True):
        return os.path.exists(self._text)

    def is_file(self):
        return os.path.isfile(self._text)

    def is_dir(self):
        return os.path.isdir(self._text)

    def is_symlink(self):
        return os.path.islink(self._text)

    def is_mount(self):
        return os.path.ismount(self._text)

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        return io.open(self._text, mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None):
        with self.open('r', encoding=encoding, errors=errors) as file:
            return file.read()

    def read_bytes(self):
        with self.open('rb') as file:
            return file.read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        with self.open('w', encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)

    def write_bytes(self, data):
        with self.open('wb') as file:
            return file.write(data)

    def iterdir(self):
        for name in os.listdir(self._text):
            yield self / name

    def _walk(self):
        yield self
        for one in sorted(self.iterdir()):
            if one.is_dir() and not one.is_symlink():
                yield from one._walk()

    def glob(self, pattern):
        parts = [part for part in pattern.split('/') if part]
        yield from self._glob(parts)

    def _glob(self, parts):
        if not parts:
            yield self
            return
        head, rest = parts[0], parts[1:]
        if head == '**':
            for one in self._walk():
                yield from one._glob(rest)
        elif self.is_dir():
            for one in self.iterdir():
                if fnmatch.fnmatchcase(one.name, head) and (not rest or one.is_dir()):
                    yield from one._glob(rest)

    def rglob(self, pattern):
        return self.glob('**/' + pattern)

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        if parents:
            os.makedirs(self._text, mode, exist_ok=exist_ok)
            return
        try:
            os.mkdir(self._text, mode)
        except FileExistsError:
            if not exist_ok or not self.is_dir():
                raise

    def rmdir(self):
        os.rmdir(self._text)

    def unlink(self, missing_ok=False):
        try:
            os.unlink(self._text)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rename(self, target):
        os.rename(self._text, target)
        return type(self)(target)

    def replace(self, target):
        os.replace(self._text, target)
        return type(self)(target)

    def touch(self, mode=0o666, exist_ok=True):
        if self.exists():
            if not exist_ok:
                raise FileExistsError(17, 'File exists', self._text)
            os.utime(self._text)
        else:
            self.open('a').close()

    def chmod(self, mode):
        os.chmod(self._text, mode)

    def symlink_to(self, target, target_is_directory=False):
        os.symlink(target, self._text)

    def readlink(self):
        return type(self)(os.readlink(self._text))

    def resolve(self, strict=False):
        return type(self)(os.path.realpath(self._text, strict=strict))

    def absolute(self):
        return type(self)(os.getcwd(), self._text)

    def expanduser(self):
        return type(self)(os.path.expanduser(self._text))

    def samefile(self, other):
        return os.path.samefile(self._text, other)

    def owner(self):
        return str(self.stat().st_uid)

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        for top, dirs, files in os.walk(self._text, top_down):
            yield type(self)(top), dirs, files


PurePosixPath = PurePath
PosixPath = Path
Path.__name__ = Path.__qualname__ = 'PosixPath'
PurePath.__name__ = PurePath.__qualname__ = 'PurePosixPath'
`;
