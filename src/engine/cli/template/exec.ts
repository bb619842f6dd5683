import { TemplateError } from './errors.ts';
import { type Functions, TEXT_PARAMETERS } from './functions.ts';
import type { Command, Node, Operand, Parsed, Pipe } from './nodes.ts';
import { print } from './print.ts';
import { goKeys, goType, isList, isMap, isStruct, type Method, NilPointer, truth } from './value.ts';

export interface ExecOptions {
  readonly functions: Functions;
  /** What a key that a map does not have is: `<no value>`, or an error. */
  readonly missingKey?: 'default' | 'error';
}

interface Variable {
  readonly name: string;
  value: unknown;
}
interface State {
  readonly parsed: Parsed;
  readonly options: ExecOptions;
  /** The template that runs, for errors. */
  readonly name: string;
  readonly variables: Variable[];
  readonly out: string[];
  readonly depth: number;
}

const MAX_DEPTH = 1000;

/** Runs a template on data. */
export function execTemplate(parsed: Parsed, data: unknown, options: ExecOptions): string {
  const state: State = { parsed, options, name: parsed.name, variables: [{ name: '$', value: data }], out: [], depth: 0 };
  try {
    walk(state, parsed.templates.get(parsed.name) ?? [], data);
  } catch (error) {
    if (error instanceof TemplateError) error.written = state.out.join('');
    throw error;
  }
  return state.out.join('');
}

type Flow = 'next' | 'break' | 'continue';

function walk(state: State, nodes: readonly Node[], dot: unknown): Flow {
  for (const node of nodes) {
    const flow = walkNode(state, node, dot);
    if (flow !== 'next') return flow;
  }
  return 'next';
}

function walkNode(state: State, node: Node, dot: unknown): Flow {
  switch (node.kind) {
    case 'text':
      state.out.push(node.text);
      return 'next';
    case 'action': {
      const value = evalPipe(state, node.pipe, dot);
      // What is null in a raw document is no nil pointer: nothing is there.
      const isNothing = value === null && state.options.missingKey === 'error';
      if (node.pipe.declares.length === 0) state.out.push(print(isNothing ? undefined : value));
      return 'next';
    }
    case 'if':
    case 'with':
      return walkIf(state, node, dot);
    case 'range':
      walkRange(state, node, dot);
      return 'next';
    case 'template':
      walkTemplate(state, node, dot);
      return 'next';
    case 'break':
    case 'continue':
      return node.kind;
  }
}

type Control = Extract<Node, { kind: 'if' | 'with' | 'range' }>;

function walkIf(state: State, node: Control, dot: unknown): Flow {
  const mark = state.variables.length;
  const value = evalPipe(state, node.pipe, dot);
  const flow = truth(value) ? walk(state, node.body, node.kind === 'with' ? value : dot) : walk(state, node.otherwise, dot);
  state.variables.length = mark;
  return flow;
}

function walkRange(state: State, node: Control, dot: unknown): void {
  const mark = state.variables.length;
  const value = evalPipe(state, node.pipe, dot, { keep: false });
  const entries = entriesOf(state, node.pipe, value);
  for (const [key, item] of entries) {
    state.variables.length = mark;
    bindRange(state, node.pipe, [key, item]);
    if (walk(state, node.body, item) === 'break') break;
  }
  state.variables.length = mark;
  if (entries.length === 0) walk(state, node.otherwise, dot);
}

function bindRange(state: State, pipe: Pipe, [key, item]: readonly [unknown, unknown]): void {
  const values = pipe.declares.length === 2 ? [key, item] : [item];
  pipe.declares.forEach((name, i) => {
    if (pipe.assigns) assign(state, name, values[i]);
    else state.variables.push({ name, value: values[i] });
  });
}

function entriesOf(state: State, pipe: Pipe, value: unknown): readonly (readonly [unknown, unknown])[] {
  if (isList(value)) return value.map((item, i) => [i, item]);
  if (isMap(value)) return goKeys(value).map((key) => [key, value[key]]);
  if (value === null || value === undefined || value instanceof NilPointer) return [];
  if (typeof value === 'number') return Array.from({ length: Math.max(0, Math.min(value, 1e6)) }, (_, i) => [i, i]);
  throw fail(state, pipe, `range can't iterate over ${print(value)}`);
}

