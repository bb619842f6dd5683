/** Where an error is said to have happened. */
import type { ErrorPlace } from '../runtime/inner.ts';
import { placeOf } from '../runtime/traces.ts';
import { isObject, type Thrown } from '../runtime/values.ts';

export function getErrorPlace({ value, from }: Thrown, isLate: boolean): ErrorPlace | null {
  const own = isObject(value) && value.inner?.kind === 'error' ? value.inner.place : null;
  if (isLate || from === null) return own;
  return placeOf(from.file, from.at);
}
