/** `inspect`: what libraries ask of functions. */
export const SOURCE = String.raw`
import sys
import types


def isfunction(o): return isinstance(o, types.FunctionType)
def ismethod(o): return isinstance(o, types.MethodType)
def isclass(o): return isinstance(o, type)
def ismodule(o): return isinstance(o, types.ModuleType)
def isbuiltin(o): return isinstance(o, types.BuiltinFunctionType)
def isroutine(o): return isfunction(o) or ismethod(o) or isbuiltin(o)
def isgenerator(o): return isinstance(o, types.GeneratorType)
def iscoroutine(o): return isinstance(o, types.CoroutineType)
def isgeneratorfunction(o): return bool(getattr(getattr(o, '__code__', None), 'co_flags', 0) & 32)
def iscoroutinefunction(o): return bool(getattr(getattr(o, '__code__', None), 'co_flags', 0) & 128)
def isasyncgenfunction(o): return bool(getattr(getattr(o, '__code__', None), 'co_flags', 0) & 512)
def isawaitable(o): return iscoroutine(o) or hasattr(o, '__await__')
def isabstract(o): return bool(getattr(o, '__abstractmethods__', ()))


def getdoc(o):
    import textwrap
    doc = getattr(o, '__doc__', None)
    if doc is None:
        return None
    first, _, rest = doc.partition('\n')
    return (first.strip() + ('\n' + textwrap.dedent(rest) if rest else '')).strip()


cleandoc = lambda doc: getdoc(types.SimpleNamespace(__doc__=doc))


def getmembers(o, predicate=None):
    found = []
    for name in dir(o):
        try:
            value = getattr(o, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return found


def currentframe():
    return sys._getframe(1)


def getmodule(o):
    return sys.modules.get(getattr(o, '__module__', None))


class Parameter:
    class empty:
        pass
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = 0, 1, 2, 3, 4

    def __init__(self, name, kind, *, default=empty, annotation=empty):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def __str__(self):
        text = {2: '*', 4: '**'}.get(self.kind, '') + self.name
        if self.annotation is not Parameter.empty:
            text += ': ' + (self.annotation.__name__ if isinstance(self.annotation, type) else str(self.annotation))
        if self.default is not Parameter.empty:
            text += (' = ' if self.annotation is not Parameter.empty else '=') + repr(self.default)
        return text


class Signature:
    empty = Parameter.empty

    def __init__(self, parameters=None, *, return_annotation=Parameter.empty):
        self.parameters = {one.name: one for one in parameters or ()}
        self.return_annotation = return_annotation

    def __str__(self):
        parts, star = [], False
        for one in self.parameters.values():
            if one.kind == 3 and not star and not any(p.kind == 2 for p in self.parameters.values()):
                parts.append('*')
                star = True
            parts.append(str(one))
        note = self.return_annotation
        return '(' + ', '.join(parts) + ')' + ('' if note is Parameter.empty else ' -> ' + (note.__name__ if isinstance(note, type) else str(note)))


def signature(o, **kwargs):
    skip = 0
    if isinstance(o, type):
        o, skip = o.__init__, 1
    elif ismethod(o):
        o, skip = o.__func__, 1
    while hasattr(o, '__wrapped__'):
        o = o.__wrapped__
    if not hasattr(o, '__code__'):
        raise ValueError('no signature found for ' + repr(o))
    code, notes = o.__code__, o.__annotations__
    names = code.co_varnames
    defaults = o.__defaults__ or ()
    found = []

    def add(name, kind, default=Parameter.empty):
        found.append(Parameter(name, kind, default=default, annotation=notes.get(name, Parameter.empty)))
    count = code.co_argcount
    for at in range(count):
        value = defaults[at - count + len(defaults)] if at >= count - len(defaults) else Parameter.empty
        add(names[at], 0 if at < code.co_posonlyargcount else 1, value)
    named = names[count:count + code.co_kwonlyargcount]
    at = count + code.co_kwonlyargcount
    if code.co_flags & 4:
        add(names[at], 2)
        at += 1
    for name in named:
        add(name, 3, (o.__kwdefaults__ or {}).get(name, Parameter.empty))
    if code.co_flags & 8:
        add(names[at], 4)
    return Signature(found[skip:], return_annotation=notes.get('return', Parameter.empty))
`;
