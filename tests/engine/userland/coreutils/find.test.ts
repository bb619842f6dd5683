import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../../src/engine/userland/tool.ts';
import { run, shown } from './workshop.ts';

const DIALECTS: readonly Dialect[] = ['gnu', 'busybox'];
const files = { 'd/1': '', 'd/e/2': 'two\n', 'd/e/f/3': 'x'.repeat(2000) };

describe.each(DIALECTS)('find of %s', (dialect) => {
  const find = (words: string): Promise<string> => shown(`find ${words} | sort`, { dialect, files });

  it('walks, and stops where it is told', async () => {
    expect(await find('d')).toBe('d\nd/1\nd/e\nd/e/2\nd/e/f\nd/e/f/3\n');
    expect(await find('d -maxdepth 1')).toBe('d\nd/1\nd/e\n');
    expect(await find('d -mindepth 3')).toBe('d/e/f/3\n');
    expect(await find('d -name e -prune -o -type f -print')).toBe('d/1\n');
    expect(await shown('find d -depth | tail -n 1', { dialect, files })).toBe('d\n');
  });

  it('asks by name, type, size and path', async () => {
    expect(await find("d -name '[12]'")).toBe('d/1\nd/e/2\n');
    expect(await find("d -path '*/f*' -type f")).toBe('d/e/f/3\n');
    expect(await find('d -type f -size +1k')).toBe('d/e/f/3\n');
    expect(await find('d -empty')).toBe('d/1\n');
    expect(await find('d ! -type d ! -name 1')).toBe('d/e/2\nd/e/f/3\n');
    expect(await find("d '(' -name 1 -o -name 2 ')' -type f")).toBe('d/1\nd/e/2\n');
  });

  it('runs commands for one file or for many', async () => {
    expect(await shown("find d -name 2 -exec cat {} ';'", { dialect, files })).toBe('two\n');
    expect(await shown("find d -type f -exec sh -c 'echo $#' x {} +", { dialect, files })).toBe('3\n');
    expect(await shown("find d -name 1 -exec false ';' -print", { dialect, files })).toBe('');
  });
});

describe('find', () => {
  it('complains in its dialect', async () => {
    expect((await run('find nosuch')).err).toBe("find: 'nosuch': No such file or directory\n");
    expect((await run('find nosuch', { dialect: 'busybox' })).err).toBe('find: nosuch: No such file or directory\n');
    expect(await shown('find . -foo')).toBe("find: unknown predicate `-foo'\n[1]");
    expect(await shown('find . -user nosuch', { dialect: 'busybox' })).toBe('find: unknown user nosuch\n[1]');
  });

  it('deletes what it found, children first', async () => {
    expect(await shown('find d -delete; ls', { files })).toBe('');
  });

  it('prints by a format', async () => {
    expect(await shown(String.raw`find d -name 2 -printf '%p|%f|%h|%P|%d|%s|%m|%y|%u\n'`, { files })).toBe(
      'd/e/2|2|d/e|e/2|2|4|644|f|root\n',
    );
  });
});

describe.each(DIALECTS)('xargs of %s', (dialect) => {
  const sh = (script: string): Promise<string> => shown(script, { dialect });

  it('makes command lines of what it reads', async () => {
    expect(await sh('printf \'a b\\n"c d" e\\n\' | xargs')).toBe('a b c d e\n');
    expect(await sh("printf '1 2 3' | xargs -n 2 echo x")).toBe('x 1 2\nx 3\n');
    expect(await sh("printf ' a b\\nc\\n' | xargs -I % echo '<%>'")).toBe('<a b>\n<c>\n');
    expect(await sh("printf 'a b\\0c\\0' | xargs -0 -n1 echo")).toBe('a b\nc\n');
    expect(await sh('printf "" | xargs -r echo none')).toBe('');
  });

  it('answers with what became of the commands', async () => {
    expect(await sh('echo a | xargs false')).toBe('[123]');
    expect(await sh("echo a | xargs sh -c 'exit 255'")).toBe('xargs: sh: exited with status 255; aborting\n[124]');
    expect(await sh('echo a | xargs nosuch')).toBe('xargs: nosuch: No such file or directory\n[127]');
  });

  it('does not let them read its input', async () => {
    expect(await sh("printf 'a\\nb\\n' | xargs -n1 sh -c 'cat; echo $0'")).toBe('a\nb\n');
  });
});
