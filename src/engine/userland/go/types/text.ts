/** Types as texts: in messages of the compiler relative to a package, at run time with the package's name. */
import { ANY, type FuncType, type Type } from './types.ts';

/** How a named type's package is written; '' for none. */
export type Qualify = (path: string, name: string) => string;

const withName: Qualify = (_, name) => name;

/** As `%T` prints it, or as the compiler does within a package. */
export function typeText(type: Type, qualify: Qualify = withName): string {
  const text = (one: Type): string => typeText(one, qualify);
  switch (type.kind) {
    case 'basic':
      return type.name;
    case 'named': {
      const prefix = type.package === '' ? '' : qualify(type.path, type.package);
      const args = type.args.length > 0 ? `[${type.args.map(text).join(',')}]` : '';
      return `${prefix === '' ? '' : `${prefix}.`}${type.name}${args}`;
    }
    case 'pointer':
      return `*${text(type.element)}`;
    case 'slice':
      return `[]${text(type.element)}`;
    case 'array':
      return `[${type.length}]${text(type.element)}`;
    case 'map':
      return `map[${text(type.index)}]${text(type.element)}`;
    case 'chan':
      return `${{ both: 'chan', send: 'chan<-', receive: '<-chan' }[type.direction]} ${text(type.element)}`;
    case 'struct':
      return structText(type.fields, text, qualify === withName);
    case 'func':
      return `func${signatureText(type, qualify)}`;
    case 'tuple':
      return `(${type.types.map(text).join(', ')})`;
    case 'interface':
      if (type.key === ANY.key) return qualify === withName ? 'interface {}' : 'any';
      return `interface{${type.methods.map((one) => `${one.name}${signatureText(one.type, qualify)}`).join('; ')}}`;
  }
}

/** At run time there are gaps inside of the braces. */
function structText(
  fields: readonly { readonly name: string; readonly type: Type; readonly embedded: boolean }[],
  text: (type: Type) => string,
  isRuntime: boolean,
): string {
  const gap = isRuntime ? ' ' : '';
  const inner = fields.map((field) => (field.embedded ? text(field.type) : `${field.name} ${text(field.type)}`)).join('; ');
  return fields.length === 0 ? `struct${gap}{}` : `struct${gap}{${gap}${inner}${gap}}`;
}

export function signatureText({ params, results, variadic }: FuncType, qualify: Qualify = withName): string {
  const text = (one: Type): string => typeText(one, qualify);
  const inner = params.map((param, index) =>
    variadic && index === params.length - 1 && param.kind === 'slice' ? `...${text(param.element)}` : text(param),
  );
  const [first] = results;
  const outcome = first === undefined ? '' : results.length === 1 ? ` ${text(first)}` : ` (${results.map(text).join(', ')})`;
  return `(${inner.join(', ')})${outcome}`;
}
