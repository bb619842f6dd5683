/** `re`: patterns and matches as objects; `re.py` beside it has the functions of the module. */

import { toCharIndex, toUnitIndex } from '../../protocol/strings.ts';
import { textRepr } from '../../protocol/text.ts';
import { fail, Raised, typeError } from '../../runtime/exceptions.ts';
import type { Interpreter } from '../../runtime/interpreter.ts';
import { call, type Steps, type Thread } from '../../runtime/thread.ts';
import {
  builtinType,
  classOf,
  PyByteArray,
  PyBytes,
  PyDict,
  PyInstance,
  PyIterator,
  PyList,
  PyTuple,
  PyType,
  plain,
  STOP,
  type Value,
} from '../../runtime/values.ts';
import { describeIterator } from '../../types/iterators.ts';
import { fn, members, methodSteps, methods, moduleOf } from '../define.ts';
import { PatternFault, type Translated, translate } from './re-pattern.ts';

const PATTERN = builtinType('Pattern');
const MATCH = builtinType('Match');
const SCANNER = builtinType('callable_iterator');
describeIterator(SCANNER);
for (const type of [PATTERN, MATCH]) type.attrs.set('__module__', 're');

interface Pattern {
  readonly translated: Translated;
  readonly text: Value;
  readonly isBytes: boolean;
  /** Anywhere, at one place, and over all: one expression each. */
  readonly search: RegExp;
  readonly match: RegExp;
  readonly full: RegExp;
}
interface Match {
  readonly pattern: PyInstance;
  readonly subject: Value;
  readonly text: string;
  readonly found: RegExpExecArray;
  readonly pos: number;
  readonly endpos: number;
}

const p = (value: Value | undefined): Pattern => (value as PyInstance).host as Pattern;
const m = (value: Value | undefined): Match => (value as PyInstance).host as Match;
const raw = (data: Uint8Array): string => {
  let text = '';
  for (const byte of data) text += String.fromCharCode(byte);
  return text;
};
const unraw = (text: string): PyBytes => new PyBytes(Uint8Array.from(text, (char) => char.charCodeAt(0)));

function textIn(pattern: Pattern, value: Value | undefined): string {
  const own = plain(value ?? null);
  if (typeof own === 'string') {
    if (pattern.isBytes) throw typeError('cannot use a bytes pattern on a string-like object');
    return own;
  }
  if (!(own instanceof PyBytes || own instanceof PyByteArray))
    throw typeError(`expected string or bytes-like object, got '${classOf(own).name}'`);
  if (!pattern.isBytes) throw typeError('cannot use a string pattern on a bytes-like object');
  return raw(own.data);
}
const out = (pattern: Pattern, text: string | undefined): Value => (text === undefined ? null : pattern.isBytes ? unraw(text) : text);

function compile(text: Value, flags: number, error: Value): PyInstance {
  const isBytes = text instanceof PyBytes;
  const source = isBytes ? raw(text.data) : String(plain(text));
  let translated: Translated;
  let made: Pick<Pattern, 'search' | 'match' | 'full'>;
  try {
    translated = translate(source, flags, isBytes);
    const over = (body: string, more: string): RegExp => new RegExp(body, `d${translated.flags}${more}`);
    made = { search: over(translated.source, 'g'), match: over(translated.source, 'y'), full: over(`(?:${translated.source})$`, 'y') };
  } catch (problem) {
    if (!(problem instanceof PatternFault) && !(problem instanceof SyntaxError)) throw problem;
    const message =
      problem instanceof PatternFault ? `${problem.message} at position ${problem.at}` : 'this model cannot take this pattern';
    const raised = fail('ValueError', message);
    if (error instanceof PyType) raised.exc.cls = error;
    throw raised;
  }
  const pattern = new PyInstance(PATTERN);
  pattern.host = { translated, text, isBytes, ...made } satisfies Pattern;
  return pattern;
}

interface Range {
  readonly pos: number;
  readonly endpos: number;
}

/** Looks in a text from a place on; positions are those of the host's string. */
function look(self: PyInstance, value: Value, way: 'search' | 'match' | 'full', { pos, endpos }: Range): PyInstance | null {
  const pattern = p(self);
  const text = textIn(pattern, value);
  const expression = pattern[way];
  const end = Math.min(text.length, endpos);
  if (pos > end) return null;
  expression.lastIndex = pos;
  const found = expression.exec(end < text.length ? text.slice(0, end) : text);
  return found === null ? null : matchOf({ pattern: self, subject: value, text, found, pos, endpos: end });
}

