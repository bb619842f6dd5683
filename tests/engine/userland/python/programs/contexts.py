from contextlib import contextmanager, suppress, redirect_stdout, ExitStack, closing
import io
@contextmanager
def tag(name):
    print(f"<{name}>")
    try: yield name.upper()
    finally: print(f"</{name}>")
with tag("a") as t: print(t)
with suppress(FileNotFoundError): open("/no/such")
buf = io.StringIO()
with redirect_stdout(buf): print("captured")
print(repr(buf.getvalue()))
with ExitStack() as st: [st.enter_context(tag(x)) for x in "xy"]
try:
    with tag("err"): raise ValueError("v")
except ValueError as e: print("caught", e)
import warnings; from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): ...
class Sq(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
print(Sq(3).area()); Shape()
