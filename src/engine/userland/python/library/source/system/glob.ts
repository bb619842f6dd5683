/** `glob`. */
export const SOURCE = `
import os
import fnmatch


def _magic(text):
    return any(char in text for char in '*?[')


def _names(folder):
    try:
        return sorted(os.listdir(folder or '.'))
    except OSError:
        return []


def _below(folder):
    yield ''
    for name in _names(folder):
        path = os.path.join(folder, name) if folder else name
        if not name.startswith('.') and os.path.isdir(path):
            for inside in _below(path):
                yield os.path.join(name, inside) if inside else name


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    pathname = os.fspath(pathname)
    start = '/' if pathname.startswith('/') else ''
    found = [start]
    parts = [part for part in pathname.split('/') if part]
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        fresh = []
        for base in found:
            place = os.path.join(root_dir, base) if root_dir else base
            if part == '**' and recursive:
                for inside in _below(place):
                    path = os.path.join(base, inside) if inside else base
                    if is_last and inside == '' and not base:
                        pass
                    fresh.append(path)
                    if is_last:
                        full = os.path.join(place, inside) if inside else place
                        fresh.extend(os.path.join(path, name) for name in _names(full) if not name.startswith('.') and not os.path.isdir(os.path.join(full, name)))
            elif _magic(part):
                names = [name for name in _names(place) if include_hidden or part.startswith('.') or not name.startswith('.')]
                fresh.extend(os.path.join(base, name) for name in fnmatch.filter(names, part) if is_last or os.path.isdir(os.path.join(place, name)))
            elif os.path.lexists(os.path.join(place, part)):
                fresh.append(os.path.join(base, part))
        found = fresh
    return iter([path for path in found if path])


def glob(pathname, **kwargs):
    return list(iglob(pathname, **kwargs))


def escape(pathname):
    return ''.join('[' + char + ']' if char in '*?[' else char for char in pathname)
`;