function matchOf(match: Match): PyInstance {
  const made = new PyInstance(MATCH);
  made.host = match;
  return made;
}

function rangeOf(self: Value | undefined, value: Value | undefined, pos: Value | undefined, endpos: Value | undefined): Range {
  const text = textIn(p(self), value);
  return {
    pos: toUnitIndex(text, Math.max(0, Number(pos ?? 0))),
    endpos: endpos === null ? text.length : toUnitIndex(text, Number(endpos)),
  };
}

/** All matches that do not overlap. */
function* each(self: PyInstance, value: Value, range: Range): Generator<PyInstance> {
  for (let at = range.pos; at <= range.endpos; ) {
    const match = look(self, value, 'search', { pos: at, endpos: range.endpos });
    if (match === null) return;
    yield match;
    const { found, text } = m(match);
    const end = found.index + found[0].length;
    at = found[0] === '' ? end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1) : end;
  }
}

const groupsOf = (match: Match, otherwise: Value = null): Value[] => {
  const { translated } = p(match.pattern);
  return Array.from({ length: translated.groups }, (_, index) => out(p(match.pattern), match.found[index + 1]) ?? otherwise);
};

function numberOf(match: Match, group: Value): number {
  const { names, groups } = p(match.pattern).translated;
  const number = typeof group === 'string' ? names.get(group) : Number(group);
  if (number === undefined || number < 0 || number > groups || Number.isNaN(number)) throw fail('IndexError', 'no such group');
  return number;
}

const group = (match: Match, which: Value): Value => out(p(match.pattern), match.found[numberOf(match, which)]);

function span(match: Match, which: Value): readonly [number, number] {
  const place = match.found.indices?.[numberOf(match, which)];
  return place === undefined ? [-1, -1] : [toCharIndex(match.text, place[0]), toCharIndex(match.text, place[1])];
}

/** `\1`, `\g<name>`, `\n` in what is put in place of a match. */
function expand(match: Match, template: string): string {
  return template.replace(/\\(?:g<([^>]*)>|(\d{1,2})|([\s\S]))/g, (whole, name, number, char) => {
    if (char !== undefined) {
      const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', a: '\x07', f: '\f', v: '\v', b: '\b' };
      const known = escapes[char];
      if (known === undefined && /[a-zA-Z]/.test(char)) throw fail('ValueError', `bad escape \\${char} at position 0`);
      return known ?? whole;
    }
    const which = name === undefined ? Number(number) : /^\d+$/.test(name) ? Number(name) : name;
    try {
      return match.found[numberOf(match, which)] ?? '';
    } catch (error) {
      if (!(error instanceof Raised)) throw error;
      throw typeof which === 'string'
        ? fail('IndexError', `unknown group name '${which}'`)
        : fail('ValueError', `invalid group reference ${which}`);
    }
  });
}

function* substitute(thread: Thread, args: readonly Value[]): Steps<readonly [Value, number]> {
  const [self, replacement, value, count] = args;
  const pattern = p(self);
  const text = textIn(pattern, value);
  const template = typeof plain(replacement ?? null) === 'string' || replacement instanceof PyBytes ? textIn(pattern, replacement) : null;
  let result = '';
  let end = 0;
  let times = 0;
  for (const match of each(self as PyInstance, value as Value, { pos: 0, endpos: text.length })) {
    if (Number(count) > 0 && times >= Number(count)) break;
    const { found } = m(match);
    const put =
      template === null
        ? textIn(pattern, yield* call(replacement as Value, match))
        : template.includes('\\')
          ? expand(m(match), template)
          : template;
    result += text.slice(end, found.index) + put;
    end = found.index + found[0].length;
    times += 1;
  }
  const passed = thread.sys.charge(text.length * 5);
  if (passed) yield passed;
  return [out(pattern, result + text.slice(end)), times];
}

const looking =
  (way: 'search' | 'match' | 'full') =>
  (args: Value[]): Value =>
    look(args[0] as PyInstance, args[1] as Value, way, rangeOf(args[0], args[1], args[2], args[3]));

