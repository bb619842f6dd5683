/** `typing`: annotations mean nothing while a program runs, but can be written and looked at. */
export const SOURCE = `
import collections
import collections.abc
import functools
from abc import ABCMeta
from types import GenericAlias

NoneType = type(None)

TYPE_CHECKING = False


class _Special:
    def __init__(self, name):
        self._name = name
        self.__name__ = name
        self.__module__ = 'typing'

    def __getitem__(self, args):
        if not isinstance(args, tuple):
            args = (args,)
        return _Made(self, args)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __call__(self, *args, **kwargs):
        raise TypeError('Cannot instantiate ' + repr(self))

    def __repr__(self):
        return 'typing.' + self._name

    def __mro_entries__(self, bases):
        return (Generic,) if self._name == 'Protocol' else ()

    def __hash__(self):
        return hash(self._name)


def _shown(one):
    if one is None or one is NoneType:
        return 'None'
    if isinstance(one, type):
        return one.__qualname__ if one.__module__ == 'builtins' else one.__module__ + '.' + one.__qualname__
    if isinstance(one, list):
        return '[' + ', '.join(map(_shown, one)) + ']'
    return '...' if one is ... else repr(one)


class _Made:
    def __init__(self, origin, args):
        self._origin = origin
        self._name = origin._name
        self.__args__ = args
        self.__origin__ = _origins.get(origin._name, origin)

    def __getitem__(self, args):
        return _Made(self._origin, args if isinstance(args, tuple) else (args,))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __call__(self, *args, **kwargs):
        return self.__origin__(*args, **kwargs)

    def __eq__(self, other):
        return isinstance(other, _Made) and self._origin is other._origin and self.__args__ == other.__args__

    def __hash__(self):
        return hash(self._name)

    def __mro_entries__(self, bases):
        return (self.__origin__,) if isinstance(self.__origin__, type) else (Generic,)

    def __repr__(self):
        if self._name == 'Optional':
            return 'typing.Optional[' + _shown(self.__args__[0]) + ']'
        if self._name == 'Callable' and self.__args__:
            return 'typing.Callable[' + ', '.join(map(_shown, self.__args__)) + ']'
        return 'typing.' + self._name + '[' + ', '.join(map(_shown, self.__args__)) + ']'


class _Union(_Special):
    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        flat = []
        for one in args:
            for part in (one.__args__ if isinstance(one, _Made) and one._name in ('Union', 'Optional') else (one,)):
                if part is None:
                    part = NoneType
                if part not in flat:
                    flat.append(part)
        if len(flat) == 1:
            return flat[0]
        if len(flat) == 2 and NoneType in flat:
            made = _Made(Optional, tuple(one for one in flat if one is not NoneType) + (NoneType,))
            made.__origin__ = Union
            return made
        return _Made(self, tuple(flat))


class _Optional(_Special):
    def __getitem__(self, arg):
        return Union[arg, None]


Union = _Union('Union')
Optional = _Optional('Optional')
_names = ('Any List Dict Set FrozenSet Tuple Type Callable Iterable Iterator Generator AsyncIterator AsyncIterable AsyncGenerator '
          'Awaitable Coroutine Sequence MutableSequence Mapping MutableMapping Collection Container Sized Hashable Deque '
          'DefaultDict OrderedDict Counter ChainMap Literal Final ClassVar Annotated NoReturn Never Self LiteralString TypeAlias '
          'Concatenate Required NotRequired ReadOnly Unpack TypeGuard TypeIs Reversible ContextManager AsyncContextManager Match Pattern '
          'KeysView ValuesView ItemsView AbstractSet Text SupportsInt SupportsFloat SupportsIndex SupportsAbs IO BinaryIO TextIO')
for _one in _names.split():
    globals()[_one] = _Special(_one)
Text = str
_origins = {'List': list, 'Dict': dict, 'Set': set, 'FrozenSet': frozenset, 'Tuple': tuple, 'Type': type,
            'Deque': collections.deque, 'DefaultDict': collections.defaultdict, 'OrderedDict': collections.OrderedDict,
            'Counter': collections.Counter, 'Optional': Union, 'Callable': collections.abc.Callable,
            'Iterable': collections.abc.Iterable, 'Iterator': collections.abc.Iterator, 'Sequence': collections.abc.Sequence,
            'Mapping': collections.abc.Mapping, 'MutableMapping': collections.abc.MutableMapping}


class Any:
    pass


class _NoDefault:
    def __repr__(self):
        return 'typing.NoDefault'


NoDefault = _NoDefault()


class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, infer_variance=False, default=NoDefault):
        self.__name__ = name
        self.__bound__ = bound
        self.__constraints__ = constraints
        self.__default__ = default
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant
        self.__infer_variance__ = infer_variance

    def __repr__(self):
        sign = '' if self.__infer_variance__ else '+' if self.__covariant__ else '-' if self.__contravariant__ else '~'
        return sign + self.__name__

    def has_default(self):
        return self.__default__ is not NoDefault

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class ParamSpec(TypeVar):
    @property
    def args(self):
        return self

    @property
    def kwargs(self):
        return self


TypeVarTuple = ParamSpec
AnyStr = TypeVar('AnyStr', bytes, str)


class TypeAliasType:
    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self.__module__ = '__main__'
        self.__type_params__ = type_params
        self._value = value

    @property
    def __value__(self):
        return self._value() if callable(self._value) and not isinstance(self._value, type) else self._value

    def __repr__(self):
        return self.__name__

    def __getitem__(self, args):
        if not self.__type_params__:
            raise TypeError('Only generic type aliases are subscriptable')
        return GenericAlias(self, args if isinstance(args, tuple) else (args,))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class Generic:
    @classmethod
    def __class_getitem__(cls, args):
        return GenericAlias(cls, args if isinstance(args, tuple) else (args,))


class Protocol(Generic, metaclass=ABCMeta):
    _is_runtime = False

    @classmethod
    def __subclasshook__(cls, other):
        return NotImplemented


def runtime_checkable(cls):
    names = [name for name in cls.__dict__ if not name.startswith('_') or name in ('__len__', '__iter__', '__call__', '__enter__')]

    def hook(own, other):
        return all(hasattr(other, name) for name in names) or NotImplemented
    cls.__subclasshook__ = classmethod(hook)
    return cls


class NamedTupleMeta(type):
    def __new__(mcls, name, bases, space):
        if name == 'NamedTuple':
            return type.__new__(mcls, name, bases, space)
        fields = space.get('__annotations__', {})
        made = collections.namedtuple(name, list(fields), defaults=[space[one] for one in fields if one in space], module=space.get('__module__'))
        for key, value in space.items():
            if key not in fields and key not in ('__module__', '__qualname__', '__annotations__'):
                setattr(made, key, value)
        made.__annotations__ = dict(fields)
        return made


class NamedTuple(metaclass=NamedTupleMeta):
    pass


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, space, total=True):
        return type.__new__(mcls, name, (dict,), space)

    def __init__(cls, name, bases, space, total=True):
        pass


class TypedDict(metaclass=_TypedDictMeta):
    pass


def NewType(name, tp):
    def new_type(x):
        return x
    new_type.__name__ = name
    new_type.__supertype__ = tp
    return new_type


def cast(typ, val):
    return val


def overload(func):
    return func


def final(f):
    return f


def override(f):
    return f


def no_type_check(f):
    return f


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    for one in reversed(obj.__mro__ if isinstance(obj, type) else [obj]):
        for name, value in getattr(one, '__annotations__', {}).items():
            if isinstance(value, str):
                value = eval(value, globalns or getattr(obj, '__globals__', {}), localns)
            hints[name] = NoneType if value is None else value
    return hints


def get_origin(tp):
    return getattr(tp, '__origin__', None)


def get_args(tp):
    return tuple(getattr(tp, '__args__', ()))


def assert_never(arg):
    raise AssertionError('Expected code to be unreachable, but got: %r' % (arg,))


def reveal_type(obj):
    return obj
`;
