try: a, b = 1, 2, 3
except ValueError as e: print(e)
try: a, b, c = [1]
except ValueError as e: print(e)
try: a, *b, c = [1]
except ValueError as e: print(e)
def f():
    print(x)
    x = 1
try: f()
except UnboundLocalError as e: print(e)
d = {"a": {"b": [1, 2]}}
print(d["a"]["b"][0] + d["a"]["c"][0])
