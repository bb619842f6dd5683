/** `console.table` */
import { enumerableKeys, get } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { isObject, type JsObject, type Value } from '../runtime/values.ts';
import { DEFAULTS, inspect } from './inspect.ts';
import { widthOf } from './inspect-layout.ts';

const INDEX = '(index)';
const VALUES = 'Values';

const cell = (value: Value): Steps<string> =>
  inspect(value, {
    ...DEFAULTS,
    maxArrayLength: 3,
    depth: isObject(value) && value.items === null ? -1 : 0,
    breakLength: Number.POSITIVE_INFINITY,
  });

function drawn(head: readonly string[], columns: readonly (readonly string[])[]): string {
  const widths = head.map((name, at) => Math.max(widthOf(name), ...(columns[at] ?? []).map(widthOf)) + 2);
  const line = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const row = (cells: readonly string[]): string =>
    `│${cells.map((text, at) => ` ${text}${' '.repeat((widths[at] ?? 0) - widthOf(text) - 1)}`).join('│')}│`;
  const count = Math.max(0, ...columns.map(({ length }) => length));
  const rows = Array.from({ length: count }, (_, at) => row(columns.map((column) => column[at] ?? '')));
  return [line('┌', '┬', '┐'), row(head), line('├', '┼', '┤'), ...rows, line('└', '┴', '┘')].join('\n');
}

/** Rows of an array, an object, a map or a set. */
function rowsOf(table: JsObject): readonly (readonly [index: string, value: Value])[] {
  if (table.inner?.kind === 'map' || table.inner?.kind === 'set')
    return table.inner.table.entries.flatMap((entry, at) => (entry ? [[String(at), entry[1]] as const] : []));
  return enumerableKeys(table).map((key) => [key, get(table, key) as Value] as const);
}

export function* tableText(table: JsObject, wanted: readonly string[] | null): Steps<string> {
  const rows = rowsOf(table);
  const names: string[] = wanted === null ? [] : [...wanted];
  let hasValues = false;
  for (const [, value] of rows)
    if (isObject(value) && value.fn === null) {
      if (wanted === null) for (const key of enumerableKeys(value)) if (!names.includes(key)) names.push(key);
    } else hasValues = true;
  const isKeyed = table.inner?.kind === 'map';
  const head = [
    table.inner?.kind === 'map' || table.inner?.kind === 'set' ? '(iteration index)' : INDEX,
    ...(isKeyed ? ['Key'] : []),
    ...names,
    ...(hasValues ? [VALUES] : []),
  ];
  const columns: string[][] = head.map(() => []);
  for (const [at, [index, value]] of rows.entries()) {
    const cells = [index];
    if (isKeyed && table.inner?.kind === 'map') cells.push(yield* cell(table.inner.table.entries[at]?.[0]));
    for (const name of names)
      cells.push(
        isObject(value) && value.fn === null && enumerableKeys(value).includes(name) ? yield* cell(get(value, name) as Value) : '',
      );
    if (hasValues) cells.push(isObject(value) && value.fn === null ? '' : yield* cell(value));
    for (const [column, text] of cells.entries()) columns[column]?.push(text);
  }
  return drawn(head, columns);
}
