/** `os.path`. */
export const SOURCE = String.raw`
import sys
from _os import stat as _stat, lstat as _lstat, _realpath, getcwd as _getcwd, readlink as _readlink

sep = '/'
curdir = '.'
pardir = '..'
extsep = '.'
pathsep = ':'
altsep = None
defpath = '/bin:/usr/bin'
devnull = '/dev/null'
supports_unicode_filenames = False


def _text(path):
    if isinstance(path, str):
        return path
    if isinstance(path, bytes):
        return path.decode('utf-8', 'surrogateescape')
    if hasattr(path, '__fspath__'):
        return path.__fspath__()
    raise TypeError('expected str, bytes or os.PathLike object, not ' + type(path).__name__)


def join(a, *parts):
    result = _text(a)
    for part in parts:
        part = _text(part)
        if part.startswith('/'):
            result = part
        elif not result or result.endswith('/'):
            result += part
        else:
            result += '/' + part
    return result


def split(path):
    path = _text(path)
    at = path.rfind('/') + 1
    head, tail = path[:at], path[at:]
    if head and head != '/' * len(head):
        head = head.rstrip('/')
    return head, tail


def basename(path):
    path = _text(path)
    return path[path.rfind('/') + 1:]


def dirname(path):
    return split(path)[0]


def splitext(path):
    path = _text(path)
    name_at = path.rfind('/') + 1
    dot = path.rfind('.')
    if dot > name_at and path[name_at:dot].strip('.'):
        return path[:dot], path[dot:]
    return path, ''


def splitdrive(path):
    return '', _text(path)


def isabs(path):
    return _text(path).startswith('/')


def normpath(path):
    path = _text(path)
    if not path:
        return '.'
    start = '//' if path.startswith('//') and not path.startswith('///') else '/' if path.startswith('/') else ''
    parts = []
    for part in path.split('/'):
        if part in ('', '.'):
            continue
        if part != '..' or (not start and not parts) or (parts and parts[-1] == '..'):
            parts.append(part)
        elif parts:
            parts.pop()
    return (start + '/'.join(parts)) or '.'


def abspath(path):
    path = _text(path)
    if not path.startswith('/'):
        path = join(_getcwd(), path)
    return normpath(path)


def realpath(path, *, strict=False):
    path = abspath(path)
    rest = ''
    while True:
        try:
            return normpath(_realpath(path) + rest)
        except OSError:
            if strict:
                raise
            if path == '/':
                return normpath(path + rest)
            head, tail = split(path)
            rest = '/' + tail + rest
            path = head


def relpath(path, start='.'):
    if not path:
        raise ValueError('no path specified')
    here = [one for one in abspath(start).split('/') if one]
    there = [one for one in abspath(path).split('/') if one]
    same = 0
    while same < len(here) and same < len(there) and here[same] == there[same]:
        same += 1
    parts = ['..'] * (len(here) - same) + there[same:]
    return '/'.join(parts) or '.'


def commonprefix(paths):
    if not paths:
        return ''
    low, high = min(paths), max(paths)
    for at, char in enumerate(low):
        if char != high[at]:
            return low[:at]
    return low


def commonpath(paths):
    parts = [[one for one in _text(path).split('/') if one and one != '.'] for path in paths]
    low, high = min(parts), max(parts)
    same = 0
    while same < len(low) and same < len(high) and low[same] == high[same]:
        same += 1
    start = '/' if isabs(list(paths)[0]) else ''
    return start + '/'.join(low[:same])


def _mode(path, follow=True):
    try:
        return (_stat if follow else _lstat)(path).st_mode & 0o170000
    except (OSError, ValueError):
        return 0


def exists(path):
    try:
        _stat(path)
    except (OSError, ValueError):
        return False
    return True


def lexists(path):
    return _mode(path, False) != 0


def isfile(path):
    return _mode(path) == 0o100000


def isdir(path):
    return _mode(path) == 0o040000


def islink(path):
    return _mode(path, False) == 0o120000


def ismount(path):
    try:
        here, above = _stat(path), _stat(join(path, '..'))
    except OSError:
        return False
    return here.st_dev != above.st_dev or here.st_ino == above.st_ino


def getsize(path):
    return _stat(path).st_size


def getmtime(path):
    return _stat(path).st_mtime


def getatime(path):
    return _stat(path).st_atime


def getctime(path):
    return _stat(path).st_ctime


def samefile(a, b):
    a, b = _stat(a), _stat(b)
    return a.st_ino == b.st_ino and a.st_dev == b.st_dev


def expanduser(path):
    path = _text(path)
    if not path.startswith('~'):
        return path
    end = path.find('/')
    user = path[1:] if end < 0 else path[1:end]
    if user:
        return path
    import os
    home = os.environ.get('HOME', '/root')
    return (home.rstrip('/') + path[1 + len(user):]) or '/'


def expandvars(path):
    import os
    import re
    return re.sub(r'\$(\w+|\{[^}]*\})', lambda m: os.environ.get(m.group(1).strip('{}'), m.group(0)), _text(path))


def normcase(path):
    return _text(path)
`;
