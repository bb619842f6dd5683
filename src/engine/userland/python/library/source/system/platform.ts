/** `platform`. */
export const SOURCE = `
import os
import sys
import socket
from collections import namedtuple

_Uname = namedtuple('uname_result', 'system node release version machine processor', module='platform')


def system(): return 'Linux'
def node(): return socket.gethostname()
def release(): return os.uname().release
def version(): return os.uname().version
def machine(): return os.uname().machine
def processor(): return ''
def python_version(): return sys.version.split()[0]
def python_version_tuple(): return tuple(python_version().split('.'))
def python_implementation(): return 'CPython'
def python_compiler(): return sys.version.partition('[')[2].rstrip(']')
def python_build(): return tuple(sys.version.partition('(')[2].partition(')')[0].split(', ', 1)[:1] + [sys.version.partition(', ')[2].partition(')')[0].replace(', ', ' ')])
def architecture(*args): return ('64bit', 'ELF')
def uname(): return _Uname(system(), node(), release(), version(), machine(), '')
_GLIBC = {'11': '2.31', '12': '2.36', '13': '2.41', '22.04': '2.35', '24.04': '2.39'}


def libc_ver(*args):
    version = _GLIBC.get(freedesktop_os_release().get('VERSION_ID', '')) if os.path.exists('/etc/os-release') else None
    return ('glibc', version) if version else ('', '')


def platform(aliased=False, terse=False):
    parts = ['Linux', release(), machine()]
    if libc_ver()[0]:
        parts.append('with-' + ''.join(libc_ver()))
    return '-'.join(parts)


def freedesktop_os_release():
    found = {}
    with open('/etc/os-release') as file:
        for line in file:
            key, eq, value = line.strip().partition('=')
            if eq:
                found[key] = value.strip('"')
    return found


def _main():
    print(platform())
`;
