nums = [5, 3, 8]
nums.append(1); nums.extend([9, 2]); nums.insert(0, 7); nums.remove(8)
print(nums, nums.pop(), nums.index(3), sorted(nums), sorted(nums, reverse=True), nums[::2], nums[-1])
nums.sort(key=lambda x: -x); nums[1:3] = [100, 200, 300]; del nums[0]
print(nums, [x * 2 for x in nums if x > 50], [[i * j for j in range(3)] for i in range(3)], list(reversed(nums)))
d = {"one": 1, "two": 2}
d["three"] = 3; d.update(four=4)
print(d, d.get("x"), d.get("x", 0), d.pop("one"), list(d.items()), "two" in d, {k: v ** 2 for k, v in d.items()}, d | {"z": 26})
for key, value in sorted(d.items(), key=lambda kv: -kv[1]):
    print(key, value, end="; ")
print(d.setdefault("five", []), d.keys(), d.values(), list(d))
s = {1, 2, 3}; s.add(4); s.discard(1)
print(s & {2, 3, 9}, s | {9}, s - {2}, s ^ {3, 10}, len(s), frozenset([1]), {2} <= s, set())
t = (1, "a", 2.5)
a, (b, *c), d2 = 1, (2, 3, 4), 5
print(t, t[1], t + (4,), a, b, c, d2, (1,), ())
print(list(zip([1, 2, 3], "abc")), list(enumerate("ab", 1)), list(map(str, range(3))), list(filter(None, [0, 1, "", "x"])), any([0, 1]), all([]))
matrix = [[1, 2], [3, 4]]
print([list(row) for row in zip(*matrix)], sum(sum(r) for r in matrix), [*range(3), *"ab"], {**{"a": 1}, "b": 2})
n = [1, [2]]; m = n[:]; m[1].append(3); print(n, m is n, n == m)