methods(PATTERN, {
  'search(self, string, pos=0, endpos=None)': looking('search'),
  'match(self, string, pos=0, endpos=None)': looking('match'),
  'fullmatch(self, string, pos=0, endpos=None)': looking('full'),
  'findall(self, string, pos=0, endpos=None)': ([self, value, pos, endpos]) => {
    const { groups } = p(self).translated;
    const all = [...each(self as PyInstance, value as Value, rangeOf(self, value, pos, endpos))].map(m);
    return new PyList(
      all.map((match) => {
        const found = groups === 0 ? [group(match, 0)] : groupsOf(match).map((one) => one ?? out(p(self), ''));
        return found.length === 1 ? (found[0] as Value) : new PyTuple(found);
      }),
    );
  },
  'finditer(self, string, pos=0, endpos=None)': ([self, value, pos, endpos]) => {
    const all = each(self as PyInstance, value as Value, rangeOf(self, value, pos, endpos));
    return new PyIterator(SCANNER, {
      next: () => {
        const next = all.next();
        return next.done ? STOP : next.value;
      },
    });
  },
  'split(self, string, maxsplit=0)': ([self, value, most]) => {
    const text = textIn(p(self), value);
    const parts: Value[] = [];
    let end = 0;
    for (const match of each(self as PyInstance, value as Value, { pos: 0, endpos: text.length })) {
      if (Number(most) > 0 && parts.length >= Number(most)) break;
      const { found } = m(match);
      parts.push(out(p(self), text.slice(end, found.index)), ...groupsOf(m(match)));
      end = found.index + found[0].length;
    }
    return new PyList([...parts, out(p(self), text.slice(end))]);
  },
  '__repr__(self)': ([self]) => {
    const { text, translated } = p(self);
    const names = ['re.IGNORECASE', 're.MULTILINE', 're.DOTALL', 're.VERBOSE'].filter(
      (_, index) => (translated.python & ([2, 8, 16, 64][index] ?? 0)) !== 0,
    );
    return `re.compile(${typeof text === 'string' ? textRepr(text) : `b${textRepr(raw((text as PyBytes).data))}`}${names.length > 0 ? `, ${names.join('|')}` : ''})`;
  },
});
methodSteps(PATTERN, {
  *'sub(self, repl, string, count=0)'(args, thread) {
    return (yield* substitute(thread, args))[0];
  },
  *'subn(self, repl, string, count=0)'(args, thread) {
    return new PyTuple([...(yield* substitute(thread, args))]);
  },
});
members(PATTERN, {
  pattern: (self) => p(self).text,
  flags: (self) => p(self).translated.python,
  groups: (self) => p(self).translated.groups,
  groupindex: (self) => {
    const dict = new PyDict();
    for (const [name, number] of p(self).translated.names) dict.set(name, number);
    return dict;
  },
});

methods(MATCH, {
  'group(self, *groups)': ([self, which]) => {
    const { items } = which as PyTuple;
    if (items.length === 0) return group(m(self), 0);
    return items.length === 1 ? group(m(self), items[0] as Value) : new PyTuple(items.map((one) => group(m(self), one)));
  },
  'groups(self, default=None)': ([self, otherwise]) => new PyTuple(groupsOf(m(self), otherwise)),
  'groupdict(self, default=None)': ([self, otherwise]) => {
    const dict = new PyDict();
    for (const name of p(m(self).pattern).translated.names.keys()) dict.set(name, group(m(self), name) ?? (otherwise as Value));
    return dict;
  },
  'start(self, group=0)': ([self, which]) => span(m(self), which as Value)[0],
  'end(self, group=0)': ([self, which]) => span(m(self), which as Value)[1],
  'span(self, group=0)': ([self, which]) => new PyTuple([...span(m(self), which as Value)]),
  'expand(self, template)': ([self, template]) => expand(m(self), String(template)),
  '__getitem__(self, group)': ([self, which]) => group(m(self), which as Value),
  '__bool__(self)': () => true,
  '__repr__(self)': ([self]) => {
    const [from, to] = span(m(self), 0);
    return `<re.Match object; span=(${from}, ${to}), match=${p(m(self).pattern).isBytes ? 'b' : ''}${textRepr(m(self).found[0])}>`;
  },
});
members(MATCH, {
  re: (self) => m(self).pattern,
  string: (self) => m(self).subject,
  pos: (self) => m(self).pos,
  endpos: (self) => m(self).endpos,
  lastindex: (self) => {
    const { found } = m(self);
    for (let index = found.length - 1; index > 0; index -= 1) if (found[index] !== undefined) return index;
    return null;
  },
  lastgroup: (self) => {
    const { found, pattern } = m(self);
    for (const [name, number] of [...p(pattern).translated.names].reverse()) if (found[number] !== undefined) return name;
    return null;
  },
});

export const create = (_: Interpreter) =>
  moduleOf('_re', {
    functions: [
      fn('_compile(pattern, flags, error)', ([text, flags, error]) =>
        text instanceof PyInstance && text.cls === PATTERN ? text : compile(text as Value, Number(plain(flags ?? 0)), error as Value),
      ),
    ],
    values: { Pattern: PATTERN, Match: MATCH },
  });
