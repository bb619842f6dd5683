/** Which function a name belongs to: local, shared with inner functions, of an outer one, or global. */
import type { Expr, Params, Pattern, Stmt } from '../syntax/ast.ts';
import { SyntaxFault } from '../syntax/fault.ts';

export interface Scope {
  readonly kind: 'module' | 'function' | 'class' | 'comprehension';
  readonly parent: Scope | null;
  readonly name: string;
  readonly bound: Set<string>;
  readonly used: Set<string>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
  readonly params: readonly string[];
  /** Filled when all are known. */
  readonly cells: Set<string>;
  readonly free: Set<string>;
  isGenerator: boolean;
  isAsync: boolean;
}

export type Scopes = ReadonlyMap<object, Scope>;

const create = (kind: Scope['kind'], parent: Scope | null, name: string, params: readonly string[] = []): Scope => ({
  kind,
  parent,
  name,
  bound: new Set(params),
  used: new Set(),
  globals: new Set(),
  nonlocals: new Set(),
  params,
  cells: new Set(),
  free: new Set(),
  isGenerator: false,
  isAsync: false,
});

export const paramNames = ({ positionalOnly, positional, rest, keywordOnly, keywords }: Params): string[] =>
  [...positionalOnly, ...positional, ...keywordOnly, ...(rest ? [rest] : []), ...(keywords ? [keywords] : [])].map(({ name }) => name);

class Analyst {
  readonly scopes = new Map<object, Scope>();
  #scope: Scope;

  constructor(root: Scope) {
    this.#scope = root;
  }

  inside(node: object, scope: Scope, visit: () => void): void {
    const outer = this.#scope;
    this.scopes.set(node, scope);
    this.#scope = scope;
    visit();
    this.#scope = outer;
  }

  block(body: readonly Stmt[]): void {
    for (const statement of body) this.statement(statement);
  }

