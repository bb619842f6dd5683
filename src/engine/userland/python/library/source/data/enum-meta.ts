/** `enum`. */
export const SOURCE = `
import sys


class auto:
    value = None

    def __init__(self, value=None):
        self.value = value


class _EnumDict(dict):
    def __init__(self, name):
        dict.__init__(self)
        self._members = []
        self._cls_name = name
        self._generate = None
        self._flag = False

    def __setitem__(self, key, value):
        if key == '_generate_next_value_':
            self._generate = value.__func__ if isinstance(value, staticmethod) else value
        elif (not key.startswith('_') and not hasattr(value, '__get__') and not isinstance(value, (property, classmethod, staticmethod, type, _nonmember))) or isinstance(value, _member):
            if key in self._members:
                raise TypeError('%r already defined as %r' % (key, self[key]))
            if isinstance(value, _member):
                value = value.value
            if isinstance(value, auto):
                value.value = self._next(key)
                value = value.value
            elif isinstance(value, tuple) and any(isinstance(one, auto) for one in value):
                value = tuple(self._next(key) if isinstance(one, auto) else one for one in value)
            self._members.append(key)
        elif isinstance(value, _nonmember):
            value = value.value
        dict.__setitem__(self, key, value)

    def _next(self, key):
        values = [self[name] for name in self._members]
        if self._generate is not None:
            return self._generate(key, 1, len(values), values)
        return 1


class _member:
    def __init__(self, value):
        self.value = value


class _nonmember:
    def __init__(self, value):
        self.value = value


member, nonmember = _member, _nonmember


class EnumMeta(type):
    @classmethod
    def __prepare__(metacls, name, bases, **kwds):
        result = _EnumDict(name)
        for base in bases:
            found = getattr(base, '_generate_next_value_', None)
            if found is not None:
                result._generate = found
                break
        return result

    def __new__(metacls, name, bases, namespace, **kwds):
        names = list(namespace._members) if isinstance(namespace, _EnumDict) else []
        values = [(key, namespace[key]) for key in names]
        plain = {key: value for key, value in namespace.items() if key not in names}
        for base in bases:
            if isinstance(base, EnumMeta) and base._member_map_:
                raise TypeError('%r cannot extend %r' % (metacls.__name__ and '<enum %r>' % name, base)) if False else TypeError('<enum %r> cannot extend %r' % (name, base))
        cls = type.__new__(metacls, name, bases, plain)
        cls._member_map_ = {}
        cls._member_names_ = []
        cls._value2member_map_ = {}
        data_type = _data_type(cls)
        maker = plain.get('__new__')
        for base in cls.__mro__[1:]:
            if maker is None and isinstance(base, EnumMeta) is False and '__new__' in base.__dict__ and base is not object:
                break
        own_init = _own_init(cls)
        for key, value in values:
            args = value if isinstance(value, tuple) else (value,)
            if maker is not None:
                fn = maker.__func__ if isinstance(maker, staticmethod) else maker
                one = fn(cls, *args)
                if not hasattr(one, '_value_'):
                    one._value_ = value
            elif data_type is object:
                one = object.__new__(cls)
                one._value_ = value
            else:
                one = data_type.__new__(cls, *(args if data_type is not tuple else (args,)))
                one._value_ = value if data_type is not str or isinstance(value, str) else str(value)
            found = _same(cls, one._value_)
            if found is not None:
                cls._member_map_[key] = found
                type.__setattr__(cls, key, found)
                continue
            one._name_ = key
            one.__objclass__ = cls
            one._sort_order_ = len(cls._member_names_)
            if own_init is not None:
                own_init(one, *args)
            cls._member_map_[key] = one
            if _is_canonical(cls, one._value_):
                cls._member_names_.append(key)
            type.__setattr__(cls, key, one)
            try:
                cls._value2member_map_[one._value_] = one
            except TypeError:
                pass
        return cls

    def __call__(cls, value, *args, names=None, module=None, qualname=None, type=None, start=1, boundary=None):
        if cls._member_map_ and not args and names is None:
            return cls._lookup(value)
        if names is None and args:
            names = args[0]
        if names is None:
            return cls._lookup(value)
        return cls._create_(value, names, module=module, type=type, start=start)

    def _create_(cls, name, names, module=None, type=None, start=1):
        meta = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        space = meta.__prepare__(name, bases)
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        if isinstance(names, dict):
            names = list(names.items())
        space['__module__'] = module or sys._getframe(2).f_globals.get('__name__')
        space['__qualname__'] = name
        for at, one in enumerate(names):
            if isinstance(one, str):
                key, value = one, (2 ** at if issubclass(cls, Flag) else at + start)
            else:
                key, value = one
            space[key] = value
        return meta(name, bases, space)

    def _lookup(cls, value):
        if isinstance(value, cls):
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for one in cls._member_map_.values():
                if one._value_ == value:
                    return one
        result = cls._missing_(value)
        if result is None:
            raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))
        return result

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        if sys.version_info < (3, 12):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r" % (type(value).__name__, cls.__class__.__name__))
        try:
            return value in cls._value2member_map_
        except TypeError:
            return False

    def __repr__(cls):
        return '<%s %r>' % ('flag' if issubclass(cls, Flag) else 'enum', cls.__name__)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError('cannot reassign member %r' % name if sys.version_info >= (3, 11) else 'Cannot reassign members.')
        type.__setattr__(cls, name, value)

    def __dir__(cls):
        return list(cls._member_map_) + ['__class__', '__doc__', '__members__', '__module__']

    if sys.version_info < (3, 12):
        def __getattr__(cls, name):
            raise AttributeError(name)

    @property
    def __members__(cls):
        return dict(cls._member_map_)


if sys.version_info >= (3, 11):
    EnumMeta.__name__ = 'EnumType'
EnumType = EnumMeta


def _same(cls, value):
    try:
        return cls._value2member_map_.get(value)
    except TypeError:
        for one in cls._member_map_.values():
            if one._value_ == value:
                return one


def _is_canonical(cls, value):
    if not any(base.__name__ in ('Flag', 'IntFlag') for base in cls.__mro__):
        return True
    return isinstance(value, int) and value > 0 and value & (value - 1) == 0


def _data_type(cls):
    for base in cls.__mro__[1:]:
        if not isinstance(base, EnumMeta) and base in (int, str, float, bytes, tuple):
            return base
    return object


def _own_init(cls):
    for base in cls.__mro__:
        if base.__name__ in ('Enum', 'object', 'int', 'str', 'float', 'tuple'):
            return None
        if '__init__' in base.__dict__:
            return base.__dict__['__init__']


`;
