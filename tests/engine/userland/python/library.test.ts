/** Modules of the library that learners reach for: what they print is what a real Python prints. */
import { beforeAll, expect, it } from 'vitest';
import { type PythonComputer, pythonComputer } from './computer.ts';

const FILES = {
  'test_sums.py': `import unittest
class Sums(unittest.TestCase):
    def test_good(self):
        with self.assertRaises(ZeroDivisionError):
            1 / 0
    def test_list(self):
        self.assertEqual([1, 2], [1, 3])
    @unittest.skip("later")
    def test_later(self):
        pass
    @unittest.expectedFailure
    def test_known(self):
        self.fail("known")
`,
  'numbers_.py': `from decimal import Decimal as D, ROUND_HALF_UP
from fractions import Fraction
import calendar, ipaddress, zoneinfo, datetime
print(D('1.10') + D('2.20'), D(1) / D(3), D('2.675').quantize(D('0.01'), ROUND_HALF_UP), f"{D('1234567.891'):,.2f}", D(2).sqrt())
try:
    D(1) / 0
except ZeroDivisionError as problem:
    print(repr(problem))
print(Fraction(1, 3) + Fraction('0.25'), calendar.monthrange(2024, 2))
print(calendar.month(2026, 1), end='')
net = ipaddress.ip_network('172.17.0.0/16')
print(net.num_addresses, ipaddress.ip_address('172.17.0.2') in net, net.broadcast_address)
print(datetime.datetime(2026, 1, 1, tzinfo=zoneinfo.ZoneInfo('UTC')))
try:
    zoneinfo.ZoneInfo('Europe/Nowhere')
except zoneinfo.ZoneInfoNotFoundError as problem:
    print(problem)
`,
  'texts.py': `import configparser, difflib, graphlib, http.cookies, pprint, shlex
config = configparser.ConfigParser()
config.read_string('[db]\\nhost = x\\nurl = %(host)s:5432')
print(config['db']['url'], shlex.split("run -e 'A=b c'"), shlex.quote("it's"))
pprint.pprint({'list': list(range(30)), 'text': 'word ' * 20})
print('\\n'.join(difflib.unified_diff(['a', 'b'], ['a', 'c'], 'x', 'y', lineterm='')))
print(list(graphlib.TopologicalSorter({'web': {'db'}, 'db': {'net'}}).static_order()))
cookie = http.cookies.SimpleCookie()
cookie['s'] = 'v w'
cookie['s']['path'] = '/'
print(cookie)
`,
  'settings.py': `import tomllib
print(tomllib.loads('[a]\\nb = 1\\nc = ["x", 2.5]\\nd = 2026-01-01'))
try:
    tomllib.loads('a = ')
except tomllib.TOMLDecodeError as problem:
    print(problem)
`,
  'add.py': `def add(a, b=1):
    """Adds.

    >>> add(1, 2)
    3
    >>> add(1)
    3
    """
    return a + b
`,
};

let computer: PythonComputer;
const inside = async (command: string, version = '3.13'): Promise<string> =>
  (await computer.shell(`docker exec -w /src py${version} sh -c '${command}' 2>&1`)).stdout;
beforeAll(async () => {
  computer = await pythonComputer(FILES, ['3.9', '3.13']);
}, 60_000);

it('unittest finds tests, runs them and says what differs', async () => {
  expect(
    (await inside('python -m unittest -v; echo $?')).replace(/in \d\.\d{3}s/, 'in 0s'),
  ).toBe(`test_good (test_sums.Sums.test_good) ... ok
test_known (test_sums.Sums.test_known) ... expected failure
test_later (test_sums.Sums.test_later) ... skipped 'later'
test_list (test_sums.Sums.test_list) ... FAIL

======================================================================
FAIL: test_list (test_sums.Sums.test_list)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/src/test_sums.py", line 7, in test_list
    self.assertEqual([1, 2], [1, 3])
    ~~~~~~~~~~~~~~~~^^^^^^^^^^^^^^^^
AssertionError: Lists differ: [1, 2] != [1, 3]

First differing element 1:
2
3

- [1, 2]
?     ^

+ [1, 3]
?     ^


----------------------------------------------------------------------
Ran 4 tests in 0s

FAILED (failures=1, skipped=1, expected failures=1)
1
`);
  expect(await inside('python -m unittest test_sums.Sums.test_good', '3.9')).toMatch(/^\.\n-{70}\nRan 1 test in \d\.\d{3}s\n\nOK\n$/);
});

it('numbers are exact: decimal, fractions, calendar, ipaddress, zoneinfo', async () => {
  const wanted = `3.30 0.3333333333333333333333333333 2.68 1,234,567.89 1.414213562373095048801688724
DivisionByZero([<class 'decimal.DivisionByZero'>])
7/12 (3, 29)
    January 2026
Mo Tu We Th Fr Sa Su
          1  2  3  4
 5  6  7  8  9 10 11
12 13 14 15 16 17 18
19 20 21 22 23 24 25
26 27 28 29 30 31
65536 True 172.17.255.255
2026-01-01 00:00:00+00:00
'No time zone found with key Europe/Nowhere'
`;
  expect(await inside('python numbers_.py', '3.9')).toBe(wanted);
});

it('texts are read, split and compared', async () => {
  expect(await inside('python texts.py')).toBe(`x:5432 ['run', '-e', 'A=b c'] 'it'"'"'s'
{'list': [0,
${Array.from({ length: 28 }, (_, at) => `          ${at + 1},\n`).join('')}          29],
 'text': 'word word word word word word word word word word word word word '
         'word word word word word word word '}
--- x
+++ y
@@ -1,2 +1,2 @@
 a
-b
+c
['net', 'db', 'web']
Set-Cookie: s="v w"; Path=/
`);
  expect(await inside('python settings.py')).toBe(
    "{'a': {'b': 1, 'c': ['x', 2.5], 'd': datetime.date(2026, 1, 1)}}\nInvalid value (at end of document)\n",
  );
  expect(await inside('python settings.py', '3.9')).toContain("ModuleNotFoundError: No module named 'tomllib'\n");
});

it('says what a function is for, and tries its examples', async () => {
  expect(await inside('python -c "import add; help(add.add)"')).toBe(
    'Help on function add in module add:\n\nadd(a, b=1)\n    Adds.\n\n    >>> add(1, 2)\n    3\n    >>> add(1)\n    3\n\n',
  );
  expect(await inside('python -m doctest add.py')).toMatch(
    /^\*{70}\nFile "\/src\/add\.py", line 6, in add\.add\nFailed example:\n {4}add\(1\)\nExpected:\n {4}3\nGot:\n {4}2\n[\s\S]*\*\*\*Test Failed\*\*\* 1 failure\.\n$/,
  );
  expect(await inside('echo [1,2] | python -m json.tool; python -m timeit -n 10 pass')).toMatch(
    /^\[\n {4}1,\n {4}2\n\]\n10 loops, best of 5: [\d.]+ [num]?sec per loop\n$/,
  );
  expect(computer.machine.faults()).toEqual([]);
});
