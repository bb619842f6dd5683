/** Which release of a distribution the programs come from: what they print changed between the last two of Debian's. */
import type { Sys } from '../../kernel/sys.ts';
import { textOf } from './text.ts';

/** Debian 12. */
export const BOOKWORM = 12;

/** Debian's number; infinite for what is none of its releases. */
export function release(sys: Sys): number {
  const text = textOf(sys, '/etc/os-release') ?? '';
  const number = /^VERSION_ID="?(\d+)"?$/m.exec(text)?.[1];
  return /^ID=debian$/m.test(text) && number !== undefined ? Number(number) : Number.POSITIVE_INFINITY;
}
