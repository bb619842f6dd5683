/** What older versions say where something fails while it runs. The interpreter has the newest words; here is what was there before them. */
import type { PyException } from '../runtime/values.ts';
import { PyTuple } from '../runtime/values.ts';
import type { Version } from './versions.ts';

interface Older {
  /** The newest words. */
  readonly now: RegExp;
  /** The minor version that brought them. */
  readonly since: number;
  readonly before: string;
  /** Of another kind, in those times. */
  readonly type?: string;
}

const OLDER: Readonly<Record<string, readonly Older[]>> = {
  AttributeError: [
    { now: / and no __dict__ for setting new attributes$/, since: 13, before: '' },
    { now: /^property '.*' of '.*' object has no setter$/, since: 11, before: "can't set attribute" },
    { now: /^property '.*' of '.*' object has no deleter$/, since: 11, before: "can't delete attribute" },
    { now: /^property '.*' of '.*' object has no getter$/, since: 11, before: 'unreadable attribute' },
  ],
  NameError: [
    {
      now: /^cannot access free variable ('.*') where it is not .*/,
      since: 11,
      before: 'free variable $1 referenced before assignment in enclosing scope',
    },
  ],
  TypeError: [
    { now: /(got an unexpected keyword argument '.*')\. Did you mean '.*'\?$/, since: 13, before: '$1' },
    { now: /^(?:[\w<>]+\.)+([\w<>]+\(\) (?:missing \d|takes (?:from )?\d|got ))/, since: 10, before: '$1' },
    { now: /^(int|float)\((.*) real number, not/, since: 10, before: '$1($2 number, not' },
    { now: /^(%\w format: a) real number is required/, since: 10, before: '$1 number is required' },
    { now: /^(string indices must be integers), not '.*'$/, since: 11, before: '$1' },
    {
      now: /^isinstance\(\) arg 2 must be a type, a tuple of types, or a union$/,
      since: 10,
      before: 'isinstance() arg 2 must be a type or tuple of types',
    },
    {
      now: /^issubclass\(\) arg 2 must be a class, a tuple of classes, or a union$/,
      since: 10,
      before: 'issubclass() arg 2 must be a class or tuple of classes',
    },
    {
      now: /^'.*' object does not support the (asynchronous )?context manager protocol$/,
      since: 11,
      before: '__enter__',
      type: 'AttributeError',
    },
    { now: /^type '.*' is not subscriptable$/, since: 11, before: "'type' object is not subscriptable" },
    {
      now: /^cannot set '.*' attribute of immutable type ('.*')$/,
      since: 10,
      before: "can't set attributes of built-in/extension type $1",
    },
    { now: /^print\(\) got an unexpected keyword argument ('.*')$/, since: 13, before: '$1 is an invalid keyword argument for print()' },
    { now: /without an implementation for abstract (methods?) (.*)$/, since: 12, before: 'with abstract $1 $2' },
    { now: /^int expected at most 2 arguments, got (\d+)$/, since: 12, before: 'int() takes at most 2 arguments ($1 given)' },
    { now: /^attribute name must be string, not '.*'$/, since: 11, before: 'getattr(): attribute name must be string' },
    { now: /^reduce\(\) of empty iterable/, since: 11, before: 'reduce() of empty sequence' },
    { now: /^(str\(\)) argument 'encoding' must/, since: 10, before: '$1 argument 2 must' },
    { now: /^(non-default argument '.*' follows default argument) '.*'$/, since: 13, before: '$1' },
  ],
  UnboundLocalError: [
    { now: /^cannot access local variable ('.*') where it is not .*/, since: 11, before: 'local variable $1 referenced before assignment' },
  ],
  ValueError: [
    { now: /^(max|min)\(\) iterable argument is empty$/, since: 12, before: '$1() arg is an empty sequence' },
    { now: /^(Exceeds the limit \(\d+) digits\)/, since: 11, before: '$1)' },
  ],
  ZeroDivisionError: [
    { now: /^float modulo by zero$/, since: 12, before: 'float modulo' },
    { now: /^integer modulo by zero$/, since: 11, before: 'integer division or modulo by zero' },
  ],
};

const QUOTES = /'(\w+)'/g;

/** Gives an exception of the interpreter's own the words of a version; the name of another kind if it had that. */
export function reword(exc: PyException, { minor }: Version): string | null {
  const rules = OLDER[exc.cls.name];
  const [message] = exc.args.items;
  if (rules === undefined || typeof message !== 'string') return null;
  let text = message;
  let type: string | null = null;
  for (const { now, since, before, type: other } of rules)
    if (minor < since && now.test(text)) {
      text = text.replace(now, before);
      // Names of methods stood there bare.
      if (before.startsWith('with abstract')) text = text.replace(/(?<=abstract methods? ).*/, (names) => names.replaceAll(QUOTES, '$1'));
      type = other ?? type;
    }
  if (text !== message) exc.args = new PyTuple([text, ...exc.args.items.slice(1)]);
  return type;
}
