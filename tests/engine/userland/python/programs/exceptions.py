def risky(n):
    try:
        if n == 0: return 1 / 0
        if n == 1: return int("x")
        if n == 2: return [][5]
        if n == 3: return {}["k"]
        if n == 4: return None.foo
        if n == 5: raise ValueError("custom", 42)
        return "fine"
    except ZeroDivisionError as e: return f"zero: {e}"
    except (ValueError, IndexError) as e: return f"{type(e).__name__}: {e} {e.args}"
    except LookupError as e: return f"lookup {e!r}"
    except Exception as e: return f"other {e}"
    else: return "else"
    finally: print("finally", n)
for i in range(7): print(risky(i))
class AppError(Exception):
    def __init__(self, code): super().__init__(f"code {code}"); self.code = code
try:
    try: raise AppError(7)
    except AppError as e: raise RuntimeError("wrapped") from e
except RuntimeError as e: print(e, e.__cause__, e.__cause__.code)
def f():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
            print("body", i)
        finally: print("fin", i)
    try: return "try"
    finally: print("before return")
print(f())
class CM:
    def __enter__(self): print("enter"); return self
    def __exit__(self, t, v, tb): print("exit", t and t.__name__, v); return t is KeyError
with CM() as c: print("in")
with CM(): raise KeyError("swallowed")
try:
    with CM(), CM(): raise ValueError("out")
except ValueError as e: print("caught", e)
def g():
    try:
        raise TypeError("a")
    except TypeError:
        raise OSError(2, "No such file or directory", "x.txt")
g()
