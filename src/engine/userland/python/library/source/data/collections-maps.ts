/** `collections`. */
export const SOURCE = `
import sys
from operator import itemgetter
import heapq as _heapq
import _collections_abc as abc

sys.modules['collections.abc'] = abc


class defaultdict(dict):
    def __init__(self, default_factory=None, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError('first argument must be callable or None')
        dict.__init__(self, *args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value

    def __repr__(self):
        return 'defaultdict(%r, %s)' % (self.default_factory, dict.__repr__(self))

    def copy(self):
        return defaultdict(self.default_factory, self)

    __copy__ = copy


class OrderedDict(dict):
    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
        else:
            rest = list(self.items())
            self.clear()
            self[key] = value
            self.update(rest)

    def popitem(self, last=True):
        if not self:
            raise KeyError('dictionary is empty')
        key = next(reversed(self)) if last else next(iter(self))
        return key, self.pop(key)

    def copy(self):
        return OrderedDict(self)

    def __repr__(self):
        if sys.version_info >= (3, 12):
            return 'OrderedDict(%s)' % (dict.__repr__(self) if self else '')
        return 'OrderedDict(%s)' % (list(self.items()) if self else '')

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return list(self.items()) == list(other.items())
        return dict.__eq__(self, other) if False else dict(self) == other


class Counter(dict):
    def __init__(self, iterable=None, /, **kwds):
        dict.__init__(self)
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def most_common(self, n=None):
        items = sorted(self.items(), key=itemgetter(1), reverse=True)
        return items if n is None else items[:n]

    def elements(self):
        for key, count in self.items():
            for _ in range(count):
                yield key

    def total(self):
        return sum(self.values())

    def update(self, iterable=None, /, **kwds):
        if iterable is not None:
            if isinstance(iterable, dict):
                for key, count in iterable.items():
                    self[key] = count + self.get(key, 0)
            else:
                for key in iterable:
                    self[key] = self.get(key, 0) + 1
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        if iterable is not None:
            if isinstance(iterable, dict):
                for key, count in iterable.items():
                    self[key] = self.get(key, 0) - count
            else:
                for key in iterable:
                    self[key] = self.get(key, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        return Counter(self)

    def __delitem__(self, key):
        if key in self:
            dict.__delitem__(self, key)

    def __repr__(self):
        if not self:
            return 'Counter()'
        return 'Counter({' + ', '.join('%r: %r' % pair for pair in self.most_common()) + '})'

    def _kept(self):
        return Counter({key: count for key, count in self.items() if count > 0})

    def __add__(self, other):
        result = Counter(self)
        result.update(other)
        return result._kept()

    def __sub__(self, other):
        result = Counter(self)
        result.subtract(other)
        return result._kept()

    def __or__(self, other):
        return Counter({key: max(self[key], other[key]) for key in list(self) + [k for k in other if k not in self]})._kept()

    def __and__(self, other):
        return Counter({key: min(self[key], other[key]) for key in self})._kept()

    def __iadd__(self, other):
        self.update(other)
        for key in [key for key, count in self.items() if count <= 0]:
            del self[key]
        return self


`;
