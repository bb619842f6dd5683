import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../../../src/engine/userland/coreutils/bytes/edit-script.ts';
import type { Dialect } from '../../../../src/engine/userland/tool.ts';
import { shown } from './workshop.ts';

const DIALECTS: readonly Dialect[] = ['gnu', 'busybox'];
const files = { x: 'a\nb\nc\n', y: 'a\nB\nc\nd\n' };

describe.each(DIALECTS)('of %s', (dialect) => {
  const sh = (script: string): Promise<string> => shown(script, { dialect, files });

  it('sums are printed and checked', async () => {
    expect(await sh('printf hi | md5sum')).toBe('49f68a5c8493ec2c0bf489821c21fc3b  -\n');
    expect(await sh('printf hi | sha256sum')).toBe('8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4  -\n');
    expect(await sh('sha1sum x y > sums; sha1sum -c sums; echo z > y; sha1sum -c sums 2>&1 | sed -n 2p')).toBe('x: OK\ny: OK\ny: FAILED\n');
  });

  it('base64 goes there and back', async () => {
    expect(await sh('base64 x; base64 x | base64 -d')).toBe('YQpiCmMK\na\nb\nc\n');
    expect(await sh('base64 -w 4 x')).toBe('YQpi\nCmMK\n');
  });

  it('cmp says where a file that is shorter ends: at the end of a line, or in one', async () => {
    const line = await sh(
      "printf 'a\\nb' > p1; printf 'a\\nbc' > p2; printf 'a\\n' > p3; : > p4; cmp p1 p2 2>&1; cmp p2 p3 2>&1; cmp p3 p4 2>&1",
    );
    const places = dialect === 'gnu' ? [' after byte 3, in line 2', ' after byte 2, line 1', ' which is empty'] : ['', '', ''];
    expect(line).toBe(`${['p1', 'p3', 'p4'].map((name, index) => `cmp: EOF on ${name}${places[index]}\n`).join('')}[1]`);
  });

  it('cmp says whether files differ', async () => {
    expect(await sh('cmp x x; cmp -s x y; echo $?')).toBe('1\n');
  });

  it('dd copies blocks', async () => {
    expect(await sh('dd if=x bs=2 skip=1 count=1 status=none')).toBe('b\n');
    expect(await sh('dd if=x of=y conv=notrunc bs=1 seek=2 count=1 status=none; cat y')).toBe('a\na\nc\nd\n');
    expect(await sh('dd if=/dev/zero of=z bs=1M count=2 status=noxfer; wc -c < z')).toBe('2097152\n2+0 records in\n2+0 records out\n');
  });

  it('diff shows what changed', async () => {
    expect(await sh('diff -U 1 x y | tail -n +3')).toBe('@@ -1,3 +1,4 @@\n a\n-b\n+B\n c\n+d\n');
    expect(await sh('diff -q x y; echo $?; diff x x; echo $?')).toBe('Files x and y differ\n1\n0\n');
    expect(await sh('mkdir d e; cp x d; cp x e; cp y e; diff -r d e')).toBe('Only in e: y\n[1]');
  });
});

describe('diff', () => {
  it('has a form of its own', async () => {
    expect(await shown('diff x y', { files })).toBe('2c2\n< b\n---\n> B\n3a4\n> d\n[1]');
  });

  it('finds changes that turn one list into the other', () => {
    const [left, right] = ['abcabba', 'cbabac'].map((text) => [...text]) as [string[], string[]];
    const changes = changesBetween(left, right);
    const rebuilt: string[] = [];
    let at = 0;
    for (const { oldFrom, oldTo, newFrom, newTo } of changes) {
      rebuilt.push(...left.slice(at, oldFrom), ...right.slice(newFrom, newTo));
      at = oldTo;
    }
    expect([...rebuilt, ...left.slice(at)]).toEqual(right);
    expect(changes.reduce((sum, change) => sum + change.oldTo - change.oldFrom + change.newTo - change.newFrom, 0)).toBe(5);
  });
});
