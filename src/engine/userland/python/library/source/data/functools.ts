/** `functools`. */
export const SOURCE = `
from _collections_functools import cmp_to_key, partial, reduce, total_ordering, singledispatch, singledispatchmethod, cached_property, partialmethod

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize, 128, typed)
    return lambda fn: _cached(fn, maxsize, typed)


def cache(fn):
    return _cached(fn, None, False)


def _cached(fn, maxsize, typed):
    from collections import namedtuple
    CacheInfo = namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'])
    kept = {}
    counts = [0, 0]
    missing = object()

    def wrapper(*args, **kwargs):
        key = args
        if kwargs:
            key += (missing,) + tuple(kwargs.items())
        if typed:
            key += tuple(type(one) for one in args)
        found = kept.get(key, missing)
        if found is not missing:
            counts[0] += 1
            if maxsize is not None:
                del kept[key]
                kept[key] = found
            return found
        counts[1] += 1
        value = fn(*args, **kwargs)
        if maxsize != 0:
            kept[key] = value
            if maxsize is not None and len(kept) > maxsize:
                del kept[next(iter(kept))]
        return value

    def cache_info():
        return CacheInfo(counts[0], counts[1], maxsize, len(kept))

    def cache_clear():
        kept.clear()
        counts[0] = counts[1] = 0

    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    wrapper.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
    return update_wrapper(wrapper, fn)
`;
