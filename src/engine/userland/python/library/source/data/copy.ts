/** `copy`. */
export const SOURCE = `
class Error(Exception):
    pass


error = Error
_plain = (int, float, complex, bool, str, bytes, type(None), type, range, type(len), type(lambda: 0), type(...), type(NotImplemented))


def copy(x):
    cls = type(x)
    if isinstance(x, _plain) and cls in _plain or cls in (tuple, frozenset):
        return x
    method = getattr(cls, '__copy__', None)
    if method is not None:
        return method(x)
    if cls in (list, dict, set, bytearray):
        return x.copy()
    return _rebuild(x, lambda value: value, None)


def deepcopy(x, memo=None):
    if memo is None:
        memo = {}
    if isinstance(x, _plain):
        return x
    known = memo.get(id(x))
    if known is not None:
        return known
    cls = type(x)
    method = getattr(cls, '__deepcopy__', None)
    if method is not None:
        made = method(x, memo)
    elif cls is list:
        made = memo[id(x)] = []
        for one in x:
            made.append(deepcopy(one, memo))
    elif cls is dict:
        made = memo[id(x)] = {}
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
    elif cls is tuple:
        made = tuple([deepcopy(one, memo) for one in x])
    elif cls in (set, frozenset):
        made = cls([deepcopy(one, memo) for one in x])
    elif cls is bytearray:
        made = bytearray(x)
    else:
        return _rebuild(x, lambda value: deepcopy(value, memo), memo)
    memo[id(x)] = made
    return made


def _rebuild(x, each, memo):
    cls = type(x)
    if isinstance(x, BaseException):
        made = cls.__new__(cls, *x.args)
    elif isinstance(x, tuple):
        made = tuple.__new__(cls, [each(one) for one in x])
    elif isinstance(x, (list, dict, set)):
        made = cls.__new__(cls)
    elif hasattr(x, '__dict__'):
        made = object.__new__(cls) if not isinstance(x, (int, str, float)) else x
    else:
        raise TypeError('cannot copy %r object' % cls.__name__)
    if memo is not None:
        memo[id(x)] = made
    if isinstance(x, list):
        list.extend(made, [each(one) for one in x])
    elif isinstance(x, dict):
        for key, value in x.items():
            dict.__setitem__(made, each(key), each(value))
    elif isinstance(x, set):
        set.update(made, [each(one) for one in x])
    for key, value in getattr(x, '__dict__', {}).items():
        made.__dict__[key] = each(value)
    return made


def replace(obj, /, **changes):
    return obj.__replace__(**changes)
`;
