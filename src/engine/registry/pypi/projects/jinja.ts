/** Jinja in small: values, conditions, loops, filters. */
export const JINJA = `import html
import re


class Undefined:
    def __str__(self):
        return ''

    def __bool__(self):
        return False

    def __iter__(self):
        return iter(())


class Markup(str):
    pass


_filters = {
    'upper': lambda v: str(v).upper(), 'lower': lambda v: str(v).lower(), 'title': lambda v: str(v).title(), 'length': len, 'safe': lambda v: Markup(v),
    'join': lambda v, sep='': sep.join(map(str, v)), 'default': lambda v, d='': d if isinstance(v, Undefined) else v, 'int': int, 'escape': lambda v: Markup(html.escape(str(v))),
    'first': lambda v: next(iter(v)), 'last': lambda v: list(v)[-1], 'sort': sorted, 'reverse': lambda v: list(v)[::-1], 'round': round, 'replace': lambda v, a, b: str(v).replace(a, b),
    'trim': lambda v: str(v).strip(), 'capitalize': lambda v: str(v).capitalize(), 'tojson': lambda v: Markup(__import__('json').dumps(v)),
}


class _Names(dict):
    def __missing__(self, name):
        import builtins
        if name in ('range', 'len', 'dict', 'list', 'str', 'int'):
            return getattr(builtins, name)
        return Undefined()


class _Item:
    def __init__(self, value):
        self._value = value

    def __getattr__(self, name):
        value = self._value
        found = value[name] if isinstance(value, dict) and name in value else getattr(value, name)
        return _Item(found) if isinstance(found, dict) else found

    def __getitem__(self, key):
        return self._value[key]

    def __iter__(self):
        return iter(self._value)

    def __len__(self):
        return len(self._value)

    def __str__(self):
        return str(self._value)


def _value(text, names):
    first, *filters = re.split(r'\\|(?![^(]*\\))', text)
    scope = _Names({key: _Item(one) if isinstance(one, dict) else one for key, one in names.items()})
    value = eval(first.strip(), {}, scope)
    for one in filters:
        name, _, args = one.strip().partition('(')
        extra = eval('(' + args.rstrip(')') + ',)', {}, scope) if args.rstrip(')') else ()
        value = _filters[name.strip()](value, *extra)
    return value


class Template:
    def __init__(self, source):
        self._parts = re.split(r'({%.*?%}|{{.*?}}|{#.*?#})', source, flags=re.S)

    def render(self, *args, **context):
        return self._block(0, len(self._parts), dict(*args, **context))

    def _end(self, at, words):
        depth = 0
        for index in range(at, len(self._parts)):
            word = self._word(index)
            if word in ('if', 'for'):
                depth += 1
            elif depth == 0 and word in words:
                return index
            elif word in ('endif', 'endfor'):
                depth -= 1
        raise ValueError('Unexpected end of template. Jinja was looking for the following tags: ' + ', '.join(words))

    def _word(self, index):
        part = self._parts[index]
        return part.strip('{}%- ').split(' ')[0] if part.startswith('{%') else None

    def _block(self, at, end, names):
        out = []
        while at < end:
            part = self._parts[at]
            if part.startswith('{{'):
                value = _value(part[2:-2].strip('- '), names)
                out.append(str(value) if isinstance(value, Markup) else html.escape(str(value)))
            elif part.startswith('{%'):
                text = part[2:-2].strip('- ')
                word, _, rest = text.partition(' ')
                if word == 'if':
                    done = False
                    last = self._end(at + 1, ('endif',))
                    while True:
                        after = self._end(at + 1, ('elif', 'else', 'endif'))
                        if not done and (rest is None or _value(rest, names)):
                            out.append(self._block(at + 1, after, names))
                            done = True
                        at = after
                        kind, _, rest = self._parts[after][2:-2].strip('- ').partition(' ')
                        if kind == 'endif':
                            break
                        rest = rest if kind == 'elif' else None
                    at = last
                elif word == 'for':
                    target, _, source = rest.partition(' in ')
                    after = self._end(at + 1, ('endfor',))
                    wanted = [one.strip() for one in target.split(',')]
                    for number, one in enumerate(_value(source, names), 1):
                        own = dict(names, loop=type('loop', (), {'index': number, 'index0': number - 1, 'first': number == 1}))
                        own.update(zip(wanted, [one] if len(wanted) == 1 else one))
                        out.append(self._block(at + 1, after, own))
                    at = after
                elif word == 'set':
                    name, _, source = rest.partition('=')
                    names[name.strip()] = _value(source, names)
            elif not part.startswith('{#'):
                out.append(part)
            at += 1
        return ''.join(out)


class Environment:
    def __init__(self, **options):
        pass

    def from_string(self, source):
        return Template(source)
`;
