/** `pydoc`. */
export const SOURCE = String.raw`
import inspect
import sys

__all__ = ['help', 'render_doc', 'doc', 'locate', 'plain']


def plain(text):
    return text


def _indented(text, prefix='    '):
    return '\n'.join((prefix + line).rstrip() for line in text.split('\n'))


def _signature(object):
    try:
        return str(inspect.signature(object))
    except (ValueError, TypeError, AttributeError):
        return '(...)'


def _doc(object):
    return (inspect.getdoc(object) or '').rstrip()


def _name(object):
    return getattr(object, '__name__', None)


def _function(object, name=None, prefix=''):
    real = name or _name(object)
    title = '%s = %s' % (name, _name(object)) if name and _name(object) not in (None, name) else real
    head = ('async ' if inspect.iscoroutinefunction(object) else '') + title + _signature(object)
    text = _doc(object)
    return head + '\n' + (_indented(text) + '\n' if text else '')


def _shown_class(one, module):
    return one.__name__ if one.__module__ in ('builtins', module) else '%s.%s' % (one.__module__, one.__name__)


def _class(object, name=None):
    bases = [_shown_class(one, object.__module__) for one in object.__bases__ if one is not __builtins_object]
    title = 'class ' + (name or object.__name__) + '(%s)' % ', '.join(bases or ['builtins.object'])
    lines = []
    text = _doc(object) if object.__doc__ else ''
    if object.__init__ is not __builtins_object.__init__:
        lines.append('%s%s' % (object.__name__, _signature(object)))
        lines.append('')
    if text:
        lines += text.split('\n') + ['']
    order = list(object.__mro__)
    if len(order) > 2:
        lines += ['Method resolution order:'] + ['    ' + _shown_class(one, object.__module__) if one is not __builtins_object else '    builtins.object' for one in order] + ['']
    seen, is_begun = set(), len(order) > 2
    for owner in order[:-1]:
        own = [(key, one) for key, one in vars(owner).items() if key not in seen and (not key.startswith('_') or (key.startswith('__') and key.endswith('__') and callable(one) and _doc(one)) or key == '__init__')]
        seen.update(key for key, _ in own)
        origin = 'defined here' if owner is object else 'inherited from ' + _shown_class(owner, object.__module__)
        kinds = [
            ('Methods', [(key, one) for key, one in own if inspect.isfunction(one)]),
            ('Class methods', [(key, getattr(object, key)) for key, one in own if isinstance(one, classmethod)]),
            ('Static methods', [(key, one.__func__) for key, one in own if isinstance(one, staticmethod)]),
            ('Readonly properties', [(key, one) for key, one in own if isinstance(one, property) and one.fset is None]),
            ('Data descriptors', [(key, one) for key, one in own if isinstance(one, property) and one.fset is not None] + _slots(owner)),
            ('Data and other attributes', [(key, one) for key, one in own if not callable(one) and not isinstance(one, (property, classmethod, staticmethod))]),
        ]
        for word, members in kinds:
            if not members:
                continue
            lines += ['-' * 70] * is_begun + ['%s %s:' % (word, origin), '']
            is_begun = True
            for key, one in sorted(members) if word.startswith('Data and') else sorted(members, key=lambda pair: pair[0]):
                if word.startswith('Data and'):
                    lines += ['%s = %r' % (key, one), '']
                elif isinstance(one, (property, str)):
                    text = one if isinstance(one, str) else _doc(one)
                    lines += [key] + (_indented(text).split('\n') if text else []) + ['']
                else:
                    lines += _function(one, key).rstrip('\n').split('\n') + ['']
    while lines and not lines[-1]:
        lines.pop()
    return title + '\n' + '\n'.join((' |  ' + one).rstrip() if sys.version_info >= (3, 13) else ' |  ' + one for one in lines) + '\n'


def _slots(owner):
    # Every object of a class that does not say otherwise has these two.
    if owner.__bases__ != (__builtins_object,) or '__slots__' in vars(owner):
        return []
    hint = ' (if defined)' if sys.version_info < (3, 13) else ''
    return [('__dict__', 'dictionary for instance variables' + hint), ('__weakref__', 'list of weak references to the object' + hint)]


__builtins_object = ().__class__.__base__


def _section(title, body):
    return title + '\n' + _indented(body.rstrip('\n')) + '\n\n'


def _module(object):
    text = _doc(object)
    first, _, rest = text.partition('\n')
    result = _section('NAME', object.__name__ + (' - ' + first if first else ''))
    if rest.strip():
        result += _section('DESCRIPTION', rest.strip('\n'))
    public = getattr(object, '__all__', None)

    def own(key, one):
        return key in public if public is not None else not key.startswith('_') and getattr(one, '__module__', None) == object.__name__
    members = [(key, one) for key, one in sorted(vars(object).items()) if own(key, one)]
    classes = [(key, one) for key, one in members if isinstance(one, type)]
    functions = [(key, one) for key, one in members if inspect.isroutine(one)]
    data = [(key, one) for key, one in sorted(vars(object).items()) if (key in public if public is not None else not key.startswith('_')) and not isinstance(one, type) and not inspect.isroutine(one) and not inspect.ismodule(one)]
    if classes:
        bases = {}
        for _, one in classes:
            bases.setdefault(one.__bases__[0], []).append(one)
        tree = []
        for base, found in bases.items():
            tree += ['%s.%s' % (base.__module__, base.__name__)] + ['    ' + one.__name__ for one in found]
        result += _section('CLASSES', '\n'.join(tree) + '\n\n' + '\n\n'.join(_class(one, key).rstrip('\n') for key, one in classes))
    if functions:
        result += _section('FUNCTIONS', '\n'.join(_function(one, key) for key, one in functions))
    if data:
        result += _section('DATA', '\n'.join('%s = %r' % pair for pair in data))
    for title, key in (('VERSION', '__version__'), ('AUTHOR', '__author__')):
        if hasattr(object, key):
            result += _section(title, str(getattr(object, key)))
    return result + _section('FILE', getattr(object, '__file__', None) or '(built-in)')


def locate(path):
    parts = path.split('.')
    found, at = None, 0
    while at < len(parts):
        try:
            __import__('.'.join(parts[:at + 1]))
            found, at = sys.modules['.'.join(parts[:at + 1])], at + 1
        except ImportError:
            break
    if found is None:
        found = sys.modules['builtins']
    for one in parts[at:]:
        try:
            found = getattr(found, one)
        except AttributeError:
            return None
    return found


def _kind(object):
    if inspect.ismodule(object):
        return 'module ' + object.__name__
    if isinstance(object, type):
        return 'class ' + object.__name__
    if inspect.isbuiltin(object):
        return 'built-in function ' + object.__name__
    if inspect.isfunction(object):
        return 'function ' + object.__name__
    return ('method ' + object.__name__) if inspect.ismethod(object) else type(object).__name__


def render_doc(thing, title='Python Library Documentation: %s', forceload=0, renderer=None):
    object, name = thing, _name(thing)
    if isinstance(thing, str):
        object, name = locate(thing), thing
        if object is None:
            raise ImportError('No Python documentation found for %r.\nUse help() to get the interactive help utility.\nUse help(str) for help on the str class.' % thing)
    what = _kind(object)
    if isinstance(thing, str) and '.' in thing:
        what += ' in ' + thing.rpartition('.')[0]
    elif not inspect.ismodule(object) and getattr(object, '__module__', None):
        what += ' in module ' + object.__module__
    if not (inspect.ismodule(object) or isinstance(object, type) or inspect.isroutine(object)):
        object = type(object)
        what += ' object' if ' in ' not in what else ''
    body = _module(object) if inspect.ismodule(object) else _class(object) if isinstance(object, type) else _function(object)
    return title % what + '\n\n' + body


def doc(thing, title='Python Library Documentation: %s', forceload=0, output=None, is_cli=False):
    try:
        print(render_doc(thing, title), file=output or sys.stdout)
    except ImportError as problem:
        if is_cli:
            print(problem)
            sys.exit(1)
        print(problem)


def help(*args):
    if args:
        doc(args[0], 'Help on %s:')
        return
    print('Welcome to Python %d.%d\'s help utility! Enter the name of a module, a class or a\nfunction to see what it says of itself; "quit" or an empty line leaves.\n' % sys.version_info[:2])
    while True:
        try:
            name = input('help> ').strip()
        except EOFError:
            break
        if name in ('', 'q', 'quit'):
            break
        doc(name, 'Help on %s:')


def _main():
    args = [one for one in sys.argv[1:] if not one.startswith('-')]
    if not args:
        print('pydoc - the Python documentation tool\n\npydoc <name> ...\n    Show text documentation on something.')
        return
    for name in args:
        doc(name, 'Help on %s:', is_cli=True)

`;