function walkTemplate(state: State, node: Extract<Node, { kind: 'template' }>, dot: unknown): void {
  const nodes = state.parsed.templates.get(node.name);
  if (nodes === undefined) throw fail(state, node, `template ${JSON.stringify(node.name)} not defined`);
  if (state.depth >= MAX_DEPTH) throw fail(state, node, `exceeded maximum template depth (${MAX_DEPTH})`);
  const data = node.pipe === null ? undefined : evalPipe(state, node.pipe, dot);
  walk({ ...state, name: node.name, variables: [{ name: '$', value: data }], depth: state.depth + 1 }, nodes, data);
}

function evalPipe(state: State, pipe: Pipe, dot: unknown, options: { keep?: boolean } = {}): unknown {
  let value: unknown;
  pipe.commands.forEach((command, i) => {
    value = evalCommand(state, command, { dot, piped: i > 0 ? [value] : [] });
  });
  if (options.keep === false) return value;
  for (const name of pipe.declares) {
    if (pipe.assigns) assign(state, name, value);
    else state.variables.push({ name, value });
  }
  return value;
}

function assign(state: State, name: string, value: unknown): void {
  const found = state.variables.findLast((variable) => variable.name === name);
  if (found !== undefined) found.value = value;
}

interface Scope {
  readonly dot: unknown;
  readonly piped: readonly unknown[];
}

function evalCommand(state: State, command: Command, scope: Scope): unknown {
  const [first, ...rest] = command.operands;
  if (first === undefined) return undefined;
  if (first.kind === 'function') return callFunction(state, first, { command, operands: rest, ...scope });
  const args = () => [...rest.map((operand) => evalOperand(state, operand, scope.dot)), ...scope.piped];
  if (first.kind === 'field') return evalFields(state, first, { receiver: scope.dot, names: first.names, args: args() });
  if (first.kind === 'chain')
    return evalFields(state, first, { receiver: evalOperand(state, first.of, scope.dot), names: first.names, args: args() });
  if (first.kind === 'variable' && first.names.length > 0)
    return evalFields(state, first, { receiver: variable(state, first.name), names: first.names, args: args() });
  if (rest.length > 0 || scope.piped.length > 0) throw fail(state, first, `can't give argument to non-function ${first.text}`);
  if (first.kind === 'nil') throw fail(state, first, 'nil is not a command');
  return evalOperand(state, first, scope.dot);
}

function evalOperand(state: State, operand: Operand, dot: unknown): unknown {
  switch (operand.kind) {
    case 'dot':
      return dot;
    case 'nil':
      return null;
    case 'literal':
      return operand.value;
    case 'pipe':
      return evalPipe(state, operand.pipe, dot);
    case 'field':
      return evalFields(state, operand, { receiver: dot, names: operand.names, args: [] });
    case 'variable':
      return evalFields(state, operand, { receiver: variable(state, operand.name), names: operand.names, args: [] });
    case 'chain':
      return evalFields(state, operand, { receiver: evalOperand(state, operand.of, dot), names: operand.names, args: [] });
    case 'function':
      return callFunction(state, operand, { operands: [], dot, piped: [] });
  }
}

const variable = (state: State, name: string): unknown => state.variables.findLast((one) => one.name === name)?.value;

interface Access {
  readonly receiver: unknown;
  readonly names: readonly string[];
  readonly args: readonly unknown[];
}

function evalFields(state: State, operand: Operand, access: Access): unknown {
  return access.names.reduce<unknown>((receiver, name, i) => {
    const args = i === access.names.length - 1 ? access.args : [];
    return evalField(state, operand, { receiver, name, args });
  }, access.receiver);
}

