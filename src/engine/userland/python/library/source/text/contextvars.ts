/** `contextvars`. */
export const SOURCE = `
__all__ = ['Context', 'ContextVar', 'Token', 'copy_context']
_NONE = object()


class Context:
    def __init__(self):
        self._values = {}

    def run(self, callable, *args, **kwargs):
        global _current
        before, _current = _current, self
        try:
            return callable(*args, **kwargs)
        finally:
            _current = before

    def copy(self):
        made = Context()
        made._values = dict(self._values)
        return made

    def get(self, key, default=None): return self._values.get(key, default)
    def keys(self): return self._values.keys()
    def values(self): return self._values.values()
    def items(self): return self._values.items()
    def __getitem__(self, key): return self._values[key]
    def __contains__(self, key): return key in self._values
    def __iter__(self): return iter(self._values)
    def __len__(self): return len(self._values)


_current = Context()


def copy_context():
    return _current.copy()


class Token:
    MISSING = _NONE

    def __init__(self, var, old_value):
        self.var, self.old_value, self._is_used = var, old_value, False


class ContextVar:
    def __init__(self, name, *, default=_NONE):
        self.name, self._default = name, default

    def get(self, default=_NONE, /):
        found = _current._values.get(self, _NONE)
        for one in (default, self._default):
            found = one if found is _NONE else found
        if found is _NONE:
            raise LookupError(self)
        return found

    def set(self, value, /):
        token = Token(self, _current._values.get(self, _NONE))
        _current._values[self] = value
        return token

    def reset(self, token, /):
        if token._is_used:
            raise RuntimeError('%r has already been used once' % (token,))
        token._is_used = True
        if token.old_value is _NONE:
            _current._values.pop(self, None)
        else:
            _current._values[self] = token.old_value

    def __repr__(self):
        return '<ContextVar name=%r%s at 0x%x>' % (self.name, '' if self._default is _NONE else ' default=%r' % (self._default,), id(self))

`;
