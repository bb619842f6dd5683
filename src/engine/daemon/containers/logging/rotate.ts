/** A log that has grown gives way to a new one. */

import type { Sys } from '../../../kernel/sys.ts';
import { exists } from '../../files.ts';
import { entriesOf } from './log-read.ts';

/** How many lines went with the oldest file. */
export function rotate(sys: Sys, path: string, maxFiles: number): number {
  const nameOf = (age: number): string => (age === 0 ? path : `${path}.${age}`);
  const oldest = nameOf(maxFiles - 1);
  const lines = entriesOf(sys, oldest).length;
  if (exists(sys, oldest)) sys.path.unlink(oldest);
  for (let age = maxFiles - 2; age >= 0; age -= 1) if (exists(sys, nameOf(age))) sys.path.rename(nameOf(age), nameOf(age + 1));
  return lines;
}
