/** `string`. */
export const SOURCE = String.raw`
import re as _re

whitespace = ' \t\n\r\v\f'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdefABCDEF'
octdigits = '01234567'
punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_' + chr(96) + '{|}~'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or ' ').join(one.capitalize() for one in s.split(sep))


class Template:
    delimiter = '$'
    _pattern = _re.compile(r'\$(?:(\$)|([_a-zA-Z][_a-zA-Z0-9]*)|\{([_a-zA-Z][_a-zA-Z0-9]*)\}|)')

    def __init__(self, template):
        self.template = template

    def _put(self, mapping, is_safe):
        def one(found):
            name = found.group(2) or found.group(3)
            if name is not None:
                if is_safe and name not in mapping:
                    return found.group(0)
                return str(mapping[name])
            if found.group(1):
                return '$'
            if is_safe:
                return found.group(0)
            at = found.start()
            line = self.template.count('\n', 0, at) + 1
            raise ValueError('Invalid placeholder in string: line %d, col %d' % (line, at - self.template.rfind('\n', 0, at)))
        return self._pattern.sub(one, self.template)

    def substitute(self, mapping={}, /, **kws):
        return self._put({**mapping, **kws}, False)

    def safe_substitute(self, mapping={}, /, **kws):
        return self._put({**mapping, **kws}, True)


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return format_string.format(*args, **kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
`;
