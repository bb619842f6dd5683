/** What an expression is to the compiler: its mode, its type, and the code that finds its value. */
import type { Code, FuncCode } from '../runtime/frame.ts';
import { constant as constantCode } from '../runtime/frame.ts';
import type { Expr } from '../syntax/ast.ts';
import { basicOf, defaultType, INVALID, isInterface, isUntyped, type Type, UNTYPED_NIL, under } from '../types/types.ts';
import { type Context, textOf } from './context.ts';
import type { Constant, Meaning } from './scope.ts';

export interface Operand {
  readonly mode: 'invalid' | 'none' | 'builtin' | 'type' | 'constant' | 'variable' | 'element' | 'value' | 'nil' | 'package' | 'generic';
  readonly type: Type;
  readonly expr: Expr;
  readonly code: Code;
  /** Of a constant. */
  readonly constant?: Constant;
  /** Of a variable: where it is. */
  readonly pointer?: Code;
  /** Of a map's element: how it is set. */
  readonly store?: (value: Code) => Code;
  /** The value, and whether it is there: of a map's element, an assertion, something received. */
  readonly pair?: Code;
  /** A function that is known already, and what goes before its arguments. */
  readonly target?: { readonly code: FuncCode; readonly receiver: Code | null };
  /** Of a constant that is shifted by what is none: its code, once its type is known. */
  readonly retype?: (type: Type) => Code | null;
  readonly meaning?: Meaning;
  /** Of a generic function: the type arguments that are written. */
  readonly explicit?: readonly Type[];
}

const NOTHING = constantCode(null);
export const invalid = (expr: Expr): Operand => ({ mode: 'invalid', type: INVALID, expr, code: NOTHING });
export const typeOperand = (expr: Expr, type: Type): Operand => ({ mode: 'type', type, expr, code: NOTHING });
export const nil = (expr: Expr): Operand => ({ mode: 'nil', type: UNTYPED_NIL, expr, code: NOTHING });
export const value = (expr: Expr, type: Type, code: Code): Operand => ({ mode: 'value', type, expr, code });

/** An expression as messages repeat it. */
export function exprText(expr: Expr): string {
  switch (expr.kind) {
    case 'name':
      return expr.name;
    case 'literal':
      return expr.text;
    case 'paren':
      return `(${exprText(expr.x)})`;
    case 'selector':
      return `${exprText(expr.x)}.${expr.name}`;
    case 'index':
      return `${exprText(expr.x)}[${expr.args.map(exprText).join(', ')}]`;
    case 'slice':
      return `${exprText(expr.x)}[${expr.low ? exprText(expr.low) : ''}:${expr.high ? exprText(expr.high) : ''}]`;
    case 'assert':
      return `${exprText(expr.x)}.(${expr.type ? exprText(expr.type) : 'type'})`;
    case 'call':
      return `${exprText(expr.fn)}(${expr.args.map(exprText).join(', ')}${expr.spread ? '...' : ''})`;
    case 'star':
      return `*${exprText(expr.x)}`;
    case 'unary':
      return `${expr.op}${exprText(expr.x)}`;
    case 'binary':
      return `${exprText(expr.x)} ${expr.op} ${exprText(expr.y)}`;
    case 'composite':
      return `${expr.type ? exprText(expr.type) : ''}{${expr.items.length > 0 ? '…' : ''}}`;
    case 'function':
      return `func${exprText(expr.type).slice(4)} {…}`;
    default:
      return typeExprText(expr);
  }
}

function typeExprText(expr: Expr): string {
  switch (expr.kind) {
    case 'array-type':
      return `[${expr.length === null ? '' : expr.length === '...' ? '...' : exprText(expr.length)}]${exprText(expr.element)}`;
    case 'map-type':
      return `map[${exprText(expr.key)}]${exprText(expr.value)}`;
    case 'chan-type':
      return `chan ${exprText(expr.element)}`;
    case 'func-type': {
      const list = (params: typeof expr.params): string =>
        params.map(({ name, type }) => `${name ? `${name} ` : ''}${exprText(type)}`).join(', ');
      const results = list(expr.results);
      return `func(${list(expr.params)})${results === '' ? '' : expr.results.length > 1 ? ` (${results})` : ` ${results}`}`;
    }
    case 'struct-type':
      return 'struct{…}';
    default:
      return 'interface{…}';
  }
}

/** An operand as messages describe it: `x (variable of type int)`. */
export function describe(context: Context, { expr, mode, type, constant }: Operand): string {
  const text = exprText(expr);
  if (mode === 'nil') return 'nil';
  if (mode === 'none') return `${text} (no value)`;
  if (mode === 'builtin') return `${text} (built-in)`;
  if (mode === 'type') return `${text} (type)`;
  const kind = { constant: 'constant', variable: 'variable', element: 'map index expression' }[mode as string] ?? 'value';
  if (isUntyped(type)) {
    const shown = constant !== undefined && constantText(constant) !== text ? ` ${constantText(constant)}` : '';
    return `${text} (${textOf(context, type)} ${kind}${shown})`;
  }
  const shown = mode === 'constant' && constant !== undefined && constantText(constant) !== text ? ` ${constantText(constant)}` : '';
  return `${text} (${kind}${shown} of ${sortText(type)}type ${textOf(context, type)})`;
}

/** The sort of a named type, where its name does not tell. */
function sortText(type: Type): string {
  if (type.kind !== 'named' || basicOf(type) !== null || type.package === '')
    return type.kind === 'named' && isInterface(type) ? 'interface ' : '';
  const { kind } = under(type);
  return kind === 'basic' ? '' : `${kind} `;
}

export function constantText(constant: Constant): string {
  return typeof constant === 'string' ? JSON.stringify(constant) : String(constant);
}

/** An operand whose type is no longer open. */
export const typed = (operand: Operand): Type => defaultType(operand.type);
