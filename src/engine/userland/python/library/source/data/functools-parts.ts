/** The parts of `functools` that are classes of their own. */
export const SOURCE = `
_missing = object()


def reduce(function, iterable, initial=_missing):
    it = iter(iterable)
    if initial is _missing:
        try:
            initial = next(it)
        except StopIteration:
            raise TypeError('reduce() of empty iterable with no initial value') from None
    for one in it:
        initial = function(initial, one)
    return initial


def cmp_to_key(compare):
    class K:
        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return compare(self.obj, other.obj) < 0

        def __gt__(self, other):
            return compare(self.obj, other.obj) > 0

        def __eq__(self, other):
            return compare(self.obj, other.obj) == 0

        def __le__(self, other):
            return compare(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return compare(self.obj, other.obj) >= 0
    return K


class partial:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError('the first argument must be callable')
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func)] + [repr(one) for one in self.args] + ['%s=%r' % pair for pair in self.keywords.items()]
        return 'functools.partial(' + ', '.join(parts) + ')'


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        return lambda *args, **kwargs: self.func(obj, *self.args, *args, **{**self.keywords, **kwargs})


def total_ordering(cls):
    roots = {name for name in ('__lt__', '__le__', '__gt__', '__ge__') if any(name in one.__dict__ for one in cls.__mro__[:-1])}
    if not roots:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = max(roots)
    made = {
        '__lt__': {'__gt__': lambda a, b: not (a < b) and a != b, '__le__': lambda a, b: a < b or a == b, '__ge__': lambda a, b: not a < b},
        '__le__': {'__ge__': lambda a, b: not a <= b or a == b, '__lt__': lambda a, b: a <= b and a != b, '__gt__': lambda a, b: not a <= b},
        '__gt__': {'__lt__': lambda a, b: not (a > b) and a != b, '__ge__': lambda a, b: a > b or a == b, '__le__': lambda a, b: not a > b},
        '__ge__': {'__le__': lambda a, b: not a >= b or a == b, '__gt__': lambda a, b: a >= b and a != b, '__lt__': lambda a, b: not a >= b},
    }
    for name, method in made[root].items():
        if name not in roots:
            method.__name__ = name
            setattr(cls, name, method)
    return cls


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        for one in cls.__mro__:
            if one in registry:
                return registry[one]
        for one in registry:
            if issubclass(cls, one) and one is not object:
                return registry[one]
        return registry[object]

    def register(cls, method=None):
        if method is None:
            if isinstance(cls, type):
                return lambda fn: register(cls, fn)
            method = cls
            cls = next(iter(method.__annotations__.values()))
        registry[cls] = method
        return method

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(func.__name__ + ' requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    wrapper.__name__ = func.__name__
    wrapper.__doc__ = func.__doc__
    wrapper.__wrapped__ = func
    return wrapper


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        return lambda *args, **kwargs: self.dispatcher.dispatch(args[0].__class__)(obj, *args, **kwargs)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname not in instance.__dict__:
            instance.__dict__[self.attrname] = self.func(instance)
        return instance.__dict__[self.attrname]
`;
