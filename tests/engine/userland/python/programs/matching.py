def what(v):
    match v:
        case 0 | 1: return "small"
        case int(n) if n > 100: return f"big {n}"
        case int(): return "int"
        case "hello" | "hi": return "greeting"
        case str() as s: return f"str {s}"
        case []: return "empty"
        case [x]: return f"one {x}"
        case [x, y, *rest]: return f"{x} {y} {rest}"
        case {"type": "circle", "r": r, **more}: return f"circle {r} {more}"
        case {"type": t}: return f"type {t}"
        case None: return "none"
        case _: return "other"
for v in [0, 5, 500, "hi", "x", [], [1], [1, 2, 3, 4], {"type": "circle", "r": 2, "z": 1}, {"type": "sq"}, None, 2.5]:
    print(what(v))
from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: int
match P(1, 2):
    case P(x=1, y=yy): print("p", yy)
match P(3, 4):
    case P(a, b): print(a, b)
if (n := len("abc")) > 2: print("walrus", n)
print([y for x in range(5) if (y := x * 2) > 3], "yes" if n else "no")
