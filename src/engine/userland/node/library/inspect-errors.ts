/** Errors as `inspect` shows them: their stack, with what the class says more exactly. */
import { got } from '../builtins/define.ts';
import { headOf } from '../builtins/error.ts';
import { get, hasOwn } from '../runtime/objects.ts';
import type { Steps } from '../runtime/steps.ts';
import { isObject, type JsObject, type Key, type Value } from '../runtime/values.ts';
import { constructorOf, type Inspecting, show } from './inspect.ts';
import { coloured } from './inspect-text.ts';

interface Shown {
  readonly keys: Key[];
  readonly depth: number;
}

export function* errorText(ctx: Inspecting, error: JsObject, { keys, depth }: Shown): Steps<string> {
  const stackValue = yield* got(get(error, 'stack'));
  const name = yield* got(get(error, 'name'));
  const message = yield* got(get(error, 'message'));
  let stack = typeof stackValue === 'string' && stackValue !== '' ? stackValue : `[${yield* headOf(error)}]`;
  dropSaid(keys, error, stack, { name, message, stack: stackValue });
  if (hasOwn(error, 'cause') && !keys.includes('cause')) keys.push('cause');
  const errors = hasOwn(error, 'errors') ? get(error, 'errors') : undefined;
  if (isObject(errors as Value) && (errors as JsObject).items !== null && !keys.includes('errors')) keys.push('errors');
  stack = improved(stack, error, typeof name === 'string' ? name : 'Error');
  const cause = hasOwn(error, 'cause') ? get(error, 'cause') : undefined;
  if (isObject(cause as Value) && (cause as JsObject).inner?.kind === 'error')
    stack = shortened(stack, String(get(cause as JsObject, 'stack')));
  const lines = stack.indexOf('\n    at');
  if (lines < 0 && !stack.startsWith('[')) stack = `[${stack}]`;
  if (ctx.options.colors && lines >= 0) stack = dimmed(ctx, stack);
  if (ctx.indentation !== 0) stack = stack.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
  void depth;
  return stack;
}

/** Frames that are those of the cause as well are left out, if they are many. */
function shortened(stack: string, cause: string): string {
  const frames = stack.split('\n');
  const others = cause.split('\n');
  const first = frames.findIndex((line) => /^ {4}at /.test(line));
  for (let at = Math.max(0, first); at < frames.length - 3; at += 1) {
    const from = others.indexOf(frames[at] ?? '');
    if (from < 0) continue;
    let count = 1;
    while (at + count < frames.length && from + count < others.length && frames[at + count] === others[from + count]) count += 1;
    if (count <= 3) continue;
    frames.splice(at + 1, count - 2, `    ... ${count - 2} lines matching cause stack trace ...`);
    break;
  }
  return frames.join('\n');
}

/** What the stack says already is not said again. */
function dropSaid(keys: Key[], error: JsObject, stack: string, said: Readonly<Record<'name' | 'message' | 'stack', Value>>): void {
  for (const name of ['name', 'message', 'stack'] as const) {
    const at = keys.indexOf(name);
    const value = said[name];
    if (at >= 0 && hasOwn(error, name) && typeof value === 'string' && (value === stack || stack.includes(value))) keys.splice(at, 1);
  }
}

/** The class in place of `Error` where the error's name does not say it. */
function improved(stack: string, error: JsObject, name: string): string {
  const made = constructorOf(error).name;
  if (made === null) {
    const head = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    const found = head?.[1] ?? 'Error';
    return `[${found}: null prototype]${stack.slice(found.length)}`;
  }
  if (name === made || stack.includes(made)) return stack;
  if (!(name.endsWith('Error') && stack.startsWith(name))) return stack;
  const next = stack.charAt(name.length);
  if (next !== '' && next !== ':' && next !== '\n' && next !== ' ') return stack;
  const isPlain = !made.includes(name);
  return isPlain ? `${made}${stack.slice(name.length)}`.replace(/^/, '') : `${made}${stack.slice(name.length)}`;
}

/** Frames of node itself are grey. */
function dimmed(ctx: Inspecting, stack: string): string {
  return stack
    .split('\n')
    .map((line) => (/^ {4}at .*\(node:|^ {4}at node:/.test(line) ? coloured(ctx, line, 'undefined') : line))
    .join('\n');
}

export function* shown(ctx: Inspecting, value: Value): Steps<string> {
  return yield* show(ctx, value, 0);
}
