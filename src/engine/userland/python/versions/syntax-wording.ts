/** What older versions say of a mistake in a source. The parser has the newest words; here is what was there before them. */
import type { SyntaxFault } from '../syntax/fault.ts';
import type { Version } from './versions.ts';

interface Older {
  /** The newest words, or how they begin. */
  readonly now: RegExp;
  /** The minor version that brought them. */
  readonly since: number;
  /** What was said before; without it, the parser just could not go on. */
  readonly before?: string;
  /** Where it was shown: at the begin of what is wrong, or at the token that was read last. */
  readonly at?: 'stop';
}

const OLDER: readonly Older[] = [
  { now: /^expected an indented block after .*/, since: 10, before: 'expected an indented block', at: 'stop' },
  { now: /^cannot assign to (true|false|none|ellipsis) here\..*/i, since: 10, before: 'cannot assign to $1' },
  { now: /^cannot assign to (attribute|subscript) here\..*/, since: 10 },
  { now: /^cannot assign to expression( here\..*)?$/, since: 10, before: 'cannot assign to operator' },
  { now: /^cannot assign to dict literal( here\..*)?$/, since: 10, before: 'cannot assign to dict display' },
  { now: /^(cannot assign to .*) here\..*/, since: 10, before: '$1' },
  { now: /^cannot delete dict literal$/, since: 10, before: 'cannot delete dict display' },
  { now: /^cannot delete expression$/, since: 10, before: 'cannot delete operator' },
  { now: /^'expression' is an illegal/, since: 10, before: "'operator' is an illegal" },
  { now: /^invalid syntax\..*/, since: 10 },
  { now: /^f-string: invalid syntax\..*/, since: 10, before: 'f-string: invalid syntax' },
  { now: /^cannot assign to (True|False|None)$/, since: 10, before: '$&' },
  { now: /^expected ('|'except').*/, since: 10 },
  { now: /^(expected '.*|expression expected after .*|':' expected after .*)/, since: 10 },
  { now: /^(multiple exception types .*|expected argument value .*|expected default value .*)/, since: 10 },
  { now: /^(did you forget parentheses .*|cannot use a starred expression in a dictionary .*)/, since: 10 },
  { now: /^(Did you mean to use 'from .*|Expected one or more names .*|Invalid star expression)/, since: 13 },
  { now: /^(\/ may appear only once|\* argument may .*|arguments cannot follow .*|Type parameter list .*)/, since: 11 },
  { now: /^parameter without a default follows .*/, since: 12, before: 'non-default argument follows default argument', at: 'stop' },
  { now: /^named arguments must follow bare \*$/, since: 10, before: 'named arguments must follow bare *', at: 'stop' },
  { now: /^(Missing parentheses in call to 'exec').*/, since: 10, before: '$1', at: 'stop' },
  { now: /^Missing parentheses in call to 'print'.*/, since: 10, before: '$&', at: 'stop' },
  { now: /^\(unicode error\).*/, since: 10, before: '$&', at: 'stop' },
  { now: /^cannot use starred expression here$/, since: 10, before: "can't use starred expression here" },
  { now: /^iterable argument unpacking follows .*/, since: 12, before: '$&', at: 'stop' },
  { now: /^unterminated string literal .*/, since: 10, before: 'EOL while scanning string literal', at: 'stop' },
  {
    now: /^unterminated triple-quoted string literal .*/,
    since: 10,
    before: 'EOF while scanning triple-quoted string literal',
    at: 'stop',
  },
  { now: /^'[([{]' was never closed$/, since: 10 },
  { now: /^unexpected EOF while parsing$/, since: 10, before: 'unexpected EOF while parsing', at: 'stop' },
  { now: /^(bytes can only contain ASCII literal characters)$/, since: 10, before: '$1.', at: 'stop' },
  { now: /^leading zeros in .*/, since: 10, before: '$&', at: 'stop' },
  { now: /^default 'except:' must be last$/, since: 10, before: '$&', at: 'stop' },
  { now: /^positional patterns follow .*/, since: 10 },
];

/** The words of a mistake, and the place of the mark, as this version has them. */
export function wordingOf(fault: SyntaxFault, version: Version): Pick<SyntaxFault, 'message' | 'at' | 'type'> {
  const { message, at, stop, type } = fault;
  if (version.minor < fault.since) return { message: 'invalid syntax', at: stop, type: 'SyntaxError' };
  const older = OLDER.find(({ now, since }) => version.minor < since && now.test(message));
  if (older === undefined) return { message, at, type };
  if (older.before === undefined) return { message: 'invalid syntax', at: stop, type: 'SyntaxError' };
  return { message: message.replace(older.now, older.before), at: older.at === 'stop' ? stop : at, type };
}
