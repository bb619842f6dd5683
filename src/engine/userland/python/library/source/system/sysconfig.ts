/** `sysconfig`. */
export const SOURCE = String.raw`
import os
import sys
import _place

_SHORT = '%d.%d' % sys.version_info[:2]
_HEADERS = os.path.join(sys.base_prefix, 'include', 'python' + _SHORT)
_PLATFORM_LIBRARY = _place.library.replace(sys.base_prefix, sys.prefix, 1)
_PATHS = {
    'stdlib': _place.library, 'platstdlib': _PLATFORM_LIBRARY, 'purelib': _place.purelib, 'platlib': _place.purelib,
    'include': _HEADERS, 'platinclude': _HEADERS, 'scripts': _place.scripts, 'data': os.path.dirname(_place.scripts),
}
_VARS = {
    'prefix': sys.prefix, 'exec_prefix': sys.exec_prefix, 'base': sys.prefix, 'platbase': sys.exec_prefix, 'installed_base': sys.base_prefix,
    'py_version': sys.version.split()[0], 'py_version_short': _SHORT, 'py_version_nodot': _SHORT.replace('.', ''), 'projectbase': os.path.dirname(sys.executable),
    'BINDIR': os.path.join(sys.base_prefix, 'bin'), 'LIBDIR': os.path.join(sys.base_prefix, 'lib'), 'VERSION': _SHORT, 'SOABI': 'cpython-%s-x86_64-linux-gnu' % _SHORT.replace('.', ''),
    'EXT_SUFFIX': '.cpython-%s-x86_64-linux-gnu.so' % _SHORT.replace('.', ''), 'Py_DEBUG': 0, 'Py_GIL_DISABLED': 0,
}


def get_paths(scheme=None, vars=None, expand=True):
    return dict(_PATHS)


def get_path(name, scheme=None, vars=None, expand=True):
    return _PATHS[name]


def get_path_names():
    return tuple(_PATHS)


def get_config_vars(*names):
    return [_VARS.get(name) for name in names] if names else dict(_VARS)


def get_config_var(name):
    return _VARS.get(name)


def get_python_version():
    return _SHORT


def get_platform():
    return 'linux-' + os.uname().machine


def is_python_build(check_home=None):
    return False


def _main():
    print('Platform: "%s"\nPython version: "%s"\nCurrent installation scheme: "%s"' % (get_platform(), _SHORT, 'venv' if sys.prefix != sys.base_prefix else 'posix_prefix'))
    for title, table in (('Paths', _PATHS), ('Variables', _VARS)):
        print('\n%s: ' % title)
        for key, value in sorted(table.items()):
            print('\t%s = "%s"' % (key, value))
`;
