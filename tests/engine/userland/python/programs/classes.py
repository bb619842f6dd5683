class Point:
    count = 0
    def __init__(self, x=0, y=0):
        self.x, self.y = x, y
        Point.count += 1
    def __repr__(self): return f"Point({self.x}, {self.y})"
    def __add__(self, o): return Point(self.x + o.x, self.y + o.y)
    def __eq__(self, o): return isinstance(o, Point) and (self.x, self.y) == (o.x, o.y)
    def __hash__(self): return hash((self.x, self.y))
    def __lt__(self, o): return self.x < o.x
    def __len__(self): return 2
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __iter__(self): yield self.x; yield self.y
    def __bool__(self): return bool(self.x or self.y)
    def __call__(self, k): return Point(self.x * k, self.y * k)
    def __contains__(self, v): return v in (self.x, self.y)
    @property
    def norm(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    @norm.setter
    def norm(self, v): self.x = v
    @classmethod
    def origin(cls): return cls()
    @staticmethod
    def info(): return "static"
p = Point(3, 4)
print(p, p + Point(1, 1), p == Point(3, 4), p.norm, Point.origin(), Point.info(), len(p), p[0], list(p), bool(Point()), p(2), 3 in p, Point.count)
p.norm = 10; print(p.x, {p: 1}[Point(10, 4)], sorted([Point(3), Point(1)]), hasattr(p, "z"), getattr(p, "z", "none"))
class A:
    def hi(self): return "A"
class B(A):
    def hi(self): return "B" + super().hi()
class C(A):
    def hi(self): return "C" + super().hi()
class D(B, C):
    def hi(self): return "D" + super().hi()
print(D().hi(), [c.__name__ for c in D.__mro__], isinstance(D(), A), issubclass(B, C), type(D()).__name__, D.__bases__)
class Stack(list):
    def push(self, x): self.append(x)
    def peek(self): return self[-1]
s = Stack([1]); s.push(2); print(s, s.peek(), len(s), isinstance(s, list))
class Dyn:
    def __getattr__(self, name): return f"<{name}>"
    def __setattr__(self, name, value): object.__setattr__(self, name, value * 2)
d = Dyn(); d.a = 5; print(d.a, d.b)
class Temp:
    __slots__ = ("c",)
t = Temp(); t.c = 1
try: t.d = 2
except AttributeError as e: print(e)
class Meta(type):
    def __new__(m, n, b, ns): ns["added"] = 1; return super().__new__(m, n, b, ns)
class WithMeta(metaclass=Meta): pass
print(WithMeta.added, type(WithMeta).__name__)
class Sub:
    def __init_subclass__(cls, **kw): print("sub", cls.__name__, kw)
class Child(Sub, tag="x"): pass
class Desc:
    def __set_name__(self, o, n): self.n = n
    def __get__(self, i, o): return i.__dict__.get("_" + self.n, "unset")
    def __set__(self, i, v): i.__dict__["_" + self.n] = v
class Holder: f = Desc()
h = Holder(); print(h.f); h.f = 3; print(h.f)
print(Point.__name__, Point.__module__, p.__class__.__name__, p.__dict__)
