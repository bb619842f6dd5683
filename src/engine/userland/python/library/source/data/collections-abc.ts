/** `collections.abc`. */
export const SOURCE = `
from abc import ABCMeta, abstractmethod


def _has(*names):
    def check(cls, other):
        for name in names:
            for base in other.__mro__:
                if name in base.__dict__:
                    if base.__dict__[name] is None:
                        return NotImplemented
                    break
            else:
                return NotImplemented
        return True
    return classmethod(check)


class Hashable(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, other):
        return getattr(other, '__hash__', None) is not None if other not in (list, dict, set, bytearray) else NotImplemented


class Iterable(metaclass=ABCMeta):
    __subclasshook__ = _has('__iter__')

    def __iter__(self):
        return iter(())


class Iterator(Iterable):
    __subclasshook__ = _has('__iter__', '__next__')

    def __next__(self):
        raise StopIteration

    def __iter__(self):
        return self


class Generator(Iterator):
    __subclasshook__ = _has('__iter__', '__next__', 'send', 'throw', 'close')


class Reversible(Iterable):
    __subclasshook__ = _has('__reversed__', '__iter__')


class Awaitable(metaclass=ABCMeta):
    __subclasshook__ = _has('__await__')


class Coroutine(Awaitable):
    __subclasshook__ = _has('__await__', 'send', 'throw', 'close')


class AsyncIterable(metaclass=ABCMeta):
    __subclasshook__ = _has('__aiter__')


class AsyncIterator(AsyncIterable):
    __subclasshook__ = _has('__aiter__', '__anext__')

    def __aiter__(self):
        return self


class AsyncGenerator(AsyncIterator):
    __subclasshook__ = _has('__aiter__', '__anext__', 'asend')


class Sized(metaclass=ABCMeta):
    __subclasshook__ = _has('__len__')


class Container(metaclass=ABCMeta):
    __subclasshook__ = _has('__contains__')


class Callable(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, other):
        return True if hasattr(other, '__call__') else NotImplemented

    @classmethod
    def __class_getitem__(cls, item):
        return cls


class Collection(Sized, Iterable, Container):
    __subclasshook__ = _has('__len__', '__iter__', '__contains__')


class Sequence(Reversible, Collection):
    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    @abstractmethod
    def __len__(self):
        return 0

    def __iter__(self):
        at = 0
        try:
            while True:
                yield self[at]
                at += 1
        except IndexError:
            return

    def __contains__(self, value):
        return any(one is value or one == value for one in self)

    def __reversed__(self):
        for at in reversed(range(len(self))):
            yield self[at]

    def index(self, value, start=0, stop=None):
        for at in range(start, len(self) if stop is None else stop):
            if self[at] == value:
                return at
        raise ValueError

    def count(self, value):
        return sum(1 for one in self if one == value)


class MutableSequence(Sequence):
    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in list(values):
            self.append(value)

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def clear(self):
        while len(self):
            self.pop()

    def __iadd__(self, values):
        self.extend(values)
        return self


class Set(Collection):
    def __le__(self, other):
        return len(self) <= len(other) and all(one in other for one in self)

    def __eq__(self, other):
        return len(self) == len(other) and self.__le__(other)

    def isdisjoint(self, other):
        return not any(one in self for one in other)

    def __and__(self, other):
        return {one for one in self if one in other}

    def __or__(self, other):
        return set(self) | set(other)

    def __sub__(self, other):
        return {one for one in self if one not in other}


class MutableSet(Set):
    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)


class Mapping(Collection):
    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    @abstractmethod
    def __iter__(self):
        return iter(())

    @abstractmethod
    def __len__(self):
        return 0

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return _Keys(self)

    def items(self):
        return _Items(self)

    def values(self):
        return _Values(self)

    def __eq__(self, other):
        if not isinstance(other, (Mapping, dict)):
            return NotImplemented
        return dict(self.items()) == dict(other.items())

    __hash__ = None


class _View:
    def __init__(self, mapping):
        self._mapping = mapping

    def __len__(self):
        return len(self._mapping)


class _Keys(_View):
    def __iter__(self):
        return iter(self._mapping)

    def __contains__(self, key):
        return key in self._mapping

    def __repr__(self):
        return 'KeysView(%r)' % self._mapping


class _Items(_View):
    def __iter__(self):
        for key in self._mapping:
            yield key, self._mapping[key]


class _Values(_View):
    def __iter__(self):
        for key in self._mapping:
            yield self._mapping[key]


class MutableMapping(Mapping):
    _missing = object()

    def pop(self, key, default=_missing):
        try:
            value = self[key]
        except KeyError:
            if default is self._missing:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        for key in self:
            value = self[key]
            del self[key]
            return key, value
        raise KeyError

    def clear(self):
        for key in list(self):
            del self[key]

    def update(self, other=(), /, **kwds):
        if hasattr(other, 'keys'):
            for key in other.keys():
                self[key] = other[key]
        else:
            for key, value in other:
                self[key] = value
        for key, value in kwds.items():
            self[key] = value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]


class KeysView(Sized):
    pass


class ValuesView(Sized):
    pass


class ItemsView(Sized):
    pass


class ByteString(Sequence):
    pass


Buffer = ByteString

for _one in (list, tuple, str, range, bytes, bytearray):
    Sequence.register(_one)
for _one in (list, bytearray):
    MutableSequence.register(_one)
for _one in (set, frozenset):
    Set.register(_one)
MutableSet.register(set)
MutableMapping.register(dict)
`;