function evalField(state: State, operand: Operand, access: { receiver: unknown; name: string; args: readonly unknown[] }): unknown {
  const { receiver, name, args } = access;
  if (isStruct(receiver)) {
    if (!receiver.fields.has(name)) throw fail(state, operand, `can't evaluate field ${name} in type ${receiver.type}`);
    const field = receiver.fields.get(name);
    if (typeof field === 'function') return callMethod(state, operand, { method: field as Method, name, args });
    if (args.length > 0) throw fail(state, operand, `${name} has arguments but cannot be invoked as function`);
    return field;
  }
  if (isMap(receiver)) {
    if (args.length > 0) throw fail(state, operand, `${name} is not a method but has arguments`);
    if (Object.hasOwn(receiver, name)) return receiver[name];
    if (state.options.missingKey === 'error') throw fail(state, operand, `map has no entry for key ${JSON.stringify(name)}`);
    return undefined;
  }
  if (receiver === undefined) {
    if (state.options.missingKey === 'error') throw fail(state, operand, `nil data; no entry for key ${JSON.stringify(name)}`);
    return undefined;
  }
  if (receiver === null) throw fail(state, operand, `nil pointer evaluating interface {}.${name}`);
  if (receiver instanceof NilPointer) throw fail(state, operand, `nil pointer evaluating ${receiver.type}.${name}`);
  // In a raw document everything below the top is an interface.
  const type = state.options.missingKey === 'error' ? 'interface {}' : goType(receiver);
  throw fail(state, operand, `can't evaluate field ${name} in type ${type}`);
}

function callMethod(state: State, operand: Operand, call: { method: Method; name: string; args: readonly unknown[] }): unknown {
  if (call.args.length !== call.method.length) {
    throw fail(state, operand, `wrong number of args for ${call.name}: want ${call.method.length} got ${call.args.length}`);
  }
  return call.method(...call.args);
}

interface Call extends Scope {
  readonly operands: readonly Operand[];
  /** The whole command, for errors of the function itself. */
  readonly command?: Command;
}

function callFunction(state: State, operand: Extract<Operand, { kind: 'function' }>, call: Call): unknown {
  if (operand.name === 'and' || operand.name === 'or') return shortCircuit(state, operand, call);
  const fn = state.options.functions[operand.name];
  if (fn === undefined) throw fail(state, operand, `${JSON.stringify(operand.name)} is not a defined function`);
  const args = [...call.operands.map((one) => evalOperand(state, one, call.dot)), ...call.piped];
  if (args.length < fn.length) throw fail(state, operand, `wrong number of args for ${operand.name}: want ${fn.length} got ${args.length}`);
  for (const at of TEXT_PARAMETERS[operand.name] ?? []) {
    const node = call.operands[at] ?? operand;
    if (args[at] === undefined) throw fail(state, node, 'invalid value; expected string');
    if ('kind' in node && node.kind === 'nil') throw fail(state, node, 'cannot assign nil to string');
    if ('kind' in node && node.kind === 'literal' && typeof args[at] !== 'string')
      throw fail(state, node, `expected string; found ${node.text}`);
    if (typeof args[at] !== 'string') throw fail(state, node, `wrong type for value; expected string; got ${goType(args[at])}`);
  }
  if (operand.name === 'call' && args[0] !== undefined && args[0] !== null)
    throw fail(state, call.command ?? operand, `error calling call: non-function ${call.operands[0]?.text} of type ${goType(args[0])}`);
  try {
    return fn(...args);
  } catch (error) {
    if (error instanceof TemplateError || !(error instanceof Error)) throw error;
    throw fail(state, call.command ?? operand, `error calling ${operand.name}: ${error.message}`);
  }
}

function shortCircuit(state: State, operand: Extract<Operand, { kind: 'function' }>, call: Call): unknown {
  const stopAt = operand.name === 'or';
  let value: unknown = call.piped[0];
  if (call.operands.length + call.piped.length === 0)
    throw fail(state, operand, `wrong number of args for ${operand.name}: want at least 1 got 0`);
  for (const one of call.operands) {
    value = evalOperand(state, one, call.dot);
    if (truth(value) === stopAt) return value;
  }
  return call.piped.length > 0 ? call.piped[0] : value;
}

function fail(state: State, node: { readonly at: number; readonly text: string }, message: string): TemplateError {
  const before = state.parsed.source.slice(0, node.at);
  const newline = before.lastIndexOf('\n');
  const column = newline < 0 ? node.at : node.at - newline - 1;
  const line = before.split('\n').length;
  return new TemplateError(
    `template: ${state.parsed.name}:${line}:${column}: executing ${JSON.stringify(state.name)} at <${node.text}>: ${message}`,
    'execute',
  );
}
