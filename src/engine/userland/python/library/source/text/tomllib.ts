/** `tomllib`. */
export const SOURCE = String.raw`
import re
from datetime import date, datetime, time, timedelta, timezone

__all__ = ['loads', 'load', 'TOMLDecodeError']
_BARE = re.compile(r'[A-Za-z0-9_-]+')
_MOMENT = re.compile(r'(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?([Zz]|[+-]\d\d:\d\d)?)?')
_TIME = re.compile(r'(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?')
_NUMBER = re.compile(r'0x[0-9A-Fa-f]+(?:_[0-9A-Fa-f]+)*|0o[0-7]+(?:_[0-7]+)*|0b[01]+(?:_[01]+)*|[+-]?(?:inf|nan)|[+-]?(?:0|[1-9](?:_?\d)*)(?P<rest>(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?)')
_ESCAPES = {'b': '\b', 't': '\t', 'n': '\n', 'f': '\f', 'r': '\r', '"': '"', '\\': '\\'}


class TOMLDecodeError(ValueError):
    pass


def load(fp, /, *, parse_float=float):
    data = fp.read()
    if not isinstance(data, bytes):
        raise TypeError("File must be opened in binary mode, e.g. use ${'`'}open('foo.toml', 'rb')${'`'}")
    return loads(data.decode(), parse_float=parse_float)


def loads(s, /, *, parse_float=float):
    if not isinstance(s, str):
        raise TypeError("Expected str object, not '%s'" % type(s).__name__)
    return _Reader(s.replace('\r\n', '\n'), parse_float).document()


class _Reader:
    def __init__(self, text, parse_float):
        self.text, self.at, self.parse_float = text, 0, parse_float
        self.root = {}
        # Tables that are closed for others, and those that a header has named.
        self.fixed, self.named = set(), set()

    def fail(self, message):
        before = self.text[:self.at]
        place = 'end of document' if self.at >= len(self.text) else 'line %d, column %d' % (before.count('\n') + 1, self.at - before.rfind('\n'))
        return TOMLDecodeError('%s (at %s)' % (message, place))

    def peek(self, count=1):
        return self.text[self.at:self.at + count]

    def blanks(self):
        while self.peek() in (' ', '\t'):
            self.at += 1

    def comment(self):
        self.blanks()
        if self.peek() == '#':
            end = self.text.find('\n', self.at)
            self.at = len(self.text) if end < 0 else end

    def space(self):
        while True:
            self.comment()
            if self.peek() != '\n':
                return
            self.at += 1

    def document(self):
        table = self.root
        while True:
            self.space()
            if self.at >= len(self.text):
                return self.root
            if self.peek() == '[':
                table = self.header()
            elif self.peek() in ('"', "'") or _BARE.match(self.text, self.at):
                self.pair(table)
            else:
                raise self.fail('Invalid statement')
            self.comment()
            if self.at < len(self.text) and self.peek() != '\n':
                raise self.fail('Expected newline or end of document after a statement')

    def header(self):
        is_array = self.peek(2) == '[['
        self.at += 1 + is_array
        self.blanks()
        keys = self.key()
        close = ']]' if is_array else ']'
        if self.peek(len(close)) != close:
            raise self.fail("Expected '%s' at the end of %s declaration" % (close, 'an array' if is_array else 'a table'))
        table = self.root
        for one in keys[:-1]:
            table = table.setdefault(one, {})
            if isinstance(table, list):
                table = table[-1] if table else None
            if not isinstance(table, dict) or id(table) in self.fixed:
                raise self.fail('Cannot overwrite a value' if not isinstance(table, dict) else 'Cannot mutate immutable namespace %s' % (keys,))
        last = keys[-1]
        if is_array:
            array = table.setdefault(last, [])
            if not isinstance(array, list) or id(array) in self.fixed:
                raise self.fail('Cannot overwrite a value' if not isinstance(array, list) else 'Cannot mutate immutable namespace %s' % (keys,))
            array.append({})
            found = array[-1]
        else:
            found = table.setdefault(last, {})
            if not isinstance(found, dict):
                raise self.fail('Cannot overwrite a value')
            if id(found) in self.named or id(found) in self.fixed:
                raise self.fail('Cannot declare %s twice' % (keys,))
            self.named.add(id(found))
        self.at += len(close)
        return found

    def pair(self, table):
        keys = self.key()
        if self.peek() != '=':
            raise self.fail("Expected '=' after a key in a key/value pair")
        self.at += 1
        self.blanks()
        for one in keys[:-1]:
            table = table.setdefault(one, {})
            if not isinstance(table, dict) or id(table) in self.fixed:
                raise self.fail('Cannot overwrite a value')
            self.named.add(id(table))
        value = self.value()
        if keys[-1] in table:
            raise self.fail('Cannot overwrite a value')
        table[keys[-1]] = value

    def key(self):
        keys = []
        while True:
            char = self.peek()
            if char == '"':
                keys.append(self.basic())
            elif char == "'":
                keys.append(self.literal())
            else:
                found = _BARE.match(self.text, self.at)
                if not found:
                    raise self.fail('Invalid initial character for a key part')
                self.at = found.end()
                keys.append(found.group())
            self.blanks()
            if self.peek() != '.':
                return tuple(keys)
            self.at += 1
            self.blanks()

    def value(self):
        char = self.peek()
        if char == '"':
            return self.basic_lines() if self.peek(3) == '"""' else self.basic()
        if char == "'":
            return self.literal_lines() if self.peek(3) == "'''" else self.literal()
        if char == '[':
            return self.array()
        if char == '{':
            return self.inline()
        for word, value in (('true', True), ('false', False)):
            if self.peek(len(word)) == word:
                self.at += len(word)
                return value
        return self.scalar()

    def scalar(self):
        found = _MOMENT.match(self.text, self.at)
        try:
            if found:
                self.at = found.end()
                year, month, day, hour, minute, second, micro, zone = found.groups()
                if hour is None:
                    return date(int(year), int(month), int(day))
                where = None
                if zone:
                    where = timezone.utc if zone in 'Zz' else timezone((-1 if zone[0] == '-' else 1) * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:])))
                return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), int((micro or '0').ljust(6, '0')), where)
            found = _TIME.match(self.text, self.at)
            if found:
                self.at = found.end()
                hour, minute, second, micro = found.groups()
                return time(int(hour), int(minute), int(second), int((micro or '0').ljust(6, '0')))
        except ValueError:
            raise self.fail('Invalid date or datetime') from None
        found = _NUMBER.match(self.text, self.at)
        if not found:
            raise self.fail('Invalid value')
        self.at = found.end()
        text = found.group()
        if text[-3:] in ('inf', 'nan'):
            return self.parse_float(text)
        return self.parse_float(text.replace('_', '')) if found.group('rest') else int(text.replace('_', ''), 0)

    def array(self):
        self.at += 1
        items = []
        self.fixed.add(id(items))
        while True:
            self.space()
            if self.peek() == ']':
                self.at += 1
                return items
            items.append(self.value())
            self.space()
            if self.peek() == ',':
                self.at += 1
            elif self.peek() != ']':
                raise self.fail('Unclosed array')

    def inline(self):
        self.at += 1
        table = {}
        self.blanks()
        while self.peek() != '}':
            self.pair(table)
            self.blanks()
            if self.peek() == ',':
                self.at += 1
                self.blanks()
                if self.peek() == '}':
                    raise self.fail('Invalid initial character for a key part')
            elif self.peek() != '}':
                raise self.fail('Unclosed inline table')
        self.at += 1
        self.fixed.add(id(table))
        return table

    def literal(self):
        self.at += 1
        end = self.text.find("'", self.at)
        stop = self.text.find('\n', self.at)
        if end < 0 or -1 < stop < end:
            self.at = len(self.text) if stop < 0 else stop
            raise self.fail('Expected "\'"' if stop < 0 else 'Found invalid character %r' % '\n')
        text, self.at = self.text[self.at:end], end + 1
        return text

    def literal_lines(self):
        self.at += 3
        self.at += self.peek() == '\n'
        end = self.text.find("'''", self.at)
        if end < 0:
            self.at = len(self.text)
            raise self.fail('Expected "\'\'\'"')
        while self.text[end + 3:end + 4] == "'":
            end += 1
        text, self.at = self.text[self.at:end], end + 3
        return text

    def escape(self, is_long):
        char = self.peek()
        if is_long and char in (' ', '\t', '\n'):
            self.blanks()
            if self.peek() != '\n':
                raise self.fail("Unescaped '\\' in a string")
            while self.peek() in (' ', '\t', '\n'):
                self.at += 1
            return ''
        self.at += 1
        if char in ('u', 'U'):
            size = 4 if char == 'u' else 8
            digits = self.peek(size)
            if not re.fullmatch('[0-9A-Fa-f]{%d}' % size, digits):
                raise self.fail('Invalid hex value')
            self.at += size
            return chr(int(digits, 16))
        if char not in _ESCAPES or not char:
            raise self.fail("Unescaped '\\' in a string")
        return _ESCAPES[char]

    def basic(self):
        return self.string('"', False)

    def basic_lines(self):
        self.at += 2
        text = self.string('"""', True)
        while self.peek() == '"':
            self.at += 1
            text += '"'
        return text

    def string(self, close, is_long):
        self.at += 1
        if is_long:
            self.at += self.peek() == '\n'
        text = ''
        while True:
            char = self.peek()
            if not char:
                raise self.fail('Unterminated string')
            if self.peek(len(close)) == close:
                self.at += len(close)
                return text
            if char == '\n' and not is_long:
                raise self.fail('Illegal character %r' % char)
            self.at += 1
            text += self.escape(is_long) if char == '\\' else char

`;
