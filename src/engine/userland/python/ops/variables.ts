/** Names, attributes and items. */
import {
  attributeLater,
  attributeNow,
  deleteAttribute,
  LATER,
  noAttribute,
  setAttributeLater,
  setAttributeNow,
} from '../protocol/attributes.ts';
import { deleteItem, getItem, itemNow, setItem } from '../protocol/items.ts';
import { dictSetKey, keyOf } from '../protocol/keys.ts';
import { fail } from '../runtime/exceptions.ts';
import type { Frame } from '../runtime/frame.ts';
import type { Steps, Thread } from '../runtime/thread.ts';
import { classOf, lookup, PyBuiltin, PyDict, PyFunction, PyInstance, PyList, PyModule, STOP, type Value } from '../runtime/values.ts';
import { type Handlers, later, silently } from './handler.ts';

function nameError(name: string) {
  const raised = fail('NameError', `name '${name}' is not defined`);
  raised.exc.host = { name };
  return raised;
}

const unbound = (name: string) =>
  fail('UnboundLocalError', `cannot access local variable '${name}' where it is not associated with a value`);

function cellName({ code }: Frame, index: number): { readonly name: string; readonly isFree: boolean } {
  const isFree = index >= code.cells.length;
  return { name: (isFree ? code.free[index - code.cells.length] : code.cells[index]) ?? '', isFree };
}

function unboundCell(frame: Frame, index: number) {
  const { name, isFree } = cellName(frame, index);
  return isFree
    ? fail('NameError', `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`)
    : unbound(name);
}

function globalOf(frame: Frame, name: string): Value {
  const entry = frame.globals.map.get(name) ?? frame.builtins.map.get(name);
  if (entry === undefined) throw nameError(name);
  return entry.v;
}

const name = (frame: Frame, arg: number): string => frame.code.names[arg] as string;

export const VARIABLES: Handlers = {
  LOAD_FAST: (frame, arg) => {
    const value = frame.locals[arg];
    if (value === undefined) throw unbound(frame.code.locals[arg] ?? '');
    frame.stack.push(value);
  },
  LOAD_CONST: (frame, arg) => {
    frame.stack.push(frame.code.consts[arg] as Value);
  },
  STORE_FAST: (frame, arg) => {
    frame.locals[arg] = frame.stack.pop() as Value;
  },
  DELETE_FAST: (frame, arg) => {
    if (frame.locals[arg] === undefined) throw unbound(frame.code.locals[arg] ?? '');
    frame.locals[arg] = undefined;
  },
  LOAD_GLOBAL: (frame, arg) => {
    frame.stack.push(globalOf(frame, name(frame, arg)));
  },
  STORE_GLOBAL: (frame, arg) => frame.globals.set(name(frame, arg), frame.pop()),
  DELETE_GLOBAL: (frame, arg) => {
    if (!frame.globals.delete(name(frame, arg))) throw nameError(name(frame, arg));
  },
  LOAD_NAME: (frame, arg) => {
    const own = frame.names?.map.get(name(frame, arg));
    frame.stack.push(own === undefined ? globalOf(frame, name(frame, arg)) : own.v);
  },
  STORE_NAME: (frame, arg, thread) => {
    const names = frame.names ?? frame.globals;
    if (names.cls.isBuiltin) names.set(name(frame, arg), frame.pop());
    else silently(thread, setItem(thread, names, name(frame, arg), frame.pop()));
  },
  DELETE_NAME: (frame, arg) => {
    if (!(frame.names ?? frame.globals).delete(name(frame, arg))) throw nameError(name(frame, arg));
  },
  LOAD_DEREF: (frame, arg) => {
    const value = frame.cells[arg]?.v;
    if (value === undefined) throw unboundCell(frame, arg);
    frame.stack.push(value);
  },
  STORE_DEREF: (frame, arg) => {
    const cell = frame.cells[arg];
    if (cell) cell.v = frame.pop();
  },
  DELETE_DEREF: (frame, arg) => {
    const cell = frame.cells[arg];
    if (cell?.v === undefined) throw unboundCell(frame, arg);
    cell.v = undefined;
  },
  LOAD_CLASSDEREF: (frame, arg) => {
    const own = frame.names?.get(cellName(frame, arg).name) ?? frame.cells[arg]?.v;
    if (own === undefined) throw unboundCell(frame, arg);
    frame.stack.push(own);
  },
  LOAD_CLOSURE: (frame, arg) => {
    frame.stack.push(frame.cells[arg]);
  },
  LOAD_LOCALS: (frame) => {
    frame.stack.push(frame.names ?? frame.globals);
  },
};

