print("hello", 1 + 2, 3.5, [1, "a"], {"a": 1}, (1,), None, True)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print([fib(i) for i in range(15)])
class Animal:
    def __init__(self, name):
        self.name = name
    def speak(self):
        return f"{self.name} makes a sound"
    def __repr__(self):
        return f"Animal({self.name!r})"
class Dog(Animal):
    def speak(self):
        return super().speak() + " (woof)"
d = Dog("Rex")
print(d.speak(), d)
for i in range(3):
    if i == 1:
        continue
    print(i, end=" ")
else:
    print("done")
try:
    1 / 0
except ZeroDivisionError as e:
    print("caught", e)
finally:
    print("finally")
def gen():
    x = yield 1
    print("got", x)
    yield 2
g = gen()
print(next(g), g.send("hi"))
print(sorted([3, 1, 2], key=lambda v: -v))
total = 0
while total < 10:
    total += 3
print(total)
print(f"{3.14159:.2f} {42:05d} {'x':>4}|{'y':<4}|{1234567:,}")
with open("/tmp/x.txt", "w") as f:
    f.write("line1\nline2\n")
for line in open("/tmp/x.txt"):
    print(line.strip())
a, *b = [1, 2, 3]
print(a, b)
x = {"k": [1, 2, {"z": 3}]}
print(x["k"][2]["z"])
def f(a, b=2, *args, c, **kw):
    print(a, b, args, c, kw)
f(1, c=3)
f(1, 2, 3, 4, c=5, d=6)
f(1)
