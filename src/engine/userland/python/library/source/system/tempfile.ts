/** `tempfile`. */
export const SOURCE = `
import os
import shutil
import io
from random import SystemRandom as _Random

tempdir = None
_chars = 'abcdefghijklmnopqrstuvwxyz0123456789_'


def gettempdir():
    return tempdir or os.environ.get('TMPDIR') or '/tmp'


def _name():
    chance = _Random()
    return ''.join(chance.choice(_chars) for _ in range(8))


def _fresh(suffix, prefix, dir):
    return os.path.join(dir or gettempdir(), ('tmp' if prefix is None else prefix) + _name() + (suffix or ''))


def mkdtemp(suffix=None, prefix=None, dir=None):
    path = _fresh(suffix, prefix, dir)
    os.mkdir(path, 0o700)
    return path


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    path = _fresh(suffix, prefix, dir)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), path


class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)

    def __enter__(self):
        return self.name

    def __exit__(self, *args):
        self.cleanup()

    def cleanup(self):
        shutil.rmtree(self.name, ignore_errors=True)

    def __repr__(self):
        return '<TemporaryDirectory %r>' % self.name


class _File:
    def __init__(self, file, name, delete):
        self.file, self.name, self.delete = file, name, delete

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __iter__(self):
        return iter(self.file)

    def close(self):
        self.file.close()
        if self.delete and os.path.exists(self.name):
            os.unlink(self.name)


def NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *, errors=None, delete_on_close=True):
    fd, path = mkstemp(suffix, prefix, dir)
    return _File(io.open(fd, mode, encoding=encoding), path, delete)


def TemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    fd, path = mkstemp(suffix, prefix, dir)
    os.unlink(path)
    return io.open(fd, mode, encoding=encoding)


def SpooledTemporaryFile(max_size=0, mode='w+b', **kwargs):
    return io.BytesIO() if 'b' in mode else io.StringIO()
`;
