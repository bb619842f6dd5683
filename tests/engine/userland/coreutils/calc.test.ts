import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../../src/engine/userland/tool.ts';
import { shown } from './workshop.ts';

const DIALECTS: readonly Dialect[] = ['gnu', 'busybox'];

describe.each(DIALECTS)('bc of %s', (dialect) => {
  const bc = (text: string, options = ''): Promise<string> => shown(`bc ${options} <<'X'\n${text}\nX`, { dialect });

  it('cuts to the scale and hides a nought before the point', async () => {
    expect(await bc('1/2\nscale=3;1/3;-1/3\n1.50*2\nscale=0;5.5%2\nscale=3;2^-1')).toBe('0\n.333\n-.333\n3.00\n1.5\n.500\n');
  });

  it('has variables, loops, functions and bases', async () => {
    expect(await bc('define f(n) {\n  if (n < 2) return 1\n  return n * f(n - 1)\n}\nf(20)')).toBe('2432902008176640000\n');
    expect(await bc('for (i = 0; i < 3; i++) i\na[1] = 7; a[1]++; a[1]')).toBe('0\n1\n2\n7\n8\n');
    expect(await bc('obase=16; 255; obase=2; 5.5\nibase=16; FF')).toBe('FF\n101.1000\n11111111\n');
  });

  it('breaks long numbers', async () => {
    expect(await bc('10^68')).toBe(`1${'0'.repeat(67)}\\\n0\n`);
  });

  it('has the library of -l', async () => {
    expect(await bc('s(1);c(1);a(1)*4;l(2);e(1);sqrt(2)', '-l')).toBe(
      '.84147098480789650665\n.54030230586813971740\n3.14159265358979323844\n.69314718055994530941\n2.71828182845904523536\n1.41421356237309504880\n',
    );
  });
});

describe('bc', () => {
  it('complains as busybox, and is over', async () => {
    expect(await shown("printf '1\\n1/0\\n2\\n' | bc", { dialect: 'busybox' })).toBe('1\nbc: divide by zero\n[1]');
    expect(await shown("echo 'foo bar' | bc", { dialect: 'busybox' })).toBe("bc: bad expression at 'bar'\n[1]");
  });
});
