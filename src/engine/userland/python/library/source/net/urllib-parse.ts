/** `urllib.parse`. */
export const SOURCE = `
import re
from collections import namedtuple

_safe = frozenset(b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~')


def quote(string, safe='/', encoding=None, errors=None):
    data = string.encode(encoding or 'utf-8', errors or 'strict') if isinstance(string, str) else bytes(string)
    allowed = _safe | frozenset(safe.encode() if isinstance(safe, str) else safe)
    return ''.join(chr(byte) if byte in allowed else '%%%02X' % byte for byte in data)


quote_from_bytes = quote


def quote_plus(string, safe='', encoding=None, errors=None):
    if ' ' not in string:
        return quote(string, safe, encoding, errors)
    return quote(string, safe + ' ', encoding, errors).replace(' ', '+')


def unquote_to_bytes(string):
    data = string.encode() if isinstance(string, str) else string
    parts = data.split(b'%')
    result = parts[0]
    for part in parts[1:]:
        try:
            result += bytes([int(part[:2], 16)]) + part[2:]
        except ValueError:
            result += b'%' + part
    return result


def unquote(string, encoding='utf-8', errors='replace'):
    return unquote_to_bytes(string).decode(encoding, errors) if '%' in string else string


def unquote_plus(string, encoding='utf-8', errors='replace'):
    return unquote(string.replace('+', ' '), encoding, errors)


class _Parts:
    @property
    def _host(self):
        return self.netloc.rpartition('@')[2]

    @property
    def hostname(self):
        host = self._host
        if host.startswith('['):
            return host[1:].partition(']')[0] or None
        return host.partition(':')[0].lower() or None

    @property
    def port(self):
        text = self._host.rpartition(']')[2].partition(':')[2]
        if not text:
            return None
        if not text.isdigit():
            raise ValueError('Port could not be cast to integer value as %r' % text)
        return int(text)

    @property
    def username(self):
        return self.netloc.rpartition('@')[0].partition(':')[0] or None if '@' in self.netloc else None

    @property
    def password(self):
        info = self.netloc.rpartition('@')[0]
        return info.partition(':')[2] if ':' in info else None

    def geturl(self):
        return urlunparse(self) if len(self) == 6 else urlunsplit(self)


class SplitResult(_Parts, namedtuple('SplitResult', 'scheme netloc path query fragment')):
    pass


class ParseResult(_Parts, namedtuple('ParseResult', 'scheme netloc path params query fragment')):
    pass


def urlsplit(url, scheme='', allow_fragments=True):
    found = re.match(r'([a-zA-Z][a-zA-Z0-9+.-]*):', url)
    if found:
        scheme, url = found.group(1).lower(), url[found.end():]
    netloc = query = fragment = ''
    if url.startswith('//'):
        end = min([at for at in (url.find(char, 2) for char in '/?#') if at >= 0] or [len(url)])
        netloc, url = url[2:end], url[end:]
    if allow_fragments and '#' in url:
        url, _, fragment = url.partition('#')
    if '?' in url:
        url, _, query = url.partition('?')
    return SplitResult(scheme, netloc, url, query, fragment)


def urlparse(url, scheme='', allow_fragments=True):
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ''
    if ';' in path.rpartition('/')[2]:
        path, _, params = path.rpartition(';')
    return ParseResult(scheme, netloc, path, params, query, fragment)


def urlunsplit(parts):
    scheme, netloc, path, query, fragment = parts
    text = path
    if netloc:
        text = '//' + netloc + ('/' if path and not path.startswith('/') else '') + path
    if scheme:
        text = scheme + ':' + text
    return text + ('?' + query if query else '') + ('#' + fragment if fragment else '')


def urlunparse(parts):
    scheme, netloc, path, params, query, fragment = parts
    return urlunsplit((scheme, netloc, path + (';' + params if params else ''), query, fragment))


def urljoin(base, url, allow_fragments=True):
    if not base or not url:
        return url or base
    b, u = urlsplit(base), urlsplit(url)
    if u.scheme and u.scheme != b.scheme:
        return url
    if u.netloc:
        return urlunsplit((b.scheme, u.netloc, u.path, u.query, u.fragment))
    if not u.path:
        return urlunsplit((b.scheme, b.netloc, b.path, u.query or b.query, u.fragment))
    path = u.path if u.path.startswith('/') else b.path.rpartition('/')[0] + '/' + u.path
    parts = []
    pieces = path.split('/')
    for number, part in enumerate(pieces):
        if part == '..':
            if len(parts) > 1:
                parts.pop()
            if number == len(pieces) - 1:
                parts.append('')
        elif part != '.':
            parts.append(part)
        elif number == len(pieces) - 1:
            parts.append('')
    return urlunsplit((b.scheme, b.netloc, '/'.join(parts), u.query, u.fragment))


def urldefrag(url):
    head, _, tail = url.partition('#')
    return head, tail


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace', max_num_fields=None, separator='&'):
    found = []
    for one in qs.split(separator):
        if not one:
            continue
        name, eq, value = one.partition('=')
        if value or keep_blank_values:
            found.append((unquote_plus(name), unquote_plus(value)))
    return found


def parse_qs(qs, keep_blank_values=False, **kwargs):
    found = {}
    for name, value in parse_qsl(qs, keep_blank_values):
        found.setdefault(name, []).append(value)
    return found


def urlencode(query, doseq=False, safe='', encoding=None, errors=None, quote_via=quote_plus):
    pairs = query.items() if hasattr(query, 'items') else query
    parts = []
    for key, value in pairs:
        values = value if doseq and isinstance(value, (list, tuple)) else [value]
        for one in values:
            parts.append(quote_via(str(key), safe) + '=' + quote_via(one if isinstance(one, bytes) else str(one), safe))
    return '&'.join(parts)
`;
