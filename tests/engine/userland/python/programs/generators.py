def count(n):
    while n > 0:
        received = yield n
        if received: print("received", received)
        n -= 1
    return "done"
g = count(3)
print(next(g), g.send("x"), list(g))
def chain(*its):
    for it in its:
        r = yield from it
        print("->", r)
print(list(chain(count(2), [7])))
squares = (x * x for x in range(5))
print(sum(squares), list(squares))
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
from itertools import islice, chain as ch, product, permutations, combinations, groupby, accumulate, count as c2, cycle, repeat, zip_longest, takewhile, starmap, tee, pairwise
print(list(islice(fib(), 10)), list(ch([1], [2])), list(product("ab", [1, 2])), list(permutations([1, 2, 3], 2)), list(combinations("abc", 2)))
print([(k, list(v)) for k, v in groupby("aabbc")], list(accumulate([1, 2, 3])), list(islice(c2(5, 2), 3)), list(zip_longest([1], [2, 3])), list(takewhile(lambda x: x < 3, range(9))), list(pairwise([1, 2, 3])))
def gen():
    try: yield 1
    except ValueError as e: print("caught", e); yield 99
    finally: print("cleanup")
h = gen(); next(h); print(h.throw(ValueError("boom"))); h.close()
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
print(list(It()), max(It()), dict(zip("abc", It())), [*It()])
it = iter([1, 2]); print(next(it), next(it), next(it, "end")); next(it)
