/** `pprint`. */
export const SOURCE = String.raw`
import sys

__all__ = ['pprint', 'pformat', 'pp', 'PrettyPrinter', 'isreadable', 'isrecursive', 'saferepr']


def saferepr(object):
    return repr(object)


def isreadable(object):
    return not repr(object).startswith('<')


def isrecursive(object):
    return '...' in repr(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts).pformat(object)


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts).pprint(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def _sorted(items, key=lambda one: one):
    try:
        return sorted(items, key=key)
    except TypeError:
        return sorted(items, key=lambda one: (str(type(key(one))), id(key(one))))


def _plain(value):
    # Which of the builtin containers it is; none if it shows itself in its own way.
    for kind in type(value).__mro__:
        if kind in (dict, list, tuple, set, frozenset, str):
            return kind
        if '__repr__' in vars(kind):
            return None
    return None


def _shows_fields(params):
    return params[1] if isinstance(params, tuple) else params.repr


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        if indent < 0:
            raise ValueError('indent must be >= 0')
        if width == 0:
            raise ValueError('width must be != 0')
        self._indent, self._width, self._depth = indent, width, depth
        self._stream, self._compact, self._sort_dicts = stream, compact, sort_dicts

    def pprint(self, object):
        (self._stream or sys.stdout).write(self.pformat(object) + '\n')

    def pformat(self, object):
        return self._format(object, 0, 0, (), 0)

    def _short(self, value, seen, level):
        if id(value) in seen:
            return '<Recursion on %s with id=%d>' % (type(value).__name__, id(value))
        plain = _plain(value)
        inner = (*seen, id(value))
        if plain in (list, tuple, dict) and value:
            marks = {list: '[]', tuple: '()', dict: '{}'}[plain]
            if self._depth and level >= self._depth:
                return '(...,)' if plain is tuple and len(value) == 1 else '...'.join(marks)
            if plain is dict:
                pairs = _sorted(value.items(), lambda pair: pair[0]) if self._sort_dicts else value.items()
                body = ', '.join('%s: %s' % (self._short(k, inner, level + 1), self._short(v, inner, level + 1)) for k, v in pairs)
            else:
                body = ', '.join(self._short(one, inner, level + 1) for one in value) + (',' if plain is tuple and len(value) == 1 else '')
            return marks[0] + body + marks[1]
        return repr(value)

    def _format(self, value, indent, allowance, seen, level):
        short = self._short(value, seen, level)
        if len(short) <= self._width - indent - allowance or id(value) in seen or (self._depth and level >= self._depth and isinstance(value, (list, tuple, dict))):
            return short
        plain = _plain(value)
        inner = (*seen, id(value))
        fields = getattr(type(value), '__dataclass_fields__', None)
        if plain is dict and value:
            return self._pairs(value, indent, allowance, inner, level + 1)
        if plain is list and value:
            return self._items(value, '[', ']', indent, allowance, inner, level + 1)
        if plain is tuple and value:
            return self._items(value, '(', ',)' if len(value) == 1 else ')', indent, allowance, inner, level + 1)
        if plain in (set, frozenset) and value:
            opening = '{' if type(value) is set else type(value).__name__ + '({'
            return self._items(_sorted(value), opening, '}' if type(value) is set else '})', indent, allowance, inner, level + 1)
        if plain is str and value:
            return self._text(value, indent, allowance, level + 1)
        if fields and not isinstance(value, type) and _shows_fields(type(value).__dataclass_params__):
            return self._fields(value, fields, indent, allowance, inner, level + 1)
        return short

    def _pairs(self, value, indent, allowance, seen, level):
        pairs = list(_sorted(value.items(), lambda pair: pair[0]) if self._sort_dicts else value.items())
        lines = []
        for at, (key, one) in enumerate(pairs):
            name = self._short(key, seen, level)
            start = indent + self._indent
            after = allowance + 1 if at == len(pairs) - 1 else 1
            lines.append('%s: %s' % (name, self._format(one, start + len(name) + 2, after, seen, level)))
        return '{' + ' ' * (self._indent - 1) + (',\n' + ' ' * (indent + self._indent)).join(lines) + '}'

    def _items(self, items, opening, closing, indent, allowance, seen, level):
        items = list(items)
        start = indent + len(opening) - 1 + self._indent
        allowance += len(closing)
        text, joint = opening + ' ' * (self._indent - 1), ''
        room = left = self._width - start + 1
        for at, one in enumerate(items):
            is_last = at == len(items) - 1
            if is_last:
                room, left = room - allowance, left - allowance
            if self._compact:
                short = self._short(one, seen, level)
                size = len(short) + 2
                if left < size:
                    left = room
                    joint = joint and ',\n' + ' ' * start
                if left >= size:
                    left -= size
                    text, joint = text + joint + short, ', '
                    continue
            text += joint + self._format(one, start, allowance if is_last else 1, seen, level)
            joint = ',\n' + ' ' * start
        return text + closing

    def _text(self, value, indent, allowance, level):
        lines = value.splitlines(True)
        start = indent
        if level == 1:
            start, allowance = indent + 1, allowance + 1
        room = last_room = self._width - start
        chunks = []
        for at, line in enumerate(lines):
            if at == len(lines) - 1:
                last_room -= allowance
            if len(repr(line)) <= last_room:
                chunks.append(repr(line))
                continue
            words, now = __import__('re').findall(r'\S*\s*', line), ''
            words.pop()
            for place, word in enumerate(words):
                limit = last_room if place == len(words) - 1 and at == len(lines) - 1 else room
                if len(repr(now + word)) > limit:
                    if now:
                        chunks.append(repr(now))
                    now = word
                else:
                    now += word
            if now:
                chunks.append(repr(now))
        if len(chunks) == 1:
            return chunks[0]
        text = ('\n' + ' ' * start).join(chunks)
        return '(%s)' % text if level == 1 else text

    def _fields(self, value, fields, indent, allowance, seen, level):
        name = type(value).__name__
        start = indent + len(name) + 1
        shown = [(key, getattr(value, key)) for key, field in fields.items() if field.repr]
        lines = []
        for at, (key, one) in enumerate(shown):
            after = allowance + 1 if at == len(shown) - 1 else 1
            lines.append('%s=%s' % (key, self._format(one, start + len(key) + 1, after, seen, level)))
        return name + '(' + (',\n' + ' ' * start).join(lines) + ')'

`;