  #bind(name: string): void {
    this.#scope.bound.add(this.#mangled(name));
  }

  #use(name: string): void {
    this.#scope.used.add(this.#mangled(name));
  }

  #mangled(name: string): string {
    return mangle(name, classNameOf(this.#scope));
  }

  #params(params: Params): void {
    for (const one of [...params.positionalOnly, ...params.positional, ...params.keywordOnly]) {
      if (one.default) this.expression(one.default);
      if (one.annotation) this.expression(one.annotation);
    }
    for (const one of [params.rest, params.keywords]) if (one?.annotation) this.expression(one.annotation);
  }

  statement(node: Stmt): void {
    switch (node.kind) {
      case 'function': {
        this.#bind(node.name);
        node.decorators.forEach((one) => {
          this.expression(one);
        });
        this.#params(node.params);
        if (node.returns) this.expression(node.returns);
        const scope = create('function', this.#scope, node.name, paramNames(node.params));
        scope.isAsync = node.isAsync;
        this.inside(node, scope, () => this.block(node.body));
        return;
      }
      case 'class': {
        this.#bind(node.name);
        for (const one of [...node.decorators, ...node.bases, ...node.keywords.map(({ value }) => value)]) this.expression(one);
        this.inside(node, create('class', this.#scope, node.name), () => this.block(node.body));
        return;
      }
      case 'import':
        for (const { name, as } of node.names) this.#bind(as ?? name.split('.')[0] ?? name);
        return;
      case 'import-from':
        for (const { name, as } of node.names) if (name !== '*') this.#bind(as ?? name);
        return;
      case 'global':
      case 'nonlocal':
        this.#declare(node);
        return;
      default:
        this.#simple(node);
    }
  }

  #declare(node: Stmt & { kind: 'global' | 'nonlocal' }): void {
    const scope = this.#scope;
    for (const name of node.names) {
      if (scope.params.includes(name)) throw new SyntaxFault(`name '${name}' is parameter and ${node.kind}`, node);
      if (scope.kind === 'module' && node.kind === 'nonlocal')
        throw new SyntaxFault('nonlocal declaration not allowed at module level', node);
      if (scope.bound.has(name)) throw new SyntaxFault(`name '${name}' is assigned to before ${node.kind} declaration`, node);
      if (scope.used.has(name)) throw new SyntaxFault(`name '${name}' is used prior to ${node.kind} declaration`, node);
      (node.kind === 'global' ? scope.globals : scope.nonlocals).add(name);
      if (node.kind === 'nonlocal' && !isBoundOutside(scope.parent, name))
        throw new SyntaxFault(`no binding for nonlocal '${name}' found`, node);
    }
  }

  #simple(node: Stmt): void {
    switch (node.kind) {
      case 'assign':
        this.expression(node.value);
        node.targets.forEach((one) => {
          this.target(one);
        });
        return;
      case 'annotated':
        this.expression(node.annotation);
        if (node.value) this.expression(node.value);
        this.target(node.target);
        return;
      case 'augmented':
        this.expression(node.value);
        this.expression(node.target);
        this.target(node.target);
        return;
      case 'for':
        this.expression(node.iter);
        this.target(node.target);
        this.block(node.body);
        this.block(node.otherwise);
        return;
      case 'with':
        for (const { context, target } of node.items) {
          this.expression(context);
          if (target) this.target(target);
        }
        this.block(node.body);
        return;
      case 'try':
        this.block(node.body);
        for (const handler of node.handlers) {
          if (handler.type) this.expression(handler.type);
          if (handler.name !== null) this.#bind(handler.name);
          this.block(handler.body);
        }
        this.block(node.otherwise);
        this.block(node.last);
        return;
      case 'delete':
        for (const one of node.targets) this.target(one);
        return;
      case 'block':
        return this.block(node.body);
      case 'match':
        this.expression(node.subject);
        for (const { pattern, guard, body } of node.cases) {
          this.pattern(pattern);
          if (guard) this.expression(guard);
          this.block(body);
        }
        return;
      default:
        this.#plain(node);
    }
  }

  #plain(node: Stmt): void {
    switch (node.kind) {
      case 'if':
      case 'while':
        this.expression(node.test);
        this.block(node.body);
        this.block(node.otherwise);
        return;
      case 'raise':
        if (node.error) this.expression(node.error);
        if (node.cause) this.expression(node.cause);
        return;
      case 'assert':
        this.expression(node.test);
        if (node.message) this.expression(node.message);
        return;
      case 'return':
      case 'expression':
        if (node.value) this.expression(node.value);
        return;
      default:
    }
  }

  pattern(node: Pattern): void {
    switch (node.kind) {
      case 'value':
      case 'singleton':
        this.expression(node.value);
        return;
      case 'capture':
        if (node.name !== null) this.#bind(node.name);
        if (node.pattern) this.pattern(node.pattern);
        return;
      case 'star':
        if (node.name !== null) this.#bind(node.name);
        return;
      case 'mapping':
        for (const key of node.keys) this.expression(key);
        for (const one of node.patterns) this.pattern(one);
        if (node.rest !== null) this.#bind(node.rest);
        return;
      case 'class':
        this.expression(node.cls);
        for (const one of [...node.items, ...node.named]) this.pattern(one);
        return;
      default:
        for (const one of node.items) this.pattern(one);
    }
  }

  target(node: Expr): void {
    if (node.kind === 'name') this.#bind(node.name);
    else if (node.kind === 'tuple' || node.kind === 'list') for (const item of node.items) this.target(item);
    else if (node.kind === 'starred') this.target(node.value);
    else this.expression(node);
  }

  expression(node: Expr): void {
    switch (node.kind) {
      case 'name':
        this.#use(node.name);
        // `super()` without arguments needs the class around.
        if (node.name === 'super' && this.#scope.kind === 'function') this.#scope.used.add('__class__');
        return;
      case 'lambda': {
        this.#params(node.params);
        this.inside(node, create('function', this.#scope, '<lambda>', paramNames(node.params)), () => this.expression(node.body));
        return;
      }
      case 'comprehension':
        this.#comprehension(node);
        return;
      case 'walrus': {
        this.expression(node.value);
        let scope: Scope = this.#scope;
        while (scope.kind === 'comprehension' && scope.parent) {
          if (node.target.kind === 'name') scope.nonlocals.add(node.target.name);
          scope = scope.parent;
        }
        if (node.target.kind === 'name') {
          scope.bound.add(node.target.name);
          if (scope.kind === 'module')
            for (let inner: Scope | null = this.#scope; inner !== null && inner !== scope; inner = inner.parent) {
              inner.nonlocals.delete(node.target.name);
              inner.globals.add(node.target.name);
            }
          this.#use(node.target.name);
        }
        return;
      }
      case 'yield':
      case 'yield-from':
        this.#scope.isGenerator = true;
        if (node.value) this.expression(node.value);
        return;
      default:
        for (const child of childrenOf(node)) this.expression(child);
    }
  }

  #comprehension(node: Expr & { kind: 'comprehension' }): void {
    const [first, ...others] = node.clauses;
    if (first === undefined) return;
    this.expression(first.iter);
    const scope = create('comprehension', this.#scope, `<${node.of === 'generator' ? 'genexpr' : `${node.of}comp`}>`, ['.0']);
    scope.isGenerator = node.of === 'generator';
    scope.isAsync = node.clauses.some(({ isAsync }) => isAsync);
    this.inside(node, scope, () => {
      this.target(first.target);
      for (const one of first.conditions) this.expression(one);
      for (const { target, iter, conditions } of others) {
        this.expression(iter);
        this.target(target);
        for (const one of conditions) this.expression(one);
      }
      this.expression(node.element);
      if (node.value) this.expression(node.value);
    });
  }
}

/** The parts of an expression that make no scope of their own. */
export function childrenOf(node: Expr): readonly Expr[] {
  const some = (...all: readonly (Expr | null)[]): Expr[] => all.filter((one) => one !== null);
  switch (node.kind) {
    case 'tuple':
    case 'list':
    case 'set':
      return node.items;
    case 'dict':
      return node.entries.flatMap(({ key, value }) => some(key, value));
    case 'binary':
      return [node.left, node.right];
    case 'unary':
      return [node.operand];
    case 'logic':
      return node.operands;
    case 'compare':
      return [node.left, ...node.rights];
    case 'call':
      return [node.func, ...node.args, ...node.keywords.map(({ value }) => value)];
    case 'attribute':
    case 'starred':
    case 'await':
      return [node.value];
    case 'subscript':
      return [node.value, node.index];
    case 'slice':
      return some(node.lower, node.upper, node.step);
    case 'conditional':
      return [node.test, node.then, node.otherwise];
    case 'format':
      return node.parts.flatMap((part) => (typeof part === 'string' ? [] : some(part.value, part.spec)));
    default:
      return [];
  }
}

function isBoundOutside(scope: Scope | null, name: string): boolean {
  for (let outer = scope; outer !== null; outer = outer.parent)
    if (outer.kind === 'function' && outer.bound.has(name) && !outer.globals.has(name)) return true;
  return false;
}

const isFunction = (scope: Scope): boolean => scope.kind === 'function' || scope.kind === 'comprehension';

/** Whether a scope's own variable has this name. */
const owns = (scope: Scope, name: string): boolean => scope.bound.has(name) && !scope.globals.has(name) && !scope.nonlocals.has(name);

/** Finds who has what a scope uses, and tells all in between. */
function resolve(scope: Scope): void {
  for (const name of [...scope.used, ...scope.nonlocals]) {
    if (owns(scope, name) || scope.globals.has(name)) continue;
    const between: Scope[] = [scope];
    for (let outer = scope.parent; outer !== null; outer = outer.parent) {
      const isClassCell = name === '__class__' && outer.kind === 'class';
      if (isClassCell || (isFunction(outer) && owns(outer, name))) {
        outer.cells.add(name);
        for (const one of between) one.free.add(name);
        break;
      }
      if (isFunction(outer) && outer.globals.has(name)) break;
      between.push(outer);
    }
  }
}

/** The class around, whose name private names carry. */
export function classNameOf(scope: Scope | null): string | null {
  for (let one = scope; one !== null; one = one.parent) if (one.kind === 'class') return one.name;
  return null;
}

/** `__x` in a class is `_Class__x`. */
export function mangle(name: string, className: string | null): string {
  if (className === null || !name.startsWith('__') || name.endsWith('__') || name.includes('.')) return name;
  const bare = className.replace(/^_+/, '');
  return bare === '' ? name : `_${bare}${name}`;
}

/** The scopes of a module, by the nodes that make them; the module's own by `root`. */
export function analyse(root: object, body: readonly Stmt[] | Expr): Scopes {
  const module = create('module', null, '<module>');
  const analyst = new Analyst(module);
  analyst.inside(root, module, () => {
    if (Array.isArray(body)) analyst.block(body as readonly Stmt[]);
    else analyst.expression(body as Expr);
  });
  for (const scope of analyst.scopes.values()) resolve(scope);
  return analyst.scopes;
}
