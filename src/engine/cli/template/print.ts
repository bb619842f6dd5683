import {
  goKeys,
  goType,
  isList,
  isMap,
  isNil,
  isStruct,
  JsonNumber,
  listType,
  NamedText,
  NilPointer,
  type Struct,
  sortedKeys,
} from './value.ts';

/** A value as Go's `%v` shows it; what is not there is `<no value>`. */
export function print(value: unknown): string {
  if (value === undefined) return '<no value>';
  return isStruct(value) && value.text === undefined ? fieldsText(value) : printInner(value);
}

function printInner(value: unknown): string {
  if (value === null || value === undefined || value instanceof NilPointer) return '<nil>';
  if (value instanceof JsonNumber) return value.digits;
  if (value instanceof NamedText) return value.text;
  if (isList(value)) return listType(value)?.text ?? `[${value.map(printInner).join(' ')}]`;
  if (isStruct(value) && value.text !== undefined) return value.text;
  if (isStruct(value)) return `${value.type.startsWith('*') ? '&' : ''}${fieldsText(value)}`;
  if (isMap(value))
    return `map[${goKeys(value)
      .map((key) => `${key}:${printInner(value[key])}`)
      .join(' ')}]`;
  return typeof value === 'number' ? printNumber(value) : String(value);
}

const fieldsText = ({ shown, fields }: Struct): string =>
  `{${(shown ?? [...fields.values()])
    .filter((field) => typeof field !== 'function')
    .map(printInner)
    .join(' ')}}`;

function printNumber(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** JSON as Go's encoder writes it: maps by key, structs by field. `escapeHtml` turns <, > and & into \u003c and so on. */
export function toJson(value: unknown, escapeHtml = false): string {
  const text = jsonOf(value);
  return escapeHtml ? escapeForHtml(text) : text;
}

export const escapeForHtml = (text: string): string =>
  text.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

function jsonOf(value: unknown): string {
  if (isNil(value)) return 'null';
  if (value instanceof NamedText) return JSON.stringify(value.text);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof JsonNumber) return value.digits;
  if (typeof value === 'number') return printNumber(value);
  if (isList(value)) {
    const text = listType(value)?.text;
    return text === undefined ? `[${value.map(jsonOf).join(',')}]` : JSON.stringify(text);
  }
  if (isStruct(value)) return value.json?.() ?? object([...value.fields].filter(([, field]) => typeof field !== 'function'));
  return isMap(value) ? object(sortedKeys(value).map((key) => [key, value[key]])) : JSON.stringify(value);
}

const object = (entries: readonly (readonly [string, unknown])[]): string =>
  `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${jsonOf(value)}`).join(',')}}`;

const VERB = /%([-+# 0]*)(\d+|\*)?(?:\.(\d+|\*))?([a-zA-Z%])/g;

/** Go's fmt.Sprintf, as far as templates use it. */
export function sprintf(format: string, args: readonly unknown[]): string {
  let used = 0;
  const take = () => args[used++];
  const text = format.replace(VERB, (_all, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%';
    const wide = width === '*' ? Number(take()) : Number(width ?? 0);
    const exact = precision === '*' ? Number(take()) : precision === undefined ? undefined : Number(precision);
    if (used >= args.length) return `%!${verb}(MISSING)`;
    return pad(formatVerb(verb, take(), { flags, precision: exact }), { flags, width: wide, verb });
  });
  if (used >= args.length) return text;
  return `${text}%!(EXTRA ${args
    .slice(used)
    .map((arg) => `${goType(arg)}=${printInner(arg)}`)
    .join(', ')})`;
}

function formatVerb(verb: string, given: unknown, options: { flags: string; precision: number | undefined }): string {
  const value = given instanceof NamedText || (isStruct(given) && given.text !== undefined && verb === 'q') ? given.text : given;
  const plus = options.flags.includes('+') && (typeof value === 'number' || typeof value === 'bigint') && value >= 0 ? '+' : '';
  const bad = () => `%!${verb}(${goType(given)}=${printInner(value)})`;
  const whole = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
  switch (verb) {
    case 's':
      return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
        ? bad()
        : cut(printInner(value), options.precision);
    case 'v':
      return options.flags.includes('#') && typeof value === 'string' ? JSON.stringify(value) : plus + cut(printInner(value), undefined);
    case 'd':
      return whole ? plus + printInner(value) : bad();
    case 'q':
      return typeof value === 'string'
        ? JSON.stringify(value)
        : isList(value)
          ? `[${value.map((item) => JSON.stringify(item)).join(' ')}]`
          : bad();
    case 't':
      return typeof value === 'boolean' ? String(value) : bad();
    case 'f':
      return typeof value === 'number' ? plus + value.toFixed(options.precision ?? 6) : bad();
    case 'x':
    case 'X':
      return caseOf(verb, whole ? BigInt(value as number).toString(16) : hex(printInner(value)));
    case 'o':
    case 'b':
      return whole ? BigInt(value as number).toString(verb === 'o' ? 8 : 2) : bad();
    case 'c':
      return typeof value === 'number' ? String.fromCodePoint(value) : bad();
    case 'T':
      return goType(given);
    default:
      return bad();
  }
}

const caseOf = (verb: string, text: string): string => (verb === 'X' ? text.toUpperCase() : text);
const hex = (text: string): string => [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const cut = (text: string, precision: number | undefined): string =>
  precision === undefined ? text : [...text].slice(0, precision).join('');

function pad(text: string, options: { flags: string; width: number; verb: string }): string {
  const missing = Math.max(0, options.width - [...text].length);
  if (options.flags.includes('-')) return text + ' '.repeat(missing);
  const zero = options.flags.includes('0') && options.verb !== 's' && options.verb !== 'v';
  return zero ? text.replace(/^([+-]?)/, `$1${'0'.repeat(missing)}`) : ' '.repeat(missing) + text;
}
