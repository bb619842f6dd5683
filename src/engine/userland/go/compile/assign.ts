/** Whether a value may go into a variable of a type, and how it gets there: copied, boxed in an interface, or as a constant. */
import { type Code, constant as constantCode, lift1 } from '../runtime/frame.ts';
import { Boxed, copierOf } from '../runtime/values.ts';
import { memberOf, missing } from '../types/members.ts';
import { signatureText } from '../types/text.ts';
import { basicOf, defaultType, hasNil, identical, isInterface, isSort, isUntyped, isValid, type Type, under } from '../types/types.ts';
import { representable, runtimeValue } from './constants.ts';
import { type Context, complain, textOf } from './context.ts';
import { describe, type Operand } from './operand.ts';

/** The code of a value that is passed on: structures and arrays that are in variables are copied. */
export function passed({ mode, type, code }: Operand): Code {
  const copy = mode === 'variable' || mode === 'element' || mode === 'value' ? copierOf(type) : null;
  return copy === null ? code : lift1(code, copy);
}

/** Puts a value of a type that is known into an interface. */
export const boxed = (type: Type, code: Code): Code => lift1(code, (value) => new Boxed(type, value));

/** An operand as a value of `type`; complains if that cannot be, and says where: `in assignment`. */
export function assign(context: Context, operand: Operand, type: Type, where: string): Code {
  if (operand.mode === 'invalid' || !isValid(type) || (!isValid(operand.type) && operand.mode !== 'nil')) return operand.code;
  if (!isOneValue(context, operand)) return operand.code;
  const code = tryAssign(operand, type);
  if (code !== null) return code;
  complain(
    context,
    operand.expr.at,
    `cannot use ${describe(context, operand)} as ${textOf(context, type)} value in ${where}${reason(context, operand, type)}`,
  );
  return operand.code;
}

/** Complains about what is no value: a type, a call without a result, one with several. */
export function isOneValue(context: Context, operand: Operand): boolean {
  const { mode, expr, type } = operand;
  if (mode === 'invalid') return false;
  if (mode === 'none') complain(context, expr.at, `${describe(context, operand)} used as value`);
  else if (mode === 'type') complain(context, expr.at, `${describe(context, operand)} is not an expression`);
  else if (mode === 'builtin') complain(context, expr.at, `${describe(context, operand)} must be called`);
  else if (mode === 'package') complain(context, expr.at, `use of package ${expr.kind === 'name' ? expr.name : ''} without selector`);
  else if (mode === 'generic')
    complain(context, expr.at, `cannot use generic function ${expr.kind === 'name' ? expr.name : ''} without instantiation`);
  else if (type.kind === 'tuple') complain(context, expr.at, `multiple-value ${describe(context, operand)} in single-value context`);
  else return true;
  return false;
}

/** Null if the operand may not be assigned to the type. */
export function tryAssign(operand: Operand, type: Type): Code | null {
  const { mode, constant } = operand;
  if (mode === 'nil') return hasNil(type) ? constantCode(null) : null;
  if (isUntyped(operand.type)) {
    if (isInterface(type)) {
      const own = defaultType(operand.type);
      const inner = tryAssign(operand, own);
      return missing(own, asInterface(type)) === null && inner !== null ? boxed(own, inner) : null;
    }
    if (constant !== undefined) {
      const fitted = representable(constant, type);
      return 'value' in fitted ? constantCode(runtimeValue(fitted.value, type)) : null;
    }
    if (operand.retype) return operand.retype(type);
    return isSort(type, 'bool') && isSort(operand.type, 'bool') ? operand.code : null;
  }
  const code = constant === undefined ? passed(operand) : constantCode(runtimeValue(constant, operand.type));
  if (identical(operand.type, type)) return code;
  if (isInterface(type)) {
    if (missing(operand.type, asInterface(type)) !== null) return null;
    return isInterface(operand.type) ? code : boxed(operand.type, code);
  }
  return isAssignableShape(operand.type, type) ? code : null;
}

const asInterface = (type: Type): Extract<ReturnType<typeof under>, { kind: 'interface' }> => {
  const below = under(type);
  if (below.kind !== 'interface') throw new Error('no interface');
  return below;
};

/** Types that differ by a name on one side only, and channels whose direction is narrowed. */
function isAssignableShape(from: Type, to: Type): boolean {
  const [below, wanted] = [under(from), under(to)];
  if (basicOf(from) !== null || basicOf(to) !== null) return false;
  const isOpen = from.kind !== 'named' || to.kind !== 'named';
  if (isOpen && identical(below, wanted)) return true;
  return (
    isOpen && below.kind === 'chan' && wanted.kind === 'chan' && below.direction === 'both' && identical(below.element, wanted.element)
  );
}

function reason(context: Context, operand: Operand, type: Type): string {
  if (operand.constant !== undefined && isUntyped(operand.type) && basicOf(type) !== null) {
    const fitted = representable(operand.constant, type);
    return 'problem' in fitted && fitted.problem !== 'kind' ? ` (${fitted.problem})` : '';
  }
  if (operand.mode === 'nil') return '';
  return isInterface(type)
    ? notImplemented(context, operand.type, type)
    : isInterface(operand.type) && missing(type, asInterface(operand.type)) === null
      ? ': need type assertion'
      : '';
}

/** `: T does not implement I (missing method M)`. */
export function notImplemented(context: Context, type: Type, wanted: Type): string {
  const lack = missing(type, asInterface(wanted));
  if (lack === null) return '';
  const head = `: ${textOf(context, type)} does not implement ${textOf(context, wanted)}`;
  if (lack.why === 'pointer') return `${head} (method ${lack.name} has pointer receiver)`;
  if (lack.why === 'missing') return `${head} (missing method ${lack.name})`;
  const member = memberOf(type, lack.name);
  const own = member?.kind === 'method' ? member.method.type : member?.kind === 'interface-method' ? member.type : null;
  const want = asInterface(wanted).methods.find(({ name }) => name === lack.name)?.type;
  const line = (signature: typeof want | null): string =>
    signature ? signatureText(signature, (path, name) => (path === context.package.path ? '' : name)) : '';
  return `${head} (wrong type for method ${lack.name})\n\t\thave ${lack.name}${line(own)}\n\t\twant ${lack.name}${line(want)}`;
}
