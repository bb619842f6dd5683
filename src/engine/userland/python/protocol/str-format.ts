/** `'{} {name!r:>{width}}'.format(...)` */
import { fail, valueError } from '../runtime/exceptions.ts';
import type { Steps, Thread } from '../runtime/thread.ts';
import type { Value } from '../runtime/values.ts';
import { getAttribute } from './attributes.ts';
import { format } from './format.ts';
import { getItem } from './items.ts';
import { repr, str, toAscii } from './text.ts';

interface Given {
  readonly list: readonly Value[];
  /** A mapping: of the arguments by name, or what `format_map` is given. */
  readonly named: Value;
}

export function formatText(thread: Thread, text: string, given: Given): Steps<string> {
  return new Formatter(thread, given).run(text, 2);
}

class Formatter {
  readonly #thread: Thread;
  readonly #given: Given;
  #next = 0;
  #numbering: 'automatic' | 'manual' | null = null;

  constructor(thread: Thread, given: Given) {
    this.#thread = thread;
    this.#given = given;
  }

  *run(text: string, depth: number): Steps<string> {
    if (depth === 0) throw valueError('Max string recursion exceeded');
    let result = '';
    for (let at = 0; at < text.length; ) {
      const char = text[at] ?? '';
      if (char !== '{' && char !== '}') {
        result += char;
        at += 1;
      } else if (text[at + 1] === char) {
        result += char;
        at += 2;
      } else if (char === '}') throw valueError("Single '}' encountered in format string");
      else {
        const end = fieldEnd(text, at + 1);
        result += yield* this.#field(text.slice(at + 1, end), depth);
        at = end + 1;
      }
    }
    return result;
  }

  *#field(field: string, depth: number): Steps<string> {
    const [, name = '', conversion, spec = ''] = /^((?:[^!:[]|\[[^\]]*\])*)(?:!(.))?(?::([\s\S]*))?$/.exec(field) ?? [];
    let value = yield* this.#value(name);
    if (conversion !== undefined) {
      if (!'rsa'.includes(conversion)) throw valueError(`Unknown conversion specifier ${conversion}`);
      const text = conversion === 's' ? yield* str(this.#thread, value) : yield* repr(this.#thread, value);
      value = conversion === 'a' ? toAscii(text) : text;
    }
    return yield* format(this.#thread, value, spec.includes('{') ? yield* this.run(spec, depth - 1) : spec);
  }

  *#value(name: string): Steps {
    const [first = '', ...steps] = name.match(/^[^.[]*|\.[^.[]*|\[[^\]]*\]/g) ?? [''];
    let value = yield* this.#argument(first);
    for (const step of steps) {
      if (step.startsWith('.')) value = yield* getAttribute(this.#thread, value, step.slice(1));
      else {
        const key = step.slice(1, -1);
        value = yield* getItem(this.#thread, value, /^\d+$/.test(key) ? Number(key) : key);
      }
    }
    return value;
  }

  *#argument(name: string): Steps {
    const isNumber = /^\d*$/.test(name);
    if (!isNumber) return yield* getItem(this.#thread, this.#given.named, name);
    const way = name === '' ? 'automatic' : 'manual';
    if (this.#numbering !== null && this.#numbering !== way)
      throw valueError(
        way === 'manual'
          ? 'cannot switch from automatic field numbering to manual field specification'
          : 'cannot switch from manual field specification to automatic field numbering',
      );
    this.#numbering = way;
    const index = name === '' ? this.#next : Number(name);
    this.#next += 1;
    const value = this.#given.list[index];
    if (value === undefined) throw fail('IndexError', `Replacement index ${index} out of range for positional args tuple`);
    return value;
  }
}

function fieldEnd(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw valueError(text.length === from ? "Single '{' encountered in format string" : "expected '}' before end of string");
}
