import json
data = {"name": "Ann", "age": 30, "tags": ["a", "b"], "nested": {"x": None, "y": True, "z": 1.5}, "unicode": "é한"}
s = json.dumps(data); print(s); print(json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False))
print(json.loads(s) == data, json.loads('[1, 2.5, "x", null, true, {"a": []}]'), json.dumps([1, (2, 3)], separators=(",", ":")))
print(json.dumps({1: "a", None: "b", True: "c"}), json.dumps(float("inf")), json.dumps("q\"\\\n\t\u0001"))
for bad in ['{"a": }', "", "[1,]", "{'a': 1}", '{"a" 1}', "nope", '"abc', "[1] 2"]:
    try: json.loads(bad)
    except json.JSONDecodeError as e: print(e)
class E:
    def __init__(self): self.v = 1
print(json.dumps(E(), default=lambda o: o.__dict__))
try: json.dumps({"x": {1, 2}})
except TypeError as e: print(e)
