/** `http.cookies`. */
export const SOURCE = String.raw`
import re
import string

__all__ = ['CookieError', 'BaseCookie', 'SimpleCookie', 'Morsel']
_LEGAL = string.ascii_letters + string.digits + "!#$%&'*+-.^_|~:" + chr(96)
_PAIR = re.compile(r'\s*([^=;\s]+)\s*(?:=\s*("(?:[^\\"]|\\.)*"|[^;]*))?\s*(?:;|$)')
_NAMES = {'expires': 'expires', 'path': 'Path', 'comment': 'Comment', 'domain': 'Domain', 'max-age': 'Max-Age', 'secure': 'Secure', 'httponly': 'HttpOnly', 'version': 'Version', 'samesite': 'SameSite'}


class CookieError(Exception):
    pass


def _quoted(text):
    if all(char in _LEGAL for char in text) and text:
        return text
    return '"%s"' % ''.join('\\' + char if char in '"\\' else '\\%03o' % ord(char) if char in ',;' or not 32 <= ord(char) < 127 else char for char in text)


def _unquoted(text):
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    return re.sub(r'\\(?:([0-3][0-7][0-7])|(.))', lambda found: chr(int(found[1], 8)) if found[1] else found[2], text[1:-1])


class Morsel(dict):
    def __init__(self):
        self.key = self.value = self.coded_value = None
        super().__init__({name: '' for name in _NAMES})

    def __setitem__(self, K, V):
        if K.lower() not in _NAMES:
            raise CookieError('Invalid attribute %r' % (K,))
        super().__setitem__(K.lower(), V)

    def set(self, key, val, coded_val):
        if key.lower() in _NAMES:
            raise CookieError('Attempt to set a reserved key %r' % (key,))
        if not key or any(char not in _LEGAL for char in key):
            raise CookieError('Illegal key %r' % (key,))
        self.key, self.value, self.coded_value = key, val, coded_val

    def OutputString(self, attrs=None):
        parts = ['%s=%s' % (self.key, self.coded_value)]
        for name, value in sorted(self.items()):
            if value == '' or (attrs is not None and name not in attrs):
                continue
            if name in ('secure', 'httponly'):
                if value:
                    parts.append(_NAMES[name])
            elif name == 'expires' and isinstance(value, int):
                import time
                parts.append('expires=' + time.strftime('%a, %d %b %Y %H:%M:%S GMT', time.gmtime(time.time() + value)))
            else:
                parts.append('%s=%s' % (_NAMES[name], _quoted(value) if name == 'comment' else value))
        return '; '.join(parts)

    def output(self, attrs=None, header='Set-Cookie:'):
        return '%s %s' % (header, self.OutputString(attrs))

    __str__ = output

    def __repr__(self):
        return '<%s: %s>' % (type(self).__name__, self.OutputString())


class BaseCookie(dict):
    def __init__(self, input=None):
        super().__init__()
        if input:
            self.load(input)

    def value_decode(self, val): return val, val
    def value_encode(self, val): return str(val), str(val)

    def _put(self, key, value, coded):
        morsel = self.get(key, Morsel())
        morsel.set(key, value, coded)
        super().__setitem__(key, morsel)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel):
            super().__setitem__(key, value)
        else:
            self._put(key, *self.value_encode(value))

    def load(self, rawdata):
        if not isinstance(rawdata, str):
            for key, value in rawdata.items():
                self[key] = value
            return
        at, last = 0, None
        while at < len(rawdata):
            found = _PAIR.match(rawdata, at)
            if found is None or found.end() == at:
                return
            at = found.end()
            key, value = found.groups()
            if last is not None and key.lower().lstrip('$') in _NAMES:
                last[key.lstrip('$')] = True if value is None else _unquoted(value.strip())
            elif value is not None:
                self._put(key, *self.value_decode(value.strip()))
                last = self[key]

    def output(self, attrs=None, header='Set-Cookie:', sep='\r\n'):
        return sep.join(value.output(attrs, header) for _, value in sorted(self.items()))

    __str__ = output

    def __repr__(self):
        return '<%s: %s>' % (type(self).__name__, ' '.join('%s=%r' % (key, value.value) for key, value in sorted(self.items())))


class SimpleCookie(BaseCookie):
    def value_decode(self, val): return _unquoted(val), val
    def value_encode(self, val): return str(val), _quoted(str(val))

`;
