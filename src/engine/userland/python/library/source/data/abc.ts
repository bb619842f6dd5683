/** `abc`. */
export const SOURCE = `
def abstractmethod(fn):
    fn.__isabstractmethod__ = True
    return fn


class abstractproperty(property):
    __isabstractmethod__ = True


abstractclassmethod = classmethod
abstractstaticmethod = staticmethod


class ABCMeta(type):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = type.__new__(mcls, name, bases, namespace, **kwargs)
        names = {key for key, value in namespace.items() if getattr(value, '__isabstractmethod__', False)}
        for base in bases:
            for key in getattr(base, '__abstractmethods__', ()):
                if getattr(getattr(cls, key, None), '__isabstractmethod__', False):
                    names.add(key)
        cls.__abstractmethods__ = tuple(sorted(names))
        cls._abc_registry = []
        return cls

    def register(cls, subclass):
        cls._abc_registry.append(subclass)
        return subclass

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        if cls in subclass.__mro__:
            return True
        hook = cls.__dict__.get('__subclasshook__')
        if hook is not None:
            result = hook.__func__(cls, subclass)
            if result is not NotImplemented:
                return result
        for one in cls._abc_registry:
            if one in subclass.__mro__:
                return True
        for child in cls.__subclasses__():
            if child.__dict__.get('_abc_registry') and any(one in subclass.__mro__ for one in child._abc_registry):
                return True
        return False


class ABC(metaclass=ABCMeta):
    pass


def get_cache_token():
    return 0
`;
