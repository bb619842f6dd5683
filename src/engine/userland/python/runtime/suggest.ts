/** What a message may go on with: the name that was most likely meant. */
import { ownAttributes } from '../protocol/attributes.ts';
import type { Frame } from './frame.ts';
import type { Thread } from './thread.ts';
import { classOf, type PyDict, type PyException, PyModule, PyType, type Trace, type Value } from './values.ts';

const MOVE = 2;
const CASE = 1;
const MOST_CHARS = 40;

const cost = (a: string, b: string): number => (a === b ? 0 : a.toLowerCase() === b.toLowerCase() ? CASE : MOVE);

/** How far two names are from each other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index * MOVE);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i * MOVE];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min((row[j] ?? 0) + MOVE, (next[j - 1] ?? 0) + MOVE, (row[j - 1] ?? 0) + cost(a.charAt(i - 1), b.charAt(j - 1))));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Null if none is near enough. */
export function closest(wanted: string, names: readonly string[]): string | null {
  if (wanted.length > MOST_CHARS) return null;
  let [best, bestDistance]: [string | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const name of new Set(names)) {
    if (name === wanted || name.length > MOST_CHARS) continue;
    const most = Math.min(Math.floor(((wanted.length + name.length + 3) * MOVE) / 6), bestDistance - 1);
    if (Math.abs(name.length - wanted.length) * MOVE > most) continue;
    const far = distance(wanted, name);
    if (far <= most) [best, bestDistance] = [name, far];
  }
  return best;
}

function textKeys(dict: PyDict | null | undefined): string[] {
  const names: string[] = [];
  for (const { k } of dict?.map.values() ?? []) if (typeof k === 'string') names.push(k);
  return names;
}

function lastFrame(trace: Trace | null): Frame | null {
  let one = trace;
  while (one?.next) one = one.next;
  return one?.frame ?? null;
}

/** Modules whose names are forgotten most. */
const STANDARD =
  'os sys re json math time random datetime string collections itertools functools subprocess threading logging socket signal shutil glob pathlib copy csv hashlib base64 asyncio argparse typing uuid struct tempfile traceback urllib'.split(
    ' ',
  );

/** `. Did you mean: 'x'?` */
export function suggestion({ interpreter }: Thread, exc: PyException, message: string): string {
  const { has } = interpreter.version;
  const wanted = exc.host?.name;
  if (typeof wanted !== 'string' || !has.suggestions || message === '') return '';
  if (exc.cls.name === 'NameError') return forName(exc, wanted, has.wideSuggestions);
  if (exc.cls.name === 'ImportError') return has.wideSuggestions ? forImport(exc) : '';
  return exc.cls.name === 'AttributeError' ? forAttribute(exc, wanted) : '';
}

const hint = (name: string | null): string => (name === null ? '' : `. Did you mean: '${name}'?`);

const CONSTANTS = ['None', 'True', 'False'];

function forName(exc: PyException, wanted: string, isWide: boolean): string {
  const frame = lastFrame(exc.trace);
  if (frame === null) return '';
  const own = frame.code.locals.filter((_, index) => frame.locals[index] !== undefined);
  if (isWide && own.includes('self')) {
    const self = frame.locals[frame.code.locals.indexOf('self')] as Value;
    if (attributesOf(self).includes(wanted)) return hint(`self.${wanted}`);
  }
  const name = closest(wanted, [...own, ...textKeys(frame.names), ...textKeys(frame.globals), ...textKeys(frame.builtins), ...CONSTANTS]);
  if (!isWide || !STANDARD.includes(wanted)) return hint(name);
  return name === null ? `. Did you forget to import '${wanted}'?` : `. Did you mean: '${name}'? Or did you forget to import '${wanted}'?`;
}

function attributesOf(value: Value): string[] {
  const names = textKeys(ownAttributes(value));
  for (const type of classOf(value).mro) names.push(...textKeys(type.attrs));
  if (value instanceof PyType) for (const type of value.mro) names.push(...textKeys(type.attrs));
  return names;
}

function forAttribute(exc: PyException, wanted: string): string {
  const obj = exc.host?.obj;
  return obj === undefined ? '' : hint(closest(wanted, attributesOf(obj)));
}

function forImport(exc: PyException): string {
  const { module, wanted } = exc.host ?? {};
  return module instanceof PyModule && typeof wanted === 'string' ? hint(closest(wanted, textKeys(module.attrs))) : '';
}
