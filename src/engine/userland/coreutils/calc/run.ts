/** bc's machine: variables, bases, and what statements do. What it prints it hands over, and it gives the processor away in loops. */
import {
  add,
  CalcError,
  compare,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  isZero,
  lengthOf,
  multiply,
  negate,
  parseDecimal,
  power,
  remainder,
  squareRoot,
  subtract,
  ZERO,
} from './decimal.ts';
import type { Expression, Routine, Statement } from './parse.ts';
import { arctangent, cosine, exponential, logarithm, sine } from './series.ts';

export interface World {
  print(text: string): Promise<void>;
  /** Passed at every turn of a loop. */
  turn(): void | Promise<void>;
  /** With the library of `-l`. */
  readonly hasLibrary: boolean;
}

type Flow = 'on' | 'break' | 'continue' | 'return' | 'quit';
type Place = Extract<Expression, { kind: 'name' }>;

const LINE_LENGTH = 68;
const MAX_SCALE = 10_000;
const LIBRARY: Readonly<Record<string, (x: Decimal, scale: number) => Decimal>> = {
  s: sine,
  c: cosine,
  a: arctangent,
  l: logarithm,
  e: exponential,
};
const LIBRARY_SCALE = 20;

export class Calculator {
  readonly #world: World;
  #variables = new Map<string, Decimal>();
  readonly #routines = new Map<string, Routine>();
  #scale: number;
  #inputBase = 10;
  #outputBase = 10;
  #last: Decimal = ZERO;
  #result: Decimal = ZERO;

  constructor(world: World) {
    this.#world = world;
    this.#scale = world.hasLibrary ? LIBRARY_SCALE : 0;
  }