export const ATTRIBUTES: Handlers = {
  LOAD_ATTR: (frame, arg, thread) => {
    const value = frame.pop();
    const found = attributeNow(thread, value, name(frame, arg));
    if (found === undefined) throw noAttribute(value, name(frame, arg));
    if (found === LATER) later(thread, attributeLater(thread, value, name(frame, arg)));
    else frame.stack.push(found);
  },
  /** Leaves the function and its `self`, so that no bound method has to be made; STOP stands where there is no `self`. */
  LOAD_METHOD: (frame, arg, thread) => {
    const value = frame.pop();
    const wanted = name(frame, arg);
    if (value instanceof PyInstance && !value.cls.hasGetAttribute) {
      const found = lookup(value.cls, wanted);
      if (found instanceof PyFunction && value.attrs?.map.has(wanted) !== true) {
        frame.stack.push(found, value);
        return;
      }
    } else if (value instanceof PyModule || value instanceof PyInstance) {
      // The attribute is looked up as any other.
    } else if (typeof value === 'string' || value instanceof PyList || value instanceof PyDict) {
      const found = lookup(typeof value === 'string' ? classOf(value) : value.cls, wanted);
      if (found instanceof PyBuiltin && !found.isStatic) {
        frame.stack.push(found, value);
        return;
      }
    }
    const found = attributeNow(thread, value, wanted);
    if (found === undefined) throw noAttribute(value, wanted);
    if (found === LATER) {
      later(thread, methodLater(thread, value, wanted));
      return;
    }
    frame.stack.push(found, STOP);
  },
  STORE_ATTR: (frame, arg, thread) => {
    const target = frame.pop();
    const value = frame.pop();
    if (setAttributeNow(target, name(frame, arg), value) === LATER)
      silently(thread, setAttributeLater(thread, target, name(frame, arg), value));
  },
  DELETE_ATTR: (frame, arg, thread) => silently(thread, deleteAttribute(thread, frame.pop(), name(frame, arg))),
  SUBSCR: (frame, _, thread) => {
    const key = frame.pop();
    const value = frame.pop();
    const now = itemNow(value, key);
    if (now === undefined) later(thread, getItem(thread, value, key));
    else frame.stack.push(now);
  },
  STORE_SUBSCR: (frame, _, thread) => {
    const key = frame.pop();
    const target = frame.pop();
    const value = frame.pop();
    if (target instanceof PyDict && target.cls.isBuiltin) {
      const at = keyOf(key);
      if (at !== undefined) {
        thread.interpreter.memory.count(64);
        dictSetKey(target, at, key, value);
        return;
      }
    } else if (target instanceof PyList && typeof key === 'number' && key >= 0 && key < target.items.length && target.cls.isBuiltin) {
      target.items[key] = value;
      return;
    }
    silently(thread, setItem(thread, target, key, value));
  },
  DELETE_SUBSCR: (frame, _, thread) => {
    const key = frame.pop();
    silently(thread, deleteItem(thread, frame.pop(), key));
  },
};

/** The second slot of LOAD_METHOD is pushed with the first. */
function* methodLater(thread: Thread, value: Value, wanted: string): Steps {
  const found = yield* attributeLater(thread, value, wanted);
  // The result is delivered to the frame below; the marker goes under it, and CALL_METHOD takes both in either order.
  thread.frame?.stack.push(STOP);
  return found;
}
