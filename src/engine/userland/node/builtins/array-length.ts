/** Arrays and their length. */
import type { JsObject } from '../runtime/values.ts';

export { arrayOf } from '../runtime/objects.ts';

export const lengthIsWritable = (array: JsObject): boolean => !array.frozen;