  /** False once it was told to quit. Throws CalcError. */
  async run(statements: readonly Statement[]): Promise<boolean> {
    for (const statement of statements) if ((await this.#do(statement)) === 'quit') return false;
    return true;
  }

  async #do(statement: Statement): Promise<Flow> {
    switch (statement.kind) {
      case 'expression': {
        const value = await this.#value(statement.value);
        if (statement.isShown) await this.#show(value);
        return 'on';
      }
      case 'string':
        await this.#world.print(statement.text);
        return 'on';
      case 'print':
        for (const item of statement.items)
          await this.#world.print(
            typeof item === 'string' ? unescaped(item) : folded(formatDecimal(await this.#value(item), this.#outputBase)),
          );
        return 'on';
      case 'block':
        return this.#block(statement.body);
      case 'if':
        if (!isZero(await this.#value(statement.test))) return this.#do(statement.then);
        return statement.otherwise === undefined ? 'on' : this.#do(statement.otherwise);
      case 'loop':
        return this.#loop(statement);
      case 'define':
        this.#routines.set(statement.name, statement.routine);
        return 'on';
      case 'return':
        this.#result = statement.value === undefined ? ZERO : await this.#value(statement.value);
        return 'return';
      default:
        return statement.kind;
    }
  }

  async #block(body: readonly Statement[]): Promise<Flow> {
    for (const statement of body) {
      const flow = await this.#do(statement);
      if (flow !== 'on') return flow;
    }
    return 'on';
  }

  async #loop({ before, test, after, body }: Extract<Statement, { kind: 'loop' }>): Promise<Flow> {
    if (before) await this.#value(before);
    while (test === undefined || !isZero(await this.#value(test))) {
      await this.#world.turn();
      const flow = await this.#do(body);
      if (flow === 'break') break;
      if (flow === 'return' || flow === 'quit') return flow;
      if (after) await this.#value(after);
    }
    return 'on';
  }

  async #show(value: Decimal): Promise<void> {
    this.#last = value;
    await this.#world.print(`${folded(formatDecimal(value, this.#outputBase))}\n`);
  }

  async #value(expression: Expression): Promise<Decimal> {
    switch (expression.kind) {
      case 'number':
        return parseDecimal(expression.text, this.#inputBase);
      case 'name':
        return this.#get(expression);
      case 'call':
        return this.#call(expression);
      case 'unary': {
        const value = await this.#value(expression.of);
        return expression.operator === '-' ? negate(value) : decimal(isZero(value));
      }
      case 'binary':
        return this.#binary(expression);
      case 'assign': {
        const value = await this.#value(expression.value);
        const operator = expression.operator.slice(0, -1);
        return this.#set(expression.to as Place, operator === '' ? value : this.#apply(operator, await this.#value(expression.to), value));
      }
      case 'step': {
        const old = await this.#value(expression.to);
        const next = await this.#set(expression.to as Place, add(old, decimal(expression.by)));
        return expression.isBefore ? next : old;
      }
    }
  }

  async #binary({ operator, left: first, right: second }: Extract<Expression, { kind: 'binary' }>): Promise<Decimal> {
    const left = await this.#value(first);
    const right = await this.#value(second);
    return this.#apply(operator, left, right);
  }

  #apply(operator: string, left: Decimal, right: Decimal): Decimal {
    const order = compare(left, right);
    switch (operator) {
      case '+':
        return add(left, right);
      case '-':
        return subtract(left, right);
      case '*':
        return multiply(left, right, this.#scale);
      case '/':
        return divide(left, right, this.#scale);
      case '%':
        return remainder(left, right, this.#scale);
      case '^':
        return power(left, right, this.#scale);
      case '&&':
        return decimal(!isZero(left) && !isZero(right));
      case '||':
        return decimal(!isZero(left) || !isZero(right));
      default:
        return decimal(
          { '==': order === 0, '!=': order !== 0, '<': order < 0, '>': order > 0, '<=': order <= 0, '>=': order >= 0 }[operator] ?? false,
        );
    }
  }

  async #key({ name, index }: Place): Promise<string> {
    if (index === undefined) return name;
    const { units, scale } = await this.#value(index);
    return `${name}[${units / 10n ** BigInt(scale)}]`;
  }

  async #get(place: Place): Promise<Decimal> {
    if (place.index === undefined)
      switch (place.name) {
        case 'scale':
          return decimal(this.#scale);
        case 'ibase':
          return decimal(this.#inputBase);
        case 'obase':
          return decimal(this.#outputBase);
        case 'last':
          return this.#last;
      }
    return this.#variables.get(await this.#key(place)) ?? ZERO;
  }

  async #set(place: Place, value: Decimal): Promise<Decimal> {
    const within = (low: number, high: number): number => {
      const number = Number(value.units / 10n ** BigInt(value.scale));
      return Math.max(low, Math.min(number, high));
    };
    if (place.index === undefined && place.name === 'scale') this.#scale = within(0, MAX_SCALE);
    else if (place.index === undefined && place.name === 'ibase') this.#inputBase = within(2, 16);
    else if (place.index === undefined && place.name === 'obase') this.#outputBase = within(2, 999);
    else this.#variables.set(await this.#key(place), value);
    return value;
  }

  async #call({ name, args }: Extract<Expression, { kind: 'call' }>): Promise<Decimal> {
    const values: Decimal[] = [];
    for (const arg of args) values.push(await this.#value(arg));
    const [first = ZERO] = values;
    if (name === 'sqrt') return squareRoot(first, this.#scale);
    if (name === 'length') return decimal(lengthOf(first));
    if (name === 'scale') return decimal(first.scale);
    const routine = this.#routines.get(name);
    const known = this.#world.hasLibrary ? LIBRARY[name] : undefined;
    if (routine === undefined && known !== undefined) return known(first, this.#scale);
    if (routine === undefined) throw new CalcError('undefined function');
    if (routine.parameters.length !== values.length)
      throw new CalcError(`function requires ${routine.parameters.length} parameters, not ${values.length}`);
    return this.#enter(routine, values);
  }

  async #enter({ parameters, locals, body }: Routine, values: readonly Decimal[]): Promise<Decimal> {
    await this.#world.turn();
    const names = [...parameters, ...locals];
    const outer = names.map((name) => [name, this.#variables.get(name)] as const);
    for (const [at, name] of names.entries()) this.#variables.set(name, values[at] ?? ZERO);
    this.#result = ZERO;
    await this.#block(body);
    for (const [name, value] of outer) {
      if (value === undefined) this.#variables.delete(name);
      else this.#variables.set(name, value);
    }
    return this.#result;
  }
}

/** Long numbers go on in the next line, after a backslash. */
const folded = (text: string): string => text.replace(new RegExp(`.{${LINE_LENGTH}}(?=.)`, 'g'), '$&\\\n');

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', q: '"', e: '\\', '\\': '\\' };
const unescaped = (text: string): string => text.replace(/\\(.)/g, (all, sign: string) => ESCAPES[sign] ?? all);
