import sys
def down(n):
    return down(n + 1)
try:
    down(0)
except RecursionError as e:
    print(e)
def fact(n): return 1 if n < 2 else n * fact(n - 1)
print(fact(50))
down(0)
