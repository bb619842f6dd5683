/** `pip`: a client of the index of packages. */
export const SOURCE = String.raw`
import sys
import os
import re
import json
import hashlib
import shutil
import http.client
import _place
from urllib.parse import urlsplit, urljoin

try:
    from pip import __version__
except ImportError:
    __version__ = '0'
_url = os.environ.get('PIP_INDEX_URL', 'https://pypi.org/simple')
_quiet = False


class _Failed(Exception):
    pass


def _say(text):
    if not _quiet:
        print(text)


def _canonical(name):
    return re.sub(r'[-_.]+', '-', name).lower()


def _key(version):
    found = re.match(r'v?(\d+(?:\.\d+)*)(?:(a|b|rc)(\d+))?(?:\.post(\d+))?(\.dev\d+)?', version)
    numbers = [int(one) for one in found.group(1).split('.')] if found else [0]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    stage = (found.group(2), int(found.group(3))) if found and found.group(2) else ('z', 0)
    return numbers, stage, int(found.group(4) or -1) if found else -1


def _fits(version, spec):
    for one in [part.strip() for part in spec.split(',') if part.strip()]:
        op, wanted = re.match(r'(===|==|>=|<=|~=|!=|<|>)\s*(.*)', one).groups()
        own, other = _key(version), _key(wanted.replace('.*', ''))
        if wanted.endswith('.*'):
            same = version == wanted[:-2] or version.startswith(wanted[:-1])
            if same != (op == '=='):
                return False
        elif op == '~=':
            prefix = wanted.rpartition('.')[0]
            if own < other or not (version == prefix or version.startswith(prefix + '.')):
                return False
        elif not {'==': own == other, '===': version == wanted, '>=': own >= other, '<=': own <= other, '!=': own != other, '<': own < other, '>': own > other}[op]:
            return False
    return True


def _marker(text, extras):
    values = {'python_version': '%d.%d' % sys.version_info[:2], 'sys_platform': 'linux', 'platform_system': 'Linux', 'os_name': 'posix',
              'platform_machine': os.uname().machine, 'implementation_name': 'cpython', 'platform_python_implementation': 'CPython'}

    def one(part):
        part = part.strip().strip('()').strip()
        name, op, wanted = re.match(r'(\w+)\s*(==|!=|>=|<=|<|>)\s*["\']([^"\']*)["\']', part).groups()
        if name == 'extra':
            return wanted in extras
        if name.startswith('python'):
            return _fits(values['python_version'], op + wanted)
        return (values.get(name, '') == wanted) == (op == '==')
    return any(all(one(part) for part in side.split(' and ')) for side in text.split(' or '))


class _Requirement:
    def __init__(self, text):
        self.text = text.strip()
        body, _, self.marker = self.text.partition(';')
        found = re.fullmatch(r'\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?\s*\(?((?:(?:===|==|>=|<=|~=|!=|<|>)[^,()]+,?\s*)*)\)?\s*', body)
        if found is None:
            raise _Failed("ERROR: Invalid requirement: '%s'" % self.text)
        self.name = found.group(1)
        self.extras = [one.strip() for one in (found.group(2) or '').split(',') if one.strip()]
        self.spec = found.group(3).replace(' ', '')

    def shown(self):
        return self.name + ('[' + ','.join(self.extras) + ']' if self.extras else '') + ','.join(sorted(self.spec.split(',')))


def _get(url, accept=None):
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == 'https' else http.client.HTTPConnection
    connection = kind(parts.netloc)
    connection.request('GET', parts.path or '/', headers={'User-Agent': 'pip/' + __version__, 'Accept': accept or '*/*', 'Connection': 'close'})
    response = connection.getresponse()
    return response.status, response.read()


def _retrying(url, accept=None):
    import time
    name = urlsplit(url).hostname
    for left in (4, 3, 2, 1, 0, None):
        try:
            return _get(url, accept)
        except OSError as problem:
            if left is None:
                return None, b''
            what = ('NameResolutionError("<pip._vendor.urllib3.connection.HTTPSConnection object at 0x%x>: Failed to resolve %r (%s)")' % (id(problem), name, problem)
                    if isinstance(problem, __import__('socket').gaierror) else
                    'NewConnectionError("<pip._vendor.urllib3.connection.HTTPSConnection object at 0x%x>: Failed to establish a new connection: %s")' % (id(problem), problem))
            print("WARNING: Retrying (Retry(total=%d, connect=None, read=None, redirect=None, status=None)) after connection broken by '%s': %s" % (left, what, urlsplit(url).path), file=sys.stderr)
            time.sleep(0 if left == 4 else 0.25 * 2 ** (4 - left))


_pages = {}


def _files(name):
    key = _canonical(name)
    if key not in _pages:
        status, body = _retrying(_url.rstrip('/') + '/' + key + '/', 'application/vnd.pypi.simple.v1+json')
        _pages[key] = json.loads(body)['files'] if status == 200 else []
    found = []
    for one in _pages[key]:
        if one['filename'].endswith('.whl'):
            version = one['filename'].split('-')[1]
            if not one.get('requires-python') or _fits('%d.%d.%d' % sys.version_info[:3], one['requires-python']):
                found.append((version, one))
    return sorted(found, key=lambda pair: _key(pair[0]))


def _site(target=None, user=False):
    if target:
        return target
    return _place.user_site if user else _place.purelib


def _is_virtual():
    return sys.prefix != sys.base_prefix


def _shown(path):
    here = os.getcwd() + os.sep
    return '.' + os.sep + path[len(here):] if path.startswith(here) else path


def _installed(site=None):
    found = {}
    for folder in ([site] if site else [one for one in sys.path if one.endswith(('site-packages', 'dist-packages'))]):
        if not os.path.isdir(folder):
            continue
        for entry in sorted(os.listdir(folder)):
            if entry.endswith('.dist-info'):
                meta = _metadata(open(os.path.join(folder, entry, 'METADATA')).read())
                meta['folder'], meta['info'] = folder, entry
                found.setdefault(_canonical(meta['Name']), meta)
    return found


def _metadata(text):
    meta = {'requires': [], 'extras': []}
    for line in text.split('\n'):
        key, _, value = line.partition(': ')
        if key == 'Requires-Dist':
            meta['requires'].append(value)
        elif key and value:
            meta.setdefault(key, value)
        elif not line:
            break
    return meta


def _unzip(data):
    from struct import unpack_from
    from _bytes import inflate
    end = data.rfind(b'PK\x05\x06')
    if end < 0:
        raise _Failed('ERROR: Wheel is invalid')
    count, _, at = unpack_from('<HII', data, end + 10)
    for _ in range(count):
        method, = unpack_from('<H', data, at + 10)
        packed, size, name_size, extra, comment = unpack_from('<IIHHH', data, at + 20)
        start, = unpack_from('<I', data, at + 42)
        name = data[at + 46:at + 46 + name_size].decode()
        own_name, own_extra = unpack_from('<HH', data, start + 26)
        body = data[start + 30 + own_name + own_extra:start + 30 + own_name + own_extra + packed]
        yield name, inflate(body) if method == 8 else body
        at += 46 + name_size + extra + comment


def _size(count):
    if count > 1000 * 1000:
        return '%.1f MB' % (count / 1000000)
    if count > 10 * 1000:
        return '%d kB' % (count // 1000)
    return '%.1f kB' % (count / 1000) if count > 1000 else '%d bytes' % count


class _Wheel:
    def __init__(self, version, file, body):
        self.version, self.file, self.body = version, file, body
        self.parts = list(_unzip(body))
        self.meta = _metadata(next(data for name, data in self.parts if name.endswith('.dist-info/METADATA')).decode())


def _collect(requirement, parent, wanted, have, options):
    if requirement.marker and not _marker(requirement.marker, parent[1] if parent else ()):
        return
    key = _canonical(requirement.name)
    origin = ' (from %s)' % parent[0] if parent else options['origins'].get(requirement.text, '')
    if key in wanted:
        if not _fits(wanted[key].version, requirement.spec):
            raise _Failed('ERROR: Cannot install %s because these package versions have conflicting dependencies.' % requirement.text)
        return
    if key in have and not options['upgrade'] and not options['target'] and _fits(have[key]['Version'], requirement.spec):
        _say('Requirement already satisfied: %s in %s%s (%s)' % (requirement.shown(), _shown(have[key]['folder']), origin, have[key]['Version']))
        for one in have[key]['requires']:
            _collect(_Requirement(one), (requirement.name, requirement.extras), wanted, have, options)
        return
    files = _files(requirement.name)
    fitting = [pair for pair in files if _fits(pair[0], requirement.spec)]
    stable = [pair for pair in fitting if _key(pair[0])[1] == ('z', 0)] or fitting
    if not stable:
        versions = ', '.join(version for version, _ in files) or 'none'
        print('ERROR: Could not find a version that satisfies the requirement %s%s (from versions: %s)' % (requirement.shown(), origin, versions), file=sys.stderr)
        raise _Failed('ERROR: No matching distribution found for ' + requirement.shown())
    version, file = stable[-1]
    if key in have and have[key]['Version'] == version and not options['target']:
        _say('Requirement already satisfied: %s in %s%s (%s)' % (requirement.shown(), _shown(have[key]['folder']), origin, version))
        return
    _say('Collecting %s%s' % (requirement.shown(), origin))
    status, body = _retrying(urljoin(_url + '/', file['url']))
    _say('  Downloading %s (%s)' % (file['filename'], _size(file.get('size') or len(body))))
    digest = file.get('hashes', {}).get('sha256')
    if digest and hashlib.sha256(body).hexdigest() != digest:
        raise _Failed('ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.')
    wheel = wanted[key] = _Wheel(version, file, body)
    for one in wheel.meta['requires']:
        _collect(_Requirement(one), (requirement.shown(), requirement.extras), wanted, have, options)


`;
