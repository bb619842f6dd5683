export interface Variable {
  readonly value: string | undefined;
  readonly isExported: boolean;
  readonly isReadonly: boolean;
  readonly own?: OwnVariable;
}

/** What makes a variable of bash's more than a text: `value` is then its element 0. */
export interface OwnVariable {
  readonly kind?: 'indexed' | 'associative';
  readonly elements?: Map<number | string, string>;
  readonly isInteger?: boolean;
  readonly letters?: 'upper' | 'lower';
  /** `declare -n`: the name that is meant. */
  readonly target?: string;
}

const NONE: Variable = { value: undefined, isExported: false, isReadonly: false };

/** The shell's variables, with the scopes of its functions. */
export class Variables {
  readonly #values: Map<string, Variable>;
  /** For each running function, what its local names were outside. */
  readonly #scopes: Map<string, Variable | undefined>[] = [];

  constructor(values: ReadonlyMap<string, Variable> = new Map()) {
    this.#values = new Map(values);
  }

  get(name: string): string | undefined {
    const variable = this.#values.get(name);
    return variable?.own?.target === undefined ? variable?.value : this.get(this.resolve(name));
  }

  /** The name that a reference means at last; any other name means itself. */
  resolve(name: string): string {
    let found = name;
    for (let i = 0; i < 10; i += 1) {
      const target = this.#values.get(found)?.own?.target;
      if (target === undefined) return found;
      found = target;
    }
    return '';
  }

  entry(name: string): Variable | undefined {
    return this.#values.get(name);
  }

  /** Sets a value and keeps the rest. The caller has asked for `isReadonly`. */
  set(name: string, value: string, change: { readonly isExported?: boolean } = {}): void {
    const old = this.#values.get(name) ?? NONE;
    this.#values.set(name, { ...old, value, isExported: change.isExported ?? old.isExported });
  }

  mark(name: string, change: Partial<Variable>): void {
    this.#values.set(name, { ...(this.#values.get(name) ?? NONE), ...change });
  }

  unset(name: string): void {
    this.#values.delete(name);
  }

  restore(name: string, variable: Variable | undefined): void {
    if (variable === undefined) this.#values.delete(name);
    else this.#values.set(name, variable);
  }

  enter(): void {
    this.#scopes.push(new Map());
  }

  leave(): void {
    for (const [name, variable] of this.#scopes.pop() ?? []) this.restore(name, variable);
  }

  get isInFunction(): boolean {
    return this.#scopes.length > 0;
  }

  /** From here on to the function's end, `name` is its own; it keeps the value that it had. False if it was so already. */
  makeLocal(name: string): boolean {
    const scope = this.#scopes.at(-1);
    if (scope === undefined || scope.has(name)) return false;
    scope.set(name, this.#values.get(name));
    return true;
  }

  names(): string[] {
    return [...this.#values.keys()].sort();
  }

  copy(): Variables {
    const copy = new Variables(this.#values);
    for (const [name, variable] of this.#values) {
      const { own } = variable;
      if (own?.elements !== undefined) copy.#values.set(name, { ...variable, own: { ...own, elements: new Map(own.elements) } });
    }
    for (const scope of this.#scopes) copy.#scopes.push(new Map(scope));
    return copy;
  }

  /** What a program that is executed gets. */
  environment(): Map<string, string> {
    const environment = new Map<string, string>();
    for (const [name, variable] of this.#values)
      if (variable.isExported && variable.value !== undefined) environment.set(name, variable.value);
    return environment;
  }
}
