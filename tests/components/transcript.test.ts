import { expect, it } from 'vitest';
import { highlight } from '../../src/components/example/transcript.ts';
import { inlineCode } from '../../src/components/page/inline-code.ts';

it('keeps every character of a command', async () => {
  for (const command of [`docker run -e A='b c' "x $HOME" | grep -c a # why`, 'echo 한글', "docker ps --format '{{.Names}}'"]) {
    expect((await highlight(command)).map(({ text }) => text).join('')).toBe(command);
  }
});

it('tells strings, variables and comments apart, and leaves words plain', async () => {
  const kinds = new Map((await highlight(`docker run 'a b' $HOME # why`)).map(({ text, kind }) => [text.trim(), kind]));
  expect(kinds.get("'a b'")).toBe('string');
  expect(kinds.get('$HOME')).toBe('variable');
  expect(kinds.get('# why')).toBe('comment');
  expect(
    [...kinds]
      .filter(([, kind]) => kind === '')
      .map(([text]) => text)
      .join(' '),
  ).toContain('docker');
});

it('makes code of backticks and nothing else of what an author wrote', () => {
  expect(inlineCode('run `a < b` & <b>')).toBe('run <code>a &#60; b</code> &#38; &#60;b&#62;');
});
