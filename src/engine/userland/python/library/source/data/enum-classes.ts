/** `enum`. */
export const SOURCE = `
# Members of classes of numbers and texts: their names are shown, until 3.11.
_IS_OLD = sys.version_info < (3, 11)


class Enum(metaclass=EnumMeta):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        numbers = [one for one in last_values if isinstance(one, int)]
        return max(numbers) + 1 if numbers else start

    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return '<%s.%s: %r>' % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        return '%s.%s' % (self.__class__.__name__, self._name_)

    def __format__(self, spec):
        if _IS_OLD and _data_type(type(self)) is not object and type(self).__str__ in (Enum.__str__, IntEnum.__str__):
            return format(self._value_, spec)
        return format(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        return self is other

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __dir__(self):
        return ['__class__', '__doc__', '__module__', 'name', 'value']


class ReprEnum(Enum):
    pass


class IntEnum(int, ReprEnum):
    def __str__(self):
        return Enum.__str__(self) if _IS_OLD else str(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)

    def __eq__(self, other):
        return self._value_ == other

    def __hash__(self):
        return hash(self._value_)


class StrEnum(str, ReprEnum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return self._value_

    def __format__(self, spec):
        return format(self._value_, spec)

    def __eq__(self, other):
        return self._value_ == other

    def __hash__(self):
        return hash(self._value_)


class Flag(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return 2 ** max(one.bit_length() for one in last_values) if last_values else 1

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))
        known = 0
        for one in cls._member_map_.values():
            known |= one._value_
        if value < 0:
            value = known & value
        if value & ~known and not issubclass(cls, int):
            raise ValueError('%r invalid value %r' % (cls, value))
        made = int.__new__(cls, value) if issubclass(cls, int) else object.__new__(cls)
        made._value_ = value
        names = [one._name_ for one in cls if one._value_ & value]
        if _IS_OLD:
            names.reverse()
        made._name_ = '|'.join(names) if names else None
        cls._value2member_map_[value] = made
        return made

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return (one for one in self.__class__ if one._value_ & self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __bool__(self):
        return bool(self._value_)

    def __repr__(self):
        if self._name_ is None:
            return '<%s: %r>' % (self.__class__.__name__, self._value_)
        return '<%s.%s: %r>' % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        if self._name_ is None:
            return '%s(%r)' % (self.__class__.__name__, self._value_)
        return '%s.%s' % (self.__class__.__name__, self._name_)

    def _other(self, other):
        return other._value_ if isinstance(other, Flag) else other

    def __or__(self, other):
        return self.__class__(self._value_ | self._other(other))

    def __and__(self, other):
        return self.__class__(self._value_ & self._other(other))

    def __xor__(self, other):
        return self.__class__(self._value_ ^ self._other(other))

    def __invert__(self):
        return self.__class__(~self._value_)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__


class IntFlag(int, Flag):
    def __str__(self):
        return Flag.__str__(self) if _IS_OLD else str(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)

    def __eq__(self, other):
        return self._value_ == other

    def __hash__(self):
        return hash(self._value_)


def unique(cls):
    doubled = [(name, one.name) for name, one in cls.__members__.items() if name != one.name]
    if doubled:
        raise ValueError('duplicate values found in %r: %s' % (cls, ', '.join('%s -> %s' % pair for pair in doubled)))
    return cls


def property_(fn):
    return property(fn)


KEEP, STRICT, CONFORM, EJECT = 'keep', 'strict', 'conform', 'eject'


def global_enum(cls, update_str=False):
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls
`;
