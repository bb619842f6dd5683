/** `shutil`. */
export const SOURCE = `
import os
import stat as _stat
from collections import namedtuple


class Error(OSError):
    pass


class SameFileError(Error):
    pass


_Usage = namedtuple('usage', 'total used free', module='shutil')


def copyfileobj(fsrc, fdst, length=65536):
    while True:
        piece = fsrc.read(length)
        if not piece:
            break
        fdst.write(piece)


def copyfile(src, dst, *, follow_symlinks=True):
    if os.path.exists(dst) and os.path.samefile(src, dst):
        raise SameFileError('%r and %r are the same file' % (src, dst))
    with open(src, 'rb') as a, open(dst, 'wb') as b:
        copyfileobj(a, b)
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    os.chmod(dst, os.stat(src).st_mode & 0o7777)


def copystat(src, dst, *, follow_symlinks=True):
    info = os.stat(src)
    os.chmod(dst, info.st_mode & 0o7777)
    os.utime(dst, ns=(info.st_atime_ns, info.st_mtime_ns))


def _into(src, dst):
    return os.path.join(dst, os.path.basename(src)) if os.path.isdir(dst) else dst


def copy(src, dst, *, follow_symlinks=True):
    dst = _into(src, dst)
    copyfile(src, dst)
    copymode(src, dst)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    dst = _into(src, dst)
    copyfile(src, dst)
    copystat(src, dst)
    return dst


def ignore_patterns(*patterns):
    import fnmatch
    return lambda path, names: {name for one in patterns for name in fnmatch.filter(names, one)}


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False, dirs_exist_ok=False):
    names = os.listdir(src)
    ignored = ignore(src, names) if ignore else ()
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    for name in names:
        if name in ignored:
            continue
        a, b = os.path.join(src, name), os.path.join(dst, name)
        if symlinks and os.path.islink(a):
            os.symlink(os.readlink(a), b)
        elif os.path.isdir(a):
            copytree(a, b, symlinks, ignore, copy_function, dirs_exist_ok=dirs_exist_ok)
        else:
            copy_function(a, b)
    copystat(src, dst)
    return dst


def rmtree(path, ignore_errors=False, onerror=None, *, onexc=None, dir_fd=None):
    try:
        for entry in list(os.scandir(path)):
            if entry.is_dir(follow_symlinks=False):
                rmtree(entry.path, ignore_errors)
            else:
                os.unlink(entry.path)
        os.rmdir(path)
    except OSError:
        if not ignore_errors:
            raise


def move(src, dst, copy_function=copy2):
    target = _into(src, dst)
    try:
        os.rename(src, target)
    except OSError:
        if os.path.isdir(src):
            copytree(src, target, symlinks=True)
            rmtree(src)
        else:
            copy_function(src, target)
            os.unlink(src)
    return target


def disk_usage(path):
    info = os.statvfs(path)
    return _Usage(info.f_blocks * info.f_frsize, (info.f_blocks - info.f_bfree) * info.f_frsize, info.f_bavail * info.f_frsize)


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    if os.path.dirname(cmd):
        return cmd if os.path.isfile(cmd) and os.access(cmd, mode) else None
    for folder in (path or os.environ.get('PATH', os.defpath)).split(':'):
        name = os.path.join(folder, cmd)
        if os.path.isfile(name) and os.access(name, mode):
            return name
    return None


def get_terminal_size(fallback=(80, 24)):
    columns = int(os.environ.get('COLUMNS') or 0)
    lines = int(os.environ.get('LINES') or 0)
    if columns <= 0 or lines <= 0:
        try:
            found = os.get_terminal_size(1)
        except OSError:
            found = fallback
        columns, lines = columns or found[0], lines or found[1]
    return os.terminal_size((columns, lines))


def chown(path, user=None, group=None):
    os.chown(path, -1 if user is None else user, -1 if group is None else group)
`;
