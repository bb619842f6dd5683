import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../../src/engine/userland/tool.ts';
import { run, shown } from './workshop.ts';

const DIALECTS: readonly Dialect[] = ['gnu', 'busybox'];

describe.each(DIALECTS)('awk of %s', (dialect) => {
  const awk = (words: string, input = 'b 2\na 1\nc 3\n'): Promise<string> => shown(`awk ${words}`, { dialect, input });

  it('splits records into fields, and joins them again', async () => {
    expect(await awk("'{print $2, NF}'")).toBe('2 2\n1 2\n3 2\n');
    expect(await awk('-F: \'{$1 = "x"; print}\' OFS=-', 'a:b:c\n')).toBe('x-b-c\n');
    expect(await awk(`'BEGIN { $3 = "c"; print; NF = 2; print NF }'`)).toBe('  c\n2\n');
    expect(await awk(`'BEGIN { RS = "" } { print NR ": " $1 " " $NF }'`, 'a b\nc\n\n\nd\n')).toBe('1: a c\n2: d d\n');
  });

  it('chooses by patterns, ranges, BEGIN and END', async () => {
    expect(await awk("'/a/,/c/ {print $1}'")).toBe('a\nc\n');
    expect(await awk(`'$2 > 1 {n += $2} END {print n, NR}'`)).toBe('5 3\n');
    expect(await awk(`'NR == 2 {exit 7} END {print "end"}'`)).toBe('end\n[7]');
  });

  it('tells numbers from text', async () => {
    expect(await awk(`'$1 > 9'`, '10\n9\nabc\n')).toBe('10\nabc\n');
    expect(await awk(`'BEGIN {print "10" < "9", 10 < 9, 1 == 1.0, x == 0, x == "", 0.1 + 0.2, 1e6, 7 / 2}'`)).toBe(
      '1 0 1 1 1 0.3 1000000 3.5\n',
    );
  });

  it('has arrays, functions and loops', async () => {
    expect(await awk(`'{s[$1] = $2} END {delete s["a"]; print length(s), ("a" in s), s["c"]}'`)).toBe('2 0 3\n');
    expect(
      await awk(`'function f(n) {return n < 2 ? 1 : n * f(n - 1)} function put(t) {t["k"] = 1} BEGIN {print f(10); put(a); print a["k"]}'`),
    ).toBe('3628800\n1\n');
    expect(
      await awk(`'BEGIN {for (i = 0; i < 9; i++) {if (i == 1) continue; if (i == 3) break; print i}; do i--; while (i > 0); print i}'`),
    ).toBe('0\n2\n0\n');
  });

  it('replaces, finds and formats', async () => {
    expect(
      await awk(
        String.raw`'BEGIN {s = "hello"; gsub(/l/, "[&]", s); print s; t = "a.b"; sub(/\./, "\\&", t); print t; print match("foobar", "o+"), RSTART, RLENGTH}'`,
      ),
    ).toBe('he[l][l]o\na&b\n2 2 2\n');
    expect(await awk(String.raw`'BEGIN {printf "%5s|%-3d|%05.1f|%c|%x\n", "ab", 7, 3.14, 65, 255}'`)).toBe('   ab|7  |003.1|A|ff\n');
    expect(await awk(`'BEGIN {n = split("a1b22c", p, /[0-9]+/); print n, p[3], toupper(substr("hello", 2, 3)), index("abc", "c")}'`)).toBe(
      '3 c ELL 3\n',
    );
  });

  it('reads from and prints to commands and files', async () => {
    expect(await awk(`'{print $1 | "sort"} END {close("sort"); print "end"}'`)).toBe('a\nb\nc\nend\n');
    expect(
      await awk(`'BEGIN {while (("echo x; echo y" | getline line) > 0) n = n line; print n, (getline z < "/nosuch"), system("exit 3")}'`),
    ).toBe('xy -1 3\n');
    expect(await awk(`'{print > $1} END {close("a"); getline x < "a"; print x}'`)).toBe('a 1\n');
  });
});

describe('awk', () => {
  it('complains in its dialect', async () => {
    expect((await run("awk 'BEGIN {'", { dialect: 'busybox' })).err).toBe('awk: cmd. line:1: Unexpected token\n');
    expect(await shown("awk '{print}' /nosuch")).toBe('awk: cannot open /nosuch (No such file or directory)\n[2]');
    expect(await shown("awk '{print}' /nosuch", { dialect: 'busybox' })).toBe('awk: /nosuch: No such file or directory\n[1]');
  });

  it('can be stopped while it runs', async () => {
    expect(await shown("timeout 1 awk 'BEGIN {while (1) n++}'")).toBe('[124]');
  });
});
