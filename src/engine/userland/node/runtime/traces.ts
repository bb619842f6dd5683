/** Stack traces, as V8 writes them. */
import type { ErrorPlace } from './inner.ts';
import { get } from './objects.ts';
import { JsObject, JsSymbol, Property, SYMBOLS, type Value } from './values.ts';
import { type Frame, insist, realm, type SourceFile, vm } from './vm.ts';

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Line and column of a place in a file, both from 1. */
export function positionOf(file: SourceFile, at: number): Position {
  if (file.lines === null) {
    file.lines = [0];
    for (let next = file.text.indexOf('\n'); next >= 0; next = file.text.indexOf('\n', next + 1)) file.lines.push(next + 1);
  }
  let [low, high] = [0, file.lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((file.lines[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (file.lines[low] ?? 0) + 1 };
}

export function placeOf(file: SourceFile, at: number): ErrorPlace {
  const { line, column } = positionOf(file, at);
  const from = at - column + 1;
  const end = file.text.indexOf('\n', from);
  return { file: file.name, line, column, source: file.text.slice(from, end < 0 ? undefined : end).replace(/\r$/, '') };
}

/** A property without calling anything. */
export function peek(object: JsObject | null, key: string | JsSymbol): Value {
  for (let at = object; at !== null; at = at.proto) {
    if (at.fn !== null && !at.fn.isReady && key === 'name') return at.fn.name;
    const found = at.props.get(key);
    if (found !== undefined || at.props.has(key)) return found instanceof Property ? found.value : found;
  }
  return undefined;
}

/** The name of what made an object. */
export function constructorName(object: JsObject): string {
  if (object.fn !== null) return 'Function';
  const tag = peek(object, SYMBOLS.toStringTag);
  if (typeof tag === 'string' && tag !== '') return tag;
  const made = peek(object, 'constructor');
  const name = made instanceof JsObject ? peek(made, 'name') : undefined;
  return typeof name === 'string' && name !== '' ? name : 'Object';
}

/** A value as V8 shows it in a message. */
export function messageOf(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof JsSymbol) return `Symbol(${value.description ?? ''})`;
  if (!(value instanceof JsObject)) return String(value);
  if (value.fn !== null) return value.fn.source?.() ?? `function ${value.fn.name}() { [native code] }`;
  if (value.items !== null)
    return value.items
      .map((one) =>
        typeof one === 'symbol' || one === undefined || one === null
          ? ''
          : one instanceof JsObject
            ? messageOf(one)
            : String(one instanceof JsSymbol ? 'Symbol()' : one),
      )
      .join(',');
  return `#<${constructorName(value)}>`;
}

function receiverName(self: unknown): string {
  if (!(self instanceof JsObject)) {
    if (typeof self === 'string') return 'String';
    if (typeof self === 'number') return 'Number';
    return '';
  }
  if (self === realm().global) return '';
  if (self.fn !== null) return self.fn.isClass || self.fn.source === null ? String(peek(self, 'name') || 'Function') : 'Function';
  return constructorName(self);
}

function calledName(fn: JsObject | null, self: unknown, isNew: boolean): string {
  const name = fn === null ? '' : String(peek(fn, 'name') ?? '');
  if (isNew) return `new ${name === '' ? '<anonymous>' : name}`;
  const receiver = receiverName(self);
  if (receiver === '') return name;
  if (name === '') return `${receiver}.<anonymous>`;
  return name.startsWith(`${receiver}.`) ? name : `${receiver}.${name}`;
}

function frameLine(frame: Frame, isAsync: boolean): string {
  const { line, column } = positionOf(frame.file, frame.at);
  const where = `${frame.file.name}:${line}:${column}`;
  if (frame.name !== '') return `    at ${frame.name} (${where})`;
  const isArrow = frame.top !== frame;
  const name = calledName(frame.fn, isArrow ? undefined : frame.self, frame.newTarget !== undefined);
  if (name === '') return isAsync ? `    at async ${where}` : `    at ${where}`;
  return `    at ${isAsync ? 'async ' : ''}${name} (${where})`;
}

/** The functions that wait for an async one, outwards. */
function awaiter(frame: Frame): Frame | null {
  const promise = frame.promise?.inner;
  if (promise?.kind !== 'promise') return null;
  for (const reaction of promise.promise.reactions) {
    const found = reaction.frame ?? null;
    if (found !== null) return found;
  }
  return null;
}

/** Lines below the script's own: what of node called it. */
export interface Below {
  lines: readonly string[];
}
export const below = new WeakMap<SourceFile, Below>();

export function traceLines(top: Frame | null, limit: number): string[] {
  const lines: string[] = [];
  let last: Frame | null = null;
  for (let frame = top; frame !== null && lines.length < limit; frame = frame.caller) {
    const { native } = frame;
    if (native !== null && !isHidden(native) && !frame.file.name.startsWith('node:'))
      lines.push(`    at ${calledName(native, frame.nativeSelf, frame.nativeNew)} (<anonymous>)`);
    if (lines.length < limit) lines.push(frameLine(frame, false));
    if (frame.fn === null && frame.name === '')
      lines.push(...(below.get(frame.file)?.lines ?? []).slice(0, Math.max(0, limit - lines.length)));
    last = frame;
  }
  const isModule = last !== null && last.fn === null && below.has(last.file);
  for (let frame = last === null || isModule ? null : awaiter(last); frame !== null && lines.length < limit; frame = awaiter(frame))
    lines.push(frameLine(frame, true));
  return lines;
}

/** Functions of the library that make errors, or begin modules. */
const isHidden = (native: JsObject): boolean =>
  native.fn !== null && /Error$|^captureStackTrace$|^require$|^coded$|^invalidArgument$|^apply$|^call$|^construct$/.test(native.fn.name);

/** What an error's `stack` is made of; its first line is worked out when somebody looks. */
interface Stack {
  readonly head: string | null;
  readonly frames: string;
  text: Value | null;
}
const stacks = new WeakMap<JsObject, Stack>();

const plainText = (value: Value): string => (value instanceof JsObject || value instanceof JsSymbol ? '' : String(value));

function headOfError(error: JsObject): string {
  const name = insist(get(error, 'name'));
  const message = insist(get(error, 'message'));
  const shown = name === undefined ? 'Error' : plainText(name);
  const said = message === undefined ? '' : plainText(message);
  if (shown === '') return said;
  return said === '' ? shown : `${shown}: ${said}`;
}

/** `error.stack` */
export function readStack(error: JsObject): Value {
  const stack = stacks.get(error);
  if (stack === undefined) return undefined;
  if (stack.text === null) {
    const head = stack.head ?? headOfError(error);
    stack.text = stack.frames === '' ? head : `${head}\n${stack.frames}`;
  }
  return stack.text;
}

export const writeStack = (error: JsObject, text: Value): void => void stacks.set(error, { head: null, frames: '', text });

/** What is added to an error's trace if nobody catches it. */
export const additions = new WeakMap<JsObject, string>();

/** The frames alone. */
export const framesOf = (error: JsObject): string => stacks.get(error)?.frames ?? '';

/** Gives an error its `stack`; without a head, that is its name and message. Frames above `from`'s call are left out. */
export function captureTrace(error: JsObject, head: string | null, from?: JsObject): void {
  let top = vm.top;
  if (from !== undefined) {
    let at = top;
    while (at !== null && at.fn !== from) at = at.caller;
    if (at !== null) top = at.caller;
  }
  const place = top === null ? null : placeOf(top.file, top.at);
  if (error.inner === null || error.inner.kind === 'error') error.inner = { kind: 'error', place };
  stacks.set(error, { head, frames: traceLines(top, stackLimit()).join('\n'), text: null });
  const { get: getStack, set: setStack } = realm().stackAccessors;
  error.props.set('stack', new Property({ get: getStack, set: setStack, configurable: true }));
}

function stackLimit(): number {
  const made = realm().global.props.get('Error');
  const error = made instanceof Property ? made.value : made;
  const limit = error instanceof JsObject ? error.props.get('stackTraceLimit') : undefined;
  return typeof limit === 'number' ? Math.max(0, limit) : 10;
}
