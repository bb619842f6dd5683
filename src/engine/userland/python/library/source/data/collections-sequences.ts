/** `collections`. */
export const SOURCE = `
class deque:
    def __init__(self, iterable=(), maxlen=None):
        self._items = []
        self._at = 0
        self.maxlen = maxlen
        self.extend(iterable)

    def _trim(self):
        if self._at > 64 and self._at * 2 > len(self._items):
            self._items = self._items[self._at:]
            self._at = 0

    def append(self, x):
        self._items.append(x)
        if self.maxlen is not None and len(self) > self.maxlen:
            self._at += 1
            self._trim()

    def appendleft(self, x):
        if self._at:
            self._at -= 1
            self._items[self._at] = x
        else:
            self._items.insert(0, x)
        if self.maxlen is not None and len(self) > self.maxlen:
            self._items.pop()

    def extend(self, iterable):
        for one in list(iterable):
            self.append(one)

    def extendleft(self, iterable):
        for one in list(iterable):
            self.appendleft(one)

    def pop(self):
        if not len(self):
            raise IndexError('pop from an empty deque')
        return self._items.pop()

    def popleft(self):
        if not len(self):
            raise IndexError('pop from an empty deque')
        value = self._items[self._at]
        self._items[self._at] = None
        self._at += 1
        self._trim()
        return value

    def _all(self):
        return self._items[self._at:]

    def clear(self):
        self._items = []
        self._at = 0

    def rotate(self, n=1):
        items = self._all()
        if items:
            n %= len(items)
            self._items = items[-n:] + items[:-n] if n else items
            self._at = 0

    def remove(self, value):
        items = self._all()
        if value not in items:
            raise ValueError('deque.remove(x): x not in deque')
        items.remove(value)
        self._items, self._at = items, 0

    def insert(self, index, value):
        items = self._all()
        items.insert(index, value)
        self._items, self._at = items, 0

    def reverse(self):
        self._items, self._at = self._all()[::-1], 0

    def count(self, value):
        return self._all().count(value)

    def index(self, value, *args):
        return self._all().index(value, *args)

    def copy(self):
        return deque(self, self.maxlen)

    __copy__ = copy

    def __len__(self):
        return len(self._items) - self._at

    def __bool__(self):
        return len(self._items) > self._at

    def __iter__(self):
        size = len(self)
        at = 0
        while at < len(self):
            if len(self) != size:
                raise RuntimeError('deque mutated during iteration')
            yield self._items[self._at + at]
            at += 1

    def __reversed__(self):
        return iter(self._all()[::-1])

    def __contains__(self, value):
        return value in self._all()

    def __getitem__(self, index):
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError('deque index out of range')
        return self._items[self._at + index]

    def __setitem__(self, index, value):
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError('deque index out of range')
        self._items[self._at + index] = value

    def __delitem__(self, index):
        items = self._all()
        del items[index]
        self._items, self._at = items, 0

    def __eq__(self, other):
        return isinstance(other, deque) and self._all() == other._all()

    def __add__(self, other):
        return deque(self._all() + list(other), self.maxlen)

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __repr__(self):
        if self.maxlen is None:
            return 'deque(%r)' % (self._all(),)
        return 'deque(%r, maxlen=%d)' % (self._all(), self.maxlen)

    @classmethod
    def __class_getitem__(cls, item):
        return cls


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    fields = [str(name) for name in field_names]
    for at, name in enumerate(fields):
        if not name.isidentifier() or name.startswith('_') or fields.index(name) != at:
            if not rename:
                if name.startswith('_'):
                    raise ValueError('Field names cannot start with an underscore: %r' % name)
                if fields.index(name) != at:
                    raise ValueError('Encountered duplicate field name: %r' % name)
                raise ValueError('Type names and field names must be valid identifiers: %r' % name)
            fields[at] = '_%d' % at
    fields = tuple(fields)
    defaults = tuple(defaults or ())
    values = dict(zip(fields[len(fields) - len(defaults):], defaults))
    count = len(fields)

    def __new__(cls, *args, **kwargs):
        if len(args) == count and not kwargs:
            return tuple.__new__(cls, args)
        if len(args) > count:
            raise TypeError('%s.__new__() takes %s positional arguments but %d were given' % (
                typename, count + 1 if not values else 'from %d to %d' % (count + 1 - len(values), count + 1), len(args) + 1))
        found = list(args)
        for name in fields[len(args):]:
            if name in kwargs:
                found.append(kwargs.pop(name))
            elif name in values:
                found.append(values[name])
            else:
                missing = [repr(one) for one in fields[len(args):] if one not in kwargs and one not in values and one not in fields[:len(found)]]
                names = missing[0] if len(missing) == 1 else ' and '.join(missing) if len(missing) == 2 else ', '.join(missing[:-1]) + ', and ' + missing[-1]
                raise TypeError('%s.__new__() missing %d required positional argument%s: %s' % (typename, len(missing), '' if len(missing) == 1 else 's', names))
        for name in kwargs:
            raise TypeError('%s.__new__() got an unexpected keyword argument %r' % (typename, name))
        return tuple.__new__(cls, found)

    def _make(cls, iterable):
        result = tuple(iterable)
        if len(result) != count:
            raise TypeError('Expected %d arguments, got %d' % (count, len(result)))
        return tuple.__new__(cls, result)

    def _replace(self, /, **kwds):
        result = self._make(kwds.pop(name, value) for name, value in zip(fields, self))
        if kwds:
            raise ValueError('Got unexpected field names: %r' % list(kwds))
        return result

    def _asdict(self):
        return dict(zip(fields, self))

    def __repr__(self):
        return self.__class__.__name__ + '(' + ', '.join('%s=%r' % pair for pair in zip(fields, self)) + ')'

    def __getnewargs__(self):
        return tuple(self)

    if module is None:
        module = sys._getframe(1).f_globals.get('__name__', '__main__')
    namespace = {'__new__': __new__, '_make': classmethod(_make), '_replace': _replace, '_asdict': _asdict,
                 '__repr__': __repr__, '__getnewargs__': __getnewargs__, '_fields': fields,
                 '_field_defaults': values, '__match_args__': fields, '__module__': module,
                 '__doc__': '%s(%s)' % (typename, ', '.join(fields))}
    for at, name in enumerate(fields):
        namespace[name] = property(itemgetter(at))
    return type(typename, (tuple,), namespace)


class ChainMap(abc.MutableMapping):
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for one in self.maps:
            if key in one:
                return one[key]
        raise KeyError(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __len__(self):
        return len(set().union(*self.maps))

    def __iter__(self):
        seen = {}
        for one in reversed(self.maps):
            seen.update(dict.fromkeys(one))
        return iter(seen)

    def __contains__(self, key):
        return any(key in one for one in self.maps)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        if key not in self.maps[0]:
            raise KeyError('Key not found in the first mapping: %r' % (key,))
        del self.maps[0][key]

    def new_child(self, m=None, **kwargs):
        return ChainMap(dict(m or {}, **kwargs), *self.maps)

    @property
    def parents(self):
        return ChainMap(*self.maps[1:])

    def __repr__(self):
        return 'ChainMap(%s)' % ', '.join(map(repr, self.maps))


class UserDict(abc.MutableMapping):
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if hasattr(self.__class__, '__missing__'):
            return self.__class__.__missing__(self, key)
        raise KeyError(key)

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def __repr__(self):
        return repr(self.data)

    def copy(self):
        return self.__class__(self.data)


class UserList(list):
    @property
    def data(self):
        return list(self)


class UserString(str):
    @property
    def data(self):
        return str(self)
`;
