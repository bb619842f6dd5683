import { expect, it } from 'vitest';
import recorded from './recorded/jq.json' with { type: 'json' };
import { run } from './workshop.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Filters, and what jq 1.6 made of them with the document on its standard input; of what does not compile, the first line's beginning. */
it.each(recorded.cases)('$filter', async ({ filter, out, err, status }) => {
  const ran = await run(`jq -c ${quoted(filter)}`, { input: recorded.document });
  expect({ out: ran.out, status: ran.status }).toEqual({ out, status });
  if (status === 3) expect(ran.err.startsWith(err)).toBe(true);
  else expect(ran.err).toBe(err);
});

it('reads options and files, and can be interrupted', async () => {
  const files = { a: '{"n":1}\n{"n":2}\n', bad: '{"a":1' };
  const lines = [
    'jq -s "map(.n)|add" a',
    'jq -r ".n|tostring" a',
    'jq -n --arg x "a b" --argjson y "[1]" "{x:\\$x,y:\\$y}" -c',
    'jq -n "[inputs.n]" -c a',
    'echo "one\ntwo" | jq -R -c "[.]"',
    'jq -e ".nope" a; echo $?',
    'jq . bad; echo $?',
    'jq --tab -S -n "{b:1,a:[]}"',
    'timeout 1 jq -n "[repeat(1)]"; echo $?',
  ];
  expect((await run('jq -n "def f: 1 + f; f"')).err).toContain('too deep');
  expect((await run(lines.join('\n'), { files })).out).toBe(
    '3\n1\n2\n{"x":"a b","y":[1]}\n[1,2]\n["one"]\n["two"]\nnull\nnull\n1\n2\n{\n\t"a": [],\n\t"b": 1\n}\n124\n',
  );
});
