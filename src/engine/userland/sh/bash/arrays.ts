/** Arrays: indexed ones, whose keys are numbers, and associative ones. An ordinary variable is its own element 0. */
import { evaluateArithmetic } from '../expand/evaluate.ts';
import type { Shell } from '../shell.ts';
import type { OwnVariable, Variable } from '../variables.ts';
import { virtualArray } from './special.ts';

export type Elements = Map<number | string, string>;

const NONE: Variable = { value: undefined, isExported: false, isReadonly: false };

const entryOf = (shell: Shell, name: string): Variable | undefined => shell.variables.entry(shell.variables.resolve(name));

export const isAssociative = (shell: Shell, name: string): boolean => entryOf(shell, name)?.own?.kind === 'associative';
export const isArray = (shell: Shell, name: string): boolean => entryOf(shell, name)?.own?.kind !== undefined;

/** All elements in their order. An ordinary variable has one; undefined if there is no such variable. */
export function elementsOf(shell: Shell, name: string): ReadonlyMap<number | string, string> | undefined {
  const variable = entryOf(shell, name);
  const { own } = variable ?? NONE;
  if (own?.kind === 'associative') return inHashOrder(own.elements ?? new Map());
  if (own?.kind === 'indexed') return new Map([...(own.elements ?? [])].sort(([a], [b]) => Number(a) - Number(b)));
  if (variable?.value !== undefined) return new Map([[0, variable.value]]);
  const made = virtualArray(shell, name);
  return made === undefined ? undefined : new Map(made.map((value, i) => [i, value]));
}

/** bash walks its table of 1024 buckets, in each the newest first. */
function inHashOrder(elements: Elements): Elements {
  const keys = [...elements.keys()].reverse().map((key) => ({ key, bucket: hash(String(key)) & 1023 }));
  keys.sort((a, b) => a.bucket - b.bucket);
  return new Map(keys.map(({ key }) => [key, elements.get(key) ?? '']));
}

/** FNV-1. */
function hash(text: string): number {
  let value = 2_166_136_261;
  for (const byte of new TextEncoder().encode(text)) value = (Math.imul(value, 16_777_619) ^ byte) >>> 0;
  return value;
}

/** The key that a subscript's text is: for an indexed array its value, counted from the end if it is negative. */
export function keyOf(shell: Shell, name: string, text: string): number | string {
  if (isAssociative(shell, name)) return text;
  const index = Number(evaluateArithmetic(shell, text));
  if (index >= 0) return index;
  const keys = [...(elementsOf(shell, name)?.keys() ?? [])].map(Number);
  return Math.max(-1, ...keys) + 1 + index;
}

/** One element; undefined if it is not set. */
export function elementOf(shell: Shell, name: string, text: string): string | undefined {
  return elementsOf(shell, name)?.get(keyOf(shell, name, text));
}

function refuseReadonly(shell: Shell, name: string): void {
  if (entryOf(shell, name)?.isReadonly === true) shell.fail(shell.dialect.readOnly(name));
}

/** Keeps the variable's text the same as its element 0. */
function store(shell: Shell, name: string, own: OwnVariable): void {
  const value = own.elements?.get(own.kind === 'associative' ? '0' : 0);
  shell.variables.mark(shell.variables.resolve(name), { own, value });
}

/** The array to write into: what is there becomes one. Emptied, unless more is added. */
export function replaceElements(shell: Shell, name: string, keeps: boolean): Elements {
  refuseReadonly(shell, name);
  const old = entryOf(shell, name) ?? NONE;
  const kind = old.own?.kind ?? 'indexed';
  const before: Elements = old.own?.elements ?? new Map(old.value === undefined ? [] : [[kind === 'indexed' ? 0 : '0', old.value]]);
  const elements: Elements = keeps ? before : new Map();
  store(shell, name, { ...old.own, kind, elements });
  return elements;
}

export function setElement(
  shell: Shell,
  name: string,
  { key, value, isAppended = false }: { readonly key: string; readonly value: string; readonly isAppended?: boolean },
): void {
  const elements = replaceElements(shell, name, true);
  const index = keyOf(shell, name, key);
  if (typeof index === 'number' && index < 0) shell.fail(`${name}[${key}]: bad array subscript`);
  const { own } = entryOf(shell, name) ?? NONE;
  elements.set(index, shaped(shell, own, { value, before: isAppended ? (elements.get(index) ?? '') : undefined }));
  store(shell, name, { ...own, elements });
}

/** A value by the variable's attributes; `before`: what it is added to. */
function shaped(shell: Shell, own: OwnVariable | undefined, { value, before }: { value: string; before?: string | undefined }): string {
  if (own?.isInteger === true) return String(evaluateArithmetic(shell, before === undefined ? value : `${before || 0}+(${value || 0})`));
  const text = (before ?? '') + value;
  return own?.letters === 'upper' ? text.toUpperCase() : own?.letters === 'lower' ? text.toLowerCase() : text;
}

export function unsetElement(shell: Shell, name: string, text: string): void {
  refuseReadonly(shell, name);
  const own = entryOf(shell, name)?.own;
  if (own?.elements === undefined) {
    if (entryOf(shell, name) !== undefined && keyOf(shell, name, text) === 0) shell.unset(shell.variables.resolve(name));
    return;
  }
  if (text === '@' || text === '*') own.elements.clear();
  else own.elements.delete(keyOf(shell, name, text));
  store(shell, name, own);
}

const SUBSCRIPTED = /^([A-Za-z_][A-Za-z0-9_]*)\[(.*)\]$/s;

/** `name[subscript]` as it stands in a text. */
export function subscripted(text: string): { readonly name: string; readonly key: string } | null {
  const match = SUBSCRIPTED.exec(text);
  return match === null ? null : { name: match[1] ?? '', key: match[2] ?? '' };
}

/** `x=value` where x is an array, has attributes, or stands for another one. False: x is an ordinary variable. */
export function assignOwn(shell: Shell, name: string, value: string): boolean {
  const place = name.endsWith(']') ? subscripted(name) : null;
  if (place !== null) {
    setElement(shell, place.name, { key: place.key, value });
    return true;
  }
  const own = shell.variables.entry(name)?.own;
  if (own === undefined) return false;
  if (own.target !== undefined) {
    if (own.target === '') shell.variables.mark(name, { own: { ...own, target: value } });
    else shell.assign(shell.variables.resolve(name), value);
    return true;
  }
  refuseReadonly(shell, name);
  if (own.kind !== undefined) setElement(shell, name, { key: '0', value });
  else shell.variables.set(name, shaped(shell, own, { value }));
  return true;
}

/** `x+=value`. */
export function appendTo(shell: Shell, name: string, value: string): void {
  refuseReadonly(shell, name);
  const variable = entryOf(shell, name);
  if (variable?.own?.kind !== undefined) setElement(shell, name, { key: '0', value, isAppended: true });
  else if (variable?.own === undefined) shell.assign(name, (variable?.value ?? '') + value);
  else shell.variables.set(shell.variables.resolve(name), shaped(shell, variable.own, { value, before: variable.value ?? '' }));
}
