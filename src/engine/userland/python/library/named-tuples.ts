/** Tuples whose items have names as well: `sys.version_info`, `os.stat_result`. */
import { reprNow } from '../protocol/text.ts';
import { builtinType, PyTuple, type PyType, TUPLE, type Value } from '../runtime/values.ts';
import { members, methods } from './define.ts';

export const namedTuple = (type: PyType, values: readonly Value[]): PyTuple => new PyTuple(values, type);

/** The class of such tuples. */
export function tupleType(name: string, fields: readonly string[], module = 'sys'): PyType {
  const type = builtinType(name, TUPLE);
  type.attrs.set('__module__', module);
  type.attrs.set('__match_args__', new PyTuple(fields));
  type.attrs.set('n_fields', fields.length);
  members(type, Object.fromEntries(fields.map((field, index) => [field, (self: Value) => (self as PyTuple).items[index] ?? null])));
  methods(type, {
    '__repr__(self)': ([self]) => {
      const { items } = self as PyTuple;
      return `${module}.${name}(${fields.map((field, index) => `${field}=${reprNow(items[index] ?? null) ?? '...'}`).join(', ')})`;
    },
  });
  return type;
}
