/** Regular expressions: the host's, behind objects of the script's. */
import { JsObject, Property } from '../runtime/values.ts';
import { intrinsics, realm } from '../runtime/vm.ts';

export function makeRegExp(source: string, flags: string): JsObject {
  const made = new JsObject(intrinsics().regexp);
  let regexp: RegExp;
  try {
    regexp = new RegExp(source, flags);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (!/^[dgimsuvy]*$/.test(flags) || new Set(flags).size !== flags.length)
      throw realm().thrown('SyntaxError', `Invalid flags supplied to RegExp constructor '${flags}'`);
    throw realm().thrown('SyntaxError', `Invalid regular expression: /${source}/${flags}: ${problemOf(source)}`);
  }
  made.inner = {
    kind: 'regexp',
    regexp,
    source:
      source === '' ? '(?:)' : source.replace(/\n/g, '\\n').replace(/\\.|\[(?:\\.|[^\]])*\]|\//g, (part) => (part === '/' ? '\\/' : part)),
    flags: [...flags].sort().join(''),
  };
  made.props.set('lastIndex', new Property({ value: 0, writable: true }));
  return made;
}

/** What is wrong with a pattern, in V8's words as far as they can be told from the outside. */
function problemOf(source: string): string {
  const bare = source.replace(/\\./g, '');
  if (/^[*+?]|[(|][*+?]/.test(bare)) return 'Nothing to repeat';
  if (/\\$/.test(source) && !/\\\\$/.test(source)) return '\\ at end of pattern';
  const classless = bare.replace(/\[[^\]]*\]/g, '');
  if (classless.includes('[')) return 'Unterminated character class';
  const opened = classless.split('(').length;
  const closed = classless.split(')').length;
  if (opened > closed) return 'Unterminated group';
  if (closed > opened) return "Unmatched ')'";
  return 'Invalid group';
}
