/** `fmt.Scan`: words into variables. */
import { Boxed, type Pointer, type Value } from '../runtime/values.ts';
import { basicOf, under } from '../types/types.ts';

/** How many were set, and what is wrong with the next. */
export function scanned(words: readonly string[], targets: readonly Value[]): Value[] {
  for (const [index, target] of targets.entries()) {
    const word = words[index];
    if (word === undefined) return [index, index === 0 ? 'EOF' : 'unexpected newline'];
    if (!(target instanceof Boxed)) return [index, "can't scan type"];
    const below = under(target.type);
    const basic = below.kind === 'pointer' ? basicOf(below.element) : null;
    const pointer = target.value as Pointer;
    if (basic?.sort === 'string') pointer.v = word;
    else if (basic?.sort === 'int' && /^[+-]?\d+$/.test(word)) pointer.v = Number(word);
    else if (basic?.sort === 'float' && !Number.isNaN(Number(word))) pointer.v = Number(word);
    else if (basic?.sort === 'bool' && /^(true|false)$/.test(word)) pointer.v = word === 'true';
    else return [index, basic?.sort === 'int' ? 'expected integer' : `can't scan type`];
  }
  return [targets.length, ''];
}
