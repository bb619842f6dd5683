import functools, time
def log(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        print("calling", fn.__name__, args, kwargs)
        return fn(*args, **kwargs)
    return wrapper
def times(n):
    def deco(fn):
        def inner(*a): return [fn(*a) for _ in range(n)]
        return inner
    return deco
@log
def add(a, b=2):
    """Adds."""
    return a + b
@times(3)
def hi(): return "hi"
print(add(1), add(1, b=5), add.__name__, add.__doc__, hi())
@functools.lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), fib.cache_info())
print(functools.reduce(lambda a, b: a * b, range(1, 6)), functools.partial(add, 10)())
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
c = counter(); c(); print(c(), [f(2) for f in [lambda x, k=k: x * k for k in range(3)]])
x = "global"
def scope():
    global x
    x = "changed"
scope(); print(x)
def kw(a, /, b, *, c=3, **rest): return a, b, c, rest
print(kw(1, b=2, d=4), kw(1, 2, c=9))
kw(1, 2, 3)
