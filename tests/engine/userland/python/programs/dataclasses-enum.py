from dataclasses import dataclass, field, asdict, replace
from enum import Enum, IntEnum, auto, Flag
from typing import Optional, List
from collections import namedtuple, defaultdict, Counter, deque, OrderedDict, ChainMap
@dataclass(order=True)
class Item:
    name: str
    price: float = 0.0
    tags: list = field(default_factory=list)
    def total(self, n: int) -> float: return self.price * n
a, b = Item("a", 2.5), Item("b", tags=["x"])
print(a, a == Item("a", 2.5), a < b, asdict(b), replace(a, price=9), a.total(2))
@dataclass(frozen=True)
class F: v: int
try: F(1).v = 2
except Exception as e: print(type(e).__name__, e)
print({F(1): "ok"}[F(1)])
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = auto()
print(Color.RED, Color(2), Color["BLUE"].value, [c.name for c in Color], Color.RED is Color(1), repr(Color.GREEN), Color.RED == 1)
class Level(IntEnum):
    LOW = 1
    HIGH = 10
print(Level.HIGH > 5, Level.LOW + 1, sorted([Level.HIGH, Level.LOW]), f"{Level.LOW}")
class Perm(Flag):
    R = auto(); W = auto()
print(Perm.R | Perm.W, Perm.R in (Perm.R | Perm.W))
P = namedtuple("P", "x y"); p = P(1, y=2); print(p, p.x, p._replace(x=5), p._asdict(), *p)
dd = defaultdict(list); dd["a"].append(1); print(dd, dict(dd))
c = Counter("mississippi"); print(c.most_common(2), c["z"], c + Counter("ss"))
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); print(q, q.popleft(), list(q)); q.rotate(1); print(q)
def f(x: Optional[int] = None, y: List[str] = []) -> dict: return {}
print(f.__annotations__["return"], Optional[int], List[str], int | None)
Item()
