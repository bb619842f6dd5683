import { expect, it } from 'vitest';
import { GNU_TABLE } from '../../../src/engine/userland/gnu.ts';
import { gnuNames } from '../../../src/engine/userland/gnu-names.ts';
import { GNU_NET_NAMES } from '../../../src/engine/userland/net/index.ts';

it('writes the executables of exactly those utilities that there is code for', () => {
  expect(gnuNames).toEqual([...new Set([...Object.keys(GNU_TABLE), ...GNU_NET_NAMES])].sort());
});
