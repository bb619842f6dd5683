import { describe, expect, it } from 'vitest';
import { splitWords } from '../../../../src/engine/cli/compose/project/words.ts';

describe('a command in one line', () => {
  it.each([
    ['echo  a b', ['echo', 'a', 'b']],
    [`sh -c 'a "b" \\n'`, ['sh', '-c', 'a "b" \\n']],
    ['echo "a \\"b\\" c" \'\' ""', ['echo', 'a "b" c', '', '']],
    ['echo a\\ b \\t', ['echo', 'a b', '\t']],
    ['echo a; echo b', ['echo', 'a']],
    ['echo a && echo b', ['echo', 'a']],
    ['echo a>file', ['echo', 'a']],
    ['cmd 2>file', ['cmd']],
    ['echo $(date +%s) x', ['echo', '$(date +%s)', 'x']],
    ['echo `id -u` x', ['echo', '`id -u`', 'x']],
    ['echo # no', ['echo', '#', 'no']],
    ['', []],
  ])('%j', (text, wanted) => expect(splitWords(text)).toEqual(wanted));

  it.each(['a "b', "a 'b", 'a (b)', 'a )', 'a `b', 'a $(b', 'a \\'])('refuses %j', (text) =>
    expect(() => splitWords(text)).toThrow('invalid command line string'),
  );
});
