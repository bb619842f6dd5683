/** `dataclasses`. */
export const SOURCE = `
import sys
from types import MappingProxyType


class FrozenInstanceError(AttributeError):
    pass


class _Missing:
    def __repr__(self):
        return '<dataclasses._MISSING_TYPE object>'


MISSING = _Missing()


class _KwOnly:
    pass


_KW_ONLY = KW_ONLY = _KwOnly()


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = metadata or {}
        self.kw_only = kw_only


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is(annotation, name):
    if isinstance(annotation, str):
        return annotation.split('[')[0].split('.')[-1] == name
    return getattr(annotation, '_name', None) == name or getattr(getattr(annotation, '__origin__', None), '_name', None) == name


def _collect(cls, kw_only):
    fields = {}
    for base in cls.__mro__[-1:0:-1]:
        for one in base.__dict__.get('__dataclass_fields__', {}).values():
            fields[one.name] = one
    is_kw = kw_only
    for name, annotation in cls.__dict__.get('__annotations__', {}).items():
        if annotation is _KW_ONLY or _is(annotation, 'KW_ONLY'):
            is_kw = True
            continue
        default = cls.__dict__.get(name, MISSING)
        if _is(annotation, 'ClassVar'):
            continue
        one = default if isinstance(default, Field) else field(default=default)
        one.name = name
        one.type = annotation
        one._init_only = isinstance(annotation, InitVar)
        if one.kw_only is MISSING:
            one.kw_only = is_kw
        if isinstance(one.default, (list, dict, set)):
            raise ValueError('mutable default %s for field %s is not allowed: use default_factory' % (type(one.default), name))
        fields[name] = one
        if isinstance(default, Field):
            if default.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, default.default)
    return fields


def _quoted(names):
    quoted = [repr(one) for one in names]
    if len(quoted) == 1:
        return quoted[0]
    if len(quoted) == 2:
        return ' and '.join(quoted)
    return ', '.join(quoted[:-1]) + ', and ' + quoted[-1]


def _make_init(cls, fields, frozen):
    seen_default = None
    for one in fields:
        if one.init and not one.kw_only:
            if one.default is not MISSING or one.default_factory is not MISSING:
                seen_default = one.name
            elif seen_default is not None:
                raise TypeError('non-default argument %r follows default argument' % one.name if sys.version_info < (3, 12) else 'non-default argument %r follows default argument %r' % (one.name, seen_default))
    positional = [one for one in fields if one.init and not one.kw_only]
    named = [one for one in fields if one.init and one.kw_only]
    by_name = {one.name: one for one in positional + named}
    least = sum(1 for one in positional if one.default is MISSING and one.default_factory is MISSING)

    def __init__(self, *args, **kwargs):
        title = '__init__()' if sys.version_info < (3, 10) else cls.__qualname__ + '.__init__()'
        if len(args) > len(positional):
            takes = str(len(positional) + 1) if least == len(positional) else 'from %d to %d' % (least + 1, len(positional) + 1)
            raise TypeError('%s takes %s positional argument%s but %d were given' % (title, takes, '' if takes == '1' else 's', len(args) + 1))
        values = dict(zip([one.name for one in positional], args))
        for name, value in kwargs.items():
            if name not in by_name:
                raise TypeError('%s got an unexpected keyword argument %r' % (title, name))
            if name in values:
                raise TypeError('%s got multiple values for argument %r' % (title, name))
            values[name] = value
        missing = [one.name for one in positional if one.name not in values and one.default is MISSING and one.default_factory is MISSING]
        if missing:
            raise TypeError('%s missing %d required positional argument%s: %s' % (title, len(missing), '' if len(missing) == 1 else 's', _quoted(missing)))
        missing = [one.name for one in named if one.name not in values and one.default is MISSING and one.default_factory is MISSING]
        if missing:
            raise TypeError('%s missing %d required keyword-only argument%s: %s' % (title, len(missing), '' if len(missing) == 1 else 's', _quoted(missing)))
        post = []
        for one in fields:
            if one.name in values:
                value = values[one.name]
            elif one.default_factory is not MISSING:
                value = one.default_factory()
            elif one.default is not MISSING:
                value = one.default
            else:
                continue
            if one._init_only:
                post.append(value)
            elif frozen:
                object.__setattr__(self, one.name, value)
            else:
                setattr(self, one.name, value)
        if hasattr(self, '__post_init__'):
            self.__post_init__(*post)
    __init__.__qualname__ = cls.__qualname__ + '.__init__'
    return __init__


def _process(cls, init, repr_, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
    all_fields = _collect(cls, kw_only)
    fields = list(all_fields.values())
    cls.__dataclass_fields__ = all_fields
    cls.__dataclass_params__ = (init, repr_, eq, order, unsafe_hash, frozen)
    own = cls.__dict__

    def add(name, fn):
        if name not in own:
            fn.__name__ = name
            fn.__qualname__ = cls.__qualname__ + '.' + name
            setattr(cls, name, fn)

    if init:
        add('__init__', _make_init(cls, fields, frozen))
    shown = [one.name for one in fields if one.repr and not one._init_only]
    compared = [one.name for one in fields if one.compare and not one._init_only]

    def values(self):
        return tuple([getattr(self, name) for name in compared])

    if repr_:
        def __repr__(self):
            return self.__class__.__qualname__ + '(' + ', '.join(['%s=%r' % (name, getattr(self, name)) for name in shown]) + ')'
        add('__repr__', __repr__)
    if eq:
        has_eq = '__eq__' in own

        def __eq__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return values(self) == values(other)
        add('__eq__', __eq__)
        if frozen or unsafe_hash:
            hashed = [one.name for one in fields if (one.compare if one.hash is None else one.hash)]

            def __hash__(self):
                return hash(tuple([getattr(self, name) for name in hashed]))
            if own.get('__hash__') is None:
                cls.__hash__ = __hash__
        elif '__hash__' not in own and not has_eq:
            cls.__hash__ = None
    if order:
        def compare(name, fn):
            def method(self, other):
                if other.__class__ is not self.__class__:
                    return NotImplemented
                return fn(values(self), values(other))
            add(name, method)
        compare('__lt__', lambda a, b: a < b)
        compare('__le__', lambda a, b: a <= b)
        compare('__gt__', lambda a, b: a > b)
        compare('__ge__', lambda a, b: a >= b)
    if frozen:
        def __setattr__(self, name, value):
            raise FrozenInstanceError('cannot assign to field %r' % name)

        def __delattr__(self, name):
            raise FrozenInstanceError('cannot delete field %r' % name)
        add('__setattr__', __setattr__)
        add('__delattr__', __delattr__)
    if match_args and '__match_args__' not in own:
        cls.__match_args__ = tuple(one.name for one in fields if one.init and not one.kw_only)
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    for name, given, since in (('match_args', not match_args, 10), ('slots', slots, 10), ('kw_only', kw_only, 10), ('weakref_slot', weakref_slot, 11)):
        if given and sys.version_info < (3, since):
            raise TypeError('dataclass() got an unexpected keyword argument %r' % name)

    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    try:
        found = class_or_instance.__dataclass_fields__
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple(one for one in found.values() if not one._init_only)


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), '__dataclass_fields__')


def _deep(obj, make_dict):
    if is_dataclass(obj) and not isinstance(obj, type):
        return make_dict([(one.name, _deep(getattr(obj, one.name), make_dict)) for one in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return type(obj)(*[_deep(one, make_dict) for one in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_deep(one, make_dict) for one in obj])
    if isinstance(obj, dict):
        return type(obj)([(_deep(k, make_dict), _deep(v, make_dict)) for k, v in obj.items()])
    import copy
    return copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError('asdict() should be called on dataclass instances')
    return _deep(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    return tuple_factory([_deep(getattr(obj, one.name), dict) for one in fields(obj)])


def replace(obj, /, **changes):
    for one in fields(obj):
        if one.init and one.name not in changes:
            changes[one.name] = getattr(obj, one.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **kwargs):
    space = dict(namespace or {})
    notes = {}
    for one in fields:
        name, kind = (one, 'typing.Any') if isinstance(one, str) else one[:2]
        notes[name] = kind
        if not isinstance(one, str) and len(one) == 3:
            space[name] = one[2]
    space['__annotations__'] = notes
    return dataclass(type(cls_name, bases, space), **kwargs)
`;
