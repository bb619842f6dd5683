/** Which name is which variable: worked out before a script runs, so that at run time a variable is a number. */
import type { AnyNode, Function as FunctionNode, Pattern, Program, Statement } from 'acorn';

export interface Binding {
  readonly name: string;
  readonly kind: 'var' | 'let' | 'const' | 'class' | 'function' | 'param' | 'import' | 'self';
  readonly slot: number;
}

/** A function's or block's names. Blocks in which no function is made keep their variables with the block around. */
export class StaticScope {
  readonly parent: StaticScope | null;
  readonly names = new Map<string, Binding>();
  /** Who has the slots. */
  readonly host: StaticScope;
  readonly isFunction: boolean;
  /** How each slot begins: whether it is an error to look. */
  readonly slots: boolean[] = [];

  constructor(parent: StaticScope | null, options: { isFunction?: boolean; isOwn?: boolean } = {}) {
    this.parent = parent;
    this.isFunction = options.isFunction ?? false;
    this.host = this.isFunction || options.isOwn || parent === null ? this : parent.host;
  }

  declare(name: string, kind: Binding['kind']): Binding {
    const known = this.names.get(name);
    if (known !== undefined && (kind === 'var' || kind === 'function' || kind === 'param')) return known;
    this.host.slots.push(kind === 'let' || kind === 'const' || kind === 'class');
    const binding = { name, kind, slot: this.host.slots.length - 1 };
    this.names.set(name, binding);
    return binding;
  }
}

export interface Found {
  readonly binding: Binding;
  readonly hops: number;
}

export function resolve(scope: StaticScope, name: string): Found | null {
  let hops = 0;
  for (let at: StaticScope | null = scope; at !== null; at = at.parent) {
    const binding = at.names.get(name);
    if (binding !== undefined) return { binding, hops };
    if (at.host === at) hops += 1;
  }
  return null;
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'ClassDeclaration', 'ClassExpression']);

/** The parts of a node. */
export function* partsOf(node: AnyNode): Generator<AnyNode> {
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) {
      for (const one of value) if (isNode(one)) yield one;
    } else if (isNode(value)) yield value;
  }
}
const isNode = (value: unknown): value is AnyNode => typeof value === 'object' && value !== null && 'type' in value && 'start' in value;

/** Marks each node in which a function is made. */
export function markClosures(program: Program): WeakSet<object> {
  const marked = new WeakSet<object>();
  const visit = (node: AnyNode): boolean => {
    let found = FUNCTIONS.has(node.type);
    for (const part of partsOf(node)) if (visit(part)) found = true;
    if (found) marked.add(node);
    return found;
  };
  visit(program);
  return marked;
}

/** The names that a pattern binds. */
export function namesOf(pattern: Pattern | null): string[] {
  if (pattern === null) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => namesOf(one.type === 'RestElement' ? one.argument : one.value));
    case 'ArrayPattern':
      return pattern.elements.flatMap((one) => namesOf(one));
    case 'RestElement':
      return namesOf(pattern.argument);
    case 'AssignmentPattern':
      return namesOf(pattern.left);
    default:
      return [];
  }
}

/** The names that `var` declares anywhere in a function, but not in functions in it. */
export function varNames(body: readonly AnyNode[]): string[] {
  const names: string[] = [];
  const visit = (node: AnyNode): void => {
    if (FUNCTIONS.has(node.type)) return;
    if (node.type === 'VariableDeclaration' && node.kind === 'var') for (const { id } of node.declarations) names.push(...namesOf(id));
    if (/Statement$|^Program|^SwitchCase|^CatchClause|^VariableDeclaration|^Export/.test(node.type))
      for (const part of partsOf(node)) visit(part);
  };
  for (const node of body) visit(node);
  return names;
}

export interface Lexical {
  readonly name: string;
  readonly kind: 'let' | 'const' | 'class' | 'function';
}

type Listed = Statement | Program['body'][number];

/** The statement of an exported declaration. */
export const unexported = (node: Listed): AnyNode =>
  (node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration') && node.declaration ? node.declaration : node;

/** What a list of statements declares for itself. */
export function lexicalNames(body: readonly Listed[]): Lexical[] {
  return body.flatMap((listed): Lexical[] => {
    const node = unexported(listed);
    if (node.type === 'VariableDeclaration' && node.kind !== 'var') {
      const kind = node.kind === 'let' ? 'let' : 'const';
      return node.declarations.flatMap(({ id }) => namesOf(id).map((name) => ({ name, kind })));
    }
    if (node.type === 'ClassDeclaration' && node.id) return [{ name: node.id.name, kind: 'class' }];
    if (node.type === 'FunctionDeclaration' && node.id) return [{ name: node.id.name, kind: 'function' }];
    return [];
  });
}

export const isStrict = (body: readonly AnyNode[]): boolean => {
  for (const node of body) {
    if (node.type !== 'ExpressionStatement' || !('directive' in node) || typeof node.directive !== 'string') return false;
    if (node.directive === 'use strict') return true;
  }
  return false;
};

export const hasSimpleParams = (node: FunctionNode): boolean => node.params.every(({ type }) => type === 'Identifier');
